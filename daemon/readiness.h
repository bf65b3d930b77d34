// SPDX-License-Identifier: Apache-2.0
//
// Tells whoever started the service how it is: the service manager (sd_notify(3)), and a descriptor that was
// given.
#pragma once

#include "daemon/event_loop.h"

namespace offhook::daemon {

class Readiness {
  public:
    // ready_fd: where one line is written once the service is ready; -1: nowhere
    Readiness(EventLoop&, int ready_fd);
    void ready(const std::string& socket);
    void stopping();

  private:
    void feed_watchdog();

    EventLoop& loop_;
    wire::UniqueFd ready_fd_;
    std::uint64_t watchdog_ms_ = 0; // 0: the service manager has none
    EventLoop::Timer watchdog_;
};

} // namespace offhook::daemon
