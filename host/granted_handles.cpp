// SPDX-License-Identifier: Apache-2.0
#include "host/granted_handles.h"

#include <cstring>
#include <vector>

namespace offhook::host {

bool GrantedHandles::grant(std::span<const std::byte> payload) {
    if (payload.size() % sizeof(std::uint32_t) != 0) return false;
    std::vector<std::uint32_t> granted(payload.size() / sizeof(std::uint32_t));
    if (!granted.empty()) std::memcpy(granted.data(), payload.data(), payload.size());
    for (const auto handle : granted)
        if (handle == 0) return false;
    const std::lock_guard lock(mutex_);
    handles_.insert(handles_.end(), granted.begin(), granted.end());
    return true;
}

std::optional<std::uint32_t> GrantedHandles::take() {
    const std::lock_guard lock(mutex_);
    if (handles_.empty()) return std::nullopt;
    const auto handle = handles_.front();
    handles_.pop_front();
    return handle;
}

} // namespace offhook::host
