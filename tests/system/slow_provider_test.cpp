// SPDX-License-Identifier: Apache-2.0
//
// A provider that takes two seconds for each function keeps nobody waiting but those who called it.
#include "tests/system/application.h"
#include "tests/system/service.h"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace {

using namespace offhook;
using namespace offhook::system_test;
using wire::ServiceFunction;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds delay{2'000};

TEST(SlowProvider, KeepsNobodyElseWaiting) {
    Service service;
    service.install_patient("slow", delay);
    service.install_patient("quick");
    Application slow, quick;
    const auto slow_line = slow.open("slow"), quick_line = quick.open("quick");

    std::atomic<bool> returned = false;
    HCALL slow_call = 0;
    LONG request = 0;
    const auto begin = Clock::now();
    std::thread caller([&] {
        request = lineMakeCallA(slow_line, &slow_call, "somebody", 0, nullptr);
        returned = true;
    });
    while (listed(ServiceFunction::calls, "calls", "provider", "slow").empty()) {
    }
    // While the slow one has not even returned from lineMakeCall: whole calls, and many questions.
    auto longest = Clock::duration::zero();
    for (int i = 0; i < 20; ++i) {
        const auto one_begins = Clock::now();
        const auto call = quick.call(quick_line, "somebody");
        DWORD state = 0;
        EXPECT_EQ(Application::state(call, state), 0);
        quick.drop(call);
        longest = std::max(longest, Clock::now() - one_begins);
        quick.forget_messages();
    }
    EXPECT_FALSE(returned);
    EXPECT_LT(longest, delay / 4);

    caller.join();
    EXPECT_GE(Clock::now() - begin, delay);
    EXPECT_EQ(slow.wait_for_reply(good(request, "lineMakeCall")), 0);
    slow.wait_for_state(slow_call, LINECALLSTATE_CONNECTED);
}

} // namespace
