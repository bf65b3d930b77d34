// SPDX-License-Identifier: Apache-2.0
//
// The audio of all calls: one thread mixes it every 20 ms, in real time also when the exchange's time is
// virtual. While no application listens it sleeps.
#pragma once

#include "provider/mixer.h"
#include "provider/services.h"
#include "providers/sim/audio/playback.h"
#include "providers/sim/audio/tone_player.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace offhook::sim {

using CallHandle = std::uint64_t; // HDRVCALL

// What a call that is listened to hears now.
struct Mix {
    struct Speaker {
        CallHandle call = 0;
        Sound sends; // besides speech
    };
    CallHandle call = 0;
    ProgressTone tone = ProgressTone::none;
    std::vector<Speaker> speakers;
};

// Thread-safe. The exchange's lock may be held when something is asked of it; it holds none of its own while
// it asks the exchange.
class Audio {
  public:
    // How the calls stand, for those that are listened to; one that is gone is left out. Called on the thread
    // of the audio, with the exchange not locked.
    using Look = std::function<std::vector<Mix>(std::span<const CallHandle>)>;

    explicit Audio(Look look) : look_(std::move(look)) {}
    ~Audio();
    Audio(const Audio&) = delete;
    Audio& operator=(const Audio&) = delete;

    // An application hears the call from now on, and speaks if the stream's direction says so.
    void attach(CallHandle, provider::AudioStream);
    // The call's own end sends a digit: whoever hears it hears that.
    void digit(CallHandle, char digit, std::chrono::milliseconds duration);
    // What applications play on the call is paused, louder and so on.
    void control(CallHandle, DWORD action); // LINEMEDIACONTROL_
    // The call is over, and with it its streams.
    void end(CallHandle);

    struct Streams {
        std::size_t open = 0;
        std::uint64_t frames_lost = 0; // because an application did not read
    };
    [[nodiscard]] Streams streams(CallHandle) const;

  private:
    // A call's end, as far as anything is heard of it or by it.
    struct End {
        provider::Mixer mixer; // of the applications that listen
        Playback playback;
        TonePlayer progress, sending;
        DigitPlayer digits;
        provider::Frame said{}; // in this tick
    };

    void run();
    [[nodiscard]] std::vector<CallHandle> listening() const;
    void mix(const std::vector<Mix>&);

    const Look look_;
    mutable std::mutex lock_;
    std::condition_variable changed_;
    std::map<CallHandle, End> ends_;
    enum class Life : std::uint8_t { running, stopping } life_ = Life::running;
    std::thread thread_; // from the first stream on
};

} // namespace offhook::sim
