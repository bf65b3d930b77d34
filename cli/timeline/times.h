// SPDX-License-Identifier: Apache-2.0
//
// Times as people write them on the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace offhook::cli::timeline {

// "250ms", "30s", "1.5s", "5m", "2h"; a number alone is of seconds. In microseconds.
std::optional<std::int64_t> parsed_duration(std::string_view);

// "12:38:15", "12:38:15.929": in local time, on the day of `begin_us`, or the day after when it is earlier;
// "+2.5s": so long after `begin_us`. In microseconds since 1970.
std::optional<std::int64_t> parsed_time(std::string_view, std::int64_t begin_us);

} // namespace offhook::cli::timeline
