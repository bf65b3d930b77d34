// SPDX-License-Identifier: Apache-2.0
//
// One thread, epoll and timers. A wake-up handles every descriptor that is ready, then every timer that is
// due; a timer of 0 ms is thus what runs at the end of the wake-up it was started in, which is how writes are
// coalesced.
#pragma once

#include "wire/unique_fd.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace offhook::daemon {

class EventLoop {
    struct Source {
        int fd = -1;
        std::function<void(std::uint32_t)> ready;
        bool watched = true;
    };
    using Deadline =
        std::pair<std::uint64_t, std::uint64_t>; // milliseconds, and a number that keeps the order

  public:
    using Task = std::function<void()>;
    using Ready = std::function<void(std::uint32_t events)>; // EPOLL*

    // Watches a descriptor as long as it lives. It may be destroyed at any time, also by what it calls; it is
    // destroyed before its descriptor and before its loop.
    class Watch {
      public:
        Watch() = default;
        Watch(Watch&& other) noexcept;
        Watch& operator=(Watch&& other) noexcept;
        ~Watch() { stop(); }
        void wait_for(std::uint32_t events);
        void stop();
        explicit operator bool() const { return loop_ != nullptr; }

      private:
        friend EventLoop;
        Watch(EventLoop& loop, std::unique_ptr<Source> source);
        EventLoop* loop_ = nullptr;
        std::unique_ptr<Source> source_;
    };

    // Cancelled when it is destroyed.
    class Timer {
      public:
        Timer() = default;
        Timer(Timer&& other) noexcept;
        Timer& operator=(Timer&& other) noexcept;
        ~Timer() { cancel(); }
        void cancel();
        bool pending() const;

      private:
        friend EventLoop;
        Timer(EventLoop& loop, Deadline deadline) : loop_(&loop), deadline_(deadline) {}
        EventLoop* loop_ = nullptr;
        Deadline deadline_{};
    };

    EventLoop();
    ~EventLoop();
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    [[nodiscard]] Watch watch(int fd, std::uint32_t events, Ready ready);
    [[nodiscard]] Timer after(std::uint64_t milliseconds, Task task);

    // Runs the task in the loop's thread. Any thread may call it.
    void post(Task task);

    // Milliseconds of the monotonic clock, as of this wake-up.
    std::uint64_t now() const { return now_; }
    // How often the loop has woken up: what is the same for a whole wake-up is asked once for it.
    std::uint64_t wake_ups() const { return wake_ups_; }

    void run(); // until stop()
    void stop() { stopped_ = true; }
    void run_once();

  private:
    int milliseconds_to_wait() const;
    void run_due_timers();
    void run_posted();
    void read_clock();

    wire::UniqueFd epoll_;
    wire::UniqueFd wake_;
    std::vector<std::unique_ptr<Source>> retired_; // an event for them may still be in the batch
    std::map<Deadline, Task> timers_;
    std::uint64_t timer_number_ = 0;
    std::uint64_t now_ = 0;
    std::uint64_t wake_ups_ = 0;
    bool stopped_ = false;
    std::mutex mutex_;
    std::vector<Task> posted_; // guarded by mutex_
    Watch wake_watch_;
};

} // namespace offhook::daemon
