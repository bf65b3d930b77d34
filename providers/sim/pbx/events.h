// SPDX-License-Identifier: Apache-2.0
//
// What the exchange says to whoever watches it: the messages of TSPI, without the service's names and
// handles.
#pragma once

#include "tspi.h"

#include <chrono>

namespace offhook::sim {

struct Call;
struct Station;

// Told while the exchange is being changed, so it only takes down what it is told.
class Events {
  public:
    Events() = default;
    Events(const Events&) = delete;
    Events& operator=(const Events&) = delete;
    virtual ~Events() = default;

    virtual void call_state(Call&) = 0; // it has entered a state, its first one included
    virtual void call_event(Call&, DWORD message, DWORD_PTR p1 = 0, DWORD_PTR p2 = 0, DWORD_PTR p3 = 0) = 0;
    virtual void line_event(Station&, DWORD message, DWORD_PTR p1 = 0, DWORD_PTR p2 = 0,
                            DWORD_PTR p3 = 0) = 0;
    // Does anybody want to know of each ring?
    [[nodiscard]] virtual bool counts_rings(const Station&) const = 0;
    virtual void digit_sent(Call&, char digit, std::chrono::milliseconds duration) = 0; // by this end of it
    virtual void media_controlled(Call&, DWORD action) = 0;                             // LINEMEDIACONTROL_
    virtual void phone_event(Station&, DWORD message, DWORD_PTR p1 = 0, DWORD_PTR p2 = 0,
                             DWORD_PTR p3 = 0) = 0;
};

} // namespace offhook::sim
