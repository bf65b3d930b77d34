// SPDX-License-Identifier: Apache-2.0
//
// Where calls begin and end: an extension, which is a line and a phone to the service, or a subscriber
// outside.
#pragma once

#include "providers/sim/configuration.h"
#include "providers/sim/pbx/call.h"
#include "providers/sim/pbx/forwarding.h"
#include "providers/sim/pbx/phone.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace offhook::sim {

enum class Kind : std::uint8_t { extension, outside };

inline constexpr std::size_t terminals = 3; // of a line: phone, speaker and headset
inline constexpr DWORD terminal_modes = LINETERMMODE_BUTTONS | LINETERMMODE_LAMPS | LINETERMMODE_DISPLAY |
                                        LINETERMMODE_RINGER | LINETERMMODE_HOOKSWITCH |
                                        LINETERMMODE_MEDIATOLINE | LINETERMMODE_MEDIAFROMLINE |
                                        LINETERMMODE_MEDIABIDIRECT;

struct Station {
    Kind kind = Kind::extension;
    std::size_t place = 0; // among the extensions; never given to another
    Party self;
    std::string group;
    std::size_t limit = 2; // of active calls
    Outside behaviour = Outside::answer;

    std::vector<Call*> calls; // in the order in which they came; idle ones have left
    Phone phone;
    DWORD status = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE;
    Forwarding forwarding;
    DWORD ring_mode = 1;
    DWORD ring_epoch = 0;
    std::array<DWORD, terminals> terminal{terminal_modes, 0, 0};
    Bytes configuration;        // of TSPI_lineSetDevConfig
    MediaControl media_control; // of calls that have none of their own
    std::uint32_t calls_so_far = 0;

    [[nodiscard]] std::size_t number_of(Occupies what) const {
        std::size_t number = 0;
        for (const Call* call : calls) number += row(call->state).occupies == what ? 1 : 0;
        return number;
    }
    [[nodiscard]] Call* first_in(CallState state) const {
        for (Call* call : calls)
            if (call->state == state) return call;
        return nullptr;
    }
    [[nodiscard]] bool is_usable() const {
        constexpr DWORD needed = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE;
        return (status & needed) == needed;
    }
};

} // namespace offhook::sim
