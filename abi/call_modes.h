// SPDX-License-Identifier: Apache-2.0
//
// The modes of the states of a call: LINEOFFERINGMODE_, LINECONNECTEDMODE_ and their like.
#pragma once

#include "abi/call_states.h"

namespace offhook::abi {

// The bits of the mode of a state that mean nothing: neither does the interface define them, nor are they the
// vendor's, which are the upper sixteen where a mode can be extended. 0 also for states that have no mode.
constexpr std::uint32_t reserved_mode_bits(std::uint32_t state) {
    constexpr std::uint32_t vendors = 0xFFFF'0000;
    switch (state & call_state_bits) {
    case LINECALLSTATE_OFFERING: return ~std::uint32_t{LINEOFFERINGMODE_ACTIVE | LINEOFFERINGMODE_INACTIVE};
    case LINECALLSTATE_CONNECTED:
        return ~std::uint32_t{LINECONNECTEDMODE_ACTIVE | LINECONNECTEDMODE_INACTIVE |
                              LINECONNECTEDMODE_ACTIVEHELD | LINECONNECTEDMODE_INACTIVEHELD |
                              LINECONNECTEDMODE_CONFIRMED};
    case LINECALLSTATE_DIALTONE:
        return ~(vendors | LINEDIALTONEMODE_NORMAL | LINEDIALTONEMODE_SPECIAL | LINEDIALTONEMODE_INTERNAL |
                 LINEDIALTONEMODE_EXTERNAL | LINEDIALTONEMODE_UNKNOWN | LINEDIALTONEMODE_UNAVAIL);
    case LINECALLSTATE_BUSY:
        return ~(vendors | LINEBUSYMODE_STATION | LINEBUSYMODE_TRUNK | LINEBUSYMODE_UNKNOWN |
                 LINEBUSYMODE_UNAVAIL);
    case LINECALLSTATE_SPECIALINFO:
        return ~(vendors | LINESPECIALINFO_NOCIRCUIT | LINESPECIALINFO_CUSTIRREG | LINESPECIALINFO_REORDER |
                 LINESPECIALINFO_UNKNOWN | LINESPECIALINFO_UNAVAIL);
    default: return 0; // of DISCONNECTED every lower bit has a meaning
    }
}

} // namespace offhook::abi
