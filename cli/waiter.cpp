// SPDX-License-Identifier: Apache-2.0
#include "cli/waiter.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <system_error>
#include <vector>

namespace offhook::cli {

Waiter::Waiter() {
    sigset_t taken;
    sigemptyset(&taken);
    sigaddset(&taken, SIGINT);
    sigaddset(&taken, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &taken, nullptr);
    signals_ = signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals_ < 0) throw std::system_error(errno, std::generic_category(), "signalfd");
}

Waiter::~Waiter() { close(signals_); }

Woken Waiter::wait(std::initializer_list<int> descriptors, std::optional<Clock::time_point> until) {
    std::vector<pollfd> waited{{signals_, POLLIN, 0}};
    for (const int descriptor : descriptors) waited.push_back({descriptor, POLLIN, 0});
    int timeout = -1;
    if (until) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - Clock::now()).count();
        timeout = static_cast<int>(std::clamp<long>(left, 0, 3'600'000));
    }
    poll(waited.data(), waited.size(), timeout);
    signalfd_siginfo signal{};
    if (read(signals_, &signal, sizeof signal) != sizeof signal) return Woken::ready;
    if (interrupted_) std::_Exit(128 + static_cast<int>(signal.ssi_signo));
    interrupted_ = true;
    return Woken::interrupted;
}

} // namespace offhook::cli
