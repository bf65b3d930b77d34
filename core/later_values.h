// SPDX-License-Identifier: Apache-2.0
//
// Values that came with a later version of the interface, and what an application that negotiated an earlier
// one sees instead (R234). A provider that knows only the line's version cannot see to it where applications
// of several versions share the line.
#pragma once

#include "abi/function_table.h"
#include "tapi.h"

#include <array>
#include <cstdint>
#include <span>

namespace offhook::core {

struct LaterValue {
    std::uint32_t value = 0;
    std::uint32_t since = 0; // version
    std::uint32_t instead = 0;
};

// LINECONNECTEDMODE_: the mode of LINECALLSTATE_CONNECTED.
inline constexpr std::array later_connected_modes{
    LaterValue{LINECONNECTEDMODE_ACTIVEHELD, abi::v2_0, LINECONNECTEDMODE_ACTIVE},
    LaterValue{LINECONNECTEDMODE_INACTIVEHELD, abi::v2_0, LINECONNECTEDMODE_INACTIVE},
    LaterValue{LINECONNECTEDMODE_CONFIRMED, abi::v2_0, LINECONNECTEDMODE_ACTIVE},
};

// LINECALLORIGIN_ and LINECALLREASON_, of LINECALLINFO.
inline constexpr std::array later_origins{
    LaterValue{LINECALLORIGIN_INBOUND, abi::v1_4, LINECALLORIGIN_UNAVAIL}};
inline constexpr std::array later_reasons{
    LaterValue{LINECALLREASON_ROUTEREQUEST, abi::v2_0, LINECALLREASON_UNAVAIL}};

constexpr std::uint32_t as_seen(std::span<const LaterValue> later, std::uint32_t version,
                                std::uint32_t value) {
    for (const auto& row : later)
        if (row.value == value && version < row.since) return row.instead;
    return value;
}

// The mode of a call's state.
constexpr std::uint64_t mode_as_seen(std::uint32_t version, std::uint32_t state, std::uint64_t mode) {
    return state == LINECALLSTATE_CONNECTED
               ? as_seen(later_connected_modes, version, static_cast<std::uint32_t>(mode))
               : mode;
}

} // namespace offhook::core
