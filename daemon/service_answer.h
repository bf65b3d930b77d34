// SPDX-License-Identifier: Apache-2.0
//
// The answer to a request for a function of the service (wire/service.h).
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace offhook::daemon {

struct ServiceAnswer {
    std::int32_t result = 0; // or a LINEERR_ value
    nlohmann::json body;
};

inline ServiceAnswer service_error(std::int32_t result, std::string text) {
    return {result, {{"error", std::move(text)}}};
}

using Answer = std::function<void(ServiceAnswer)>;

} // namespace offhook::daemon
