// SPDX-License-Identifier: Apache-2.0
//
// The states of TAPI: what may follow each, and what applications may ask for in it, as far as the
// documentation says (the pages of the LINECALLSTATE_ and LINECALLFEATURE_ constants). A provider has fewer
// of both, never more.
#pragma once

#include <array>

#include "tspi.h"

namespace offhook::provider {

struct CallStateRow {
    DWORD state = 0;      // LINECALLSTATE_; 0: nothing has been reported yet
    DWORD successors = 0; // LINECALLSTATE_ bits
    DWORD features = 0;   // LINECALLFEATURE_ bits (R212)
};

namespace detail {

inline constexpr DWORD any_state = 0x0000FFFF;
inline constexpr DWORD over = LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE;
inline constexpr DWORD held =
    LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDCONF | LINECALLSTATE_ONHOLDPENDTRANSFER;

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

inline constexpr std::array<CallStateRow, 17> call_states{{
    {0, detail::any_state, 0},                       // a call may begin in any state (R073)
    {LINECALLSTATE_IDLE, 0, detail::in_every_state}, // never left (R210)
    {LINECALLSTATE_OFFERING, LINECALLSTATE_ACCEPTED | LINECALLSTATE_CONNECTED | detail::over,
     detail::while_alive | LINECALLFEATURE_ACCEPT | LINECALLFEATURE_ANSWER | LINECALLFEATURE_REDIRECT |
         LINECALLFEATURE_SENDUSERUSER},
    {LINECALLSTATE_ACCEPTED, LINECALLSTATE_CONNECTED | detail::over,
     detail::while_alive | LINECALLFEATURE_ANSWER | LINECALLFEATURE_SENDUSERUSER},
    {LINECALLSTATE_DIALTONE, LINECALLSTATE_DIALING | detail::over, detail::while_alive},
    {LINECALLSTATE_DIALING, LINECALLSTATE_PROCEEDING | detail::over, detail::while_alive},
    {LINECALLSTATE_PROCEEDING,
     LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY | LINECALLSTATE_SPECIALINFO | LINECALLSTATE_CONNECTED |
         LINECALLSTATE_CONFERENCED | detail::over,
     detail::while_alive | detail::of_consultation | LINECALLFEATURE_COMPLETECALL},
    {LINECALLSTATE_RINGBACK, LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED | detail::over,
     detail::while_alive | detail::of_consultation | LINECALLFEATURE_COMPLETECALL |
         LINECALLFEATURE_SENDUSERUSER},
    {LINECALLSTATE_BUSY, LINECALLSTATE_CONFERENCED | detail::over,
     detail::while_alive | LINECALLFEATURE_COMPLETECALL | LINECALLFEATURE_COMPLETETRANSF},
    {LINECALLSTATE_SPECIALINFO, detail::over, detail::while_alive},
    {LINECALLSTATE_CONNECTED,
     LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED | detail::held | detail::over,
     detail::while_alive | detail::of_consultation | LINECALLFEATURE_BLINDTRANSFER | LINECALLFEATURE_HOLD |
         LINECALLFEATURE_PARK | LINECALLFEATURE_PREPAREADDCONF | LINECALLFEATURE_SENDUSERUSER |
         LINECALLFEATURE_SETUPCONF | LINECALLFEATURE_SETUPTRANSFER | LINECALLFEATURE_SWAPHOLD},
    {LINECALLSTATE_ONHOLD,
     LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED | LINECALLSTATE_OFFERING | detail::over,
     detail::while_alive | detail::of_consultation | detail::of_hold},
    {LINECALLSTATE_CONFERENCED, LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD | detail::over,
     detail::while_alive | LINECALLFEATURE_REMOVEFROMCONF},
    {LINECALLSTATE_ONHOLDPENDCONF, LINECALLSTATE_CONNECTED | detail::over,
     detail::while_alive | detail::of_hold | LINECALLFEATURE_ADDTOCONF},
    {LINECALLSTATE_ONHOLDPENDTRANSFER, LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED | detail::over,
     detail::while_alive | detail::of_hold | LINECALLFEATURE_COMPLETETRANSF},
    {LINECALLSTATE_DISCONNECTED, detail::over, detail::while_audible},
    {LINECALLSTATE_UNKNOWN, detail::any_state, detail::while_alive},
}};

// The row of a state; null: it is none of TAPI's. The upper 8 bits are the provider's own (R211).
[[nodiscard]] constexpr const CallStateRow* row_of(DWORD state) {
    for (const CallStateRow& row : call_states)
        if (row.state == (state & 0x00FFFFFF)) return &row;
    return nullptr;
}

// May a call that was last reported in `from` (0: never) be reported in `to`?
[[nodiscard]] constexpr bool may_follow(DWORD from, DWORD to) {
    const CallStateRow* last = row_of(from);
    const CallStateRow* next = row_of(to);
    return last != nullptr && next != nullptr && (last->successors & next->state) != 0;
}

// What applications may ask for in this state, of those things that the provider can do.
[[nodiscard]] constexpr DWORD features_in(DWORD state, DWORD provided) {
    const CallStateRow* row = row_of(state);
    return row == nullptr ? 0 : row->features & provided;
}

} // namespace offhook::provider
