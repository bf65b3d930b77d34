// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/rtp_sockets.h"

#include <sys/socket.h>

namespace offhook::sip::media {
namespace {

wire::UniqueFd bound_socket(const Endpoint& local) {
    sockaddr_storage address{};
    const socklen_t length = local.to(address);
    wire::UniqueFd socket(::socket(address.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (socket && ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), length) != 0)
        socket.reset();
    return socket;
}

} // namespace

RtpSockets PortAllocator::open(const Address& local) {
    const std::uint32_t pairs = (static_cast<std::uint32_t>(range_.last) - range_.first + 1) / 2;
    for (std::uint32_t attempt = 0; attempt < pairs; ++attempt) {
        RtpSockets sockets;
        sockets.port = static_cast<std::uint16_t>(range_.first + 2 * (next_++ % pairs));
        sockets.rtp = bound_socket({local, sockets.port});
        if (!sockets.rtp) continue;
        sockets.rtcp = bound_socket({local, static_cast<std::uint16_t>(sockets.port + 1)});
        if (sockets.rtcp) return sockets;
    }
    return {};
}

Datagram receive(int socket, std::span<std::uint8_t> buffer) {
    // An earlier datagram that nobody received is reported by the next call as an error: not the end of what
    // waits.
    constexpr int errors_in_between = 4;
    for (int attempt = 0; attempt < errors_in_between; ++attempt) {
        sockaddr_storage address{};
        socklen_t length = sizeof address;
        const auto size = ::recvfrom(socket, buffer.data(), buffer.size(), 0,
                                     reinterpret_cast<sockaddr*>(&address), &length);
        if (size < 0 && errno == EAGAIN) return {};
        const auto from = Endpoint::from(address);
        if (size > 0 && from) return {buffer.first(static_cast<std::size_t>(size)), *from};
    }
    return {};
}

void send(int socket, const Endpoint& to, std::span<const std::uint8_t> bytes) {
    sockaddr_storage address{};
    const socklen_t length = to.to(address);
    static_cast<void>(
        ::sendto(socket, bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&address), length));
}

} // namespace offhook::sip::media
