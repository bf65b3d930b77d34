// SPDX-License-Identifier: Apache-2.0
//
// A provider is configured anew or removed while its session runs (R102, R104, R237).
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;
using core::Changeover;

constexpr core::ProviderId one{1}, two{2};

// Nothing comes by itself: a change waits for ever.
class ChangeoverWithoutTimes : public Rules {
  protected:
    ChangeoverWithoutTimes() : ChangeoverWithoutTimes({0, 0}) {}
    struct Times {
        std::uint32_t grace, drain; // milliseconds
    };
    explicit ChangeoverWithoutTimes(Times times) : Rules(with(times)) { install(); }

    std::uint32_t session(std::size_t provider = 0) {
        return world.core().snapshot().providers.at(provider).session;
    }
    std::string stage() { return world.core().snapshot().providers.at(0).changeover; }
    void change(Changeover when) {
        world.core().provider_changed(one, when);
        world.run_until_quiet();
    }
    std::int32_t drop(ScriptedApplication& application, std::uint32_t call) {
        const auto result = application.call(Arguments<Tapi::lineDrop>().with<"hCall">(call));
        world.run_until_quiet();
        return result;
    }
    // A call that is up, and its owner's handle.
    std::uint32_t call_of(ScriptedApplication& application, std::uint32_t line) {
        EXPECT_GT(application.make_call(line), 0);
        world.run_until_quiet();
        const auto reply = application.next(LINE_REPLY);
        EXPECT_TRUE(reply && reply->late_call);
        return reply && reply->late_call ? *reply->late_call : 0;
    }
    void close(ScriptedApplication& application, std::uint32_t line) {
        EXPECT_EQ(application.call(Arguments<Tapi::lineClose>().with<"hLine">(line)), 0);
        world.run_until_quiet();
    }

  private:
    static core::Configuration with(Times times) {
        core::Configuration chosen;
        chosen.changeover_grace = times.grace;
        chosen.changeover_drain = times.drain;
        return chosen;
    }
};
class ChangeoverWithTimes : public ChangeoverWithoutTimes {
  protected:
    ChangeoverWithTimes() : ChangeoverWithoutTimes({grace, drain}) {}
    static constexpr std::uint32_t grace = 60'000, drain = 30'000;
};

TEST_F(ChangeoverWithoutTimes, R102_AChangeOfAProviderThatNobodyUsesTakesEffectAtOnce) {
    ScriptedApplication application(world);
    application.initialise();
    const auto before = session();
    change(Changeover::when_unused);
    EXPECT_NE(session(), before);
    EXPECT_EQ(stage(), "none");
    EXPECT_FALSE(application.next(LINE_LINEDEVSTATE)); // nobody had to reinitialise
    application.open(LINECALLPRIVILEGE_OWNER);
}

TEST_F(ChangeoverWithoutTimes, R003_R102_R104_ARunningSessionKeepsItsConfigurationUntilItsLinesAreClosed) {
    ScriptedApplication application(world), bystander(world);
    application.initialise();
    bystander.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_OWNER);
    const auto call = call_of(application, line);
    const auto before = session();
    change(Changeover::when_unused);
    EXPECT_EQ(session(), before);
    EXPECT_EQ(stage(), "waiting");
    const auto reinit = application.next(LINE_LINEDEVSTATE);
    ASSERT_TRUE(reinit);
    EXPECT_EQ(reinit->fields.parameter1, LINEDEVSTATE_REINIT);
    EXPECT_EQ(reinit->fields.device, 0u);
    EXPECT_FALSE(bystander.next(LINE_LINEDEVSTATE));
    EXPECT_GT(drop(application, call), 0); // the call is not hindered
    EXPECT_EQ(session(), before);
    close(application, line);
    EXPECT_NE(session(), before);
    EXPECT_EQ(stage(), "none");
}

