// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tapi.h"

#include <bit>
#include <cstdint>

namespace offhook::abi {

// The lowest bit has no meaning; the vendor's are the highest (R253).
inline constexpr std::uint32_t all_media_modes = ~1U;

// What a call has (R142): one mode, or several of which UNKNOWN is one, what it may still turn out to be.
constexpr bool is_media_mode(std::uint32_t modes) {
    if (modes == 0 || (modes & ~all_media_modes) != 0) return false;
    return std::has_single_bit(modes) || (modes & LINEMEDIAMODE_UNKNOWN) != 0;
}

} // namespace offhook::abi
