// SPDX-License-Identifier: Apache-2.0
//
// How what applications play on a call goes out, as media control wants it.
#pragma once

#include "provider/mixer.h"
#include "tspi.h"

namespace offhook::sim {

class Playback {
  public:
    void control(DWORD action); // LINEMEDIACONTROL_

    // What goes out in this tick.
    [[nodiscard]] provider::Frame take(provider::Mixer& mixer) const;

    [[nodiscard]] bool as_usual() const { return state_ == State::playing && volume_ == 0; }

  private:
    enum class State : std::uint8_t {
        playing,
        paused,  // what is played waits for its going on
        stopped, // what is played is lost
    };
    State state_ = State::playing;
    int volume_ = 0; // in steps of 6 dB: each is half, or double
};

} // namespace offhook::sim
