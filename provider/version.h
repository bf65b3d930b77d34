// SPDX-License-Identifier: Apache-2.0
//
// Interface version negotiation (R015 to R022).
#pragma once

#include <algorithm>
#include <array>

#include "tspi.h"

namespace offhook::provider {

inline constexpr std::array<DWORD, 5> known_versions{0x00010003, 0x00010004, 0x00020000, 0x00020001,
                                                     0x00020002};
inline constexpr DWORD version_1_4 = 0x00010004;
inline constexpr DWORD version_2_0 = 0x00020000;

// The highest version of both ranges (R017), or 0 if they do not meet (R018). It commits nothing (R019).
[[nodiscard]] constexpr DWORD negotiate_version(DWORD low, DWORD high) {
    DWORD chosen = 0;
    for (const DWORD version : known_versions)
        if (version >= low && version <= high) chosen = std::max(chosen, version);
    return chosen;
}

// For TSPI_lineNegotiateTSPIVersion: what it returns.
[[nodiscard]] inline LONG negotiate(DWORD low, DWORD high, LPDWORD version) {
    if (version == nullptr) return LINEERR_INVALPOINTER;
    *version = negotiate_version(low, high);
    return *version == 0 ? LINEERR_INCOMPATIBLEAPIVERSION : 0;
}

[[nodiscard]] constexpr bool is_known_version(DWORD version) {
    return std::find(known_versions.begin(), known_versions.end(), version) != known_versions.end();
}

} // namespace offhook::provider
