// SPDX-License-Identifier: Apache-2.0
//
// Where applications connect: a Unix socket (our own, or one that systemd made), and loopback TCP.
#pragma once

#include "daemon/event_loop.h"
#include "daemon/lock_file.h"
#include "daemon/peer.h"

#include <sys/un.h>

#include <functional>
#include <optional>
#include <string>

namespace offhook::daemon {

// Accepts connections from a socket that listens.
class Listener {
  public:
    using Accepted = std::function<void(wire::UniqueFd)>; // non-blocking

    Listener(EventLoop&, wire::UniqueFd socket, Accepted);

  private:
    void accept_all();

    EventLoop& loop_;
    wire::UniqueFd socket_;
    Accepted accepted_;
    wire::UniqueFd spare_; // given up for a moment to refuse a connection when no descriptor is left
    EventLoop::Watch watch_;
    EventLoop::Timer resume_;
};

// The service's own Unix socket: its path is locked, a stale socket is replaced, and it is removed at the
// end.
class UnixEndpoint {
  public:
    UnixEndpoint(std::string path, mode_t mode, const std::string& group);
    ~UnixEndpoint();
    UnixEndpoint(const UnixEndpoint&) = delete;
    UnixEndpoint& operator=(const UnixEndpoint&) = delete;
    wire::UniqueFd take_socket() { return std::move(socket_); }

  private:
    std::string path_;
    sockaddr_un address_;
    LockFile lock_;
    wire::UniqueFd socket_;
};

// The Unix socket that systemd passed (sd_listen_fds(3)), if it did.
std::optional<wire::UniqueFd> socket_from_systemd();

wire::UniqueFd listen_on_loopback(std::uint16_t port);

} // namespace offhook::daemon
