// SPDX-License-Identifier: Apache-2.0
//
// Requests that do not complete and calls that do not go on: reported once, and ended where that is
// configured.
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;
using core::StuckAction;

core::Configuration watching(StuckAction action) {
    core::Configuration chosen;
    chosen.stuck_request = 60'000;
    chosen.stuck_call = 300'000;
    chosen.stuck_action = action;
    return chosen;
}

class Watchdog : public Rules {
  protected:
    explicit Watchdog(StuckAction action) : Rules(watching(action)) {}

    // Whatever happens in this time, its end included.
    void pass(std::uint64_t milliseconds) {
        world.run_until_quiet();
        world.core().set_time(world.now());
        for (const auto end = world.now() + milliseconds; world.now() < end && world.step();)
            world.run_until_quiet();
    }
    std::size_t times_reported(std::string_view text) const {
        const auto& lines = world.log_lines();
        return static_cast<std::size_t>(
            std::count_if(lines.begin(), lines.end(),
                          [&](const std::string& logged) { return logged.find(text) != std::string::npos; }));
    }
    // A call that the provider offers, and its handle at the application.
    std::uint32_t offered() {
        driver_ = provider().announce_call(LINECALLSTATE_OFFERING, LINEMEDIAMODE_INTERACTIVEVOICE);
        world.run_until_quiet();
        const auto announced = application.next(LINE_APPNEWCALL);
        EXPECT_TRUE(announced);
        return announced ? static_cast<std::uint32_t>(announced->fields.parameter2) : 0;
    }
    // An application drops the call, and the provider says that it has done so.
    void dropped(std::uint32_t call) {
        const auto request = application.call(Arguments<Tapi::lineDrop>().with<"hCall">(call));
        ASSERT_GT(request, 0);
        provider().complete(static_cast<std::uint32_t>(request), 0);
        world.run_until_quiet();
        const auto reply = application.next(LINE_REPLY);
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->fields.parameter2, 0u);
    }
    void open_line() {
        install();
        application.initialise();
        line = application.open(LINECALLPRIVILEGE_OWNER);
        provider().complete_when_told();
    }
    bool is_shown_as_stuck() const {
        const auto snapshot = world_.snapshot();
        return std::any_of(snapshot.calls.begin(), snapshot.calls.end(),
                           [](const auto& call) { return call.stuck; }) ||
               std::any_of(snapshot.requests.begin(), snapshot.requests.end(),
                           [](const auto& request) { return request.stuck; });
    }

    ScriptedApplication application{world};
    std::uint32_t line = 0;
    std::uint64_t driver_ = 0;
    core::Core& world_ = world.core();
};

class Reporting : public Watchdog {
  protected:
    Reporting() : Watchdog(StuckAction::report) {}
};

class Cleaning : public Watchdog {
  protected:
    Cleaning() : Watchdog(StuckAction::clean) {}
};

