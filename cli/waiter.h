// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/call_audio.h"

#include <initializer_list>
#include <optional>

namespace offhook::cli {

enum class Woken : std::uint8_t { ready, interrupted };

// Waits for what comes first: a descriptor, a time, or the user's Ctrl-C. It takes SIGINT and SIGTERM of the
// whole process, so it has to exist before any thread does.
class Waiter {
  public:
    Waiter();
    ~Waiter();
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    // Negative descriptors are left out. A second interruption ends the process at once.
    Woken wait(std::initializer_list<int> descriptors, std::optional<Clock::time_point> until = std::nullopt);

  private:
    int signals_;
    bool interrupted_ = false;
};

} // namespace offhook::cli