TEST_F(ChangeoverWithoutTimes, R237_WhoWasToldToReinitialiseIsRefusedUntilItHas) {
    ScriptedApplication application(world), other(world);
    application.initialise();
    other.initialise();
    application.open(LINECALLPRIVILEGE_OWNER);
    change(Changeover::when_unused);
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_OWNER), as_result(LINEERR_REINIT));
    const auto channel = world.open_channel(application.id());
    EXPECT_EQ(
        application.call(Arguments<Tapi::lineInitializeEx>().with<"lpdwAPIVersion">(abi::v2_2), channel),
        as_result(LINEERR_REINIT));
    const auto line = other.open(LINECALLPRIVILEGE_NONE); // it was not told: it is not held
    EXPECT_EQ(application.call(Arguments<Tapi::lineShutdown>().with<"hLineApp">(application.app())), 0);
    EXPECT_EQ(stage(), "waiting");
    application.initialise();
    application.open(LINECALLPRIVILEGE_NONE);
    close(other, line);
    EXPECT_EQ(stage(), "waiting");
}

TEST_F(ChangeoverWithoutTimes, R104_WhoOpensALineWhileAChangeWaitsIsToldToo) {
    ScriptedApplication application(world), later(world);
    application.initialise();
    later.initialise();
    application.open(LINECALLPRIVILEGE_OWNER);
    change(Changeover::when_unused);
    EXPECT_FALSE(later.next(LINE_LINEDEVSTATE));
    later.open(LINECALLPRIVILEGE_NONE, abi::v2_2, 1);
    world.run_until_quiet();
    const auto reinit = later.next(LINE_LINEDEVSTATE);
    ASSERT_TRUE(reinit);
    EXPECT_EQ(reinit->fields.parameter1, LINEDEVSTATE_REINIT);
    EXPECT_EQ(later.try_open(LINECALLPRIVILEGE_NONE), as_result(LINEERR_REINIT));
    change(Changeover::when_unused); // once is enough
    EXPECT_FALSE(later.next(LINE_LINEDEVSTATE));
}

// A device that comes frees who was told before: the change goes on waiting for it.
TEST_F(ChangeoverWithoutTimes, R104_ASecondChangeIsAnnouncedToWhomTheFirstHoldsNoMore) {
    ScriptedApplication application(world);
    application.initialise();
    application.open(LINECALLPRIVILEGE_OWNER);
    change(Changeover::when_unused);
    ASSERT_TRUE(application.next(LINE_LINEDEVSTATE));
    provider().event(LINE_CREATE, 0, 0, 1, 4711);
    world.run_until_quiet();
    application.open(LINECALLPRIVILEGE_NONE, abi::v2_2, behaviour.lines);
    world.run_until_quiet();
    EXPECT_TRUE(application.next(LINE_LINEDEVSTATE)); // by opening
    provider().event(LINE_CREATE, 0, 0, 1, 4712);
    world.run_until_quiet();
    change(Changeover::when_unused);
    EXPECT_TRUE(application.next(LINE_LINEDEVSTATE)); // by the change
}

TEST_F(ChangeoverWithoutTimes, R237_TheOldestAreHeldByADeviceThatComes) {
    ScriptedApplication old(world);
    old.initialise(abi::v1_3);
    provider().event(LINE_CREATE, 0, 0, 1, 4711);
    world.run_until_quiet();
    ASSERT_TRUE(old.next(LINE_LINEDEVSTATE));
    EXPECT_EQ(old.try_open(LINECALLPRIVILEGE_NONE, abi::v1_3), as_result(LINEERR_REINIT));
}

TEST_F(ChangeoverWithoutTimes, R237_OnlyTheChangedProviderIsHeld) {
    world.core().provider_added(two, "two", "/two.tsp");
    ScriptedApplication application(world);
    application.initialise();
    application.open(LINECALLPRIVILEGE_OWNER);
    const auto others = session(1);
    change(Changeover::when_unused);
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_OWNER), as_result(LINEERR_REINIT));
    application.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, behaviour.lines); // the first line of two
    world.core().provider_changed(one, Changeover::at_once);
    world.run_until_quiet();
    EXPECT_EQ(session(1), others);
}

