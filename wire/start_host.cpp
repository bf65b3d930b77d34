// SPDX-License-Identifier: Apache-2.0
#include "wire/start_host.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>

namespace offhook::wire {

namespace {

constexpr int hosts_descriptor = 3;

struct FileActions {
    FileActions() { ::posix_spawn_file_actions_init(&value); }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&value); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    posix_spawn_file_actions_t value{};
};

struct Attributes {
    Attributes() { ::posix_spawnattr_init(&value); }
    ~Attributes() { ::posix_spawnattr_destroy(&value); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    posix_spawnattr_t value{};
};

[[noreturn]] void fail(const std::string& what, int error) {
    throw std::runtime_error(what + ": " + std::strerror(error));
}

} // namespace

StartedHost start_host(const std::string& program, HostErrors errors) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        fail("cannot make a socket pair", errno);
    StartedHost started;
    started.socket.reset(ends[0]);
    const UniqueFd theirs(ends[1]);
    ::fcntl(started.socket.get(), F_SETFL, O_NONBLOCK);

    FileActions actions;
    ::posix_spawn_file_actions_addopen(&actions.value, 0, "/dev/null", O_RDWR, 0);
    ::posix_spawn_file_actions_adddup2(&actions.value, 0, 1);
    if (errors == HostErrors::nowhere) ::posix_spawn_file_actions_adddup2(&actions.value, 0, 2);
    ::posix_spawn_file_actions_adddup2(&actions.value, theirs.get(), hosts_descriptor);
    ::posix_spawn_file_actions_addclosefrom_np(&actions.value, hosts_descriptor + 1);

    // Whoever starts it may block signals and ignore SIGPIPE: a host begins with the defaults.
    Attributes attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes.value, &none);
    ::posix_spawnattr_setsigdefault(&attributes.value, &all);
    ::posix_spawnattr_setpgroup(&attributes.value, 0);
    ::posix_spawnattr_setflags(&attributes.value,
                               POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);

    std::string name = program, option = "--socket", number = std::to_string(hosts_descriptor);
    std::array<char*, 4> arguments{name.data(), option.data(), number.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    if (const int error = ::posix_spawn(&started.process, program.c_str(), &actions.value, &attributes.value,
                                        arguments.data(), environment.data());
        error != 0)
        fail("cannot start " + program, error);
    // The child is not reaped yet, so the number is still its own.
    started.pidfd.reset(static_cast<int>(::syscall(SYS_pidfd_open, started.process, 0)));
    if (!started.pidfd) {
        const int error = errno;
        ::kill(started.process, SIGKILL);
        ::waitpid(started.process, nullptr, 0);
        fail("cannot watch a process", error);
    }
    return started;
}

} // namespace offhook::wire
