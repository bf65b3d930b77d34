// SPDX-License-Identifier: Apache-2.0

#include "provider/request.h"

namespace offhook::provider {

Request& Request::operator=(Request&& other) noexcept {
    if (this != &other) {
        drop();
        callbacks_ = std::exchange(other.callbacks_, nullptr);
        id_ = other.id_;
        answer_ = std::move(other.answer_);
    }
    return *this;
}

void Request::drop() noexcept {
    if (!answer_) return;
    auto starting = Answer::starting;
    if (!answer_->compare_exchange_strong(starting, Answer::dropped)) complete(LINEERR_OPERATIONFAILED);
    answer_.reset();
}

void Request::complete(LONG result) {
    if (const auto answer = std::exchange(answer_, nullptr))
        if (answer->exchange(Answer::given) != Answer::given) callbacks_->complete(id_, result);
}

} // namespace offhook::provider
