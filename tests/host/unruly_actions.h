// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "offhook_provider.h"
#include "tspi.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace offhook::host::unruly {

inline const OFFHOOK_PROVIDER_SERVICES* services = nullptr;
inline ASYNC_COMPLETION completion = nullptr;
inline HTAPILINE line = nullptr;
inline LINEEVENT line_event = nullptr;

// What a function that acts was called with, and what it will return.
struct Situation {
    LONG result = 0;
    DRV_REQUESTID request = 0;
    void* structure = nullptr; // an output
};

// Takes the actions that the configuration gives for a function.
Situation act(const char* function, Situation situation = {});

std::string configured(const char* key);
void say(const std::string& line);

} // namespace offhook::host::unruly
