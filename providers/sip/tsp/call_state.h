// SPDX-License-Identifier: Apache-2.0
//
// The states a call goes through here, and what TAPI calls them.
#pragma once

#include "tspi.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace offhook::sip {

enum class CallState : std::uint8_t {
    pending, // before the completion of lineMakeCall or LINE_NEWCALL the call does not exist yet (R062, R063)
    offering,
    accepted,
    dialing,
    proceeding,
    ringback,
    busy,
    connected,
    disconnected,
    idle,
    count
};

struct CallStateRow {
    DWORD name = 0;       // LINECALLSTATE_
    DWORD features = 0;   // LINECALLFEATURE_ that may be invoked in it
    DWORD successors = 0; // LINECALLSTATE_ that may follow
};

namespace detail {

inline constexpr DWORD digits = LINECALLFEATURE_GENERATEDIGITS | LINECALLFEATURE_MONITORDIGITS;
inline constexpr DWORD over = LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE;

// In the order of CallState.
inline constexpr std::array<CallStateRow, static_cast<std::size_t>(CallState::count)> call_states{{
    {0, 0, LINECALLSTATE_DIALING | LINECALLSTATE_OFFERING},
    {LINECALLSTATE_OFFERING, LINECALLFEATURE_ACCEPT | LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP,
     LINECALLSTATE_ACCEPTED | LINECALLSTATE_CONNECTED | over},
    {LINECALLSTATE_ACCEPTED, LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP, LINECALLSTATE_CONNECTED | over},
    {LINECALLSTATE_DIALING, LINECALLFEATURE_DROP, LINECALLSTATE_PROCEEDING | over},
    {LINECALLSTATE_PROCEEDING, LINECALLFEATURE_DROP,
     LINECALLSTATE_RINGBACK | LINECALLSTATE_CONNECTED | LINECALLSTATE_BUSY | over},
    {LINECALLSTATE_RINGBACK, LINECALLFEATURE_DROP, LINECALLSTATE_CONNECTED | LINECALLSTATE_BUSY | over},
    {LINECALLSTATE_BUSY, LINECALLFEATURE_DROP, over},
    {LINECALLSTATE_CONNECTED, LINECALLFEATURE_DROP | digits, over},
    {LINECALLSTATE_DISCONNECTED, LINECALLFEATURE_DROP, LINECALLSTATE_IDLE},
    {LINECALLSTATE_IDLE, 0, 0}, // never left (R210)
}};

} // namespace detail

constexpr const CallStateRow& row(CallState state) {
    return detail::call_states[static_cast<std::size_t>(state)];
}

constexpr bool may_follow(CallState from, CallState to) { return (row(from).successors & row(to).name) != 0; }

constexpr DWORD all_call_states() {
    DWORD all = 0;
    for (const CallStateRow& state : detail::call_states) all |= state.name;
    return all;
}

constexpr DWORD all_call_features() {
    DWORD all = 0;
    for (const CallStateRow& state : detail::call_states) all |= state.features;
    return all;
}

} // namespace offhook::sip
