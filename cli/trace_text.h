// SPDX-License-Identifier: Apache-2.0
//
// A record of the trace as a line for people: when, who said it to whom, what, and what came of it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>

namespace offhook::cli {

class TraceText {
  public:
    // Columns are as wide as their widest cell so far: records come one by one.
    std::string line_of(const nlohmann::json& record);

  private:
    std::size_t who_ = 24, what_ = 24;
};

// "13:04:05.000123", in the time zone of this machine.
std::string time_of_day(std::uint64_t microseconds);

} // namespace offhook::cli
