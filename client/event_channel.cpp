// SPDX-License-Identifier: Apache-2.0
#include "client/event_channel.h"

#include "client/errors.h"
#include "client/failure.h"
#include "client/marshal.h"

#include "wire/events.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

namespace offhook::client {
namespace {

constexpr std::size_t event_size =
    sizeof(std::uint32_t) + 4 * sizeof(std::uint64_t); // wire::EventToApplication

wire::UniqueFd make_eventfd() {
    wire::UniqueFd fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!fd) throw Failure{LINEERR_RESOURCEUNAVAIL, "no descriptor is left"};
    return fd;
}

void set(const wire::UniqueFd& eventfd) { (void)::eventfd_write(eventfd.get(), 1); }
void clear(const wire::UniqueFd& eventfd) {
    eventfd_t value = 0;
    (void)::eventfd_read(eventfd.get(), &value);
}

bool is_reply(std::uint32_t id) { return id == LINE_REPLY || id == PHONE_REPLY; }

} // namespace

EventChannel::EventChannel(std::shared_ptr<CallsConnection> calls, Greeted greeted)
    : calls_(std::move(calls)),
      dialogs_(std::make_shared<Dialogs>(calls_)),
      channel_(greeted.welcome.channel),
      socket_(std::move(greeted.socket)),
      wake_(make_eventfd()),
      buffered_(make_eventfd()) {
    ::fcntl(socket_.fd(), F_SETFL, ::fcntl(socket_.fd(), F_GETFL) | O_NONBLOCK);
}

Next EventChannel::next(Message& message, Clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    for (;;) {
        const auto found = take(message);
        signal_buffered();
        if (found) return *found;
        if (deadline <= Clock::now()) return Next::timeout;
        wait(lock, deadline);
    }
}

std::optional<Next> EventChannel::take(Message& message) {
    if (closed_) return Next::closed;
    if (!front_) read_and_look();
    if (front_ && calls_->were_read(front_->after_results)) {
        message = deliver();
        return Next::message;
    }
    if (lost_ && !front_) return Next::lost;
    return {};
}

void EventChannel::wait(std::unique_lock<std::mutex>& lock, Clock::time_point deadline) {
    const auto results = front_ ? std::optional(front_->after_results) : std::nullopt;
    lock.unlock();
    if (results) {
        // The result was sent before the event; whoever waits for it is about to read it.
        (void)calls_->wait_until_read(*results, deadline, closed_);
    } else {
        // Another thread may take what comes out of the socket, and leave a message for this one.
        std::array<pollfd, 3> any{pollfd{socket_.fd(), POLLIN, 0}, pollfd{buffered_.get(), POLLIN, 0},
                                  pollfd{wake_.get(), POLLIN, 0}};
        int timeout = -1;
        if (deadline != Clock::time_point::max()) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
            timeout = static_cast<int>(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
        }
        (void)::poll(any.data(), any.size(), timeout);
    }
    lock.lock();
}

void EventChannel::read_and_look() {
    look_ahead();
    while (!front_ && !lost_) {
        switch (socket_.read_some()) {
        case wire::ReadStatus::progressed: break;
        case wire::ReadStatus::would_block: return;
        case wire::ReadStatus::closed:
        case wire::ReadStatus::broken: lose(); break;
        }
        look_ahead();
    }
}

void EventChannel::look_ahead() {
    while (!front_ && !lost_) {
        const auto parsed = socket_.next_frame();
        if (parsed.error != wire::FrameError::none) {
            say_goodbye(socket_.fd(), describe(parsed.error));
            lose();
        } else if (parsed.frame) {
            interpret(*parsed.frame);
        } else {
            break;
        }
    }
    if (!front_ && lost_) {
        if (const auto open = calls_->ledger().take_open(application_)) {
            const auto& [device, opening] = *open;
            front_ = Pending{};
            front_->message.device = device.second;
            front_->message.id = device.first == Subject::line ? LINE_CLOSE : PHONE_CLOSE;
            front_->message.instance = opening.instance;
        }
    }
}

