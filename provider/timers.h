// SPDX-License-Identifier: Apache-2.0
//
// One thread that calls back at a time: ring cycles, no-answer timeouts.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace offhook::provider {

// Actions run on the timers' own thread with no lock of this class held. There is no cancellation: an action
// names what it is about by a handle value and finds nothing if that is gone, so a late one is harmless.
class Timers {
  public:
    using Clock = std::chrono::steady_clock;

    Timers();
    ~Timers();
    Timers(const Timers&) = delete;
    Timers& operator=(const Timers&) = delete;

    void after(std::chrono::milliseconds delay, std::function<void()> action);

    // Runs no further action; returns when a running one has ended. Must not be called from an action.
    void stop();

  private:
    void run();

    std::mutex lock_;
    std::condition_variable changed_;
    std::multimap<Clock::time_point, std::function<void()>> pending_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace offhook::provider
