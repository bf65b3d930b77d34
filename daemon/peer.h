// SPDX-License-Identifier: Apache-2.0
//
// Who is at the other end of a connection, as the kernel (SO_PEERCRED, SO_PEERGROUPS) or a token says it.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace offhook::daemon {

struct Peer {
    uid_t user = 0;
    pid_t process = 0;         // 0: unknown (TCP)
    std::vector<gid_t> groups; // the primary one and the supplementary ones; empty: unknown (TCP)
    std::string name;          // of the program, for people
};

// Nothing: the kernel does not say.
std::optional<Peer> peer_of(int unix_socket);

std::optional<gid_t> group_named(const std::string& name);

// Install, config and remove are for root, the service's own user and the administrators' group (when it
// exists).
bool may_administer(const Peer&, std::optional<gid_t> administrators);

} // namespace offhook::daemon
