// SPDX-License-Identifier: Apache-2.0
#include "wire/stream_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace offhook::wire {

StreamSocket::StreamSocket(UniqueFd fd)
    : fd_(std::move(fd)),
      transport_(Transport::local),
      buffer_(read_size) {
    int domain = AF_UNIX;
    socklen_t size = sizeof domain;
    if (::getsockopt(fd_.get(), SOL_SOCKET, SO_DOMAIN, &domain, &size) != 0 || domain == AF_UNIX) return;
    transport_ = Transport::tcp;
    // Frames are gathered before they are sent; waiting for more in the kernel would only delay them.
    const int on = 1;
    ::setsockopt(fd_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

ReadStatus StreamSocket::read_some() {
    if (begin_ == end_) begin_ = end_ = 0;
    if (end_ == buffer_.size()) {
        // A frame that does not fit behind what was consumed: move it to the front, and grow only for a long
        // one.
        std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_), buffer_.end(), buffer_.begin());
        end_ -= begin_;
        begin_ = 0;
        if (end_ == buffer_.size())
            buffer_.resize(std::min<std::size_t>(buffer_.size() * 2, max_frame_size + read_size));
    }
    iovec part{buffer_.data() + end_, buffer_.size() - end_};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * 4)> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t got = 0;
    do got = ::recvmsg(fd_.get(), &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return errno == EAGAIN || errno == EWOULDBLOCK ? ReadStatus::would_block : ReadStatus::broken;
    for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof fd);
            received_.emplace_back(fd);
        }
    }
    if ((message.msg_flags & MSG_CTRUNC) != 0)
        return ReadStatus::broken; // more descriptors than frames carry
    if (got == 0) return begin_ == end_ ? ReadStatus::closed : ReadStatus::broken;
    end_ += static_cast<std::size_t>(got);
    return ReadStatus::progressed;
}

Parsed StreamSocket::next_frame() {
    const auto parsed = parse_frame(std::span(buffer_).subspan(begin_, end_ - begin_));
    if (parsed.frame) begin_ += parsed.frame->header.size;
    return parsed;
}

UniqueFd StreamSocket::take_descriptor() {
    if (received_.empty()) return {};
    UniqueFd fd = std::move(received_.front());
    received_.pop_front();
    return fd;
}

void StreamSocket::queue(std::span<const std::byte> frames) {
    drop_what_was_sent();
    pending_.insert(pending_.end(), frames.begin(), frames.end());
}

void StreamSocket::queue_with_descriptor(std::span<const std::byte> frame, UniqueFd descriptor) {
    drop_what_was_sent();
    const auto at = pending_.size();
    pending_.insert(pending_.end(), frame.begin(), frame.end());
    if (transport_ == Transport::local) descriptors_.push_back({at, std::move(descriptor)});
    else pending_[at + offsetof(FrameHeader, flags)] &= ~std::byte{flag_descriptor | flag_speak};
}

// What is left has to be moved, so it is not done at each send. Without it the queue would grow for ever when
// the peer always has a little left to read.
void StreamSocket::drop_what_was_sent() {
    if (sent_ < pending_.size() && (sent_ < read_size || sent_ < pending_.size() / 2)) return;
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(sent_));
    for (auto& descriptor : descriptors_) descriptor.at -= sent_;
    sent_ = 0;
}

bool StreamSocket::flush() {
    while (sent_ < pending_.size()) {
        // A descriptor leaves with the first byte of its own sendmsg, so that descriptors and frames keep one
        // order.
        std::size_t until = pending_.size();
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
        msghdr message{};
        const bool with_descriptor = !descriptors_.empty() && descriptors_.front().at == sent_;
        if (with_descriptor) {
            message.msg_control = control.data();
            message.msg_controllen = control.size();
            cmsghdr* c = CMSG_FIRSTHDR(&message);
            c->cmsg_level = SOL_SOCKET;
            c->cmsg_type = SCM_RIGHTS;
            c->cmsg_len = CMSG_LEN(sizeof(int));
            const int fd = descriptors_.front().fd.get();
            std::memcpy(CMSG_DATA(c), &fd, sizeof fd);
        }
        const std::size_t next = with_descriptor ? 1 : 0;
        if (descriptors_.size() > next) until = descriptors_[next].at;
        iovec part{pending_.data() + sent_, until - sent_};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        const ssize_t sent = ::sendmsg(fd_.get(), &message, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR) continue;
            return errno == EAGAIN || errno == EWOULDBLOCK;
        }
        if (with_descriptor) descriptors_.pop_front();
        sent_ += static_cast<std::size_t>(sent);
    }
    return true;
}

bool send_all(int socket, std::span<const std::byte> frames) {
    while (!frames.empty()) {
        const auto sent = ::send(socket, frames.data(), frames.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return false;
        frames = frames.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

} // namespace offhook::wire
