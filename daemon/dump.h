// SPDX-License-Identifier: Apache-2.0
//
// The whole state of the service, for people who look for a fault (`offhook dump`).
#pragma once

#include "core/snapshot.h"
#include "daemon/frame_trace.h"

#include <nlohmann/json.hpp>

namespace offhook::daemon {

// {"providers":[as provider_list without the settings, "pending" whether some wait, and
// "session","session_ms","interface_version","phones"],
//  "lines","phones":[{"device","handle","name","provider","stage","opens","calls"}],
//  "calls":[{"call","line","provider","session","state","mode","caller","called","age_ms","state_ms","stuck",
//            "holders":[{"application","call","privilege"}],"requests"}],
//  "requests":[{"request" (0: a call into a provider that has not
//  returned),"function","provider","application",
//               "line","device","line_name","call","age_ms","stuck"}],
//  "applications":[{"id","name","user"}],
//  "violations":[{"time_ms","provider","rule","line","device","line_name","call","text"}], the last 20}
// "line" is a handle there; "device" (null when the service does not have it any more) and "line_name" say
// which. Lists are cut after `most_shown` entries; "left_out" counts what is missing.
nlohmann::json dump_of(const core::Snapshot&, nlohmann::json providers,
                       const std::deque<FrameTrace::Violation>&);

inline constexpr std::size_t most_shown = 1'000;

} // namespace offhook::daemon
