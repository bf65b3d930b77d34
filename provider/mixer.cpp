// SPDX-License-Identifier: Apache-2.0

#include "provider/mixer.h"

#include <algorithm>
#include <limits>

namespace offhook::provider {

Frame MixedFrame::without(const Frame& frame) const {
    using Limits = std::numeric_limits<Sample>;
    Frame out;
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] =
            static_cast<Sample>(std::clamp<std::int32_t>(sums_[i] - frame[i], Limits::min(), Limits::max()));
    return out;
}

Frame Mixer::take() {
    said_ = {};
    for (Member& member : ports_)
        if (member.port.take(member.said)) said_.add(member.said);
    return said_.whole();
}

Frame Mixer::wait() {
    said_ = {};
    for (Member& member : ports_) member.said = {};
    return {};
}

void Mixer::give(const Frame& remote) {
    said_.add(remote);
    for (auto at = ports_.begin(); at != ports_.end();) {
        at->port.give(said_.without(at->said));
        if (at->port.gone()) {
            lost_by_those_gone_ += at->port.frames_lost();
            at = ports_.erase(at);
        } else {
            ++at;
        }
    }
}

std::uint64_t Mixer::frames_lost() const {
    std::uint64_t lost = lost_by_those_gone_;
    for (const Member& member : ports_) lost += member.port.frames_lost();
    return lost;
}

} // namespace offhook::provider
