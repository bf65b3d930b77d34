// SPDX-License-Identifier: Apache-2.0
//
// The parts of a record of the trace, for people: who said it to whom, about what, with which values, and
// what came of it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace offhook::trace {

// How a session is shown whose provider is not known: "session 2097152".
inline constexpr const char* session_label_prefix = "session ";
std::string session_label(std::uint64_t session);

std::string who_of(const nlohmann::json& record);     // "service -> sim"
std::string handles_of(const nlohmann::json& record); // "line 0x1  call 0x2  request 0x3  "
std::string fields_of(const nlohmann::json& record);  // what the handles do not say
std::string result_of(const nlohmann::json& record);  // " = LINEERR_NOMEM"; empty: it has none

} // namespace offhook::trace
