// SPDX-License-Identifier: Apache-2.0
//
// Which records of the trace are wanted.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace offhook::cli {

// What is empty lets everything pass.
struct TraceFilter {
    std::string provider;    // its name
    std::string line;        // a name, or a handle: the service's or an application's
    std::string call;        // a handle: the service's or an application's
    std::string application; // a program's name, or the number of its connection
    std::string function;    // a pattern such as line*Call; TSPI_ may be left out
    std::string rule;        // 46 or R046

    bool lets_pass(const nlohmann::json& record) const;
};

// "5m": seconds, minutes, hours or milliseconds (s, m, h, ms), as microseconds; nothing: it is no duration.
std::optional<std::uint64_t> microseconds_of(const std::string& duration);

} // namespace offhook::cli
