// SPDX-License-Identifier: Apache-2.0
//
// The procedures that a provider calls: LINEEVENT, PHONEEVENT and ASYNC_COMPLETION. They enqueue a frame and
// return (decision 6): never do they enter the provider (R054), and any of its threads may call them, also at
// the same time, which is more than it may expect (R053).
#pragma once

#include "host/ending.h"
#include "host/granted_handles.h"
#include "host/library.h"
#include "host/log.h"
#include "host/outbox.h"
#include "host/requests.h"

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

    Callbacks(Outbox& outbox, Log& log, Requests& requests, Handles& handles, OnFault on_fault);
    ~Callbacks();
    Callbacks(const Callbacks&) = delete;
    Callbacks& operator=(const Callbacks&) = delete;

    // They belong to the one object of this class that exists: a C callback without a context argument leaves
    // no other choice.
    static Procedures procedures();

  private:
    struct Entry; // the C procedures

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
};

} // namespace offhook::host
