// SPDX-License-Identifier: Apache-2.0
//
// What the provider is configured with. note.cpp declares the same to the service.
#pragma once

#include "provider/services.h"

#include <chrono>
#include <string>
#include <vector>

namespace acme_provider {

struct LineSettings {
    std::string number; // its address
    std::string name;   // what applications show
};

struct Configuration {
    std::vector<LineSettings> lines; // by their keys: line.1 before line.2
    std::chrono::milliseconds dial_after{0};
    std::chrono::milliseconds answer_after{0};
};

// Reads all of it; throws std::invalid_argument, which says what is wrong, if it is not as it has to be.
[[nodiscard]] Configuration read_configuration(const offhook::provider::Services& services);

} // namespace acme_provider
