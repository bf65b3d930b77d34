// SPDX-License-Identifier: Apache-2.0
//
// A timer of a root, which must be gone before the root is.
#pragma once

#include "providers/sip/stack/sofia_headers.h"

#include <memory>

namespace offhook::sip::stack {

struct TimerDestroyer {
    void operator()(su_timer_t* timer) const { su_timer_destroy(timer); }
};
using Timer = std::unique_ptr<su_timer_t, TimerDestroyer>;

inline Timer make_timer(su_root_t* root, su_duration_t milliseconds) {
    return Timer(su_timer_create(su_root_task(root), milliseconds));
}

} // namespace offhook::sip::stack
