// SPDX-License-Identifier: Apache-2.0
//
// The states a call goes through. What may be asked in each, and what may follow it, is a matter of TAPI
// (provider/call_states.h).
#pragma once

#include "provider/call_states.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace offhook::sim {

enum class CallState : std::uint8_t {
    none, // before its first state a call is not at its station yet
    offering,
    accepted,
    dialtone,
    dialing,
    proceeding,
    ringback,
    busy,
    special_info,
    connected,
    onhold,
    onhold_pending_transfer,
    onhold_pending_conference,
    conferenced,
    disconnected,
    idle,
    count
};

// How a call counts at its address (LINEADDRESSSTATUS).
enum class Occupies : std::uint8_t { nothing, active, held, held_pending };

struct CallStateRow {
    DWORD name = 0; // LINECALLSTATE_
    Occupies occupies = Occupies::nothing;

    [[nodiscard]] constexpr bool occupies_hold() const {
        return occupies == Occupies::held || occupies == Occupies::held_pending;
    }
};

namespace detail {

// In the order of CallState.
inline constexpr std::array<CallStateRow, static_cast<std::size_t>(CallState::count)> call_states{{
    {0},
    {LINECALLSTATE_OFFERING, Occupies::active},
    {LINECALLSTATE_ACCEPTED, Occupies::active},
    {LINECALLSTATE_DIALTONE, Occupies::active},
    {LINECALLSTATE_DIALING, Occupies::active},
    {LINECALLSTATE_PROCEEDING, Occupies::active},
    {LINECALLSTATE_RINGBACK, Occupies::active},
    {LINECALLSTATE_BUSY, Occupies::active},
    {LINECALLSTATE_SPECIALINFO, Occupies::active},
    {LINECALLSTATE_CONNECTED, Occupies::active},
    {LINECALLSTATE_ONHOLD, Occupies::held},
    {LINECALLSTATE_ONHOLDPENDTRANSFER, Occupies::held_pending},
    {LINECALLSTATE_ONHOLDPENDCONF, Occupies::held_pending},
    {LINECALLSTATE_CONFERENCED},
    {LINECALLSTATE_DISCONNECTED, Occupies::active},
    {LINECALLSTATE_IDLE},
}};

} // namespace detail

constexpr const CallStateRow& row(CallState state) {
    return detail::call_states[static_cast<std::size_t>(state)];
}

constexpr bool may_follow(CallState from, CallState to) {
    return provider::may_follow(row(from).name, row(to).name);
}

constexpr DWORD all_call_states() {
    DWORD all = 0;
    for (const CallStateRow& state : detail::call_states) all |= state.name;
    return all;
}

// All that can be asked of a call here; when is a matter of TAPI.
constexpr DWORD all_call_features() {
    return LINECALLFEATURE_ACCEPT | LINECALLFEATURE_ADDTOCONF | LINECALLFEATURE_ANSWER |
           LINECALLFEATURE_BLINDTRANSFER | LINECALLFEATURE_COMPLETECALL | LINECALLFEATURE_COMPLETETRANSF |
           LINECALLFEATURE_DIAL | LINECALLFEATURE_DROP | LINECALLFEATURE_GATHERDIGITS |
           LINECALLFEATURE_GENERATEDIGITS | LINECALLFEATURE_GENERATETONE | LINECALLFEATURE_HOLD |
           LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_MONITORMEDIA | LINECALLFEATURE_MONITORTONES |
           LINECALLFEATURE_PARK | LINECALLFEATURE_PREPAREADDCONF | LINECALLFEATURE_REDIRECT |
           LINECALLFEATURE_RELEASEUSERUSERINFO | LINECALLFEATURE_REMOVEFROMCONF | LINECALLFEATURE_SECURECALL |
           LINECALLFEATURE_SENDUSERUSER | LINECALLFEATURE_SETCALLDATA | LINECALLFEATURE_SETCALLPARAMS |
           LINECALLFEATURE_SETMEDIACONTROL | LINECALLFEATURE_SETQOS | LINECALLFEATURE_SETTERMINAL |
           LINECALLFEATURE_SETTREATMENT | LINECALLFEATURE_SETUPCONF | LINECALLFEATURE_SETUPTRANSFER |
           LINECALLFEATURE_SWAPHOLD | LINECALLFEATURE_UNHOLD;
}

// Those that a call in this state has; a conference has others (Pbx::features).
constexpr DWORD features_in(CallState state) {
    DWORD here = all_call_features() & ~static_cast<DWORD>(LINECALLFEATURE_PREPAREADDCONF);
    if (state != CallState::dialtone && state != CallState::dialing) here &= ~LINECALLFEATURE_DIAL;
    if (state == CallState::idle) here = LINECALLFEATURE_RELEASEUSERUSERINFO; // it has no end to act on
    return provider::features_in(row(state).name, here);
}

// The variants of the features that are allowed.
constexpr DWORD features2_of(DWORD features) {
    DWORD variants = 0;
    if ((features & (LINECALLFEATURE_SETUPCONF | LINECALLFEATURE_PREPAREADDCONF)) != 0)
        variants |= LINECALLFEATURE2_NOHOLDCONFERENCE;
    if ((features & LINECALLFEATURE_SETUPTRANSFER) != 0) variants |= LINECALLFEATURE2_ONESTEPTRANSFER;
    if ((features & LINECALLFEATURE_COMPLETECALL) != 0) variants |= LINECALLFEATURE2_COMPLCALLBACK;
    if ((features & LINECALLFEATURE_COMPLETETRANSF) != 0)
        variants |= LINECALLFEATURE2_TRANSFERNORM | LINECALLFEATURE2_TRANSFERCONF;
    if ((features & LINECALLFEATURE_PARK) != 0)
        variants |= LINECALLFEATURE2_PARKDIRECT | LINECALLFEATURE2_PARKNONDIRECT;
    return variants;
}

} // namespace offhook::sim