void EventChannel::interpret(const wire::Frame& frame) {
    if ((frame.header.flags & wire::flag_descriptor) != 0)
        socket_.take_descriptor(); // nothing here takes one
    if (frame.header.kind == wire::FrameKind::goodbye) return lose();
    wire::PayloadReader reader(frame.payload);
    wire::EventToApplication event;
    if (frame.header.kind != wire::FrameKind::event || !read(reader, event)) {
        say_goodbye(socket_.fd(), "a frame that is no event");
        return lose();
    }
    const auto late = frame.payload.subspan(event_size);
    if (frame.header.function == LINE_CREATEDIALOGINSTANCE) return dialogs_->started(event.device, late);
    if (frame.header.function == LINE_SENDDIALOGINSTANCEDATA) return dialogs_->sent(event.device, late);
    front_ = Pending{};
    front_->message = {event.device,     frame.header.function, event.instance,
                       event.parameter1, event.parameter2,      event.parameter3};
    front_->request = frame.header.correlation;
    front_->after_results = frame.header.sequence;
    front_->outputs = late;
}

void EventChannel::lose() {
    lost_ = true;
    dialogs_->close();
    if (epoll_) ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, socket_.fd(), nullptr);
}

void EventChannel::signal_buffered() {
    if (front_.has_value() == signalled_) return;
    signalled_ = front_.has_value();
    signalled_ ? set(buffered_) : clear(buffered_);
}

Message EventChannel::deliver() {
    auto& ledger = calls_->ledger();
    Message message = front_->message;
    if (is_reply(message.id)) {
        auto late = ledger.take(front_->request);
        if (static_cast<std::int32_t>(message.parameter2) == 0)
            write_late(message, wire::Fill::at_reply, late, front_->outputs);
        if (message.id == PHONE_REPLY) {
            const auto result = in_family(Family::phone, static_cast<std::int32_t>(message.parameter2));
            message.parameter2 = static_cast<std::uint64_t>(std::int64_t{result});
        }
    } else if (message.id == LINE_GATHERDIGITS) {
        auto late = ledger.take_gathering(message.device);
        if (!front_->outputs.empty()) write_late(message, wire::Fill::at_message, late, front_->outputs);
    } else if (message.id == LINE_CLOSE || message.id == PHONE_CLOSE) {
        ledger.closed({message.id == LINE_CLOSE ? Subject::line : Subject::phone, message.device});
    }
    front_.reset();
    look_ahead();
    return message;
}

// What cannot be written makes the request a failed one.
void EventChannel::write_late(Message& message, wire::Fill when, const std::optional<LateOutputs>& late,
                              std::span<const std::byte> payload) const {
    if (!late) return;
    switch (write_outputs(*late->signature, when, late->arguments, payload, {})) {
    case Written::whole: return;
    case Written::too_small:
        message.parameter2 = static_cast<std::uint64_t>(std::int64_t{LINEERR_STRUCTURETOOSMALL});
        return;
    case Written::malformed:
        if (is_reply(message.id))
            message.parameter2 = static_cast<std::uint64_t>(std::int64_t{LINEERR_OPERATIONFAILED});
        return;
    }
}

int EventChannel::event_descriptor() {
    const std::scoped_lock lock(mutex_);
    if (epoll_) return epoll_.get();
    const wire::UniqueFd first(::epoll_create1(EPOLL_CLOEXEC));
    // As a HANDLE it must not be NULL.
    wire::UniqueFd epoll(first ? ::fcntl(first.get(), F_DUPFD_CLOEXEC, 3) : -1);
    for (const int fd : {socket_.fd(), buffered_.get()}) {
        epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
        if (!epoll || ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event) != 0)
            throw Failure{LINEERR_RESOURCEUNAVAIL, "no descriptor is left"};
    }
    epoll_ = std::move(epoll);
    return epoll_.get();
}

void EventChannel::close() {
    {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        set(wake_);
    }
    dialogs_->close();
    calls_->wake_waiters();
}

void EventChannel::abandon() const {
    dialogs_->abandon();
    for (const int fd : {socket_.fd(), wake_.get(), buffered_.get(), epoll_.get()})
        if (fd >= 0) ::close(fd);
}

} // namespace offhook::client
