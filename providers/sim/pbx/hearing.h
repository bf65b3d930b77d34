// SPDX-License-Identifier: Apache-2.0
//
// What is heard on a call, as it follows from how the calls stand.
#pragma once

#include "providers/sim/pbx/call.h"

#include <vector>

namespace offhook::sim {

struct Hearing {
    ProgressTone tone = ProgressTone::none;
    std::vector<const Call*> speakers; // whose own ends are heard, never that of the call itself
};

// A call hears all that it is connected with, through any number of conferences. Held calls neither hear nor
// are heard.
[[nodiscard]] Hearing hearing(const Call& call);

} // namespace offhook::sim
