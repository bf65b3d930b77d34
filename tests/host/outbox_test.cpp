// SPDX-License-Identifier: Apache-2.0
#include "host/outbox.h"

#include "wire/stream_socket.h"

#include <gtest/gtest.h>

#include <sys/socket.h>

#include <array>
#include <thread>
#include <vector>

namespace offhook::host {
namespace {

struct Pair {
    wire::UniqueFd host, service;
    Pair() {
        std::array<int, 2> ends{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
        host.reset(ends[0]);
        service.reset(ends[1]);
    }
};

void append(Outbox& outbox, std::uint32_t correlation, std::size_t size = 8) {
    outbox.append({.kind = wire::FrameKind::event, .correlation = correlation}, Outbox::When::soon,
                  [&](wire::FrameWriter& to) { to.block(std::vector<std::byte>(size)); });
}

TEST(Outbox, FramesFromManyThreadsArriveWhole) {
    Pair pair;
    Outbox outbox(pair.host.get());
    std::vector<std::thread> threads;
    constexpr std::uint32_t each = 2000, count = 4;
    for (std::uint32_t t = 0; t < count; ++t)
        threads.emplace_back([&outbox, t] {
            for (std::uint32_t i = 0; i < each; ++i) {
                append(outbox, t << 16 | i);
                if (i % 3 == 0) {
                    EXPECT_TRUE(outbox.flush());
                }
            }
            EXPECT_TRUE(outbox.flush());
        });
    wire::StreamSocket service(std::move(pair.service));
    std::array<std::uint32_t, count> next{};
    for (std::uint32_t got = 0; got < each * count;) {
        ASSERT_EQ(service.read_some(), wire::ReadStatus::progressed);
        while (const auto frame = service.next_frame().frame) {
            const auto correlation = frame->header.correlation;
            ASSERT_EQ(correlation & 0xFFFF, next[correlation >> 16]++);
            ++got;
        }
    }
    for (auto& thread : threads) thread.join();
}

TEST(Outbox, AServiceThatDoesNotReadIsDead) {
    Pair pair;
    Outbox outbox(pair.host.get(), {.patience = std::chrono::milliseconds(20)});
    for (std::uint32_t i = 0; i < 100; ++i) append(outbox, i, 100'000);
    EXPECT_FALSE(outbox.flush());
    append(outbox, 1); // and costs nothing more
    EXPECT_FALSE(outbox.flush());
}

TEST(Outbox, WhatGathersIsBounded) {
    Pair pair;
    Outbox outbox(pair.host.get(), {.waiting = 1000});
    for (std::uint32_t i = 0; i < 3; ++i) append(outbox, i, 600);
    EXPECT_FALSE(outbox.flush());
}

TEST(Outbox, AServiceThatIsGoneIsDead) {
    Pair pair;
    Outbox outbox(pair.host.get());
    pair.service.reset();
    append(outbox, 1);
    EXPECT_FALSE(outbox.flush());
}

TEST(Outbox, NothingFollowsGoodbye) {
    Pair pair;
    Outbox outbox(pair.host.get());
    append(outbox, 1);
    outbox.say_goodbye("because");
    append(outbox, 2);
    outbox.finish();
    wire::StreamSocket service(std::move(pair.service));
    ASSERT_EQ(service.read_some(), wire::ReadStatus::progressed);
    ASSERT_TRUE(service.next_frame().frame);
    const auto last = service.next_frame().frame;
    ASSERT_TRUE(last);
    EXPECT_EQ(last->header.kind, wire::FrameKind::goodbye);
    EXPECT_EQ(wire::PayloadReader(last->payload).utf8(), "because");
    EXPECT_FALSE(service.next_frame().frame);
}

} // namespace
} // namespace offhook::host
