// SPDX-License-Identifier: Apache-2.0
//
// A call as the service knows it: the only place from which anything is said about it.
#pragma once

#include "provider/call_states.h"
#include "provider/callbacks.h"
#include "provider/request.h"

#include <cstdint>

namespace offhook::provider {

// Where a call's events go, and the version of the interface in which they are written: those of its open
// line.
struct CallLine {
    Callbacks* callbacks = nullptr; // not owned; outlives the call
    LineSink sink;
    DWORD version = 0;
};

// The life of a call for the service: unknown until its request has succeeded (R063) or LINE_NEWCALL was
// taken (R072), then from state to state as the table of call_states.h allows, and silent when it is closed.
// A call that is destroyed while it is being made completes its request with LINEERR_OPERATIONFAILED (R065,
// R078, R083). The owner's lock protects it.
class ServiceCall {
  public:
    // One that an application makes: the service has given its name already.
    ServiceCall(CallLine line, HTAPICALL name, Request making)
        : line_(line),
          name_(name),
          making_(std::move(making)) {}
    // One that comes in.
    explicit ServiceCall(CallLine line) : line_(line) {}

    // The call is under way: its request succeeds (R057), and its states may be reported.
    void made();
    // It could not be made: the service forgets it (R064).
    void fail(LONG error);

    // Offers the call to the service (R070). False: it is refused, and nothing may be said about it (R072).
    [[nodiscard]] bool announce(HDRVCALL handle);

    // Reports a state, and remembers it. Nothing happens when it may not follow the last one (false). `mode`
    // is what the state has, LINECONNECTEDMODE_ and the like; one that is newer than the version is reported
    // as 0.
    bool become(DWORD state, DWORD mode = 0);

    // Any other message about the call: none before its first state (R071) or when it is idle (R127).
    void report(DWORD message, DWORD_PTR p1, DWORD_PTR p2 = 0, DWORD_PTR p3 = 0);

    // Nothing is said about it any more: TSPI_lineCloseCall, TSPI_lineClose.
    void close();

    // Is the request that makes it still to be answered?
    [[nodiscard]] bool making() const { return making_.pending(); }
    // Can the service ask for it yet (R062)?
    [[nodiscard]] bool known() const { return stage_ == Stage::known; }

    [[nodiscard]] DWORD state() const { return state_; }
    [[nodiscard]] DWORD mode() const { return mode_; }
    [[nodiscard]] SYSTEMTIME entered() const { return entered_; } // the state
    [[nodiscard]] DWORD version() const { return line_.version; }
    [[nodiscard]] bool over() const { return state_ == LINECALLSTATE_IDLE; }
    [[nodiscard]] bool may_become(DWORD state) const { return known() && may_follow(state_, state); }

    // The media mode that is reported with each state.
    DWORD media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;

  private:
    enum class Stage : std::uint8_t { unknown, known, closed };

    CallLine line_;
    HTAPICALL name_ = nullptr;
    Request making_;
    Stage stage_ = Stage::unknown;
    DWORD state_ = 0, mode_ = 0;
    SYSTEMTIME entered_{};
};

} // namespace offhook::provider
