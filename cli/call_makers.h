// SPDX-License-Identifier: Apache-2.0
//
// Functions that make calls of which a trace tells no more than their first states.
#pragma once

#include <array>
#include <string_view>

namespace offhook::cli {

struct CallMaker {
    std::string_view function; // without TSPI_
    unsigned calls;            // how many it makes at most
};
inline constexpr std::array<CallMaker, 7> call_makers{{{"lineSetupTransfer", 1},
                                                       {"lineSetupConference", 2},
                                                       {"linePrepareAddToConference", 1},
                                                       {"lineCompleteTransfer", 1},
                                                       {"lineForward", 1},
                                                       {"lineUnpark", 1},
                                                       {"linePickup", 1}}};

// Null: it makes none.
constexpr const CallMaker* call_maker(std::string_view function) {
    for (const auto& one : call_makers)
        if (one.function == function) return &one;
    return nullptr;
}

} // namespace offhook::cli
