// SPDX-License-Identifier: Apache-2.0
#include "client/programs.h"

#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>

namespace offhook::client {

std::string program_beside_library(std::initializer_list<const char*> places) {
    Dl_info self{};
    if (::dladdr(reinterpret_cast<const void*>(&program_beside_library), &self) == 0 ||
        self.dli_fname == nullptr)
        return {};
    auto folder = std::filesystem::path(self.dli_fname).parent_path();
    for (; !folder.empty() && folder != folder.root_path(); folder = folder.parent_path()) {
        for (const auto* place : places) {
            const auto candidate = folder / place;
            if (::access(candidate.c_str(), X_OK) == 0) return candidate.string();
        }
    }
    return {};
}

SpawnAttributes::SpawnAttributes(short more) {
    ::posix_spawnattr_init(&value_);
    sigset_t signals{};
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&value_, &signals);
    ::sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&value_, &signals);
    ::posix_spawnattr_setflags(&value_,
                               static_cast<short>(more | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
}

void reap(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
}

} // namespace offhook::client
