// SPDX-License-Identifier: Apache-2.0
#include "daemon/frame_stream.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace offhook::daemon {

namespace {

// A peer that was let go has so long to read the reason.
constexpr std::uint64_t linger_ms = 2'000;

std::vector<std::byte> goodbye(std::string_view reason) {
    std::vector<std::byte> frame;
    wire::FrameWriter writer(frame, {.kind = wire::FrameKind::goodbye});
    writer.utf8(reason);
    writer.finish();
    return frame;
}

std::vector<std::byte> without_descriptor(std::span<const std::byte> frame) {
    std::vector<std::byte> copy(frame.begin(), frame.end());
    copy[offsetof(wire::FrameHeader, flags)] &= ~std::byte{wire::flag_descriptor | wire::flag_speak};
    return copy;
}

} // namespace

FrameStream::FrameStream(EventLoop& loop, wire::UniqueFd socket, std::size_t output_limit, Owner& owner)
    : loop_(loop),
      socket_(std::move(socket)),
      output_limit_(output_limit),
      owner_(owner),
      watch_(loop.watch(socket_.fd(), EPOLLIN, [this](std::uint32_t events) { ready(events); })) {}

void FrameStream::send(std::span<const std::byte> frames) {
    if (stage_ != Stage::open || output_ends_) return;
    socket_.queue(frames);
    output_queued();
}

void FrameStream::send_with_descriptor(std::span<const std::byte> frame, wire::UniqueFd descriptor) {
    if (stage_ != Stage::open || output_ends_) return;
    if (descriptor) socket_.queue_with_descriptor(frame, std::move(descriptor));
    else socket_.queue(without_descriptor(frame));
    output_queued();
}

void FrameStream::output_queued() {
    if (socket_.queued_bytes() > output_limit_) stage_ = Stage::overflowed;
    if (!write_.pending()) write_ = loop_.after(0, [this] { write_out(); });
}

void FrameStream::end(std::string_view reason) {
    if (stage_ != Stage::open && stage_ != Stage::overflowed) return;
    if (!reason.empty()) socket_.queue(goodbye(reason));
    stage_ = Stage::flushing;
    end_ = loop_.after(linger_ms, [this] { finish(); });
    write_ = loop_.after(0, [this] { write_out(); });
}

void FrameStream::end_output() {
    output_ends_ = true;
    if (stage_ == Stage::open) write_ = loop_.after(0, [this] { write_out(); });
}

void FrameStream::lose(const std::string& reason) {
    end(reason);
    owner_.stream_lost(reason);
}

void FrameStream::finish() {
    if (stage_ == Stage::finished) return;
    stage_ = Stage::finished;
    watch_.stop();
    write_.cancel();
    // Later, because functions of the stream may be running.
    end_ = loop_.after(0, [this] { owner_.stream_finished(); });
}

void FrameStream::ready(std::uint32_t events) {
    if ((events & EPOLLOUT) != 0) write_out();
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) == 0) return;
    if (stage_ == Stage::open) take_in();
    else if (stage_ != Stage::finished) discard_input();
}

void FrameStream::drain() {
    while (stage_ == Stage::open && take_in()) continue;
}

// Reads once. False: nothing is there.
bool FrameStream::take_in() {
    const auto status = socket_.read_some();
    if (status == wire::ReadStatus::would_block) return false;
    if (status != wire::ReadStatus::progressed) {
        lose(std::string(status == wire::ReadStatus::closed ? closed_by_peer : "its connection broke"));
        finish(); // nobody is there to read what is queued
        return false;
    }
    if (socket_.take_descriptor()) lose("a descriptor came along, and the service takes none");
    while (stage_ == Stage::open) {
        const auto parsed = socket_.next_frame();
        if (parsed.error != wire::FrameError::none) lose(std::string(describe(parsed.error)));
        else if (!parsed.frame) break;
        else if (std::string reason; !owner_.frame_arrived(*parsed.frame, reason)) lose(reason);
    }
    return true;
}

void FrameStream::discard_input() {
    std::array<std::byte, 4096> unwanted;
    const auto got = ::recv(socket_.fd(), unwanted.data(), unwanted.size(), MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) finish();
}

void FrameStream::write_out() {
    if (stage_ == Stage::overflowed) {
        lose("it does not read what it is sent: more than " + std::to_string(output_limit_) +
             " bytes are waiting");
        return;
    }
    if (!socket_.flush()) {
        if (stage_ == Stage::open) lose("its connection broke");
        finish();
        return;
    }
    const bool waiting = socket_.queued_bytes() != 0;
    if (waiting != waits_for_room_) watch_.wait_for(waiting ? EPOLLIN | EPOLLOUT : EPOLLIN);
    waits_for_room_ = waiting;
    if (waiting || (stage_ != Stage::flushing && !output_ends_)) return;
    if (stage_ == Stage::flushing) stage_ = Stage::lingering;
    ::shutdown(socket_.fd(), SHUT_WR);
}

} // namespace offhook::daemon
