// SPDX-License-Identifier: Apache-2.0
//
// What can be heard on calls besides speech: tones, and the digits that are made of them.
#pragma once

#include "tspi.h"

#include <cstdint>
#include <vector>

namespace offhook::sim {

// A tone that comes and goes: from `start` on it sounds for `on` out of every `period`. Times are in
// milliseconds.
struct Pulse {
    DWORD hertz = 0;
    std::uint32_t start = 0, on = 1, period = 1; // these sound without a pause
    std::uint32_t volume = 0xFFFF;               // as in LINEGENERATETONE: 0 is silence
    friend bool operator==(const Pulse&, const Pulse&) = default;
};

// All of them together; nothing is silence.
using Sound = std::vector<Pulse>;

// What an exchange plays to tell a caller how his call stands (ITU-T E.180/Q.35).
enum class ProgressTone : std::uint8_t { none, dial, ringing, busy, congestion, special_information, count };

[[nodiscard]] const Sound& sound_of(ProgressTone);

} // namespace offhook::sim
