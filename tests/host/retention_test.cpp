// SPDX-License-Identifier: Apache-2.0
//
// What a host cannot be made to show, because it is confined: a process that a provider leaves behind.
#include "host/retention.h"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

namespace offhook::host {
namespace {

TEST(Retention, R001_AProcessThatIsLeftIsFound) {
    const OwnThreads own;
    Retention retention(nullptr, own);
    retention.before_session();
    const auto child = ::fork();
    if (child == 0)
        for (;;) ::pause();
    const auto retained = retention.after_session();
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ASSERT_EQ(retained.things.size(), 1u);
    EXPECT_EQ(retained.things[0], (wire::RetainedThing{wire::RetainedKind::process, std::to_string(child)}));
}

// A sanitizer begins a thread of its own with the first of the program.
void begin_threads() {
    std::thread([] {}).join();
}

TEST(Retention, ThreadsOfTheHostAreNoneOfTheProviders) {
    begin_threads();
    OwnThreads own;
    Retention retention(nullptr, own);
    retention.before_session();
    std::jthread host([&own](const std::stop_token& stop) {
        const OwnThreads::Member member(own);
        while (!stop.stop_requested()) std::this_thread::yield();
    });
    EXPECT_TRUE(retention.after_session().things.empty());
}

TEST(Retention, AThreadThatJustEndsIsGivenAMoment) {
    begin_threads();
    const OwnThreads own;
    Retention retention(nullptr, own);
    retention.before_session();
    for (int i = 0; i < 20; ++i) {
        std::thread([] {}).join();
        EXPECT_TRUE(retention.after_session().things.empty());
    }
}

} // namespace
} // namespace offhook::host
