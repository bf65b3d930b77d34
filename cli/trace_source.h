// SPDX-License-Identifier: Apache-2.0
//
// Where records of the trace come from: the service, or a file that they were saved in.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace offhook::cli {

using TakeRecord = std::function<void(const nlohmann::json&)>;

enum class Follow : std::uint8_t { no, yes };

// Records of what the service has kept since a time (microseconds since 1970), and then of what comes, until
// the service ends.
void read_service_trace(std::uint64_t since_us, Follow, const TakeRecord&);

// Records that `offhook trace --json` wrote, one a line; "-" is standard input. Lines that are none are left
// out, with a note on standard error; a Problem when there is no record at all.
void read_saved_trace(const std::string& path, const TakeRecord&);

} // namespace offhook::cli
