// SPDX-License-Identifier: Apache-2.0
#include "bench/baselines.h"

#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace offhook::bench {
namespace {

using wire::UniqueFd;
using Message = std::array<std::byte, 64>;

struct Ends {
    UniqueFd near, far;
};

Ends make_ends() {
    int fds[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0)
        throw std::runtime_error("no socket pair");
    return {UniqueFd(fds[0]), UniqueFd(fds[1])};
}

bool receive(const UniqueFd& fd, Message& message) {
    return ::recv(fd.get(), message.data(), message.size(), 0) == static_cast<ssize_t>(message.size());
}

bool send(const UniqueFd& fd, const Message& message) {
    return ::send(fd.get(), message.data(), message.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(message.size());
}

} // namespace

Relay::Relay(std::size_t hops) {
    auto ends = make_ends();
    near_ = std::move(ends.near);
    next_ = ::fork();
    if (next_ < 0) throw std::runtime_error("cannot fork");
    if (next_ > 0) return;
    near_.reset();
    if (hops > 1) {
        Relay rest(hops - 1);
        Message message{};
        while (receive(ends.far, message) && send(rest.near_, message) && receive(rest.near_, message) &&
               send(ends.far, message)) {
        }
    } else {
        Message message{};
        while (receive(ends.far, message) && send(ends.far, message)) {
        }
    }
    ::_exit(0);
}

Relay::~Relay() {
    near_.reset();
    ::waitpid(next_, nullptr, 0);
}

void Relay::run(std::size_t messages) {
    Message message{};
    for (std::size_t i = 0; i < messages; ++i)
        if (!send(near_, message) || !receive(near_, message))
            throw std::runtime_error("the other end is gone");
}

} // namespace offhook::bench
