// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "tspi.h"

namespace offhook::provider {

// A point of time as structures carry it (LINECALLSTATUS::tStateEntryTime), in UTC.
[[nodiscard]] SYSTEMTIME system_time(std::chrono::system_clock::time_point point);

} // namespace offhook::provider
