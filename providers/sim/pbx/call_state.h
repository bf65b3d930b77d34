// SPDX-License-Identifier: Apache-2.0
//
// The states a call goes through, what TAPI calls them, what may be asked in each, and what may follow it.
#pragma once

#include "tspi.h"

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
    DWORD name = 0;       // LINECALLSTATE_
    DWORD features = 0;   // LINECALLFEATURE_ that may be invoked in it (R212)
    DWORD successors = 0; // LINECALLSTATE_ that may follow
    Occupies occupies = Occupies::nothing;

    [[nodiscard]] constexpr bool occupies_hold() const {
        return occupies == Occupies::held || occupies == Occupies::held_pending;
    }
};

namespace detail {

// In every state.
inline constexpr DWORD always =
    LINECALLFEATURE_RELEASEUSERUSERINFO | LINECALLFEATURE_SETMEDIACONTROL | LINECALLFEATURE_SETTERMINAL;
// As long as there is somebody or something at the other end to be heard.
inline constexpr DWORD audible = always | LINECALLFEATURE_DROP | LINECALLFEATURE_GATHERDIGITS |
                                 LINECALLFEATURE_GENERATEDIGITS | LINECALLFEATURE_GENERATETONE |
                                 LINECALLFEATURE_MONITORMEDIA | LINECALLFEATURE_MONITORTONES |
                                 LINECALLFEATURE_SECURECALL;
// While it is a call that can still become or is one.
inline constexpr DWORD alive = audible | LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_SETCALLPARAMS |
                               LINECALLFEATURE_SETCALLDATA | LINECALLFEATURE_SETQOS |
                               LINECALLFEATURE_SETTREATMENT;
inline constexpr DWORD consultation = LINECALLFEATURE_COMPLETETRANSF | LINECALLFEATURE_ADDTOCONF;
inline constexpr DWORD held = LINECALLFEATURE_UNHOLD | LINECALLFEATURE_SWAPHOLD;
inline constexpr DWORD over = LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE;

// In the order of CallState.
inline constexpr std::array<CallStateRow, static_cast<std::size_t>(CallState::count)> call_states{{
    {0, 0, 0xFFFFFFFF},
    {LINECALLSTATE_OFFERING,
     alive | LINECALLFEATURE_ACCEPT | LINECALLFEATURE_ANSWER | LINECALLFEATURE_REDIRECT |
         LINECALLFEATURE_SENDUSERUSER,
     LINECALLSTATE_ACCEPTED | LINECALLSTATE_CONNECTED | over, Occupies::active},
    {LINECALLSTATE_ACCEPTED, alive | LINECALLFEATURE_ANSWER | LINECALLFEATURE_SENDUSERUSER,
     LINECALLSTATE_CONNECTED | over, Occupies::active},
    {LINECALLSTATE_DIALTONE, alive | LINECALLFEATURE_DIAL, LINECALLSTATE_DIALING | over, Occupies::active},
    {LINECALLSTATE_DIALING, alive | LINECALLFEATURE_DIAL, LINECALLSTATE_PROCEEDING | over, Occupies::active},
    {LINECALLSTATE_PROCEEDING, alive | consultation | LINECALLFEATURE_COMPLETECALL,
     LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY | LINECALLSTATE_SPECIALINFO | LINECALLSTATE_CONNECTED |
         LINECALLSTATE_CONFERENCED | over,
     Occupies::active},
    {LINECALLSTATE_RINGBACK,
     alive | consultation | LINECALLFEATURE_COMPLETECALL | LINECALLFEATURE_SENDUSERUSER,
     LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED | over, Occupies::active},
    {LINECALLSTATE_BUSY, alive | LINECALLFEATURE_COMPLETECALL | LINECALLFEATURE_COMPLETETRANSF, over,
     Occupies::active},
    {LINECALLSTATE_SPECIALINFO, alive, over, Occupies::active},
    {LINECALLSTATE_CONNECTED,
     alive | consultation | LINECALLFEATURE_HOLD | LINECALLFEATURE_SETUPTRANSFER |
         LINECALLFEATURE_BLINDTRANSFER | LINECALLFEATURE_SETUPCONF | LINECALLFEATURE_PARK |
         LINECALLFEATURE_SWAPHOLD | LINECALLFEATURE_SENDUSERUSER,
     LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER |
         LINECALLSTATE_ONHOLDPENDCONF | LINECALLSTATE_CONFERENCED | over,
     Occupies::active},
    {LINECALLSTATE_ONHOLD, alive | consultation | held,
     LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED | over, Occupies::held},
    {LINECALLSTATE_ONHOLDPENDTRANSFER, alive | LINECALLFEATURE_COMPLETETRANSF | held,
     LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED | over, Occupies::held_pending},
    {LINECALLSTATE_ONHOLDPENDCONF, alive | LINECALLFEATURE_ADDTOCONF | held, LINECALLSTATE_CONNECTED | over,
     Occupies::held_pending},
    {LINECALLSTATE_CONFERENCED, alive | LINECALLFEATURE_REMOVEFROMCONF, LINECALLSTATE_CONNECTED | over,
     Occupies::nothing},
    {LINECALLSTATE_DISCONNECTED, audible, LINECALLSTATE_IDLE, Occupies::active},
    {LINECALLSTATE_IDLE, LINECALLFEATURE_RELEASEUSERUSERINFO, 0, Occupies::nothing}, // never left (R210)
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
    DWORD all = LINECALLFEATURE_PREPAREADDCONF; // of a conference alone
    for (const CallStateRow& state : detail::call_states) all |= state.features;
    return all;
}

// The variants of the features that are allowed.
constexpr DWORD features2_of(DWORD features) {
    DWORD variants = 0;
    if ((features & (LINECALLFEATURE_SETUPCONF | LINECALLFEATURE_PREPAREADDCONF)) != 0)
        variants |= LINECALLFEATURE2_NOHOLDCONFERENCE;
    if ((features & LINECALLFEATURE_SETUPTRANSFER) != 0) variants |= LINECALLFEATURE2_ONESTEPTRANSFER;
    if ((features & LINECALLFEATURE_COMPLETECALL) != 0)
        variants |= LINECALLFEATURE2_COMPLCAMPON | LINECALLFEATURE2_COMPLCALLBACK;
    if ((features & LINECALLFEATURE_COMPLETETRANSF) != 0)
        variants |= LINECALLFEATURE2_TRANSFERNORM | LINECALLFEATURE2_TRANSFERCONF;
    if ((features & LINECALLFEATURE_PARK) != 0)
        variants |= LINECALLFEATURE2_PARKDIRECT | LINECALLFEATURE2_PARKNONDIRECT;
    return variants;
}

} // namespace offhook::sim
