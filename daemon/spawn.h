// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/unique_fd.h"

#include <sys/types.h>

#include <string>

namespace offhook::daemon {

struct Spawned {
    pid_t process = 0;
    wire::UniqueFd pidfd;
};

// Starts a program with an empty environment, in a process group of its own, with descriptor 3 and the
// service's standard error and nothing else. Throws.
Spawned spawn(const std::string& program, const wire::UniqueFd& descriptor_3);

} // namespace offhook::daemon
