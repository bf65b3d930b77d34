// SPDX-License-Identifier: Apache-2.0
//
// The way up: completions and events, delivered one at a time.
#pragma once

#include <mutex>

#include "tspi.h"

namespace offhook::provider {

// Where an open line's events go: what TSPI_lineOpen brought.
struct LineSink {
    LINEEVENT procedure = nullptr;
    HTAPILINE line = nullptr;
};

// Where an open phone's events go: what TSPI_phoneOpen brought.
struct PhoneSink {
    PHONEEVENT procedure = nullptr;
    HTAPIPHONE phone = nullptr;
};

// Serialises every callback into the service: the next begins only when the current one has returned (R053).
// May be called from any thread of the provider, also with the provider's own lock held, because the service
// does not call down from inside a callback (R054).
class Callbacks {
  public:
    explicit Callbacks(ASYNC_COMPLETION completion) : completion_(completion) {}
    Callbacks(const Callbacks&) = delete;
    Callbacks& operator=(const Callbacks&) = delete;
    virtual ~Callbacks() = default;

    virtual void complete(DRV_REQUESTID request, LONG result);

    void line_event(const LineSink& sink, DWORD message, DWORD_PTR parameter1 = 0, DWORD_PTR parameter2 = 0,
                    DWORD_PTR parameter3 = 0);
    void call_event(const LineSink& sink, HTAPICALL call, DWORD message, DWORD_PTR parameter1 = 0,
                    DWORD_PTR parameter2 = 0, DWORD_PTR parameter3 = 0);

    void phone_event(const PhoneSink& sink, DWORD message, DWORD_PTR parameter1 = 0, DWORD_PTR parameter2 = 0,
                     DWORD_PTR parameter3 = 0);

    // Announces a call that began at the provider and returns the service's name for it (R070, R071);
    // null means refused: the call must be dropped, and no other event about it may be sent (R072).
    HTAPICALL new_call(const LineSink& sink, HDRVCALL call);

  private:
    ASYNC_COMPLETION completion_;
    std::mutex one_at_a_time_;
};

} // namespace offhook::provider
