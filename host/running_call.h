// SPDX-License-Identifier: Apache-2.0
//
// The provider call that the current thread is inside of. What a provider calls back has no other way to
// know.
#pragma once

#include "host/lanes.h"
#include "host/outbox.h"

namespace offhook::host {

class RunningCall {
  public:
    explicit RunningCall(Call& call) : call_(call) { current_ = this; }
    ~RunningCall() { current_ = nullptr; }
    RunningCall(const RunningCall&) = delete;
    RunningCall& operator=(const RunningCall&) = delete;

    // Null on a thread of the provider's own.
    static RunningCall* current() { return current_; }
    Call& call() { return call_; }

    // When a frame of this thread leaves: with the result of its call, which follows soon in most cases.
    static Outbox::When when() { return current_ != nullptr ? Outbox::When::soon : Outbox::When::at_once; }

  private:
    static inline thread_local RunningCall* current_ = nullptr;
    Call& call_;
};

} // namespace offhook::host
