// SPDX-License-Identifier: Apache-2.0
//
// Functions of the service itself (wire/service.h), asked through the client library.
#pragma once

#include "wire/service.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <functional>
#include <string_view>

namespace offhook::cli {

// Asks a service that runs; a question never starts one. Throws a Problem that begins with `doing` and gives
// the service's own reason.
nlohmann::json ask(wire::ServiceFunction, const nlohmann::json& request, std::string_view doing);

// The whole of a long list, which the service hands out in parts.
nlohmann::json ask_list(wire::ServiceFunction, const char* list, std::string_view doing);

// A function that goes on answering: calls `take` for each answer but the first, until that wants no more or
// the service ends.
enum class GoOn : std::uint8_t { no, yes };
void follow_service(wire::ServiceFunction, const nlohmann::json& request, std::string_view doing,
                    const std::function<GoOn(const nlohmann::json&)>& take);

// Calls `record` for each record of the trace, until the service ends; first, when that is wanted, for what
// is there already (wire/service.h, watch).
enum class WatchFrom : std::uint8_t { now, what_is };
void watch_service(WatchFrom, const std::function<void(const nlohmann::json&)>& record);

} // namespace offhook::cli
