// SPDX-License-Identifier: Apache-2.0
//
// What a dial string says to a line that dials digits and nothing else (the Windows documentation, "Dialable
// Addresses").
#pragma once

#include "tspi.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace offhook::provider {

enum class Dialing : std::uint8_t { complete, more_to_come };

struct Dialed {
    LONG error = 0; // LINEERR_: nothing may be dialed then (R178, R179)
    std::string digits;
    Dialing dialing = Dialing::complete; // a ';' at the end says that more will come (R180)
};

[[nodiscard]] Dialed read_dial_string(std::string_view text);

} // namespace offhook::provider
