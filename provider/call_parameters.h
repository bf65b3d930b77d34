// SPDX-License-Identifier: Apache-2.0
//
// How an application wants a call to be made, as TSPI passes it.
#pragma once

#include <cstring>
#include <optional>

#include "abi/structure_table.h"
#include "tspi.h"

namespace offhook::provider {

// A copy of what was given, as it is in `version`: no newer field is read (R029). Null, and zeros, stand for
// the defaults (R225). None: the structure is too small to be one (LINEERR_INVALCALLPARAMS).
[[nodiscard]] inline std::optional<LINECALLPARAMS> copy_parameters(const LINECALLPARAMS* given,
                                                                   DWORD version) {
    LINECALLPARAMS copy{};
    if (given == nullptr) return copy;
    DWORD total = 0;
    std::memcpy(&total, given, sizeof total); // which need not be aligned
    const auto fixed = abi::fixed_size<LINECALLPARAMS>(version);
    if (total < fixed) return std::nullopt;
    std::memcpy(&copy, given, fixed);
    return copy;
}

} // namespace offhook::provider
