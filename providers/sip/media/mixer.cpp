// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/mixer.h"

#include <algorithm>
#include <limits>

namespace offhook::sip::media {
namespace {

using Sum = std::array<std::int32_t, frame_samples>;

Sample saturated(std::int32_t value) {
    using Limits = std::numeric_limits<Sample>;
    return static_cast<Sample>(std::clamp<std::int32_t>(value, Limits::min(), Limits::max()));
}

} // namespace

Frame Mixer::exchange(const Frame& remote) {
    Sum said{};
    for (Member& member : ports_) {
        if (!member.port.take(member.said)) continue;
        for (std::size_t i = 0; i < said.size(); ++i) said[i] += member.said[i];
    }
    for (Member& member : ports_) {
        Frame heard;
        for (std::size_t i = 0; i < heard.size(); ++i)
            heard[i] = saturated(remote[i] + said[i] - member.said[i]);
        member.port.give(heard);
    }
    for (auto at = ports_.begin(); at != ports_.end();) {
        if (at->port.gone()) {
            lost_by_those_gone_ += at->port.frames_lost();
            at = ports_.erase(at);
        } else {
            ++at;
        }
    }
    Frame out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = saturated(said[i]);
    return out;
}

std::uint64_t Mixer::frames_lost() const {
    std::uint64_t lost = lost_by_those_gone_;
    for (const Member& member : ports_) lost += member.port.frames_lost();
    return lost;
}

} // namespace offhook::sip::media
