// SPDX-License-Identifier: Apache-2.0
#include "certify/connection.h"

#include "wire/start_host.h"

#include <poll.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <cstring>

namespace offhook::certify {
namespace {

int left(Clock::time_point until) {
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    return milliseconds < 0 ? 0 : static_cast<int>(milliseconds);
}

} // namespace

wire::HostHello hello_of(const Target& target, const Configuration& configuration, wire::HostMode mode) {
    wire::HostHello hello;
    hello.mode = mode;
    hello.provider = permanent_provider_id;
    hello.library = target.library;
    hello.needs = target.needs;
    hello.configuration = configuration;
    return hello;
}

std::vector<std::byte> frame_of(const wire::HostHello& hello) {
    std::vector<std::byte> frame;
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::hello});
    wire::write(to, hello);
    to.finish();
    return frame;
}

Connection::Connection(const Target& target, Arrived arrived)
    : target_(target),
      arrived_(std::move(arrived)) {
    auto started = wire::start_host(target_.host_program, wire::HostErrors::nowhere);
    process_ = started.process;
    pidfd_ = std::move(started.pidfd);
    socket_.emplace(std::move(started.socket));
}

Connection::~Connection() { kill_and_reap(); }

void Connection::kill_and_reap() {
    if (process_ <= 0) return;
    ::kill(-process_, SIGKILL);
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
}

void Connection::lose(const std::string& why) {
    if (!lost_.empty()) return;
    lost_ = why;
    kill_and_reap();
}

void Connection::lose_late(const std::string& why) {
    timed_out_ = lost_.empty();
    lose(why);
}

void Connection::send(std::span<const std::byte> frame) {
    if (!lost_.empty()) return;
    socket_->queue(frame);
    const auto until = Clock::now() + target_.hang;
    while (socket_->flush() && socket_->queued_bytes() != 0) {
        pollfd writable{socket_->fd(), POLLOUT, 0};
        if (::poll(&writable, 1, left(until)) == 0) return lose_late("it takes no more requests");
    }
}

bool Connection::take(Clock::time_point until) {
    while (lost_.empty()) {
        const auto parsed = socket_->next_frame();
        if (parsed.error != wire::FrameError::none) {
            lose(std::string(wire::describe(parsed.error)));
            return false;
        }
        if (parsed.frame) {
            socket_->take_descriptor().reset();
            if (parsed.frame->header.kind == wire::FrameKind::goodbye) {
                wire::PayloadReader from(parsed.frame->payload);
                goodbye_ = from.utf8();
            }
            arrived_(*parsed.frame);
            return true;
        }
        pollfd readable{socket_->fd(), POLLIN, 0};
        if (::poll(&readable, 1, left(until)) == 0) return false;
        const auto status = socket_->read_some();
        if (status == wire::ReadStatus::closed || status == wire::ReadStatus::broken) lose(how_it_ended());
    }
    return false;
}

std::string Connection::how_it_ended() {
    constexpr int patience_ms = 5000;
    pollfd ended{pidfd_.get(), POLLIN, 0};
    if (::poll(&ended, 1, patience_ms) == 0) return "its host closed the connection";
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = 0;
    if (!goodbye_.empty()) return goodbye_;
    if (WIFSIGNALED(status))
        return std::string("it ended the process with SIG") + ::sigabbrev_np(WTERMSIG(status));
    return "it ended the process with status " + std::to_string(WEXITSTATUS(status));
}

} // namespace offhook::certify
