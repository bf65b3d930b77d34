// SPDX-License-Identifier: Apache-2.0
//
// Ports of 127.0.0.1 for tests that run side by side.
#pragma once

#include "wire/unique_fd.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>

namespace offhook::testing {

inline bool can_bind(std::uint16_t port, int type) {
    const wire::UniqueFd socket(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

// A port that nobody has now, for UDP and for TCP, nor the three after it (SIPp takes one for video beside
// that for audio). No other caller of this function, here or in tests/cli/ports.py, gets it until this
// process ends, and the system gives it to nobody who asks for any port: it lies below those that Linux gives
// out, and below those of sip.tsp's audio. Throws when there is none.
inline std::uint16_t free_port() {
    constexpr std::uint16_t first = 10'000, blocks = 1'500, block = 4;
    const auto start = std::random_device{}();
    for (std::uint16_t tried = 0; tried < blocks; ++tried) {
        const auto port = static_cast<std::uint16_t>(first + block * ((start + tried) % blocks));
        // Who has this name has the block. The name of a socket without a file is free when its process has
        // ended.
        wire::UniqueFd claim(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        sockaddr_un name{};
        name.sun_family = AF_UNIX;
        const int length = std::snprintf(name.sun_path + 1, sizeof name.sun_path - 1, "offhook-test-port-%u",
                                         unsigned{port});
        const auto size =
            static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + static_cast<std::size_t>(length));
        if (::bind(claim.get(), reinterpret_cast<const sockaddr*>(&name), size) != 0) continue;
        if (!can_bind(port, SOCK_DGRAM) || !can_bind(port, SOCK_STREAM)) continue;
        claim.release(); // open until the process ends
        return port;
    }
    throw std::runtime_error("no port is free");
}

// Whether somebody has a UDP port. To find out by trying to have it would keep from it who is about to take
// it.
inline bool is_taken(std::uint16_t port) {
    char wanted[16];
    std::snprintf(wanted, sizeof wanted, "0100007F:%04X ", unsigned{port});
    std::ifstream sockets("/proc/net/udp");
    for (std::string line; std::getline(sockets, line);)
        if (line.find(wanted) != std::string::npos) return true;
    return false;
}

} // namespace offhook::testing
