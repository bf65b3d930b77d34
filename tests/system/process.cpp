// SPDX-License-Identifier: Apache-2.0
#include "tests/system/process.h"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <thread>

namespace offhook::system_test {

Process::Process(pid_t id) : id_(id), descriptor_(static_cast<int>(::syscall(SYS_pidfd_open, id, 0))) {
    if (!descriptor_) throw std::system_error(errno, std::generic_category(), "pidfd_open");
}

void Process::kill(int signal) const {
    if (::syscall(SYS_pidfd_send_signal, descriptor_.get(), signal, nullptr, 0) != 0)
        throw std::system_error(errno, std::generic_category(), "pidfd_send_signal");
}

namespace {

bool is_stopped(const std::filesystem::path& thread) {
    std::ifstream file(thread / "stat");
    std::string stat;
    std::getline(file, stat);
    const auto name_end = stat.rfind(") ");
    return !file || (name_end != std::string::npos && stat.at(name_end + 2) == 'T');
}

} // namespace

void Process::stop() const {
    kill(SIGSTOP);
    const std::filesystem::directory_iterator threads("/proc/" + std::to_string(id_) + "/task");
    for (const auto& thread : threads)
        while (!is_stopped(thread.path())) std::this_thread::yield();
}

bool Process::ends_within(std::chrono::milliseconds limit) const {
    pollfd ended{descriptor_.get(), POLLIN, 0};
    return ::poll(&ended, 1, static_cast<int>(limit.count())) == 1;
}

} // namespace offhook::system_test
