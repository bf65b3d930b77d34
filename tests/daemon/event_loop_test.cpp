// SPDX-License-Identifier: Apache-2.0
#include "daemon/event_loop.h"
#include "daemon/worker.h"

#include <gtest/gtest.h>

#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace {

using namespace offhook::daemon;
using offhook::wire::UniqueFd;

UniqueFd readable() { return UniqueFd(::eventfd(1, EFD_CLOEXEC)); }

TEST(EventLoop, TimersRunInTheOrderOfTheirDeadlines) {
    EventLoop loop;
    std::string order;
    const auto c = loop.after(20, [&] { order += 'c', loop.stop(); });
    const auto a = loop.after(1, [&] { order += 'a'; });
    const auto b = loop.after(1, [&] { order += 'b'; });
    loop.run();
    EXPECT_EQ(order, "abc");
}

TEST(EventLoop, ATimerThatIsCancelledOrDestroyedDoesNotRun) {
    EventLoop loop;
    auto cancelled = loop.after(0, [] { FAIL(); });
    {
        const auto destroyed = loop.after(0, [] { FAIL(); });
    }
    auto replaced = loop.after(0, [] { FAIL(); });
    replaced = loop.after(1, [&] { loop.stop(); });
    EXPECT_TRUE(cancelled.pending());
    cancelled.cancel();
    EXPECT_FALSE(cancelled.pending());
    loop.run();
}

TEST(EventLoop, ATimerOfZeroRunsAtTheEndOfItsWakeUp) {
    EventLoop loop;
    const auto first = readable(), second = readable();
    std::string order;
    EventLoop::Timer last;
    const auto handler = [&](std::uint32_t) {
        order += 'e';
        last = loop.after(0, [&] { order += 't'; });
    };
    const auto one = loop.watch(first.get(), EPOLLIN, handler);
    const auto two = loop.watch(second.get(), EPOLLIN, handler);
    loop.run_once();
    EXPECT_EQ(order, "eet");
}

// Both are ready in one batch, and the first handler ends the other one's watch.
TEST(EventLoop, AWatchThatHasEndedIsNotCalledFromTheSameBatch) {
    EventLoop loop;
    const auto first = readable(), second = readable();
    EventLoop::Watch one, two;
    int calls = 0;
    one = loop.watch(first.get(), EPOLLIN, [&](std::uint32_t) { ++calls, two.stop(); });
    two = loop.watch(second.get(), EPOLLIN, [&](std::uint32_t) { ++calls, one.stop(); });
    loop.run_once();
    EXPECT_EQ(calls, 1);
}

TEST(EventLoop, AWatchMayEndItself) {
    EventLoop loop;
    const auto fd = readable();
    EventLoop::Watch watch;
    const std::string captured(100, 'x');
    std::size_t seen = 0;
    watch = loop.watch(fd.get(), EPOLLIN, [&loop, &watch, &seen, captured](std::uint32_t) {
        watch = {};
        seen = captured.size();
        loop.stop();
    });
    loop.run();
    EXPECT_EQ(seen, 100u);
}

TEST(Worker, AnswersInOrderInTheLoopsThread) {
    EventLoop loop;
    Worker worker(loop);
    std::vector<int> answers;
    const auto loop_thread = std::this_thread::get_id();
    for (int i = 0; i < 100; ++i)
        worker.submit(
            [i, loop_thread] {
                EXPECT_NE(std::this_thread::get_id(), loop_thread);
                return i;
            },
            [&](const Outcome<int>& outcome) {
                EXPECT_EQ(std::this_thread::get_id(), loop_thread);
                answers.push_back(*outcome.value);
                if (answers.size() == 100) loop.stop();
            });
    loop.run();
    for (int i = 0; i < 100; ++i) EXPECT_EQ(answers[static_cast<std::size_t>(i)], i);
}

TEST(Worker, AFailureArrivesAsItsText) {
    EventLoop loop;
    Worker worker(loop);
    std::string error;
    worker.submit([]() -> int { throw std::runtime_error("the disk is full"); },
                  [&](const Outcome<int>& outcome) {
                      EXPECT_FALSE(outcome.value);
                      error = outcome.error;
                      loop.stop();
                  });
    loop.run();
    EXPECT_EQ(error, "the disk is full");
}

} // namespace
