// SPDX-License-Identifier: Apache-2.0
//
// A thread for what may block (a commit to the registry, reading a library's note). Work is done in the order
// in which it was given; its outcome comes back as a task of the event loop.
#pragma once

#include "daemon/event_loop.h"

#include <condition_variable>
#include <deque>
#include <optional>
#include <string>
#include <thread>

namespace offhook::daemon {

template <class T> struct Outcome {
    std::optional<T> value; // absent: it failed, and `error` says why and what to do
    std::string error;
};

class Worker {
  public:
    explicit Worker(EventLoop& loop) : loop_(loop), thread_([this] { run(); }) {}
    ~Worker(); // after everything that was given is done
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // work() runs in the worker's thread and fails by throwing; then(Outcome<its result>) runs in the loop's.
    template <class Work, class Then> void submit(Work work, Then then) {
        using Result = decltype(work());
        push([this, work = std::move(work), then = std::move(then)]() mutable {
            auto outcome = std::make_shared<Outcome<Result>>();
            try {
                outcome->value.emplace(work());
            } catch (const std::exception& failure) {
                outcome->error = failure.what();
            }
            loop_.post([outcome, then = std::move(then)]() mutable { then(std::move(*outcome)); });
        });
    }

  private:
    void push(EventLoop::Task);
    void run();

    EventLoop& loop_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<EventLoop::Task> queue_; // guarded by mutex_
    bool ending_ = false;               // guarded by mutex_
    std::thread thread_;
};

} // namespace offhook::daemon
