// SPDX-License-Identifier: Apache-2.0
//
// What is there when somebody begins to watch, as records (wire/service.h, watch): sessions that run, lines
// that are open, calls that have begun.
#pragma once

#include "core/snapshot.h"

#include <nlohmann/json.hpp>

#include <deque>

namespace offhook::daemon {

// What contains another thing comes before it.
std::deque<nlohmann::json> state_of(const core::Snapshot&);

} // namespace offhook::daemon
