// SPDX-License-Identifier: Apache-2.0
#include "daemon/readiness.h"

#include <fcntl.h>
#include <systemd/sd-daemon.h>

#include <string>

namespace offhook::daemon {

Readiness::Readiness(EventLoop& loop, int ready_fd) : loop_(loop), ready_fd_(ready_fd) {
    // No host inherits it: its reader waits for a line or the end of file.
    if (ready_fd_) ::fcntl(ready_fd_.get(), F_SETFD, FD_CLOEXEC);
    std::uint64_t microseconds = 0;
    if (::sd_watchdog_enabled(1, &microseconds) > 0) watchdog_ms_ = microseconds / 1000;
}

void Readiness::ready(const std::string& socket) {
    ::sd_notify(0, "READY=1");
    if (ready_fd_) {
        const auto line = "ready " + socket + "\n";
        // Whoever waited may have gone away.
        [[maybe_unused]] const auto written = ::write(ready_fd_.get(), line.data(), line.size());
        ready_fd_.reset();
    }
    if (watchdog_ms_ != 0) feed_watchdog();
}

void Readiness::feed_watchdog() {
    ::sd_notify(0, "WATCHDOG=1");
    watchdog_ = loop_.after(watchdog_ms_ / 2, [this] { feed_watchdog(); });
}

void Readiness::stopping() { ::sd_notify(0, "STOPPING=1"); }

} // namespace offhook::daemon
