// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/audio/tone_player.h"

#include <array>
#include <cmath>
#include <numbers>
#include <string_view>

namespace offhook::sim {
namespace {

using provider::Frame;
using provider::sample_rate;

// -10 dBm0, the nominal level of ITU-T E.180/Q.35, where +3.14 dBm0 reaches the largest sample (G.711). Four
// of them together, which is the most that a sound has, still fit.
constexpr double amplitude = 7217;
constexpr DWORD too_high = sample_rate / 2; // cannot be carried

double sine(DWORD hertz, std::uint64_t sample) {
    // The remainder keeps the angle small, and with it exact.
    const auto turns = static_cast<double>(hertz * sample % sample_rate) / sample_rate;
    return std::sin(2 * std::numbers::pi * turns);
}

bool sounds(const Pulse& pulse, std::uint64_t sample) {
    const std::uint64_t millisecond = sample * 1000 / sample_rate;
    return millisecond >= pulse.start && (millisecond - pulse.start) % pulse.period < pulse.on;
}

std::uint64_t in_samples(std::chrono::milliseconds time) {
    return static_cast<std::uint64_t>(time.count()) * sample_rate / 1000;
}

} // namespace

void TonePlayer::set(const Sound& sound) {
    if (sound == sound_) return;
    sound_ = sound;
    played_ = 0;
}

void TonePlayer::add_to(provider::MixedFrame& frame) {
    for (const Pulse& pulse : sound_) {
        if (pulse.hertz >= too_high) continue;
        const double level = amplitude * pulse.volume / 0xFFFF;
        Frame tone{};
        for (std::size_t i = 0; i < tone.size(); ++i)
            if (sounds(pulse, played_ + i))
                tone[i] = static_cast<provider::Sample>(level * sine(pulse.hertz, played_ + i));
        frame.add(tone);
    }
    played_ += provider::frame_samples;
}

void DigitPlayer::add(char digit, std::chrono::milliseconds duration) {
    constexpr std::string_view keys = "123A456B789C*0#D";
    constexpr std::array<DWORD, 4> rows{697, 770, 852, 941}, columns{1209, 1336, 1477, 1633};
    const auto place = keys.find(digit);
    if (place == std::string_view::npos || waiting_.size() >= most_waiting) return;
    waiting_.push_back({rows[place / 4], columns[place % 4], in_samples(duration)});
}

void DigitPlayer::add_to(provider::MixedFrame& frame) {
    Frame tones{};
    for (auto& sample : tones) {
        if (waiting_.empty()) break;
        const Digit& digit = waiting_.front();
        if (played_ < digit.samples)
            sample = static_cast<provider::Sample>(amplitude *
                                                   (sine(digit.low, played_) + sine(digit.high, played_)));
        if (++played_ < 2 * digit.samples) continue;
        waiting_.pop_front();
        played_ = 0;
    }
    frame.add(tones);
}

} // namespace offhook::sim
