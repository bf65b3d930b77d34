// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/errors.h"
#include "client/failure.h"

#include <pthread.h>

#include <new>

namespace offhook::client {

// A thread that is cancelled goes on until the call returns: the library's state must not be left in the
// middle.
class NotCancelled {
  public:
    NotCancelled() { ::pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before_); }
    NotCancelled(const NotCancelled&) = delete;
    NotCancelled& operator=(const NotCancelled&) = delete;
    ~NotCancelled() { ::pthread_setcancelstate(before_, nullptr); }

  private:
    int before_ = 0;
};

// Runs the body of an exported function and turns what it throws into the family's error.
template <class Body> LONG guarded(Family family, Body&& body) noexcept {
    const NotCancelled scope;
    LONG result = LINEERR_OPERATIONFAILED;
    try {
        result = body();
    } catch (const Failure& failure) {
        result = failure.error;
    } catch (const std::bad_alloc&) {
        result = LINEERR_NOMEM;
    } catch (...) {
        result = LINEERR_OPERATIONFAILED;
    }
    return in_family(family, result);
}

} // namespace offhook::client
