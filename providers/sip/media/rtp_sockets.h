// SPDX-License-Identifier: Apache-2.0
//
// A pair of UDP sockets for one stream: RTP on an even port, RTCP on the next (RFC 3550, section 11).
#pragma once

#include "providers/sip/media/endpoint.h"
#include "wire/unique_fd.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

namespace offhook::sip::media {

struct PortRange {
    std::uint16_t first = 16384; // even
    std::uint16_t last = 32767;
    friend bool operator==(const PortRange&, const PortRange&) = default;
};

struct RtpSockets {
    wire::UniqueFd rtp;
    wire::UniqueFd rtcp;
    std::uint16_t port = 0; // of RTP
};

// Hands out pairs round the range, so that a port just freed rests before it is used again: late packets of
// the former call find nobody. Thread-safe.
class PortAllocator {
  public:
    explicit PortAllocator(PortRange range) : range_(range) {}

    // Non-blocking sockets bound to this address; empty when no pair of the range is free.
    [[nodiscard]] RtpSockets open(const Address& local);

  private:
    PortRange range_;
    std::atomic<std::uint32_t> next_{0};
};

// The next datagram and where it came from; empty when none is waiting.
struct Datagram {
    std::span<const std::uint8_t> bytes;
    Endpoint from;
    explicit operator bool() const { return !bytes.empty(); }
};
[[nodiscard]] Datagram receive(int socket, std::span<std::uint8_t> buffer);
// A datagram that the kernel does not take is lost, as on any network.
void send(int socket, const Endpoint& to, std::span<const std::uint8_t> bytes);

} // namespace offhook::sip::media
