// SPDX-License-Identifier: Apache-2.0
#include "daemon/spawn.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>

namespace offhook::daemon {

namespace {

struct FileActions {
    FileActions() { ::posix_spawn_file_actions_init(&value); }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&value); }
    posix_spawn_file_actions_t value{};
};

struct Attributes {
    Attributes() { ::posix_spawnattr_init(&value); }
    ~Attributes() { ::posix_spawnattr_destroy(&value); }
    posix_spawnattr_t value{};
};

} // namespace

Spawned spawn(const std::string& program, const wire::UniqueFd& descriptor_3) {
    FileActions actions;
    ::posix_spawn_file_actions_addopen(&actions.value, 0, "/dev/null", O_RDWR, 0);
    ::posix_spawn_file_actions_adddup2(&actions.value, 0, 1);
    ::posix_spawn_file_actions_adddup2(&actions.value, descriptor_3.get(), 3);
    ::posix_spawn_file_actions_addclosefrom_np(&actions.value, 4);

    // The service's signals are blocked and SIGPIPE is ignored: a host begins with the defaults.
    Attributes attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes.value, &none);
    ::posix_spawnattr_setsigdefault(&attributes.value, &all);
    ::posix_spawnattr_setpgroup(&attributes.value, 0);
    ::posix_spawnattr_setflags(&attributes.value,
                               POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);

    std::string name = program, option = "--socket", number = "3";
    char* arguments[] = {name.data(), option.data(), number.data(), nullptr};
    char* environment[] = {nullptr};
    Spawned spawned;
    const int error = ::posix_spawn(&spawned.process, program.c_str(), &actions.value, &attributes.value,
                                    arguments, environment);
    if (error != 0) throw std::runtime_error("cannot start " + program + ": " + std::strerror(error));
    // The child is not reaped yet, so the number is still its own.
    spawned.pidfd.reset(static_cast<int>(::syscall(SYS_pidfd_open, spawned.process, 0)));
    if (!spawned.pidfd) {
        const int failed = errno;
        ::kill(spawned.process, SIGKILL);
        throw std::runtime_error(std::string("cannot watch a process: ") + std::strerror(failed));
    }
    return spawned;
}

} // namespace offhook::daemon
