// SPDX-License-Identifier: Apache-2.0
#include "host/outbox.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

#include <cerrno>
#include <span>
#include <system_error>
#include <utility>

namespace offhook::host {

Outbox::Outbox(int socket) : Outbox(socket, Limits()) {}

Outbox::Outbox(int socket, Limits limits)
    : socket_(socket),
      limits_(limits),
      timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
    if (!timer_) throw std::system_error(errno, std::generic_category(), "timerfd_create");
}

void Outbox::schedule(When when) {
    if (sending_ || scheduled_ >= when) return; // who sends takes this along
    scheduled_ = when;
    set_timer(when);
}

void Outbox::remind() {
    const std::lock_guard lock(mutex_);
    set_timer(When::soon);
}

void Outbox::set_timer(When when) {
    // A timer that was set for what has left meanwhile serves as well: setting it costs a system call.
    const auto now = std::chrono::steady_clock::now();
    if (when == When::soon && due_ > now) return;
    due_ = when == When::soon ? now + soon : now;
    itimerspec in{};
    in.it_value.tv_nsec = when == When::at_once ? 1 : std::chrono::nanoseconds(soon).count();
    ::timerfd_settime(timer_.get(), 0, &in, nullptr);
}

void Outbox::say_goodbye(std::string_view reason) {
    append({.kind = wire::FrameKind::goodbye}, When::flushed_next, [&](wire::FrameWriter& to) {
        to.utf8(reason);
        said_goodbye_ = true;
    });
}

bool Outbox::flush() {
    std::unique_lock lock(mutex_);
    scheduled_ = When::flushed_next;
    while (!sending_ && !dead_ && !waiting_.empty()) {
        sending_ = true;
        std::swap(waiting_, leaving_);
        lock.unlock();
        const bool sent = send_all(leaving_);
        leaving_.clear();
        lock.lock();
        sending_ = false;
        scheduled_ = When::flushed_next;
        if (!sent) dead_ = true;
        sent_.notify_all();
    }
    return !dead_;
}

void Outbox::finish() {
    std::unique_lock lock(mutex_);
    sent_.wait(lock, [this] { return !sending_; });
    lock.unlock();
    (void)flush(); // a service that left does not take it
}

bool Outbox::send_all(std::span<const std::byte> bytes) const {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(sent));
            continue;
        }
        if (errno == EINTR) continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
        pollfd writable{socket_, POLLOUT, 0};
        const int limit = static_cast<int>(limits_.patience.count());
        if (const int ready = ::poll(&writable, 1, limit); ready == 0 || (ready < 0 && errno != EINTR))
            return false;
    }
    return true;
}

} // namespace offhook::host
