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

void Requests::gathering(std::uint64_t call, std::uint32_t end_to_end, std::shared_ptr<CallMemory> memory) {
    const std::lock_guard lock(mutex_);
    of_calls_[call].push_back({end_to_end, std::move(memory)});
}

void Requests::not_gathering(std::uint64_t call, std::uint32_t end_to_end) {
    const std::lock_guard lock(mutex_);
    auto& gatherings = of_calls_[call];
    if (!gatherings.empty() && gatherings.back().end_to_end == end_to_end) gatherings.pop_back();
}

std::shared_ptr<CallMemory> Requests::gathered(std::uint32_t end_to_end) {
    const std::lock_guard lock(mutex_);
    for (auto& [call, gatherings] : of_calls_)
        for (auto& gathering : gatherings)
            if (gathering.end_to_end == end_to_end && gathering.state == Gathering::under_way) {
                gathering.state = Gathering::ended;
                return gathering.memory;
            }
    return nullptr;
}

void Requests::call_closed(std::uint64_t call) {
    const std::lock_guard lock(mutex_);
    of_calls_.erase(call);
}

} // namespace offhook::host
