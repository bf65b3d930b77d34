// SPDX-License-Identifier: Apache-2.0
//
// One call of this program, from lineMakeCall or lineAnswer to lineDeallocateCall.
//
//   requested ──reply──▶ alive ──CONNECTED──▶ connected
//       │                  │                      │
//       │           hang_up() or DISCONNECTED: lineDrop
//       │                  ▼                      ▼
//       └──error──▶ over ◀──IDLE, or 5 s──── ending
#pragma once

#include "cli/application.h"
#include "cli/call_audio.h"
#include "cli/output.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace offhook::cli {

// Prints what happens to a call, as it happens.
class CallReport {
  public:
    explicit CallReport(Format format) : format_(format) {}
    // `details` is an object; its members follow the event's name. Text for people: "  1.204 s  connected
    // (detail)".
    void event(const std::string& name, const nlohmann::json& details) const;

  private:
    Format format_;
    Clock::time_point start_ = Clock::now();
};

class Conversation {
  public:
    Conversation(const AudioChoices&, std::optional<double> hangup_after, const CallReport&);
    ~Conversation();
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    void dial(HLINE, const std::string& number);
    void answer(HCALL);

    void message(const LINEMESSAGE&);
    void carry(); // audio and time: after every wait
    void hang_up();

    bool over() const { return stage_ == Stage::over; }
    bool was_connected() const { return connected_; }
    const std::string& reason() const { return reason_; } // why it ended: a LINEDISCONNECTMODE_ for people
    HCALL call() const { return call_; }
    int audio_descriptor() const { return audio_ ? audio_->descriptor() : -1; }
    std::optional<Clock::time_point> next_time() const;

  private:
    enum class Stage : std::uint8_t { requested, alive, connected, ending, over };

    void replied(LONG result);
    void state_changed(DWORD state, DWORD mode);
    void connected();
    void end();

    const CallReport& report_;
    AudioEnds ends_;
    bool wants_audio_;
    std::optional<double> hangup_after_;
    Stage stage_ = Stage::requested;
    HCALL call_ = 0;
    LONG request_ = 0;
    bool connected_ = false;
    bool hang_up_wanted_ = false; // before the request was answered
    std::string reason_;
    std::optional<CallAudio> audio_;
    std::optional<Clock::time_point> limit_; // when to hang up; while ending, when to give up
};

} // namespace offhook::cli
