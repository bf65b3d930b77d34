// SPDX-License-Identifier: Apache-2.0
#include "host/requests.h"

#include <utility>

namespace offhook::host {

void Requests::begin(std::uint32_t id, Request request) {
    const std::lock_guard lock(mutex_);
    outstanding_.insert_or_assign(id, std::move(request));
}

std::optional<Request> Requests::end(std::uint32_t id) {
    const std::lock_guard lock(mutex_);
    auto node = outstanding_.extract(id);
    if (node.empty()) return std::nullopt;
    return std::move(node.mapped());
}

void Requests::keep_until_closed(std::uint64_t call, std::shared_ptr<CallMemory> memory) {
    const std::lock_guard lock(mutex_);
    of_calls_[call].push_back(std::move(memory));
}

void Requests::call_closed(std::uint64_t call) {
    const std::lock_guard lock(mutex_);
    of_calls_.erase(call);
}

} // namespace offhook::host