TEST_F(Reporting, ARequestThatDoesNotCompleteIsReportedOnce) {
    open_line();
    const auto request = application.make_call(line);
    ASSERT_GT(request, 0);
    EXPECT_FALSE(is_shown_as_stuck());
    pass(59'000);
    EXPECT_EQ(times_reported(": the request has not completed for 60 s"), world.now() >= 60'000 ? 1u : 0u);
    pass(600'000);
    EXPECT_EQ(times_reported("the request has not completed"), 1u);
    EXPECT_EQ(times_reported(", request 0x"), 1u) << "as the dump shows it";
    EXPECT_TRUE(is_shown_as_stuck());
    EXPECT_FALSE(application.next(LINE_REPLY)) << "it is only reported";
    provider().complete(static_cast<std::uint32_t>(request), 0);
    world.run_until_quiet();
    const auto reply = application.next(LINE_REPLY);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->fields.parameter2, 0u);
}

TEST_F(Reporting, WhatGoesOnIsNotReported) {
    open_line();
    const auto request = application.make_call(line);
    ASSERT_GT(request, 0);
    provider().complete(static_cast<std::uint32_t>(request), 0);
    pass(600'000);
    EXPECT_EQ(times_reported("the request has not completed"), 0u);
}

TEST_F(Reporting, ACallThatStaysInAPassingStateIsReportedOnce) {
    open_line();
    offered();
    pass(900'000);
    EXPECT_EQ(times_reported(": the call has been in this state for 300 s"), 1u);
    EXPECT_TRUE(is_shown_as_stuck());
    EXPECT_EQ(entered(Tspi::lineDrop), 0u);
    provider().change_state(driver_, LINECALLSTATE_CONNECTED);
    pass(900'000);
    EXPECT_EQ(times_reported("the call has been in this state"), 1u)
        << "a call may be connected as long as people talk";
    EXPECT_FALSE(is_shown_as_stuck());
}

TEST_F(Reporting, R080_ACallThatWasDroppedAndDoesNotEndIsReportedInWhateverState) {
    open_line();
    dropped(offered());
    provider().change_state(driver_, LINECALLSTATE_DISCONNECTED);
    world.run_until_quiet();
    EXPECT_FALSE(reported(80));
    pass(900'000);
    EXPECT_EQ(times_reported(
                  "the call has been in this state for 300 s, and TSPI_lineDrop has succeeded 300 s ago"),
              1u);
    EXPECT_TRUE(reported(80));
    EXPECT_TRUE(is_shown_as_stuck());
    provider().change_state(driver_, LINECALLSTATE_IDLE);
    world.run_until_quiet();
    EXPECT_FALSE(is_shown_as_stuck());
}

TEST_F(Reporting, R080_ACallThatNobodyDroppedMayStayDisconnected) {
    open_line();
    offered();
    provider().change_state(driver_, LINECALLSTATE_DISCONNECTED);
    pass(900'000);
    EXPECT_FALSE(reported(80));
    EXPECT_FALSE(is_shown_as_stuck());
}

TEST_F(Reporting, R080_ADropThatFailsPromisesNothing) {
    open_line();
    const auto call = offered();
    provider().change_state(driver_, LINECALLSTATE_CONNECTED);
    const auto request = application.call(Arguments<Tapi::lineDrop>().with<"hCall">(call));
    ASSERT_GT(request, 0);
    provider().complete(static_cast<std::uint32_t>(request), as_result(LINEERR_OPERATIONFAILED));
    pass(900'000);
    EXPECT_FALSE(reported(80));
}

TEST_F(Cleaning, R080_ACallThatWasDroppedAndDoesNotEndIsEndedWithoutBeingDroppedAgain) {
    open_line();
    dropped(offered());
    provider().change_state(driver_, LINECALLSTATE_DISCONNECTED);
    pass(0);
    application.events.clear();
    pass(600'000);
    EXPECT_EQ(entered(Tspi::lineDrop), 1u);
    const auto idle = application.next(LINE_CALLSTATE);
    ASSERT_TRUE(idle);
    EXPECT_EQ(idle->fields.parameter1, LINECALLSTATE_IDLE) << "that it is disconnected was told before";
}

TEST_F(Cleaning, R062_ARequestThatDoesNotCompleteFailsAndItsCallIsClosedAlone) {
    open_line();
    const auto request = application.make_call(line);
    ASSERT_GT(request, 0);
    pass(120'000);
    const auto reply = application.next(LINE_REPLY);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->fields.parameter1, static_cast<std::uint64_t>(request));
    EXPECT_EQ(static_cast<std::int32_t>(reply->fields.parameter2), as_result(LINEERR_OPERATIONFAILED));
    EXPECT_EQ(entered(Tspi::lineCloseCall), 1u) << "the provider had made the call";
    EXPECT_EQ(entered(Tspi::lineDrop), 0u);
    EXPECT_TRUE(world_.snapshot().calls.empty());
}

TEST_F(Cleaning, ACompletionThatComesTooLateIsNoFault) {
    open_line();
    const auto call = offered();
    const auto request = application.call(Arguments<Tapi::lineAnswer>().with<"hCall">(call));
    ASSERT_GT(request, 0);
    provider().change_state(driver_, LINECALLSTATE_CONNECTED);
    pass(120'000);
    ASSERT_TRUE(application.next(LINE_REPLY));
    provider().complete(static_cast<std::uint32_t>(request), 0);
    world.run_until_quiet();
    EXPECT_FALSE(reported(46));
    EXPECT_FALSE(application.next(LINE_REPLY)) << "a request completes once";
}

TEST_F(Cleaning, ACallThatIsStuckIsDropped) {
    open_line();
    offered();
    while (entered(Tspi::lineDrop) == 0 && world.step()) continue;
    EXPECT_GE(world.now(), 300'000u);
    provider().change_state(driver_, LINECALLSTATE_IDLE);
    pass(600'000);
    const auto state = application.next(LINE_CALLSTATE);
    ASSERT_TRUE(state);
    EXPECT_EQ(entered(Tspi::lineDrop), 1u);
    EXPECT_FALSE(is_shown_as_stuck());
}

TEST_F(Cleaning, ACallThatTheProviderDoesNotDropEndsForItsApplications) {
    open_line();
    const auto call = offered();
    application.events.clear();
    pass(600'000);
    EXPECT_EQ(entered(Tspi::lineDrop), 1u);
    const auto disconnected = application.next(LINE_CALLSTATE);
    ASSERT_TRUE(disconnected);
    EXPECT_EQ(disconnected->fields.parameter1, LINECALLSTATE_DISCONNECTED);
    EXPECT_EQ(disconnected->fields.parameter2, LINEDISCONNECTMODE_UNREACHABLE);
    const auto idle = application.next(LINE_CALLSTATE);
    ASSERT_TRUE(idle);
    EXPECT_EQ(idle->fields.parameter1, LINECALLSTATE_IDLE);
    provider().change_state(driver_, LINECALLSTATE_CONNECTED);
    world.run_until_quiet();
    EXPECT_FALSE(application.next(LINE_CALLSTATE)) << "IDLE is final";
    EXPECT_FALSE(reported(210)) << "the service ended it, not the provider";
    EXPECT_EQ(application.call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(call)), 0);
    world.run_until_quiet();
    EXPECT_EQ(entered(Tspi::lineCloseCall), 1u);
}

} // namespace
} // namespace offhook::test
