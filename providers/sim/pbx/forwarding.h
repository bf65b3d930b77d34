// SPDX-License-Identifier: Apache-2.0
//
// Where calls go that are not to ring where they were dialed (TSPI_lineForward).
#pragma once

#include "tspi.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace offhook::sim {

struct Party;

// Why a call is forwarded.
enum class Condition : std::uint8_t { always, busy, no_answer };

// One entry of a forwarding list.
struct Forward {
    DWORD mode = 0;          // LINEFORWARDMODE_
    std::string caller;      // of the modes that are about one caller
    std::string destination; // empty: do not disturb
};

struct Forwarding {
    std::vector<Forward> entries;
    DWORD rings = 3; // until a call counts as not answered

    // What becomes of a call; nothing: it rings here.
    [[nodiscard]] const Forward* find(Condition, const std::string& caller, DWORD caller_origin) const;
    [[nodiscard]] bool covers(Condition condition) const;
};

inline constexpr DWORD fewest_rings = 1, most_rings = 10, usual_rings = 3;
inline constexpr std::size_t most_forwards = 16;

[[nodiscard]] bool is_forward_mode(DWORD mode);
[[nodiscard]] DWORD all_forward_modes();
[[nodiscard]] bool is_about_one_caller(DWORD mode);
[[nodiscard]] DWORD reason_of(Condition); // LINECALLREASON_

} // namespace offhook::sim
