// SPDX-License-Identifier: Apache-2.0
//
// The numbers that came last: enough to know one that comes again, and no more than that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_set>

namespace offhook::rules {

class Recent {
  public:
    void add(std::uint64_t number) {
        if (!known_.insert(number).second) return;
        order_.push_back(number);
        if (order_.size() <= most) return;
        known_.erase(order_.front());
        order_.pop_front();
    }
    bool has(std::uint64_t number) const { return known_.contains(number); }

  private:
    static constexpr std::size_t most = 4096;
    std::unordered_set<std::uint64_t> known_;
    std::deque<std::uint64_t> order_;
};

} // namespace offhook::rules
