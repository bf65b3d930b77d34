// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/sound.h"

#include "tapi.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace offhook::cli {

using Clock = std::chrono::steady_clock;

// What the command line asks for.
struct AudioChoices {
    std::string play;           // a file to be sent
    std::string record;         // a file for what is heard
    std::optional<double> tone; // hertz
    bool echo = false;
    bool wanted() const { return !play.empty() || !record.empty() || tone || echo; }
};

// The files are opened before the call is made, so that a wrong name costs nobody a ring.
struct AudioEnds {
    explicit AudioEnds(const AudioChoices&);
    std::unique_ptr<Sound> sound;       // nullptr: nothing is sent of its own accord
    std::unique_ptr<Recorder> recorder; // nullptr: nothing is kept
    bool echo = false;
};

// One call's audio (offhook/audio.h). Never waits: what is sent keeps the pace of 8,000 samples a second, and
// what the other side does not take is dropped, oldest first.
class CallAudio {
  public:
    CallAudio(HCALL, AudioEnds&);
    ~CallAudio();
    CallAudio(const CallAudio&) = delete;
    CallAudio& operator=(const CallAudio&) = delete;

    int descriptor() const {
        return descriptor_;
    } // readable when there is something to hear; -1: it has ended
    std::optional<Clock::time_point> next_block() const; // when carry() is due
    void carry();
    bool played() const { return played_; }        // the file that was to be sent has been sent
    std::uint64_t heard() const { return heard_; } // samples

  private:
    void hear();
    void speak();
    void send(std::span<const std::byte>);

    AudioEnds& ends_;
    int descriptor_ = -1;
    bool may_speak_ = false;
    bool played_ = false;
    Clock::time_point next_ = Clock::now();
    std::vector<std::byte> unsent_, half_; // half_: the first byte of a sample whose second has not come
    std::uint64_t heard_ = 0;
};

} // namespace offhook::cli
