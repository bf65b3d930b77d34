// SPDX-License-Identifier: Apache-2.0
//
// Tones, made and found: how tests know audio by its content.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace offhook::testing {

inline constexpr double sample_rate = 8000;

class Tone {
  public:
    explicit Tone(double hertz, double amplitude = 8000)
        : step_(2 * M_PI * hertz / sample_rate),
          amplitude_(amplitude) {}
    std::vector<std::int16_t> next(std::size_t count) {
        std::vector<std::int16_t> out(count);
        for (auto& sample : out)
            sample = static_cast<std::int16_t>(amplitude_ * std::sin(step_ * static_cast<double>(n_++)));
        return out;
    }

  private:
    double step_, amplitude_;
    std::uint64_t n_ = 0;
};

// The share of a signal's energy that lies at one frequency (Goertzel): 1 for a pure tone, near 0 for
// anything else.
inline double share_of(double hertz, std::span<const std::int16_t> samples) {
    const double coefficient = 2 * std::cos(2 * M_PI * hertz / sample_rate);
    double before = 0, last = 0, energy = 0;
    for (const std::int16_t sample : samples) {
        const double next = sample + coefficient * last - before;
        before = last;
        last = next;
        energy += static_cast<double>(sample) * sample;
    }
    if (energy == 0) return 0;
    const double power = before * before + last * last - coefficient * before * last;
    return 2 * power / (energy * static_cast<double>(samples.size()));
}

} // namespace offhook::testing
