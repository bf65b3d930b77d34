// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace offhook::cli::timeline {

// Puts intervals side by side so that none covers another. Given in the order of their beginnings, they take
// as few lanes as there can be.
class Lanes {
  public:
    // The lowest lane that is free from `from` to `to`; two that only touch share one.
    std::size_t place(double from, double to) {
        std::size_t lane = 0;
        while (lane < ends_.size() && ends_[lane] > from) ++lane;
        if (lane == ends_.size()) ends_.push_back(to);
        else ends_[lane] = to;
        return lane;
    }
    std::size_t count() const { return ends_.size(); }

  private:
    std::vector<double> ends_; // where what came last in each lane ends
};

} // namespace offhook::cli::timeline
