// SPDX-License-Identifier: Apache-2.0
//
// The procedures that a provider calls: LINEEVENT, PHONEEVENT and ASYNC_COMPLETION. They enqueue a frame and
// return (decision 6): never do they enter the provider (R054), and any of its threads may call them, also at
// the same time, which is more than it may expect (R053). Each session of a load has its own, so that one
// that comes from a session that has ended is known for what it is.
#pragma once

#include "host/ending.h"
#include "host/granted_handles.h"
#include "host/library.h"
#include "host/log.h"
#include "host/outbox.h"
#include "host/requests.h"

#include <atomic>
#include <functional>

namespace offhook::host {

class Callbacks {
  public:
    // Told of what the provider must not do.
    using OnFault = std::function<void(const Fault&)>;

    // The handles that the provider's new calls and dialogs get.
    struct Handles {
        GrantedHandles calls, dialogs;
    };

    // session: its number in this load, from 0, below wire::max_sessions_per_load.
    Callbacks(std::size_t session, Outbox& outbox, Log& log, Requests& requests, Handles& handles,
              OnFault on_fault);
    ~Callbacks();
    Callbacks(const Callbacks&) = delete;
    Callbacks& operator=(const Callbacks&) = delete;

    // C functions without a context argument: there is a set of them for each session that a load can have.
    Procedures procedures() const;

    // TSPI_providerShutdown has returned: it is the last word of a session (R002), and what is still said
    // after it is a fault.
    void session_is_over() { stage_ = Stage::over; }
    bool over() const { return stage_ == Stage::over; }

  private:
    enum class Stage : std::uint8_t { session, over };
    template <std::size_t Number> struct Entry; // the C procedures of one session

    bool refused(std::string_view what);
    // While a thread is in a callback. Another one that comes in meanwhile is told of (R053), once a session.
    class Inside;

    void complete(DRV_REQUESTID request, LONG result);
    void event(DWORD message, std::uint64_t device, HTAPICALL call, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
    void digits_gathered(std::uint64_t line, HTAPICALL call, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
    void new_call(std::uint64_t line, DWORD_PTR provider_call, DWORD_PTR place, DWORD_PTR p3);
    void new_dialog(TUISPICREATEDIALOGINSTANCEPARAMS* wanted);
    void dialog_data(std::uint64_t dialog, DWORD_PTR p1, DWORD_PTR p2);

    Outbox& outbox_;
    Log& log_;
    Requests& requests_;
    Handles& handles_;
    OnFault on_fault_;
    std::size_t session_;
    std::atomic<Stage> stage_ = Stage::session;
    std::atomic<bool> in_event_ = false, in_completion_ = false, told_of_two_ = false;
};

} // namespace offhook::host
