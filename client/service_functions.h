// SPDX-License-Identifier: Apache-2.0
//
// Functions of the service itself (wire/service.h), for functions of TAPI that need them.
#pragma once

#include "client/calls_connection.h"
#include "wire/service.h"

#include <nlohmann/json.hpp>

namespace offhook::client {

// The answer to a request. Throws Failure with the service's reason when it is refused.
nlohmann::json ask_service(CallsConnection&, wire::ServiceFunction, const nlohmann::json& request);

} // namespace offhook::client
