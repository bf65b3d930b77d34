// SPDX-License-Identifier: Apache-2.0
//
// The service's call handles that this host may give to the provider's own new calls (R072).
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>

namespace offhook::host {

class CallHandles {
  public:
    // The payload of a grant frame. False: it is malformed, and nothing was granted.
    bool grant(std::span<const std::byte> payload);
    std::optional<std::uint32_t> take();

  private:
    std::mutex mutex_;
    std::deque<std::uint32_t> handles_;
};

} // namespace offhook::host
