// SPDX-License-Identifier: Apache-2.0
#include "client/calls_connection.h"

#include "client/failure.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace offhook::client {

using wire::FrameKind;

namespace {

// The kind of the frame that an answer comes in.
constexpr FrameKind frame_of(Answer answer) {
    switch (answer) {
    case Answer::of_synchronous:
    case Answer::of_asynchronous: break;
    case Answer::of_service: return FrameKind::service;
    case Answer::of_dialog: return FrameKind::dialog;
    }
    return FrameKind::result;
}

} // namespace

CallsConnection::CallsConnection(const Address& address, Start start)
    : CallsConnection(address, connect_for_calls(address, start)) {}

CallsConnection::CallsConnection(const Address& address, Greeted greeted)
    : address_(address),
      welcome_(greeted.welcome),
      socket_(std::move(greeted.socket)) {}

Greeted CallsConnection::open_events() const {
    return connect_for_events(address_, welcome_.token_high, welcome_.token_low);
}

void CallsConnection::exchange(Call& call, std::span<std::byte> frame) {
    send(call, frame);
    await(call);
    if (call.stage_ == Call::Stage::lost)
        throw Failure{LINEERR_OPERATIONFAILED, "The service ended during the call."};
}

void CallsConnection::send(Call& call, std::span<std::byte> frame) {
    {
        const std::scoped_lock lock(mutex_);
        if (lost_) throw Failure{LINEERR_SERVICE_NOT_RUNNING, "The service has ended. Initialize again."};
        waiting_.push_back(&call);
        call.correlation_ = ++last_correlation_ == 0 ? ++last_correlation_ : last_correlation_;
    }
    std::memcpy(frame.data() + offsetof(wire::FrameHeader, correlation), &call.correlation_,
                sizeof call.correlation_);
    bool sent = false;
    {
        const std::scoped_lock lock(sending_);
        sent = send_all(socket_.fd(), frame);
    }
    if (sent) return;
    const std::scoped_lock lock(mutex_);
    lose();
}

void CallsConnection::await(Call& call) {
    std::unique_lock lock(mutex_);
    while (call.stage_ == Call::Stage::waiting) {
        if (reading_) {
            call.ready_.wait(lock);
            continue;
        }
        reading_ = true;
        lock.unlock();
        auto status = wire::ReadStatus::broken;
        try {
            status = socket_.read_some();
        } catch (const std::bad_alloc&) { // a connection that cannot be read is lost
        }
        lock.lock();
        reading_ = false;
        if (status == wire::ReadStatus::progressed) take_frames();
        else lose();
    }
    if (!reading_ && !waiting_.empty()) waiting_.front()->ready_.notify_one();
}

void CallsConnection::take_frames() {
    while (!lost_) {
        const auto parsed = socket_.next_frame();
        if (parsed.error != wire::FrameError::none) {
            say_goodbye(socket_.fd(), describe(parsed.error));
            return lose();
        }
        if (!parsed.frame) return;
        take(*parsed.frame);
    }
}

void CallsConnection::take(const wire::Frame& frame) {
    const auto& header = frame.header;
    const auto found = std::ranges::find_if(waiting_, [&](const Call* call) {
        return call->correlation_ == header.correlation && frame_of(call->kind_) == header.kind;
    });
    if (found == waiting_.end()) {
        if (header.kind != FrameKind::goodbye) say_goodbye(socket_.fd(), "a frame that answers no call");
        return lose();
    }
    Call& call = **found;
    // R044: an asynchronous function returns an error or a request id, never 0; a synchronous one never an
    // id.
    const bool sound = header.result < 0 || (call.kind_ == Answer::of_asynchronous) == (header.result > 0);
    if (!sound) {
        say_goodbye(socket_.fd(), "a result that the function cannot have");
        return lose();
    }
    waiting_.erase(found);
    settle(call, frame);
}

void CallsConnection::settle(Call& call, const wire::Frame& frame) {
    call.result = frame.header.result;
    call.channel = frame.header.sequence;
    if ((frame.header.flags & wire::flag_descriptor) != 0) call.descriptor = socket_.take_descriptor();
    try {
        call.payload.assign(frame.payload.begin(), frame.payload.end());
    } catch (const std::bad_alloc&) {
        call.result = LINEERR_NOMEM;
    }
    call.answered();
    if (frame.header.kind == FrameKind::result) {
        ++results_read_;
        results_changed_.notify_all();
    }
    call.stage_ = Call::Stage::answered;
    call.ready_.notify_one();
}

// With mutex_ held. Events that wait for results wait no longer: none will come.
void CallsConnection::lose() {
    lost_ = true;
    results_read_ = std::numeric_limits<std::uint64_t>::max();
    for (Call* call : waiting_) {
        call->stage_ = Call::Stage::lost;
        call->ready_.notify_one();
    }
    waiting_.clear();
    results_changed_.notify_all();
    ::shutdown(socket_.fd(), SHUT_RDWR); // whoever reads now comes back
}

bool CallsConnection::still_there() {
    pollfd socket{socket_.fd(), POLLRDHUP, 0};
    if (!lost_ && ::poll(&socket, 1, 0) == 1) {
        const std::scoped_lock lock(mutex_);
        lose();
    }
    return !lost_;
}

void CallsConnection::broke_protocol() {
    say_goodbye(socket_.fd(), "outputs that the function's row does not allow");
    const std::scoped_lock lock(mutex_);
    lose();
}

bool CallsConnection::wait_until_read(std::uint64_t results, Clock::time_point deadline,
                                      const std::atomic<bool>& stop) {
    std::unique_lock lock(mutex_);
    const auto over = [&] { return were_read(results) || stop; };
    if (deadline == Clock::time_point::max()) results_changed_.wait(lock, over);
    else results_changed_.wait_until(lock, deadline, over);
    return were_read(results);
}

void CallsConnection::wake_waiters() {
    const std::scoped_lock lock(mutex_);
    results_changed_.notify_all();
}

} // namespace offhook::client
