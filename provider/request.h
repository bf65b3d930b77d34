// SPDX-License-Identifier: Apache-2.0
//
// An asynchronous request as an object that completes exactly once (R046).
#pragma once

#include <utility>

#include "provider/callbacks.h"

namespace offhook::provider {

// Holds a request from the moment it is accepted. complete() answers it; a request that is destroyed without
// an answer answers LINEERR_OPERATIONFAILED, so no path can forget one (R078, R083). Move-only; an empty or
// answered request ignores further answers.
class Request {
  public:
    Request() = default;
    Request(Callbacks& callbacks, DRV_REQUESTID id) : callbacks_(&callbacks), id_(id) {}
    Request(Request&& other) noexcept
        : callbacks_(std::exchange(other.callbacks_, nullptr)),
          id_(other.id_) {}
    Request& operator=(Request&& other) noexcept;
    ~Request() { complete(LINEERR_OPERATIONFAILED); }

    // What the TSPI function returns for an accepted request: its own id (R043).
    [[nodiscard]] LONG accepted() const { return static_cast<LONG>(id_); }

    // Refuses the request in the function's own return value: no completion may follow (R051).
    [[nodiscard]] LONG refuse(LONG error) {
        callbacks_ = nullptr;
        return error;
    }

    [[nodiscard]] bool pending() const { return callbacks_ != nullptr; }
    void complete(LONG result);

  private:
    Callbacks* callbacks_ = nullptr; // not owned; outlives every request
    DRV_REQUESTID id_ = 0;
};

} // namespace offhook::provider
