// SPDX-License-Identifier: Apache-2.0
//
// Handles of the service that this host may give to what the provider begins by itself: its new calls (R072),
// its dialogs.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>

namespace offhook::host {

class GrantedHandles {
  public:
    // The payload of a grant frame. False: it is malformed, and nothing was granted.
    bool grant(std::span<const std::byte> payload);
    std::optional<std::uint32_t> take();

  private:
    std::mutex mutex_;
    std::deque<std::uint32_t> handles_;
};

} // namespace offhook::host
