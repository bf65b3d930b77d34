// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace offhook::test {

// Where a simulation's decisions come from: a seed, or a list of decisions that a property test can shrink
// (after its end every decision is 0).
class Choices {
  public:
    explicit Choices(std::uint64_t seed) : random_(seed) {}
    explicit Choices(std::vector<std::uint16_t> list) : list_(std::move(list)), listed_(true) {}

    // 0 to count - 1.
    std::size_t below(std::size_t count) {
        if (count <= 1) return 0;
        if (!listed_) return random_() % count;
        return next_ < list_.size() ? list_[next_++] % count : 0;
    }
    // One time in `times`.
    bool once_in(std::size_t times) { return below(times) == times - 1; }

  private:
    std::mt19937_64 random_;
    std::vector<std::uint16_t> list_;
    std::size_t next_ = 0;
    bool listed_ = false;
};

} // namespace offhook::test
