// SPDX-License-Identifier: Apache-2.0
#include "wire/stream_socket.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

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
            EXPECT_EQ(parsed.frame->payload.size(), sizes[next] + sizeof(std::uint32_t));
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

} // namespace
