// SPDX-License-Identifier: Apache-2.0
//
// The states of a call (LINECALLSTATE_) and the transitions that the documentation states.
#pragma once

#include "tapi.h"

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace offhook::abi {

inline constexpr std::uint32_t call_state_bits = 0x00FFFFFF; // the upper eight are the vendor's (R211)
inline constexpr std::uint32_t all_call_states = 0x0000FFFF;

// Exactly one state that the interface knows (R211).
constexpr bool is_call_state(std::uint32_t state) {
    const auto bits = state & call_state_bits;
    return std::has_single_bit(bits) && (bits & ~all_call_states) == 0;
}

constexpr std::string_view call_state_name(std::uint32_t state) {
    constexpr std::array<std::string_view, 16> names{
        "IDLE",           "OFFERING",           "ACCEPTED",     "DIALTONE",   "DIALING", "RINGBACK",
        "BUSY",           "SPECIALINFO",        "CONNECTED",    "PROCEEDING", "ONHOLD",  "CONFERENCED",
        "ONHOLDPENDCONF", "ONHOLDPENDTRANSFER", "DISCONNECTED", "UNKNOWN"};
    return is_call_state(state) ? names[static_cast<std::size_t>(std::countr_zero(state & call_state_bits))]
                                : "none";
}

struct CallStateTransition {
    std::uint32_t from;
    std::uint32_t to;
};

// The first state may be any (R073). From UNKNOWN every state may follow, and every state but IDLE may end in
// DISCONNECTED or IDLE. IDLE is final (R210).
inline constexpr std::array call_state_transitions{
    CallStateTransition{LINECALLSTATE_OFFERING, LINECALLSTATE_ACCEPTED | LINECALLSTATE_CONNECTED},
    CallStateTransition{LINECALLSTATE_ACCEPTED, LINECALLSTATE_CONNECTED},
    CallStateTransition{LINECALLSTATE_DIALTONE, LINECALLSTATE_DIALING},
    CallStateTransition{LINECALLSTATE_DIALING, LINECALLSTATE_PROCEEDING},
    CallStateTransition{LINECALLSTATE_PROCEEDING, LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY |
                                                      LINECALLSTATE_SPECIALINFO | LINECALLSTATE_CONNECTED |
                                                      LINECALLSTATE_CONFERENCED},
    CallStateTransition{LINECALLSTATE_RINGBACK, LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED},
    CallStateTransition{LINECALLSTATE_BUSY, LINECALLSTATE_CONFERENCED},
    CallStateTransition{LINECALLSTATE_CONNECTED,
                        LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER |
                            LINECALLSTATE_CONFERENCED | LINECALLSTATE_ONHOLDPENDCONF},
    CallStateTransition{LINECALLSTATE_ONHOLD,
                        LINECALLSTATE_CONNECTED | LINECALLSTATE_OFFERING | LINECALLSTATE_CONFERENCED},
    CallStateTransition{LINECALLSTATE_ONHOLDPENDTRANSFER,
                        LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED},
    CallStateTransition{LINECALLSTATE_ONHOLDPENDCONF, LINECALLSTATE_CONNECTED},
    CallStateTransition{LINECALLSTATE_CONFERENCED, LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD},
    CallStateTransition{LINECALLSTATE_UNKNOWN, all_call_states},
};

// Does the documentation state this transition? One that it does not is delivered all the same, and traced.
constexpr bool is_documented_transition(std::uint32_t from, std::uint32_t to) {
    from &= call_state_bits;
    to &= call_state_bits;
    if (from == 0) return true;
    if (from == LINECALLSTATE_IDLE) return false;
    if (to == LINECALLSTATE_IDLE || to == LINECALLSTATE_DISCONNECTED) return true;
    for (const auto& transition : call_state_transitions)
        if (transition.from == from) return (transition.to & to) != 0;
    return false;
}

} // namespace offhook::abi