TEST_F(ChangeoverWithoutTimes, R102_DrainingRefusesNewCallsAndEndsWithTheLast) {
    ScriptedApplication application(world), other(world);
    application.initialise();
    other.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_OWNER);
    const auto call = call_of(application, line);
    const auto before = session();
    change(Changeover::when_calls_end);
    EXPECT_EQ(stage(), "draining");
    EXPECT_EQ(application.make_call(line), as_result(LINEERR_RESOURCEUNAVAIL));
    EXPECT_EQ(other.try_open(LINECALLPRIVILEGE_OWNER), as_result(LINEERR_RESOURCEUNAVAIL));
    const auto dropped = entered(Tspi::lineDrop);
    provider().announce_call(LINECALLSTATE_OFFERING, LINEMEDIAMODE_INTERACTIVEVOICE);
    world.run_until_quiet();
    EXPECT_FALSE(application.next(LINE_APPNEWCALL));
    EXPECT_EQ(entered(Tspi::lineDrop), dropped + 1); // who calls is turned away
    EXPECT_EQ(session(), before);
    application.events.clear();
    EXPECT_GT(drop(application, call), 0); // it is idle, though nobody has deallocated it
    EXPECT_NE(session(), before);
    EXPECT_TRUE(application.next(LINE_CALLSTATE));
    EXPECT_TRUE(application.next(LINE_CLOSE));
    EXPECT_TRUE(application.next(LINE_CREATE)); // the line is back
    application.open(LINECALLPRIVILEGE_OWNER);
}

TEST_F(ChangeoverWithoutTimes, R102_DrainingWithoutCallsEndsTheSessionAtOnce) {
    ScriptedApplication application(world);
    application.initialise();
    application.open(LINECALLPRIVILEGE_OWNER);
    const auto before = session();
    change(Changeover::when_calls_end);
    EXPECT_NE(session(), before);
}

TEST_F(ChangeoverWithoutTimes, R102_ACallThatIsUpMayStillBeTransferredWhileTheSessionDrains) {
    ScriptedApplication application(world);
    application.initialise();
    const auto call = call_of(application, application.open(LINECALLPRIVILEGE_OWNER));
    change(Changeover::when_calls_end);
    EXPECT_GT(application.call(Arguments<Tapi::lineSetupTransfer>().with<"hCall">(call)), 0);
}

TEST_F(ChangeoverWithoutTimes, R102_AChangeAtOnceEndsTheCalls) {
    ScriptedApplication application(world);
    application.initialise();
    call_of(application, application.open(LINECALLPRIVILEGE_OWNER));
    const auto before = session();
    change(Changeover::at_once);
    EXPECT_NE(session(), before);
    EXPECT_TRUE(application.next(LINE_CLOSE));
}

TEST_F(ChangeoverWithoutTimes, R002_WhatIsOpenIsClosedBeforeTheShutdown) {
    ScriptedApplication application(world);
    application.initialise();
    application.open(LINECALLPRIVILEGE_OWNER);
    auto& before = provider();
    world.core().provider_changed(one, Changeover::at_once);
    std::vector<Tspi> calls;
    while (std::count(calls.begin(), calls.end(), Tspi::providerShutdown) == 0 && world.step())
        calls = before.received_calls();
    const auto closed = std::find(calls.begin(), calls.end(), Tspi::lineClose);
    EXPECT_LT(closed, std::find(calls.begin(), calls.end(), Tspi::providerShutdown));
    EXPECT_EQ(calls.back(), Tspi::providerShutdown);
}

TEST_F(ChangeoverWithoutTimes, R092_R093_R102_ARemovedProvidersLinesGoWithItsSession) {
    ScriptedApplication current(world), old(world);
    current.initialise();
    old.initialise(abi::v1_4);
    const auto line = current.open(LINECALLPRIVILEGE_OWNER);
    old.open(LINECALLPRIVILEGE_NONE, abi::v1_4);
    const auto call = call_of(current, line);
    world.core().provider_removed(one, Changeover::when_unused);
    world.run_until_quiet();
    EXPECT_TRUE(world.core().snapshot().providers.at(0).removed);
    EXPECT_GT(drop(current, call), 0); // the call survives the removal
    current.events.clear();
    old.events.clear();
    world.core().provider_removed(one, Changeover::at_once);
    world.run_until_quiet();
    EXPECT_TRUE(world.core().snapshot().providers.empty());
    EXPECT_EQ(world.hosts(), 0u);
    EXPECT_TRUE(current.next(LINE_CLOSE));
    EXPECT_EQ(current.next(LINE_REMOVE)->fields.parameter1, 0u);
    EXPECT_EQ(current.next(LINE_REMOVE)->fields.parameter1, 1u);
    EXPECT_EQ(old.next(LINE_LINEDEVSTATE)->fields.parameter1, LINEDEVSTATE_REMOVED);
    EXPECT_TRUE(old.next(LINE_CLOSE));
    EXPECT_EQ(current.try_open(LINECALLPRIVILEGE_NONE), as_result(LINEERR_NODEVICE));
    EXPECT_TRUE(world.core().snapshot().lines.empty());
}

