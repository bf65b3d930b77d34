// SPDX-License-Identifier: Apache-2.0
#include "host/last_words.h"

#include <sys/ioctl.h>

#include <csignal>
#include <ctime>

namespace offhook::host {
namespace {

constexpr timespec moment{0, 2'000'000};
constexpr int most_moments = 50;

volatile std::sig_atomic_t heard_pipe = -1; // a signal handler has no other way to know

// Only functions that a handler may call (signal-safety(7)). abort() goes on when it returns.
void wait_until_heard(int) {
    for (int i = 0, waiting = 1; i < most_moments && waiting > 0; ++i) {
        if (::ioctl(heard_pipe, FIONREAD, &waiting) != 0) waiting = 0;
        ::nanosleep(&moment, nullptr); // once more when all is read: it is being sent
    }
}

} // namespace

void hear_last_words(int pipe) {
    heard_pipe = pipe;
    std::signal(SIGABRT, wait_until_heard);
}

} // namespace offhook::host
