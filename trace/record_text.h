// SPDX-License-Identifier: Apache-2.0
//
// The parts of a record of the trace, for people: who said it to whom, about what, with which values, and
// what came of it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace offhook::trace {

std::string who_of(const nlohmann::json& record);     // "service -> sim"
std::string handles_of(const nlohmann::json& record); // "line 0x1  call 0x2  request 3  "
std::string fields_of(const nlohmann::json& record);  // what the handles do not say, and is not 0
std::string result_of(const nlohmann::json& record);  // " = LINEERR_NOMEM"; empty: it has none

} // namespace offhook::trace
