// SPDX-License-Identifier: Apache-2.0
//
// Everything below the exported functions speaks LINEERR_. Functions of phones answer with the PHONEERR_ of
// the same name, functions of assisted telephony with a TAPIERR_.
#pragma once

#include "tapi.h"

#include <cstdint>
#include <string_view>

namespace offhook::client {

enum class Family : std::uint8_t { line, phone, tapi };

constexpr Family family_of(std::string_view function) {
    if (function.starts_with("phone")) return Family::phone;
    return function.starts_with("tapi") ? Family::tapi : Family::line;
}

// A result as the family's functions return it. What is no LINEERR_ (success, a request id, a vendor's error)
// stays.
LONG in_family(Family, LONG result);

} // namespace offhook::client
