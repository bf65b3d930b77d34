// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/audio/playback.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace offhook::sim {
namespace {

constexpr int most_steps = 3;

} // namespace

void Playback::control(DWORD action) {
    switch (action) {
    case LINEMEDIACONTROL_START:
    case LINEMEDIACONTROL_RESUME: state_ = State::playing; break;
    case LINEMEDIACONTROL_PAUSE:
        if (state_ == State::playing) state_ = State::paused;
        break;
    case LINEMEDIACONTROL_RESET: state_ = State::stopped; break;
    case LINEMEDIACONTROL_VOLUMEUP: volume_ = std::min(volume_ + 1, most_steps); break;
    case LINEMEDIACONTROL_VOLUMEDOWN: volume_ = std::max(volume_ - 1, -most_steps); break;
    case LINEMEDIACONTROL_VOLUMENORMAL: volume_ = 0; break;
    default: break;
    }
}

provider::Frame Playback::take(provider::Mixer& mixer) const {
    if (state_ == State::paused) return mixer.wait();
    provider::Frame played = mixer.take();
    if (state_ == State::stopped) return {};
    if (volume_ == 0) return played;
    using Limits = std::numeric_limits<provider::Sample>;
    for (auto& sample : played)
        sample = static_cast<provider::Sample>(
            std::clamp<double>(std::ldexp(sample, volume_), Limits::min(), Limits::max()));
    return played;
}

} // namespace offhook::sim
