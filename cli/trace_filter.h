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
    std::string application; // a program's name, the number of its connection, or both: offhook#4194304
    std::string function;    // a pattern such as line*Call; TSPI_ may be left out
    std::string rule;        // 46 or R046

    bool lets_pass(const nlohmann::json& record) const;
    bool wants_all() const; // no filter is set
    // Something is named that has to be known to whoever kept the trace.
    bool names_things() const;
    std::string text() const; // "--provider sim --call 0x100040"
};

// A handle as the trace prints it, 0x100040, or in decimal.
std::optional<std::uint64_t> handle_in(const std::string&);
// Of an application's connection: 4194304, or offhook#4194304 as the trace prints it.
std::optional<std::uint64_t> application_number_in(const std::string&);
// Is a function or a message of this name meant by the pattern?
bool is_function(const std::string& name, const std::string& pattern);
// "5m": seconds, minutes, hours or milliseconds (s, m, h, ms), as microseconds; nothing: it is no duration.
std::optional<std::uint64_t> microseconds_of(const std::string& duration);

} // namespace offhook::cli
