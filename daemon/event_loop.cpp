// SPDX-License-Identifier: Apache-2.0
#include "daemon/event_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <system_error>

namespace offhook::daemon {

EventLoop::Watch::Watch(EventLoop& loop, std::unique_ptr<Source> source)
    : loop_(&loop),
      source_(std::move(source)) {}
EventLoop::Watch::Watch(Watch&& other) noexcept
    : loop_(std::exchange(other.loop_, nullptr)),
      source_(std::move(other.source_)) {}
EventLoop::Watch& EventLoop::Watch::operator=(Watch&& other) noexcept {
    if (this == &other) return *this;
    stop();
    loop_ = std::exchange(other.loop_, nullptr);
    source_ = std::move(other.source_);
    return *this;
}

void EventLoop::Watch::wait_for(std::uint32_t events) {
    epoll_event event{.events = events, .data = {.ptr = source_.get()}};
    ::epoll_ctl(loop_->epoll_.get(), EPOLL_CTL_MOD, source_->fd, &event);
}

void EventLoop::Watch::stop() {
    if (loop_ == nullptr) return;
    ::epoll_ctl(loop_->epoll_.get(), EPOLL_CTL_DEL, source_->fd, nullptr);
    source_->watched = false;
    loop_->retired_.push_back(std::move(source_));
    loop_ = nullptr;
}

EventLoop::Timer::Timer(Timer&& other) noexcept
    : loop_(std::exchange(other.loop_, nullptr)),
      deadline_(std::move(other.deadline_)) {}
EventLoop::Timer& EventLoop::Timer::operator=(Timer&& other) noexcept {
    if (this == &other) return *this;
    cancel();
    loop_ = std::exchange(other.loop_, nullptr);
    deadline_ = other.deadline_;
    return *this;
}

void EventLoop::Timer::cancel() {
    if (loop_ != nullptr) loop_->timers_.erase(deadline_);
    loop_ = nullptr;
}

bool EventLoop::Timer::pending() const { return loop_ != nullptr && loop_->timers_.contains(deadline_); }

EventLoop::EventLoop()
    : epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!epoll_ || !wake_)
        throw std::system_error(errno, std::generic_category(), "cannot make the event loop");
    read_clock();
    wake_watch_ = watch(wake_.get(), EPOLLIN, [this](std::uint32_t) { run_posted(); });
}

EventLoop::~EventLoop() = default;

EventLoop::Watch EventLoop::watch(int fd, std::uint32_t events, Ready ready) {
    auto source = std::make_unique<Source>(Source{fd, std::move(ready)});
    epoll_event event{.events = events, .data = {.ptr = source.get()}};
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0)
        throw std::system_error(errno, std::generic_category(), "cannot watch a descriptor");
    return {*this, std::move(source)};
}

EventLoop::Timer EventLoop::after(std::uint64_t milliseconds, Task task) {
    const Deadline deadline{now_ + milliseconds, ++timer_number_};
    timers_.emplace(deadline, std::move(task));
    return {*this, deadline};
}

void EventLoop::post(Task task) {
    {
        const std::lock_guard lock(mutex_);
        posted_.push_back(std::move(task));
    }
    const std::uint64_t one = 1;
    // It fails only when the counter is full, and then the loop is being woken already.
    [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
}

void EventLoop::run_posted() {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(wake_.get(), &count, sizeof count);
    std::vector<Task> tasks;
    {
        const std::lock_guard lock(mutex_);
        tasks.swap(posted_);
    }
    for (auto& task : tasks) task();
}

void EventLoop::read_clock() {
    using namespace std::chrono;
    now_ = static_cast<std::uint64_t>(
        duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count());
}

int EventLoop::milliseconds_to_wait() const {
    if (timers_.empty()) return -1;
    const auto deadline = timers_.begin()->first.first;
    return deadline <= now_ ? 0 : static_cast<int>(std::min<std::uint64_t>(deadline - now_, INT_MAX));
}

void EventLoop::run_due_timers() {
    while (!timers_.empty() && timers_.begin()->first.first <= now_) {
        auto due = timers_.extract(timers_.begin());
        due.mapped()();
    }
}

void EventLoop::run_once() {
    read_clock();
    std::array<epoll_event, 128> events;
    const int count =
        ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), milliseconds_to_wait());
    read_clock();
    ++wake_ups_;
    for (int i = 0; i < count; ++i) {
        const auto& event = events[static_cast<std::size_t>(i)];
        auto& source = *static_cast<Source*>(event.data.ptr);
        if (source.watched) source.ready(event.events);
    }
    run_due_timers();
    retired_.clear();
}

void EventLoop::run() {
    while (!stopped_) run_once();
}

} // namespace offhook::daemon
