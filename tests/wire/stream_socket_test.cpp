// SPDX-License-Identifier: Apache-2.0
#include "wire/stream_socket.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>

namespace {

using namespace offhook::wire;

struct Pair {
    Pair() {
        int fds[2];
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds), 0);
        left.emplace(UniqueFd(fds[0]));
        right.emplace(UniqueFd(fds[1]));
    }
    std::optional<StreamSocket> left, right;
};

std::vector<std::byte> frame(std::uint32_t correlation, std::size_t payload, std::uint8_t flags = 0) {
    std::vector<std::byte> buffer;
    FrameWriter writer(buffer, {.flags = flags, .correlation = correlation});
    writer.block(std::vector<std::byte>(payload));
    writer.finish();
    return buffer;
}

TEST(StreamSocket, FramesLargerThanTheBufferArriveWhole) {
    Pair pair;
    const std::size_t sizes[] = {0, 1, 64 * 1024 - 28, 64 * 1024, 300'000, 7};
    for (std::uint32_t i = 0; i < std::size(sizes); ++i) pair.left->queue(frame(i, sizes[i]));
    std::uint32_t next = 0;
    while (next < std::size(sizes)) {
        ASSERT_TRUE(pair.left->flush());
        const auto status = pair.right->read_some();
        ASSERT_TRUE(status == ReadStatus::progressed || status == ReadStatus::would_block);
        for (auto parsed = pair.right->next_frame(); parsed.frame; parsed = pair.right->next_frame()) {
            EXPECT_EQ(parsed.frame->header.correlation, next);
            EXPECT_EQ(parsed.frame->payload.size(),
                      sizeof(std::uint32_t) + sizes[next] + padding_after(sizes[next]));
            ++next;
        }
    }
    EXPECT_EQ(pair.left->queued_bytes(), 0u);
}

// Each descriptor is of a file of its own, told apart by what was written into it.
UniqueFd numbered_file(std::uint32_t number) {
    UniqueFd fd(::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    EXPECT_EQ(::pwrite(fd.get(), &number, sizeof number, 0), static_cast<ssize_t>(sizeof number));
    return fd;
}

TEST(StreamSocket, DescriptorsStayWithTheirFrames) {
    Pair pair;
    for (std::uint32_t i = 0; i < 50; ++i) {
        if (i % 3 == 0) pair.left->queue_with_descriptor(frame(i, 10, flag_descriptor), numbered_file(i));
        else pair.left->queue(frame(i, 10));
    }
    std::uint32_t next = 0;
    while (next < 50) {
        ASSERT_TRUE(pair.left->flush());
        pair.right->read_some();
        for (auto parsed = pair.right->next_frame(); parsed.frame; parsed = pair.right->next_frame()) {
            EXPECT_EQ(parsed.frame->header.correlation, next);
            if ((parsed.frame->header.flags & flag_descriptor) != 0) {
                const auto fd = pair.right->take_descriptor();
                std::uint32_t number = ~0u;
                ASSERT_EQ(::pread(fd.get(), &number, sizeof number, 0), static_cast<ssize_t>(sizeof number));
                EXPECT_EQ(number, next);
            }
            ++next;
        }
    }
    EXPECT_FALSE(pair.right->take_descriptor());
}

TEST(StreamSocket, EndOfFileInsideAFrameIsADeadPeer) {
    Pair pair;
    const auto bytes = frame(1, 100);
    pair.left->queue(std::span(bytes).first(50));
    ASSERT_TRUE(pair.left->flush());
    pair.left.reset();
    EXPECT_EQ(pair.right->read_some(), ReadStatus::progressed);
    EXPECT_EQ(pair.right->read_some(), ReadStatus::broken);
}

TEST(StreamSocket, EndOfFileBetweenFramesIsAnOrderlyEnd) {
    Pair pair;
    pair.left->queue(frame(1, 100));
    ASSERT_TRUE(pair.left->flush());
    pair.left.reset();
    EXPECT_EQ(pair.right->read_some(), ReadStatus::progressed);
    EXPECT_TRUE(pair.right->next_frame().frame);
    EXPECT_EQ(pair.right->read_some(), ReadStatus::closed);
}

TEST(StreamSocket, MoreDescriptorsThanFramesCarryEndTheConnection) {
    Pair pair;
    std::array<int, 20> numbers{};
    numbers.fill(pair.left->fd());
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof numbers)> control{};
    const auto bytes = frame(1, 10);
    iovec part{const_cast<std::byte*>(bytes.data()), bytes.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof numbers);
    std::memcpy(CMSG_DATA(c), numbers.data(), sizeof numbers);
    ASSERT_EQ(::sendmsg(pair.left->fd(), &message, 0), static_cast<ssize_t>(bytes.size()));
    EXPECT_EQ(pair.right->read_some(), ReadStatus::broken);
}

// A peer that is always a little behind: what it has read is given back, and nothing is lost or reordered.
TEST(StreamSocket, AQueueThatIsNeverEmptyStaysInOrder) {
    Pair pair;
    std::uint32_t sent = 0, received = 0;
    while (received < 3000) {
        while (sent < 3000 && pair.left->queued_bytes() < 400'000) {
            if (sent % 100 == 0)
                pair.left->queue_with_descriptor(frame(sent, 5000, flag_descriptor), numbered_file(sent));
            else pair.left->queue(frame(sent, 5000));
            ++sent;
        }
        ASSERT_TRUE(pair.left->flush());
        ASSERT_NE(pair.right->read_some(), ReadStatus::broken);
        for (auto parsed = pair.right->next_frame(); parsed.frame; parsed = pair.right->next_frame()) {
            ASSERT_EQ(parsed.frame->header.correlation, received);
            if (received % 100 == 0) {
                const auto fd = pair.right->take_descriptor();
                std::uint32_t number = ~0u;
                ASSERT_EQ(::pread(fd.get(), &number, sizeof number, 0), static_cast<ssize_t>(sizeof number));
                EXPECT_EQ(number, received);
            }
            ++received;
        }
    }
}

// Both ends of a connection over loopback.
struct TcpPair {
    TcpPair() {
        const UniqueFd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* name = reinterpret_cast<sockaddr*>(&address);
        EXPECT_EQ(::bind(listener.get(), name, size), 0);
        EXPECT_EQ(::listen(listener.get(), 1), 0);
        EXPECT_EQ(::getsockname(listener.get(), name, &size), 0);
        UniqueFd near(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        EXPECT_EQ(::connect(near.get(), name, size), 0);
        left.emplace(std::move(near));
        right.emplace(UniqueFd(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)));
    }
    // Reads, blocking, until a frame is whole.
    Frame next() {
        for (;;) {
            const auto parsed = right->next_frame();
            EXPECT_EQ(parsed.error, FrameError::none);
            if (parsed.frame) return *parsed.frame;
            EXPECT_EQ(right->read_some(), ReadStatus::progressed);
        }
    }
    std::optional<StreamSocket> left, right;
};

TEST(StreamSocketOverTcp, FramesArriveAsOverAUnixSocket) {
    TcpPair pair;
    const std::size_t sizes[] = {0, 1, 65'000, 7};
    for (std::uint32_t i = 0; i < std::size(sizes); ++i) pair.left->queue(frame(i, sizes[i]));
    ASSERT_TRUE(pair.left->flush());
    for (std::uint32_t i = 0; i < std::size(sizes); ++i) {
        const auto received = pair.next();
        EXPECT_EQ(received.header.correlation, i);
        PayloadReader payload(received.payload);
        EXPECT_EQ(payload.block().bytes.size(), sizes[i]);
    }
    pair.left.reset();
    EXPECT_EQ(pair.right->read_some(), ReadStatus::closed);
}

TEST(StreamSocketOverTcp, AFrameGoesWithoutItsDescriptorAndDoesNotAnnounceIt) {
    TcpPair pair;
    pair.left->queue_with_descriptor(frame(1, 10, flag_descriptor | flag_speak), numbered_file(1));
    pair.left->queue(frame(2, 10));
    ASSERT_TRUE(pair.left->flush());
    EXPECT_EQ(pair.next().header.flags, 0);
    EXPECT_EQ(pair.next().header.correlation, 2u);
    EXPECT_FALSE(pair.right->take_descriptor());
}

TEST(StreamSocketOverTcp, FramesAreNotHeldBackForMore) {
    TcpPair pair;
    for (const auto* socket : {&*pair.left, &*pair.right}) {
        int on = 0;
        socklen_t size = sizeof on;
        ASSERT_EQ(::getsockopt(socket->fd(), IPPROTO_TCP, TCP_NODELAY, &on, &size), 0);
        EXPECT_NE(on, 0);
    }
}

} // namespace
