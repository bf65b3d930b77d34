// SPDX-License-Identifier: Apache-2.0
#include "daemon/listener.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace offhook::daemon {

namespace {

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

wire::UniqueFd open_spare() { return wire::UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

sockaddr_un unix_address(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        throw std::runtime_error("the socket's path \"" + path + "\" must have 1 to " +
                                 std::to_string(sizeof address.sun_path - 1) + " characters");
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

// The lock says that no other offhookd is there; this asks whether anything else is.
void remove_stale_socket(const std::string& path, const sockaddr_un& address) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return;
    if (!S_ISSOCK(status.st_mode))
        throw std::runtime_error(path + " exists and is no socket. Move it away, or choose another path.");
    const wire::UniqueFd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const bool refused =
        ::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
        errno == ECONNREFUSED;
    if (!refused)
        throw std::runtime_error("another program listens on " + path +
                                 ". Stop it first, or choose another path.");
    ::unlink(path.c_str());
}

} // namespace

Listener::Listener(EventLoop& loop, wire::UniqueFd socket, Accepted accepted)
    : loop_(loop),
      socket_(std::move(socket)),
      accepted_(std::move(accepted)),
      spare_(open_spare()),
      watch_(loop.watch(socket_.get(), EPOLLIN, [this](std::uint32_t) { accept_all(); })) {}

void Listener::accept_all() {
    for (;;) {
        wire::UniqueFd connection(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (connection) {
            accepted_(std::move(connection));
            continue;
        }
        if (errno == EINTR || errno == ECONNABORTED) continue;
        if (errno == EAGAIN) return;
        if (errno != EMFILE && errno != ENFILE) break;
        // No descriptor is left: without this the connection would stay pending and wake the loop for ever.
        spare_.reset();
        connection.reset(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        const bool was_there = static_cast<bool>(connection);
        connection.reset();
        spare_ = open_spare();
        if (!was_there) break;
    }
    watch_.wait_for(0);
    resume_ = loop_.after(100, [this] { watch_.wait_for(EPOLLIN); });
}

UnixEndpoint::UnixEndpoint(std::string path, mode_t mode, const std::string& group)
    : path_(std::move(path)),
      address_(unix_address(path_)),
      lock_(path_ + ".lock", "the socket " + path_) {
    remove_stale_socket(path_, address_);
    socket_.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket_) fail("cannot make a socket");
    // It appears with no rights for others, and gets those that were asked for afterwards.
    const auto previous = ::umask(0177);
    const int bound = ::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address_), sizeof address_);
    ::umask(previous);
    if (bound != 0) fail("cannot make the socket " + path_);
    if (!group.empty()) {
        const auto id = group_named(group);
        if (!id)
            throw std::runtime_error(
                "there is no group \"" + group +
                "\", which is to have the socket: make it (sudo groupadd --system " + group +
                "), or name another one in offhook.toml, section [service], socket_group; "
                "\"\" leaves the socket to the service's own group");
        if (::chown(path_.c_str(), static_cast<uid_t>(-1), *id) != 0)
            fail("cannot give the socket " + path_ + " to the group " + group);
    }
    if (::chmod(path_.c_str(), mode) != 0) fail("cannot set the rights of the socket " + path_);
    if (::listen(socket_.get(), SOMAXCONN) != 0) fail("cannot listen on " + path_);
}

UnixEndpoint::~UnixEndpoint() { ::unlink(path_.c_str()); }

std::optional<wire::UniqueFd> socket_from_systemd() {
    const int count = ::sd_listen_fds(1);
    std::optional<wire::UniqueFd> found;
    for (int fd = SD_LISTEN_FDS_START; fd < SD_LISTEN_FDS_START + count; ++fd) {
        wire::UniqueFd owned(fd);
        if (found || ::sd_is_socket(fd, AF_UNIX, SOCK_STREAM, 1) <= 0) continue;
        ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
        found = std::move(owned);
    }
    return found;
}

wire::UniqueFd listen_on_loopback(std::uint16_t port) {
    wire::UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) fail("cannot make a TCP socket");
    const int on = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); // connections inherit it
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(socket.get(), SOMAXCONN) != 0)
        fail("cannot listen on 127.0.0.1:" + std::to_string(port));
    return socket;
}

} // namespace offhook::daemon
