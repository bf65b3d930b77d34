// SPDX-License-Identifier: Apache-2.0

#include "provider/timers.h"

namespace offhook::provider {

Timers::Timers() : thread_([this] { run(); }) {}

Timers::~Timers() { stop(); }

void Timers::after(std::chrono::milliseconds delay, std::function<void()> action) {
    {
        const std::lock_guard guard(lock_);
        pending_.emplace(Clock::now() + delay, std::move(action));
    }
    changed_.notify_one();
}

void Timers::stop() {
    {
        const std::lock_guard guard(lock_);
        stopping_ = true;
        pending_.clear();
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Timers::run() {
    std::unique_lock lock(lock_);
    while (!stopping_) {
        if (pending_.empty()) {
            changed_.wait(lock);
            continue;
        }
        const Clock::time_point due = pending_.begin()->first;
        if (Clock::now() < due) {
            changed_.wait_until(lock, due);
            continue;
        }
        const auto action = std::move(pending_.begin()->second);
        pending_.erase(pending_.begin());
        lock.unlock();
        action();
        lock.lock();
    }
}

} // namespace offhook::provider
