// SPDX-License-Identifier: Apache-2.0
//
// Rules that the provider breaks when it is told to, so that a service can be tested against providers that
// do.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace offhook::sim {

#define MISBEHAVIOUR(id, word, what) id,
enum class Fault : std::uint8_t {
#include "providers/sim/misbehaviour.def"
    count
};
#undef MISBEHAVIOUR

inline constexpr std::size_t faults = static_cast<std::size_t>(Fault::count);

struct FaultRow {
    std::string_view
        word; // how it is called: the rule's number, with a word behind it where a rule has several
    std::string_view what;
};

#define MISBEHAVIOUR(id, word, what) FaultRow{word, what},
inline constexpr std::array<FaultRow, faults> fault_rows{{
#include "providers/sim/misbehaviour.def"
}};
#undef MISBEHAVIOUR

// Asked at each place where a rule is kept. Thread-safe, and costs next to nothing as long as nothing is to
// be broken.
class Misbehaviour {
  public:
    // Is the rule to be broken now? Counts one time.
    [[nodiscard]] bool asked(Fault fault) {
        if (!any_.load(std::memory_order_relaxed)) return false;
        auto& left = left_[static_cast<std::size_t>(fault)];
        std::uint32_t times = left.load();
        while (times != 0)
            if (left.compare_exchange_weak(times, times - 1)) return true;
        return false;
    }

    void ask(Fault fault, std::uint32_t times) {
        left_[static_cast<std::size_t>(fault)] = times;
        any_ = true;
    }

    void behave() {
        any_ = false;
        for (auto& left : left_) left = 0;
    }

    [[nodiscard]] std::uint32_t left(Fault fault) const { return left_[static_cast<std::size_t>(fault)]; }

    [[nodiscard]] static std::optional<Fault> find(std::string_view word) {
        for (std::size_t i = 0; i < faults; ++i)
            if (fault_rows[i].word == word) return static_cast<Fault>(i);
        return std::nullopt;
    }

  private:
    std::atomic<bool> any_{false};
    std::array<std::atomic<std::uint32_t>, faults> left_{};
};

} // namespace offhook::sim
