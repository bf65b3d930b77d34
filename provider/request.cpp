// SPDX-License-Identifier: Apache-2.0

#include "provider/request.h"

namespace offhook::provider {

Request& Request::operator=(Request&& other) noexcept {
    if (this != &other) {
        complete(LINEERR_OPERATIONFAILED);
        callbacks_ = std::exchange(other.callbacks_, nullptr);
        id_ = other.id_;
    }
    return *this;
}

void Request::complete(LONG result) {
    if (Callbacks* callbacks = std::exchange(callbacks_, nullptr)) callbacks->complete(id_, result);
}

} // namespace offhook::provider
