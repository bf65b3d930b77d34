// SPDX-License-Identifier: Apache-2.0
//
// Audio as streams carry it (offhook/audio.h): 16-bit samples in frames of 20 ms.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace offhook::provider {

using Sample = std::int16_t;

inline constexpr unsigned sample_rate = 8000; // samples a second
inline constexpr unsigned frame_milliseconds = 20;
inline constexpr std::size_t frame_samples = sample_rate * frame_milliseconds / 1000;

using Frame = std::array<Sample, frame_samples>;

} // namespace offhook::provider
