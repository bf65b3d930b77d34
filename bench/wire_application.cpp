// SPDX-License-Identifier: Apache-2.0
#include "bench/wire_application.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <stdexcept>

namespace offhook::bench {
namespace {

constexpr int patience_ms = 60'000;

wire::UniqueFd connect_to(const std::string& path) {
    wire::UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect to " + path);
    return fd;
}

void become_non_blocking(const wire::StreamSocket& socket) { ::fcntl(socket.fd(), F_SETFL, O_NONBLOCK); }

} // namespace

WireApplication::WireApplication(const std::string& socket) : path_(socket) {
    calls_.emplace(connect_to(path_));
    welcome_ = greet(*calls_, {});
    become_non_blocking(*calls_);
}

wire::Welcome WireApplication::greet(wire::StreamSocket& socket, const wire::Hello& hello) {
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::hello});
    write(writer, hello);
    writer.finish();
    socket.queue(frame_);
    socket.flush();
    wire::Welcome welcome;
    while (socket.read_some() == wire::ReadStatus::progressed)
        if (const auto parsed = socket.next_frame(); parsed.frame && read(parsed.frame->payload, welcome))
            return welcome;
    throw std::runtime_error("the service does not welcome the application");
}

std::uint32_t WireApplication::initialise() {
    events_.emplace_back(connect_to(path_));
    const auto channel = greet(
        events_.back(),
        {.role = wire::Role::events, .token_high = welcome_.token_high, .token_low = welcome_.token_low});
    become_non_blocking(events_.back());
    using abi::Tapi;
    const auto outputs =
        get(core::Arguments<Tapi::lineInitializeEx>().with<"lpdwAPIVersion">(abi::v2_2), channel.channel);
    devices_ = core::number_of<Tapi::lineInitializeEx, "lpdwNumDevs">(outputs);
    return core::number_of<Tapi::lineInitializeEx, "lphLineApp">(outputs);
}

std::span<const std::byte> WireApplication::wait_for(std::uint32_t correlation) {
    waits_for_ = correlation;
    while (waits_for_ != 0) turn();
    return awaited_;
}

void WireApplication::wait_until_readable(bool also_events) {
    std::vector<pollfd> sockets;
    const bool waiting = calls_->queued_bytes() != 0;
    sockets.push_back({calls_->fd(), static_cast<short>(waiting ? POLLIN | POLLOUT : POLLIN), 0});
    if (also_events)
        for (const auto& one : events_) sockets.push_back({one.fd(), POLLIN, 0});
    if (::poll(sockets.data(), sockets.size(), patience_ms) <= 0)
        throw std::runtime_error("the service is silent");
}

bool WireApplication::take_results() {
    const auto status = calls_->read_some();
    if (status == wire::ReadStatus::closed || status == wire::ReadStatus::broken)
        throw std::runtime_error("the service closed the connection");
    for (auto parsed = calls_->next_frame(); parsed.frame; parsed = calls_->next_frame()) {
        const auto& header = parsed.frame->header;
        if (header.kind != wire::FrameKind::result) continue;
        ++results_;
        if (header.correlation == waits_for_) {
            if (header.result < 0)
                throw std::runtime_error("a function failed with " + std::to_string(header.result));
            awaited_.assign(parsed.frame->payload.begin(), parsed.frame->payload.end());
            waits_for_ = 0;
        } else if (handlers_.result) {
            handlers_.result(header.correlation, header.result);
        }
    }
    return status == wire::ReadStatus::progressed;
}

void WireApplication::take_events(wire::StreamSocket& events) {
    events.read_some();
    for (auto parsed = events.next_frame(); parsed.frame; parsed = events.next_frame()) {
        const auto& header = parsed.frame->header;
        while (results_ < header.sequence) // a reply never overtakes the return it belongs to (R048)
            if (!take_results()) wait_until_readable(false);
        Event event{header.function, header.correlation, {}, 0};
        wire::PayloadReader from(parsed.frame->payload);
        read(from, event.fields);
        if (header.function == LINE_REPLY) event.late = from.number();
        if (handlers_.event) handlers_.event(event);
    }
}

void WireApplication::turn() {
    if (!calls_->flush()) throw std::runtime_error("the connection broke");
    wait_until_readable(true);
    take_results();
    for (auto& one : events_) take_events(one);
}

} // namespace offhook::bench
