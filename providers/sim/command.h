// SPDX-License-Identifier: Apache-2.0
//
// Steering from outside: what people and test programs do to the exchange (OFFHOOK_providerCommand).
#pragma once

#include "tspi.h"

#include <string>
#include <string_view>

namespace offhook::sim {

struct Reply {
    LONG result = 0;  // 0 or LINEERR_
    std::string text; // on an error: what was wrong and what is allowed
};

[[nodiscard]] Reply run_command(std::string_view line);

} // namespace offhook::sim
