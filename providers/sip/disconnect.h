// SPDX-License-Identifier: Apache-2.0
//
// Why an outgoing call failed: from a SIP status to what TAPI says about it.
#pragma once

#include "tspi.h"

#include <cstdint>

namespace offhook::sip {

struct Disconnect {
    DWORD mode = LINEDISCONNECTMODE_NORMAL; // LINEDISCONNECTMODE_
    DWORD busy = 0; // LINEBUSYMODE_ when the call passes through LINECALLSTATE_BUSY; else 0
};

// `status`: the final response to the INVITE, from 300 (one that the stack made up for a timeout or a
// transport failure is 408 or 503). `version`: of the line's interface; newer modes have older ones in their
// place (R029).
[[nodiscard]] Disconnect disconnect_of(int status, DWORD version);

} // namespace offhook::sip
