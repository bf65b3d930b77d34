// SPDX-License-Identifier: Apache-2.0
#include "tests/system/process.h"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace offhook::system_test {

Process::Process(pid_t id) : id_(id), descriptor_(static_cast<int>(::syscall(SYS_pidfd_open, id, 0))) {
    if (!descriptor_) throw std::system_error(errno, std::generic_category(), "pidfd_open");
}

void Process::kill(int signal) const {
    if (::syscall(SYS_pidfd_send_signal, descriptor_.get(), signal, nullptr, 0) != 0)
        throw std::system_error(errno, std::generic_category(), "pidfd_send_signal");
}

bool Process::ends_within(std::chrono::milliseconds limit) const {
    pollfd ended{descriptor_.get(), POLLIN, 0};
    return ::poll(&ended, 1, static_cast<int>(limit.count())) == 1;
}

} // namespace offhook::system_test
