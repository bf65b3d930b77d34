// SPDX-License-Identifier: Apache-2.0
//
// Starts an offhook-host on one end of a socket pair.
#pragma once

#include "wire/unique_fd.h"

#include <sys/types.h>

#include <string>

namespace offhook::wire {

// Where a host's standard error goes; its other standard streams are empty.
enum class HostErrors : unsigned char { where_ours_go, nowhere };

struct StartedHost {
    pid_t process = 0; // of a process group of its own
    UniqueFd pidfd;
    UniqueFd socket; // non-blocking; the host's end blocks, until the host decides otherwise
};

// With an empty environment, default signals, and no other descriptor of ours. Throws.
StartedHost start_host(const std::string& program, HostErrors);

} // namespace offhook::wire
