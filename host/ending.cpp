// SPDX-License-Identifier: Apache-2.0
#include "host/ending.h"

#include <csignal>
#include <unistd.h>

namespace offhook::host {

Ending::Ending(std::chrono::milliseconds limit) : limit_(limit) {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGKILL; // the one signal that a provider cannot take over
    has_timer_ = ::timer_create(CLOCK_MONOTONIC, &event, &timer_) == 0;
}

Ending::~Ending() {
    if (has_timer_) ::timer_delete(timer_);
}

bool Ending::request(Cause cause) {
    {
        const std::lock_guard lock(mutex_);
        if (cause_) return false;
        cause_ = cause;
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit_);
    itimerspec when{};
    when.it_value.tv_sec = seconds.count();
    when.it_value.tv_nsec = std::chrono::nanoseconds(limit_ - seconds).count();
    if (!has_timer_ || ::timer_settime(timer_, 0, &when, nullptr) != 0)
        ::alarm(static_cast<unsigned>(seconds.count()));
    changed_.notify_all();
    return true;
}

bool Ending::requested() const {
    const std::lock_guard lock(mutex_);
    return cause_.has_value();
}

Ending::Cause Ending::wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return cause_.has_value(); });
    return *cause_;
}

} // namespace offhook::host
