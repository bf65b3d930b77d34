// SPDX-License-Identifier: Apache-2.0
//
// Time as the exchange sees it: real, or virtual and moved by hand.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <utility>

namespace offhook::sim {

using std::chrono::milliseconds;

// There is no cancellation: an action names what it is about by handle and epoch, and finds nothing when that
// has gone or moved on.
class Clock {
  public:
    using Action = std::function<void()>;

    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    virtual void after(milliseconds delay, Action action) = 0;
};

// Nothing happens before advance().
class VirtualClock : public Clock {
  public:
    void after(milliseconds delay, Action action) override { due_.emplace(now_ + delay, std::move(action)); }

    // Runs what falls due meanwhile, in the order of time, each at its own time, and `settle` after each.
    void advance(milliseconds span, const Action& settle) {
        const milliseconds end = now_ + span;
        while (!due_.empty() && due_.begin()->first <= end) {
            auto next = due_.extract(due_.begin());
            now_ = next.key();
            next.mapped()();
            settle();
        }
        now_ = end;
    }

    [[nodiscard]] milliseconds now() const { return now_; }

  private:
    milliseconds now_{0};
    std::multimap<milliseconds, Action> due_; // entries of one time keep the order of their insertion
};

} // namespace offhook::sim
