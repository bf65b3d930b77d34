// SPDX-License-Identifier: Apache-2.0
//
// The time of day, as records carry it.
#pragma once

#include <chrono>
#include <cstdint>

namespace offhook::daemon {

// Since 1970.
inline std::uint64_t wall_clock_us() {
    using namespace std::chrono;
    return static_cast<std::uint64_t>(
        duration_cast<microseconds>(system_clock::now().time_since_epoch()).count());
}
inline std::uint64_t wall_clock_ms() { return wall_clock_us() / 1'000; }

} // namespace offhook::daemon