TEST_F(ChangeoverWithoutTimes, R092_LinesThatANewConfigurationHasNoMoreAreRemoved) {
    ScriptedApplication application(world);
    application.initialise();
    behaviour.lines = 1;
    change(Changeover::when_unused);
    EXPECT_EQ(application.next(LINE_REMOVE)->fields.parameter1, 1u);
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_NONE, abi::v2_2, 1), as_result(LINEERR_NODEVICE));
    application.open(LINECALLPRIVILEGE_NONE);
}

TEST_F(ChangeoverWithoutTimes, R102_PeopleSeeWhatAChangeWaitsFor) {
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_OWNER);
    call_of(application, line);
    change(Changeover::when_unused);
    const auto shown = world.core().snapshot().providers.at(0);
    ASSERT_EQ(shown.used_by.size(), 1u);
    EXPECT_EQ(shown.used_by[0].application, application.id());
    EXPECT_EQ(shown.used_by[0].devices, 1u);
    EXPECT_EQ(shown.used_by[0].calls, 1u);
}

TEST_F(ChangeoverWithoutTimes, R102_CallsThatAreIdleHoldNothingUp) {
    ScriptedApplication application(world), idle(world);
    application.initialise();
    idle.initialise();
    const auto call = call_of(application, application.open(LINECALLPRIVILEGE_OWNER));
    const auto ended = call_of(idle, idle.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, 1));
    EXPECT_GT(drop(idle, ended), 0);
    const auto before = session();
    change(Changeover::when_calls_end);
    EXPECT_EQ(stage(), "draining");
    const auto shown = world.core().snapshot().providers.at(0); // it waits for the one call alone
    ASSERT_EQ(shown.used_by.size(), 1u);
    EXPECT_EQ(shown.used_by[0].application, application.id());
    EXPECT_EQ(shown.used_by[0].calls, 1u);
    EXPECT_GT(drop(application, call), 0);
    EXPECT_NE(session(), before);
}

TEST_F(ChangeoverWithoutTimes, R102_OnlyIdleCallsAreNothingToWaitFor) {
    ScriptedApplication application(world);
    application.initialise();
    const auto call = call_of(application, application.open(LINECALLPRIVILEGE_OWNER));
    EXPECT_GT(drop(application, call), 0);
    const auto before = session();
    change(Changeover::when_calls_end);
    EXPECT_NE(session(), before);
}

TEST_F(ChangeoverWithTimes, R102_AfterTheGraceTheSessionDrainsAndThenEnds) {
    ScriptedApplication application(world);
    application.initialise();
    call_of(application, application.open(LINECALLPRIVILEGE_OWNER));
    const auto before = session();
    const auto begun = world.now();
    world.core().provider_changed(one, Changeover::when_unused);
    EXPECT_EQ(world.core().snapshot().providers.at(0).changeover_in, grace);
    while (stage() == "waiting" && world.step()) {
    }
    EXPECT_EQ(stage(), "draining");
    EXPECT_EQ(world.now(), begun + grace);
    while (session() == before && world.step()) {
    }
    EXPECT_GE(world.now(), begun + grace + drain);
    world.run_until_quiet();
    EXPECT_EQ(stage(), "none");
    EXPECT_TRUE(application.next(LINE_CREATE));
}

TEST_F(ChangeoverWithTimes, R102_ASessionThatEndsInTimeTakesTheTimersWithIt) {
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_OWNER);
    world.core().provider_changed(one, Changeover::when_unused);
    close(application, line);
    EXPECT_LT(world.now(), grace);
    EXPECT_EQ(stage(), "none");
    EXPECT_TRUE(world.log_lines().empty()) << world.log_lines().front();
}

} // namespace
} // namespace offhook::test
