// SPDX-License-Identifier: Apache-2.0
//
// The numbers that came last: enough to know one that comes again, and no more than that. In a fixed amount
// of memory, since every request and every call comes by here.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

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
    void forget(std::uint64_t number) {
        for (auto& kept : sets_[set_of(number)])
            if (kept == number) kept = 0;
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

// What the requests that came last asked for, also of those that are over. Their numbers ascend.
class RecentRequests {
  public:
    void add(std::uint32_t request, std::uint16_t function) {
        last_[request % last_.size()] = {request, function};
    }
    // None: it is not among them.
    std::optional<std::uint16_t> function_of(std::uint32_t request) const {
        const auto& kept = last_[request % last_.size()];
        return request != 0 && kept.request == request ? std::optional(kept.function) : std::nullopt;
    }

  private:
    struct Kept {
        std::uint32_t request = 0;
        std::uint16_t function = 0;
    };
    std::array<Kept, 1024> last_{};
};

} // namespace offhook::rules
