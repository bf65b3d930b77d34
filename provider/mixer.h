// SPDX-License-Identifier: Apache-2.0
//
// Mixes what several applications say on one call into what its far end hears, and gives each application
// everything but itself.
#pragma once

#include "provider/audio_port.h"

#include <cstddef>
#include <list>

namespace offhook::provider {

// Frames added up. Wider than a sample, so that only the end result is cut off at the limits.
class MixedFrame {
  public:
    void add(const Frame& frame) {
        for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += frame[i];
    }
    [[nodiscard]] Frame without(const Frame& frame) const;
    [[nodiscard]] Frame whole() const { return without({}); }

  private:
    std::array<std::int32_t, frame_samples> sums_{};
};

class Mixer {
  public:
    void add(AudioPort port) { ports_.push_back({std::move(port), {}}); }
    void clear() { ports_.clear(); }

    // One tick has two halves: what the applications say, and then what they hear besides each other. They
    // are apart because a far end that has a mixer as well is asked before anybody hears.
    [[nodiscard]] Frame take();
    void give(const Frame& remote);
    // In place of take(): in this tick nobody is heard, and what they say is left for later.
    [[nodiscard]] Frame wait();

    [[nodiscard]] std::size_t size() const { return ports_.size(); }
    [[nodiscard]] std::uint64_t frames_lost() const;

  private:
    struct Member {
        AudioPort port;
        Frame said;
    };
    std::list<Member> ports_;
    MixedFrame said_{}; // in this tick
    std::uint64_t lost_by_those_gone_ = 0;
};

} // namespace offhook::provider
