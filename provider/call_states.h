// SPDX-License-Identifier: Apache-2.0
//
// What applications may ask of a call in each of its states, as far as the documentation says (the pages of
// the LINECALLFEATURE_ constants); which state may follow which is in abi/call_states.h. A provider has fewer
// of both, never more, but for answering a call that is connected in the mode INACTIVE, which joins a bridged
// call.
#pragma once

#include <array>

#include "abi/call_states.h"
#include "tspi.h"

namespace offhook::provider {

struct CallStateFeatures {
    DWORD state = 0;    // LINECALLSTATE_
    DWORD features = 0; // LINECALLFEATURE_ bits (R212)
};

namespace detail {

inline constexpr DWORD in_every_state = LINECALLFEATURE_RELEASEUSERUSERINFO |
                                        LINECALLFEATURE_SETMEDIACONTROL | LINECALLFEATURE_SETTERMINAL |
                                        LINECALLFEATURE_GENERATEDIGITS;
inline constexpr DWORD while_audible = in_every_state | LINECALLFEATURE_DROP | LINECALLFEATURE_GATHERDIGITS |
                                       LINECALLFEATURE_GENERATETONE | LINECALLFEATURE_MONITORMEDIA |
                                       LINECALLFEATURE_MONITORTONES | LINECALLFEATURE_SECURECALL;
inline constexpr DWORD while_alive = while_audible | LINECALLFEATURE_MONITORDIGITS |
                                     LINECALLFEATURE_SETCALLPARAMS | LINECALLFEATURE_SETCALLDATA |
                                     LINECALLFEATURE_SETQOS | LINECALLFEATURE_SETTREATMENT |
                                     LINECALLFEATURE_DIAL;
inline constexpr DWORD of_consultation = LINECALLFEATURE_COMPLETETRANSF | LINECALLFEATURE_ADDTOCONF;
inline constexpr DWORD of_hold = LINECALLFEATURE_UNHOLD | LINECALLFEATURE_SWAPHOLD;

} // namespace detail

inline constexpr std::array<CallStateFeatures, 16> call_state_features{{
    {LINECALLSTATE_IDLE, detail::in_every_state},
    {LINECALLSTATE_OFFERING, detail::while_alive | LINECALLFEATURE_ACCEPT | LINECALLFEATURE_ANSWER |
                                 LINECALLFEATURE_REDIRECT | LINECALLFEATURE_SENDUSERUSER},
    {LINECALLSTATE_ACCEPTED, detail::while_alive | LINECALLFEATURE_ANSWER | LINECALLFEATURE_SENDUSERUSER},
    {LINECALLSTATE_DIALTONE, detail::while_alive},
    {LINECALLSTATE_DIALING, detail::while_alive},
    {LINECALLSTATE_PROCEEDING, detail::while_alive | detail::of_consultation | LINECALLFEATURE_COMPLETECALL},
    {LINECALLSTATE_RINGBACK, detail::while_alive | detail::of_consultation | LINECALLFEATURE_COMPLETECALL |
                                 LINECALLFEATURE_SENDUSERUSER},
    {LINECALLSTATE_BUSY, detail::while_alive | LINECALLFEATURE_COMPLETECALL | LINECALLFEATURE_COMPLETETRANSF},
    {LINECALLSTATE_SPECIALINFO, detail::while_alive},
    {LINECALLSTATE_CONNECTED,
     detail::while_alive | detail::of_consultation | LINECALLFEATURE_BLINDTRANSFER | LINECALLFEATURE_HOLD |
         LINECALLFEATURE_PARK | LINECALLFEATURE_PREPAREADDCONF | LINECALLFEATURE_SENDUSERUSER |
         LINECALLFEATURE_SETUPCONF | LINECALLFEATURE_SETUPTRANSFER | LINECALLFEATURE_SWAPHOLD},
    {LINECALLSTATE_ONHOLD, detail::while_alive | detail::of_consultation | detail::of_hold},
    {LINECALLSTATE_CONFERENCED, detail::while_alive | LINECALLFEATURE_REMOVEFROMCONF},
    {LINECALLSTATE_ONHOLDPENDCONF, detail::while_alive | detail::of_hold | LINECALLFEATURE_ADDTOCONF},
    {LINECALLSTATE_ONHOLDPENDTRANSFER,
     detail::while_alive | detail::of_hold | LINECALLFEATURE_COMPLETETRANSF},
    {LINECALLSTATE_DISCONNECTED, detail::while_audible},
    {LINECALLSTATE_UNKNOWN, detail::while_alive},
}};

// May a call that was last reported in `from` (0: never) be reported in `to`? In one state, at any rate
// (R211).
[[nodiscard]] constexpr bool may_follow(DWORD from, DWORD to) {
    return abi::is_call_state(to) && abi::is_documented_transition(from, to);
}

// What applications may ask for in this state, of those things that the provider can do.
[[nodiscard]] constexpr DWORD features_in(DWORD state, DWORD provided) {
    for (const CallStateFeatures& row : call_state_features)
        if (row.state == (state & abi::call_state_bits)) return row.features & provided;
    return 0;
}

} // namespace offhook::provider
