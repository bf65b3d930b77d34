// SPDX-License-Identifier: Apache-2.0
//
// Mixes what several applications say into what the peer hears, and gives each application everything but
// itself.
#pragma once

#include "providers/sip/media/audio_port.h"

#include <list>

namespace offhook::sip::media {

class Mixer {
  public:
    void add(AudioPort port) { ports_.push_back({std::move(port), {}}); }
    void clear() { ports_.clear(); }

    // One tick: `remote` is what the peer said; the result is what it shall hear.
    [[nodiscard]] Frame exchange(const Frame& remote);

    [[nodiscard]] std::uint64_t frames_lost() const;

  private:
    struct Member {
        AudioPort port;
        Frame said;
    };
    std::list<Member> ports_;
    std::uint64_t lost_by_those_gone_ = 0;
};

} // namespace offhook::sip::media
