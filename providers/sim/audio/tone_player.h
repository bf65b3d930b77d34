// SPDX-License-Identifier: Apache-2.0
//
// Makes sounds and digits audible: 16-bit samples in frames.
#pragma once

#include "provider/mixer.h"
#include "providers/sim/pbx/sound.h"

#include <chrono>
#include <cstdint>
#include <deque>

namespace offhook::sim {

// A sound, from its beginning on and until another one is given.
class TonePlayer {
  public:
    void set(const Sound& sound); // goes on with it if it is the same
    [[nodiscard]] bool silent() const { return sound_.empty(); }
    void add_to(provider::MixedFrame& frame); // the next 20 ms

  private:
    Sound sound_;
    std::uint64_t played_ = 0; // samples
};

// Digits as pairs of tones (ITU-T Q.23), one behind the other, each followed by a pause of its own length:
// the duration of digits is also that of the spacing between them (TSPI_lineGenerateDigits).
class DigitPlayer {
  public:
    void add(char digit, std::chrono::milliseconds duration);
    [[nodiscard]] bool silent() const { return waiting_.empty(); }
    void add_to(provider::MixedFrame& frame);

  private:
    struct Digit {
        DWORD low = 0, high = 0; // hertz
        std::uint64_t samples = 0;
    };
    static constexpr std::size_t most_waiting = 64; // further ones are not heard

    std::deque<Digit> waiting_;
    std::uint64_t played_ = 0; // samples of the first one and its pause
};

} // namespace offhook::sim
