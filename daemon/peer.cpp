// SPDX-License-Identifier: Apache-2.0
#include "daemon/peer.h"

#include <grp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

namespace offhook::daemon {

namespace {

std::vector<gid_t> groups_of(int unix_socket) {
    std::vector<gid_t> groups(64);
    for (;;) {
        auto size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
        const int result = ::getsockopt(unix_socket, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size);
        // With ERANGE the kernel says how much is needed.
        if (result != 0 && errno != ERANGE) return {};
        groups.resize(size / sizeof(gid_t));
        if (result == 0) return groups;
    }
}

std::string program_name(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/comm");
    std::string name;
    std::getline(file, name);
    return name;
}

} // namespace

std::optional<Peer> peer_of(int unix_socket) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(unix_socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return {};
    Peer peer;
    peer.user = credentials.uid;
    peer.process = credentials.pid;
    peer.groups = groups_of(unix_socket);
    peer.groups.push_back(credentials.gid);
    peer.name = program_name(credentials.pid);
    return peer;
}

std::optional<gid_t> group_named(const std::string& name) {
    if (name.empty()) return {};
    const auto* group = ::getgrnam(name.c_str());
    return group == nullptr ? std::nullopt : std::optional(group->gr_gid);
}

bool may_administer(const Peer& peer, std::optional<gid_t> administrators) {
    if (peer.user == 0 || peer.user == ::geteuid()) return true;
    return administrators && std::ranges::find(peer.groups, *administrators) != peer.groups.end();
}

} // namespace offhook::daemon
