// SPDX-License-Identifier: Apache-2.0
#include "daemon/signals.h"

#include <sys/epoll.h>
#include <sys/signalfd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

namespace offhook::daemon {

namespace {

sigset_t handled_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
    return set;
}

} // namespace

void block_signals() {
    const auto set = handled_signals();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    // A full file system or a limit is an error of the write, not the end of the service.
    std::signal(SIGXFSZ, SIG_IGN);
}

Signals::Signals(EventLoop& loop, Handler handler) : handler_(std::move(handler)) {
    const auto set = handled_signals();
    fd_.reset(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!fd_) throw std::system_error(errno, std::generic_category(), "cannot receive signals");
    watch_ = loop.watch(fd_.get(), EPOLLIN, [this](std::uint32_t) {
        signalfd_siginfo information{};
        while (::read(fd_.get(), &information, sizeof information) == sizeof information)
            handler_(static_cast<int>(information.ssi_signo));
    });
}

} // namespace offhook::daemon
