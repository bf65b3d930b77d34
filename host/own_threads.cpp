// SPDX-License-Identifier: Apache-2.0
#include "host/own_threads.h"

#include <unistd.h>

namespace offhook::host {

OwnThreads::Member::Member(OwnThreads& threads) : threads_(threads) {
    const std::lock_guard lock(threads_.mutex_);
    threads_.numbers_.insert(::gettid());
}

OwnThreads::Member::~Member() {
    const std::lock_guard lock(threads_.mutex_);
    threads_.numbers_.erase(::gettid());
}

std::set<pid_t> OwnThreads::numbers() const {
    const std::lock_guard lock(mutex_);
    return numbers_;
}

} // namespace offhook::host
