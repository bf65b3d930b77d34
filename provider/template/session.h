// SPDX-License-Identifier: Apache-2.0
//
// One session: the lines and calls between TSPI_providerInit and TSPI_providerShutdown.
#pragma once

#include "configuration.h"

#include "provider/line_session.h"
#include "provider/timers.h"

#include <memory>
#include <string>

namespace acme_provider {

// What applications can ask of a call; in which state is a matter of TAPI (provider/call_states.h).
inline constexpr DWORD call_features = LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP;
// The states that calls here have.
inline constexpr DWORD states = LINECALLSTATE_OFFERING | LINECALLSTATE_DIALING | LINECALLSTATE_PROCEEDING |
                                LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY | LINECALLSTATE_CONNECTED |
                                LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE;
inline constexpr DWORD media = LINEMEDIAMODE_INTERACTIVEVOICE;
inline constexpr DWORD rate = 64'000;  // bits a second
inline constexpr DWORD most_calls = 4; // of a line at a time

struct Call : offhook::provider::LineCall {
    using LineCall::LineCall;

    std::weak_ptr<Call> other; // the other end, when it is a line of ours
    DWORD origin = LINECALLORIGIN_OUTBOUND;
    std::string caller, called;
    DWORD flags = 0; // LINECALLPARAMFLAGS_
};

struct SessionStart {
    Configuration configuration;
    ASYNC_COMPLETION completion = nullptr;
    DWORD provider = 0;   // the permanent identifier of this installation
    DWORD first_line = 0; // the identifiers of our lines begin here (R098)
};

// Lines that are open, the calls on them and the lock are the base's, which opens, closes and finds them.
class Session : public offhook::provider::LineSession<Call> {
  public:
    using Request = offhook::provider::Request;

    explicit Session(SessionStart start);
    ~Session() override;

    // ---- Calls. What is asked for takes the request along and completes it when the thing is done (R058);
    // an error says that nothing was begun.

    LONG make_call(Line& line, const offhook::provider::WantedCall& wanted, Request request);
    LONG answer(Call& call, Request request);
    LONG drop(Call& call, Request request);
    [[nodiscard]] DWORD features(const Call& call) const; // LINECALLFEATURE_ that it has now

    // ---- Questions about lines and calls (provider/line_functions.inc)

    LONG describe(LINEDEVCAPS* target, DWORD version, std::size_t place) const;
    LONG describe(LINEADDRESSCAPS* target, DWORD version, std::size_t place) const;
    LONG describe(LINEADDRESSSTATUS* target, const Line& line) const;
    LONG describe(LINEDEVSTATUS* target, const Line& line) const;
    LONG describe(LINECALLINFO* target, const Call& call) const;
    LONG describe(LINECALLSTATUS* target, const Call& call) const;
    [[nodiscard]] bool is_address_of(const Line& line, std::u16string_view address) const;
    [[nodiscard]] LONG check_media(const Line& line, DWORD media_modes) const;
    [[nodiscard]] LONG check_call(const Line& line, const LINECALLPARAMS* parameters) const;
    LONG device_id(const offhook::provider::Selection<Call>& selection, std::u16string_view device_class,
                   VARSTRING* id) const;

  private:
    using Step = void (Session::*)(const CallPointer&);

    [[nodiscard]] const LineSettings& settings_of(const Line& line) const {
        return start_.configuration.lines[line.place];
    }
    [[nodiscard]] bool is_full(const Line& line) const { return use_of(line).all() >= most_calls; }

    void later(std::chrono::milliseconds delay, const CallPointer& call, Step step);
    void dialed(const CallPointer& call);
    void answered(const CallPointer& call);
    [[nodiscard]] CallPointer offer(const Call& caller, const LinePointer& line);
    void ring(const CallPointer& caller, std::size_t place);
    void released(Call& call) override;

    const SessionStart start_;
    offhook::provider::Timers timers_;
};

} // namespace acme_provider
