// SPDX-License-Identifier: Apache-2.0
//
// The numbers that came last: enough to know one that comes again, and no more than that. In a fixed amount
// of memory, since every request and every call comes by here.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace offhook::rules {

// Of those that fall into one set the last four are kept, at most 4,096 of all; 0 is no number.
class Recent {
  public:
    void add(std::uint64_t number) {
        if (number == 0 || has(number)) return;
        auto& alike = sets_[set_of(number)];
        std::ranges::move_backward(alike.begin(), alike.end() - 1, alike.end());
        alike.front() = number;
    }
    bool has(std::uint64_t number) const {
        const auto& alike = sets_[set_of(number)];
        return number != 0 && std::ranges::find(alike, number) != alike.end();
    }

  private:
    static constexpr std::size_t bits = 10, sets = std::size_t{1} << bits, ways = 4;
    // Handles differ in a few bits, those of an index or of its generation: the product spreads them (Knuth,
    // The Art of Computer Programming, 6.4).
    static std::size_t set_of(std::uint64_t number) { return number * 0x9E37'79B9'7F4A'7C15 >> (64 - bits); }

    std::array<std::array<std::uint64_t, ways>, sets> sets_{};
};

} // namespace offhook::rules
