// SPDX-License-Identifier: Apache-2.0
//
// One test for each rule that can be shown in a few steps; the simulation shows that none breaks in any other
// order.
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

constexpr auto voice = LINEMEDIAMODE_INTERACTIVEVOICE;

TEST_F(Rules, R002_R009_R016_NegotiateEnumerateInitialiseOperateShutDown) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const std::vector<Tspi> expected{Tspi::lineNegotiateTSPIVersion, Tspi::providerEnumDevices,
                                     Tspi::providerInit};
    EXPECT_EQ(provider().received_calls(), expected);
    const auto line = application.open(LINECALLPRIVILEGE_OWNER);
    (void)line;
    std::vector<Tspi> last;
    application.submit(Arguments<Tapi::lineShutdown>().with<"hLineApp">(application.app()));
    while (world.hosts() != 0 && world.step())
        if (auto* host = dynamic_cast<ProviderModel*>(world.host(1u << 20))) last = host->received_calls();
    ASSERT_GE(last.size(), 2u);
    EXPECT_EQ(last[last.size() - 2], Tspi::lineClose);
    EXPECT_EQ(last.back(), Tspi::providerShutdown);
}

TEST_F(Rules, R004_TwoApplicationsShareOneSession) {
    install();
    ScriptedApplication first(world), second(world);
    first.initialise();
    second.initialise();
    EXPECT_EQ(world.hosts(), 1u);
    EXPECT_EQ(entered(Tspi::providerInit), 1u);
}

TEST_F(Rules, R005_InitialisationDoesNotWaitForAProviderThatHangs) {
    install();
    ScriptedApplication application(world);
    const auto channel = world.open_channel(application.id());
    application.submit(Arguments<Tapi::lineInitializeEx>().with<"lpdwAPIVersion">(abi::v2_2), channel);
    while (world.hosts() == 0 && world.step()) {
    }
    provider().hang();
    while (!application.answered() && world.step()) {
    }
    EXPECT_TRUE(application.answered());
    EXPECT_LE(world.now(), configuration.initialise_patience + 10);
}

TEST_F(Rules, R006_WhatAnApplicationLeavesBehindConcernsNobodyElse) {
    install();
    ScriptedApplication application(world), other(world);
    application.initialise();
    other.initialise();
    application.open(LINECALLPRIVILEGE_OWNER);
    EXPECT_GT(other.make_call(other.open(LINECALLPRIVILEGE_NONE)), 0);
    world.run_until_quiet();
    const auto call = other.next(LINE_REPLY)->late_call.value_or(0);
    const auto session = world.core().snapshot().providers.at(0).session;
    world.disconnect(application.id());
    world.run_until_quiet();
    EXPECT_EQ(world.core().snapshot().providers.at(0).session, session);
    EXPECT_GT(other.call(Arguments<Tapi::lineDrop>().with<"hCall">(call)), 0);
}

TEST_F(Rules, R017_AVersionOutOfTheRangeEndsTheSession) {
    behaviour.defect = Defect::version_out_of_range;
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_TRUE(reported(17));
    EXPECT_EQ(world.core().snapshot().providers.at(0).stage, "waiting to retry");
}

TEST_F(Rules, R009_NothingIsAskedOfALineBeforeItsProviderIsInitialised) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto before = world.core().snapshot().providers.at(0).session;
    world.host_dies(before);
    while (world.core().snapshot().providers.at(0).stage != "starting" && world.step()) {
    }
    provider().hang();
    while (world.core().snapshot().providers.at(0).stage != "negotiating" && world.step()) {
    }
    application.submit(Arguments<Tapi::lineGetDevCaps>()
                           .with<"hLineApp">(application.app())
                           .with<"dwAPIVersion">(abi::v2_2)
                           .with<"lpLineDevCaps">(1000));
    world.run_until_quiet();
    provider().release();
    world.run_until_quiet();
    const auto& calls = provider().received_calls();
    EXPECT_EQ(std::count(calls.begin(), calls.end(), Tspi::lineGetDevCaps), 0);
    EXPECT_EQ(std::count(calls.begin(), calls.end(), Tspi::providerInit), 1);
    EXPECT_TRUE(application.answered());
}

TEST_F(Rules, R018_DisjointRangesGiveAnError) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(application.call(Arguments<Tapi::lineNegotiateAPIVersion>()
                                   .with<"hLineApp">(application.app())
                                   .with<"dwAPILowVersion">(abi::v3_0)
                                   .with<"dwAPIHighVersion">(abi::v3_1)),
              as_result(LINEERR_INCOMPATIBLEAPIVERSION));
}

TEST_F(Rules, R019_NegotiationCommitsNothing) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    for (const auto high : {abi::v2_0, abi::v1_4, abi::v2_2}) {
        EXPECT_EQ(application.call(Arguments<Tapi::lineNegotiateAPIVersion>()
                                       .with<"hLineApp">(application.app())
                                       .with<"dwAPILowVersion">(abi::v1_3)
                                       .with<"dwAPIHighVersion">(high)),
                  0);
        EXPECT_EQ((application.output<Tapi::lineNegotiateAPIVersion, "lpdwAPIVersion">()), high);
    }
}

TEST_F(Rules, R025_AProviderWithoutExtensionsHasTheIdentityOfZeros) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    provider().refuse(Tspi::lineGetExtensionID);
    EXPECT_EQ(application.call(Arguments<Tapi::lineNegotiateAPIVersion>()
                                   .with<"hLineApp">(application.app())
                                   .with<"dwAPILowVersion">(abi::v1_3)
                                   .with<"dwAPIHighVersion">(abi::v2_2)),
              0);
    const auto id = application.bytes<Tapi::lineNegotiateAPIVersion, "lpExtensionID">();
    ASSERT_EQ(id.size(), sizeof(LINEEXTENSIONID));
    EXPECT_EQ(std::count(id.begin(), id.end(), std::byte{0}), static_cast<std::ptrdiff_t>(id.size()));
}

TEST_F(Rules, R031_AStructureSmallerThanItsVersionIsRefused) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto caps = [&](std::uint32_t version, std::uint32_t total) {
        return application.call(Arguments<Tapi::lineGetDevCaps>()
                                    .with<"hLineApp">(application.app())
                                    .with<"dwAPIVersion">(version)
                                    .with<"lpLineDevCaps">(total));
    };
    EXPECT_EQ(caps(abi::v1_4, 240), 0);
    EXPECT_EQ(caps(abi::v2_2, 240), as_result(LINEERR_STRUCTURETOOSMALL));
    EXPECT_EQ(caps(abi::v2_2, 268), 0);
}

TEST_F(Rules, R041_HandlesOfAnotherApplicationAreWorthNothing) {
    install();
    ScriptedApplication owner(world), thief(world);
    owner.initialise();
    thief.initialise();
    const auto line = owner.open(LINECALLPRIVILEGE_OWNER);
    EXPECT_EQ(thief.make_call(line), as_result(LINEERR_INVALLINEHANDLE));
    EXPECT_EQ(thief.call(Arguments<Tapi::lineShutdown>().with<"hLineApp">(owner.app())),
              as_result(LINEERR_INVALAPPHANDLE));
    EXPECT_EQ(entered(Tspi::lineMakeCall), 0u);
}

TEST_F(Rules, R043_AForeignRequestIdIsAFault) {
    behaviour.defect = Defect::foreign_request_id;
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(application.make_call(application.open(LINECALLPRIVILEGE_NONE)),
              as_result(LINEERR_OPERATIONFAILED));
    EXPECT_TRUE(reported(43));
}

TEST_F(Rules, R046_ASecondCompletionIsReportedAndIgnored) {
    behaviour.defect = Defect::completes_twice;
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_GT(application.make_call(application.open(LINECALLPRIVILEGE_NONE)), 0);
    world.run_until_quiet();
    EXPECT_TRUE(application.next(LINE_REPLY));
    EXPECT_FALSE(application.next(LINE_REPLY));
    EXPECT_TRUE(reported(46));
}

TEST_F(Rules, R047_R048_R063_R066_EarlyCompletionIsSeenAfterTheReturnAndBeforeTheStates) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto request = application.make_call(application.open(LINECALLPRIVILEGE_NONE));
    EXPECT_GT(request, 0);
    world.run_until_quiet();
    ASSERT_GE(application.events.size(), 2u);
    EXPECT_EQ(application.events[0].message, static_cast<std::uint32_t>(LINE_REPLY));
    EXPECT_EQ(application.events[0].fields.parameter1, static_cast<std::uint64_t>(request));
    EXPECT_EQ(application.events[1].message, static_cast<std::uint32_t>(LINE_CALLSTATE));
    EXPECT_EQ(application.events[1].fields.device, application.events[0].late_call);
}

TEST_F(Rules, R060_ANullLineHandleIsRejected) {
    behaviour.defect = Defect::null_line_handle;
    install();
    ScriptedApplication application(world);
    application.initialise();
    // Nobody could ever close it: only the session's end does.
    EXPECT_LT(application.try_open(LINECALLPRIVILEGE_NONE), 0);
    EXPECT_TRUE(reported(60));
    EXPECT_EQ(world.core().snapshot().providers.at(0).stage, "waiting to retry");
}

TEST_F(Rules, R060_ANullCallHandleFailsTheRequest) {
    behaviour.defect = Defect::null_call_handle;
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_GT(application.make_call(application.open(LINECALLPRIVILEGE_NONE)), 0);
    world.run_until_quiet();
    const auto reply = application.next(LINE_REPLY);
    ASSERT_TRUE(reply);
    EXPECT_EQ(static_cast<std::int32_t>(reply->fields.parameter2), as_result(LINEERR_OPERATIONFAILED));
    EXPECT_TRUE(reported(60));
    EXPECT_TRUE(world.core().snapshot().calls.empty());
}

TEST_F(Rules, R064_AFailedCreationIsForgottenWithoutAClose) {
    behaviour.completion = Completion::when_told;
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_GT(application.make_call(application.open(LINECALLPRIVILEGE_NONE)), 0);
    ASSERT_EQ(provider().unfinished().size(), 1u);
    provider().complete(provider().unfinished()[0], as_result(LINEERR_CALLUNAVAIL));
    world.run_until_quiet();
    EXPECT_EQ(static_cast<std::int32_t>(application.next(LINE_REPLY)->fields.parameter2),
              as_result(LINEERR_CALLUNAVAIL));
    EXPECT_TRUE(world.core().snapshot().calls.empty());
    EXPECT_EQ(entered(Tspi::lineCloseCall), 0u);
}

TEST_F(Rules, R065_ClosingTheLineClosesAPendingCall) {
    behaviour.completion = Completion::when_told;
    install();
    ScriptedApplication application(world), other(world);
    application.initialise();
    other.initialise();
    other.open(LINECALLPRIVILEGE_NONE); // the line stays open
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    EXPECT_GT(application.make_call(line), 0);
    EXPECT_EQ(application.call(Arguments<Tapi::lineClose>().with<"hLine">(line)), 0);
    world.run_until_quiet();
    EXPECT_EQ(entered(Tspi::lineCloseCall), 1u);
    EXPECT_EQ(static_cast<std::int32_t>(application.next(LINE_REPLY)->fields.parameter2),
              as_result(LINEERR_OPERATIONFAILED));
}

struct CallUp {
    std::uint32_t line = 0;
    std::uint32_t call = 0;
};

CallUp call_up(World& world, ScriptedApplication& application,
               std::uint32_t privileges = LINECALLPRIVILEGE_NONE) {
    const auto line = application.open(privileges);
    EXPECT_GT(application.make_call(line), 0);
    world.run_until_quiet();
    const auto reply = application.next(LINE_REPLY);
    EXPECT_TRUE(reply && reply->late_call);
    return {line, reply->late_call.value_or(0)};
}

TEST_F(Rules, R067_R068_AnIdleCallCanBeAskedUntilItIsDeallocated) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto [line, call] = call_up(world, application);
    EXPECT_GT(application.call(Arguments<Tapi::lineDrop>().with<"hCall">(call)), 0);
    world.run_until_quiet();
    const auto ask = [&, handle = call] {
        return application.call(
            Arguments<Tapi::lineGetCallStatus>().with<"hCall">(handle).with<"lpCallStatus">(
                sizeof(LINECALLSTATUS)));
    };
    EXPECT_EQ(ask(), 0);
    EXPECT_EQ(application.call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(call)), 0);
    EXPECT_EQ(ask(), as_result(LINEERR_INVALCALLHANDLE));
    world.run_until_quiet();
    EXPECT_EQ(entered(Tspi::lineCloseCall), 1u);
}

TEST_F(Rules, R069_ClosingALineEndsItsCallHandlesAtOnce) {
    install();
    ScriptedApplication application(world), other(world);
    application.initialise();
    other.initialise();
    other.open(LINECALLPRIVILEGE_NONE); // the line stays open
    const auto [line, call] = call_up(world, application);
    EXPECT_EQ(application.call(Arguments<Tapi::lineClose>().with<"hLine">(line)), 0);
    EXPECT_EQ(application.call(Arguments<Tapi::lineGetCallStatus>().with<"hCall">(call).with<"lpCallStatus">(
                  sizeof(LINECALLSTATUS))),
              as_result(LINEERR_INVALCALLHANDLE));
}

TEST_F(Rules, R072_WithoutCreditTheHostHasNoHandleToGive) {
    configuration.call_credit = 64;
    install();
    ScriptedApplication application(world);
    application.initialise();
    application.open(LINECALLPRIVILEGE_OWNER);
    world.run_until_quiet();
    std::size_t announced = 0;
    while (announced < 1'000 && provider().announce_call(LINECALLSTATE_OFFERING, voice) != 0) ++announced;
    EXPECT_EQ(announced, 64u); // and no more until the service has granted new ones
    world.run_until_quiet();
    EXPECT_NE(provider().announce_call(LINECALLSTATE_OFFERING, voice), 0u);
}

TEST_F(Rules, R074_CallsPresentAtOpenAreOffered) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    application.submit(Arguments<Tapi::lineOpen>()
                           .with<"hLineApp">(application.app())
                           .with<"dwAPIVersion">(abi::v2_2)
                           .with<"dwPrivileges">(LINECALLPRIVILEGE_OWNER)
                           .with<"dwMediaModes">(voice));
    while (provider().any_line() == 0 && world.step()) {
    }
    ASSERT_FALSE(application.answered()); // the provider has the line open, the application not yet
    provider().announce_call(LINECALLSTATE_CONNECTED, voice);
    world.run_until_quiet();
    EXPECT_TRUE(application.answered());
    const auto arrived = application.next(LINE_APPNEWCALL);
    ASSERT_TRUE(arrived);
    EXPECT_EQ(arrived->fields.parameter3, LINECALLPRIVILEGE_OWNER);
}

TEST_F(Rules, R076_R077_TheSoleOwnersCloseDropsThenClosesTheCall) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto [line, call] = call_up(world, application);
    EXPECT_EQ(application.call(Arguments<Tapi::lineClose>().with<"hLine">(line)), 0);
    const auto& calls = provider().received_calls();
    ASSERT_GE(calls.size(), 3u);
    const std::vector<Tspi> last(calls.end() - 3, calls.end());
    const std::vector<Tspi> expected{Tspi::lineDrop, Tspi::lineCloseCall, Tspi::lineClose};
    EXPECT_EQ(last, expected);
}

TEST_F(Rules, R078_ARequestThatACloseForgetsIsCompletedAllTheSame) {
    behaviour.completion = Completion::when_told;
    behaviour.defect = Defect::forgets_on_close;
    install();
    ScriptedApplication application(world), other(world);
    application.initialise();
    other.initialise();
    other.open(LINECALLPRIVILEGE_NONE);
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    EXPECT_GT(application.make_call(line), 0);
    EXPECT_EQ(application.call(Arguments<Tapi::lineClose>().with<"hLine">(line)), 0);
    world.run_until_quiet();
    EXPECT_TRUE(application.next(LINE_REPLY));
    EXPECT_TRUE(reported(78));
}

TEST_F(Rules, R078_AClosingThatIsLostWithItsSessionIsNoFaultOfIt) {
    install();
    ScriptedApplication application(world), other(world);
    application.initialise();
    other.initialise();
    const auto others = other.open(LINECALLPRIVILEGE_NONE);
    const auto [line, call] = call_up(world, application);
    provider().hang();
    // Two calls that return leave their places in such an order that the drop is not what is given up first.
    for (int i = 0; i < 2; ++i)
        other.submit(Arguments<Tapi::lineGetLineDevStatus>().with<"hLine">(others).with<"lpLineDevStatus">(
            sizeof(LINEDEVSTATUS)));
    world.run_until_quiet();
    provider().release();
    world.run_until_quiet();
    provider().hang();
    application.submit(Arguments<Tapi::lineClose>().with<"hLine">(line));
    world.run_until_quiet();
    world.host_dies(world.core().snapshot().providers.at(0).session);
    world.run_until_quiet();
    EXPECT_FALSE(reported(78));
}

TEST_F(Rules, R083_ARequestThatLineCloseForgetsIsCompletedAllTheSame) {
    behaviour.completion = Completion::when_told;
    behaviour.defect = Defect::forgets_on_close;
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    provider().hang(); // so that the line is closed before lineMakeCall has returned
    application.submit(Arguments<Tapi::lineMakeCall>().with<"hLine">(line));
    application.submit(Arguments<Tapi::lineClose>().with<"hLine">(line));
    world.run_until_quiet();
    provider().release();
    world.run_until_quiet();
    EXPECT_TRUE(application.answered());
    EXPECT_TRUE(application.next(LINE_REPLY));
    EXPECT_TRUE(reported(83));
}

TEST_F(Rules, R079_WhileOthersHoldTheCallTheProviderHearsNothing) {
    install();
    ScriptedApplication application(world), monitor(world);
    application.initialise();
    monitor.initialise();
    monitor.open(LINECALLPRIVILEGE_MONITOR);
    const auto [line, call] = call_up(world, application);
    const auto before = provider().received_calls().size();
    EXPECT_EQ(application.call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(call)), 0);
    world.run_until_quiet();
    EXPECT_EQ(provider().received_calls().size(), before);
}

TEST_F(Rules, R086_AForcedCloseInvalidatesTheLine) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_OWNER);
    provider().event(LINE_CLOSE, provider().any_line(), 0);
    world.run_until_quiet();
    const auto closed = application.next(LINE_CLOSE);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->fields.device, line);
    EXPECT_EQ(application.make_call(line), as_result(LINEERR_INVALLINEHANDLE));
    EXPECT_EQ(entered(Tspi::lineClose), 1u);
}

TEST_F(Rules, R087_R147_ACallThatNobodyGetsIsDropped) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    application.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, 0, LINEMEDIAMODE_DATAMODEM);
    provider().announce_call(LINECALLSTATE_OFFERING, voice);
    world.run_until_quiet();
    EXPECT_TRUE(application.events.empty());
    EXPECT_EQ(entered(Tspi::lineDrop), 1u);
    EXPECT_EQ(entered(Tspi::lineCloseCall), 1u);
}

TEST_F(Rules, R090_R091_ALineThatComesBackIsAnnouncedInTheFormOfTheVersion) {
    install();
    ScriptedApplication today(world), old(world);
    today.initialise(abi::v2_2);
    old.initialise(abi::v1_3);
    world.host_dies(world.core().snapshot().providers.at(0).session);
    while (world.core().snapshot().providers.at(0).stage != "running" && world.step()) {
    }
    world.run_until_quiet();
    const auto created = today.next(LINE_CREATE);
    ASSERT_TRUE(created);
    EXPECT_EQ(created->fields.parameter1, 0u); // the same device identifier as before
    const auto reinit = old.next(LINE_LINEDEVSTATE);
    ASSERT_TRUE(reinit);
    EXPECT_EQ(reinit->fields.parameter1, LINEDEVSTATE_REINIT);
    EXPECT_EQ(reinit->fields.parameter2, static_cast<std::uint64_t>(LINE_CREATE));
}

TEST_F(Rules, R111_R113_OnlyOwnersOfTheMediaModeAreOfferedACall) {
    install();
    ScriptedApplication none(world), data(world), owner(world);
    for (auto* application : {&none, &data, &owner}) application->initialise();
    none.open(LINECALLPRIVILEGE_NONE);
    data.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, 0, LINEMEDIAMODE_DATAMODEM);
    owner.open(LINECALLPRIVILEGE_OWNER);
    provider().announce_call(LINECALLSTATE_OFFERING, voice);
    world.run_until_quiet();
    EXPECT_TRUE(none.events.empty());
    EXPECT_TRUE(data.events.empty());
    EXPECT_TRUE(owner.next(LINE_APPNEWCALL));
}

TEST_F(Rules, R112_R131_MonitorsLearnOfACallThatAnApplicationMade) {
    install();
    ScriptedApplication application(world), monitor(world);
    application.initialise();
    monitor.initialise();
    monitor.open(LINECALLPRIVILEGE_MONITOR);
    call_up(world, application);
    const auto arrived = monitor.next(LINE_APPNEWCALL);
    ASSERT_TRUE(arrived);
    EXPECT_EQ(arrived->fields.parameter3, LINECALLPRIVILEGE_MONITOR);
    const auto state = monitor.next(LINE_CALLSTATE);
    ASSERT_TRUE(state);
    EXPECT_EQ(state->fields.parameter1, LINECALLSTATE_UNKNOWN);
    EXPECT_EQ(monitor.next(LINE_CALLSTATE)->fields.parameter1, LINECALLSTATE_DIALING);
}

TEST_F(Rules, R114_PrivilegesThatDoNotCombineAreRefused) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_NONE | LINECALLPRIVILEGE_OWNER),
              as_result(LINEERR_INVALPRIVSELECT));
    EXPECT_EQ(application.try_open(0), as_result(LINEERR_INVALPRIVSELECT));
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_MONITOR | LINECALLPRIVILEGE_OWNER), 0);
}

TEST_F(Rules, R115_R116_WhoMakesACallOwnsItAndAMonitorMayNotChangeIt) {
    install();
    ScriptedApplication application(world), monitor(world);
    application.initialise();
    monitor.initialise();
    monitor.open(LINECALLPRIVILEGE_MONITOR);
    const auto [line, call] = call_up(world, application, LINECALLPRIVILEGE_NONE);
    const auto monitored = static_cast<std::uint32_t>(monitor.next(LINE_APPNEWCALL)->fields.parameter2);
    EXPECT_EQ(monitor.call(Arguments<Tapi::lineDrop>().with<"hCall">(monitored)),
              as_result(LINEERR_NOTOWNER));
    EXPECT_EQ(entered(Tspi::lineDrop), 0u);
    EXPECT_GT(application.call(Arguments<Tapi::lineDrop>().with<"hCall">(call)), 0);
}

TEST_F(Rules, R118_R119_R126_R146_PrivilegesCanBeRaisedAndTheOthersHearOfIt) {
    install();
    ScriptedApplication application(world), monitor(world);
    application.initialise();
    monitor.initialise();
    monitor.open(LINECALLPRIVILEGE_MONITOR);
    const auto [line, call] = call_up(world, application);
    const auto monitored = static_cast<std::uint32_t>(monitor.next(LINE_APPNEWCALL)->fields.parameter2);
    const auto set = [](ScriptedApplication& by, std::uint32_t handle, std::uint32_t privilege) {
        return by.call(
            Arguments<Tapi::lineSetCallPrivilege>().with<"hCall">(handle).with<"dwCallPrivilege">(privilege));
    };
    EXPECT_EQ(set(application, call, LINECALLPRIVILEGE_MONITOR), as_result(LINEERR_INVALCALLSTATE));
    monitor.events.clear();
    EXPECT_EQ(set(monitor, monitored, LINECALLPRIVILEGE_OWNER), 0);
    world.run_until_quiet();
    const auto changed = application.next(LINE_CALLINFO);
    ASSERT_TRUE(changed);
    EXPECT_NE(changed->fields.parameter1 & LINECALLINFOSTATE_NUMOWNERINCR, 0u);
    EXPECT_FALSE(monitor.next(LINE_CALLINFO));
    EXPECT_EQ(set(application, call, LINECALLPRIVILEGE_MONITOR), 0);
}

TEST_F(Rules, R120_Below20TheSoleOwnerKeepsALiveCall) {
    install();
    ScriptedApplication application(world);
    application.initialise(abi::v1_4);
    const auto line = application.open(LINECALLPRIVILEGE_NONE, abi::v1_4);
    EXPECT_GT(application.make_call(line), 0);
    world.run_until_quiet();
    const auto call = application.next(LINE_REPLY)->late_call.value_or(0);
    EXPECT_EQ(application.call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(call)),
              as_result(LINEERR_INVALCALLSTATE));
}

TEST_F(Rules, R121_R122_CallsThatExistAreHadByAskingOnce) {
    install();
    ScriptedApplication application(world), late(world);
    application.initialise();
    late.initialise();
    call_up(world, application);
    const auto line = late.open(LINECALLPRIVILEGE_MONITOR);
    world.run_until_quiet();
    EXPECT_TRUE(late.events.empty());
    const auto count = [&] {
        EXPECT_EQ(late.call(Arguments<Tapi::lineGetNewCalls>()
                                .with<"hLine">(line)
                                .with<"dwSelect">(LINECALLSELECT_LINE)
                                .with<"lpCallList">(256)),
                  0);
        LINECALLLIST list{};
        std::memcpy(&list, late.bytes<Tapi::lineGetNewCalls, "lpCallList">().data(), sizeof list);
        return list.dwCallsNumEntries;
    };
    EXPECT_EQ(count(), 1u);
    EXPECT_EQ(count(), 0u);
}

TEST_F(Rules, R125_LineMapperNeverReachesTheProvider) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_NONE, abi::v2_2, LINEMAPPER);
    std::vector<std::byte> expected;
    EXPECT_EQ(application.call(Arguments<Tapi::lineGetID>()
                                   .with<"hLine">(line)
                                   .with<"dwSelect">(LINECALLSELECT_LINE)
                                   .with<"lpDeviceID">(64)
                                   .with<"lpszDeviceClass">(
                                       core::bytes_value(std::as_bytes(std::span(u"TAPI/Line").first<9>())))),
              0);
    const auto id = application.bytes<Tapi::lineGetID, "lpDeviceID">();
    ASSERT_EQ(id.size(), sizeof(VARSTRING) + sizeof(std::uint32_t));
    EXPECT_EQ(id.back(), std::byte{0}); // device 0
}

TEST_F(Rules, R128_R129_TheFirstStateCarriesThePrivilegeAndOnlyModernApplicationsGetAppNewCall) {
    install();
    ScriptedApplication today(world), old(world);
    today.initialise();
    old.initialise(abi::v1_4);
    today.open(LINECALLPRIVILEGE_OWNER);
    old.open(LINECALLPRIVILEGE_MONITOR, abi::v1_4);
    const auto call = provider().announce_call(LINECALLSTATE_OFFERING, voice);
    provider().change_state(call, LINECALLSTATE_CONNECTED);
    world.run_until_quiet();
    EXPECT_EQ(today.events.front().message, static_cast<std::uint32_t>(LINE_APPNEWCALL));
    EXPECT_EQ(today.next(LINE_CALLSTATE)->fields.parameter3, LINECALLPRIVILEGE_OWNER);
    EXPECT_EQ(today.next(LINE_CALLSTATE)->fields.parameter3, 0u);
    EXPECT_EQ(old.events.front().message, static_cast<std::uint32_t>(LINE_CALLSTATE));
    EXPECT_EQ(old.events.front().fields.parameter3, LINECALLPRIVILEGE_MONITOR);
}

TEST_F(Rules, R210_NothingFollowsIdle) {
    behaviour.defect = Defect::state_after_idle;
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto [line, call] = call_up(world, application);
    EXPECT_GT(application.call(Arguments<Tapi::lineDrop>().with<"hCall">(call)), 0);
    world.run_until_quiet();
    std::uint64_t last = 0;
    while (const auto state = application.next(LINE_CALLSTATE)) last = state->fields.parameter1;
    EXPECT_EQ(last, LINECALLSTATE_IDLE);
    EXPECT_TRUE(reported(210));
}

TEST_F(Rules, R211_TwoStatesAtOnceAreRejected) {
    behaviour.defect = Defect::two_states;
    install();
    ScriptedApplication application(world);
    application.initialise();
    call_up(world, application);
    EXPECT_FALSE(application.next(LINE_CALLSTATE));
    EXPECT_TRUE(reported(211));
}

TEST_F(Rules, R235_R236_StatusMessagesGoToThoseWhoAskedForThem) {
    install();
    ScriptedApplication asking(world), silent(world);
    asking.initialise();
    silent.initialise();
    const auto line = asking.open(LINECALLPRIVILEGE_NONE);
    silent.open(LINECALLPRIVILEGE_NONE);
    EXPECT_EQ(asking.call(Arguments<Tapi::lineSetStatusMessages>().with<"hLine">(line).with<"dwLineStates">(
                  LINEDEVSTATE_RINGING)),
              0);
    EXPECT_EQ(entered(Tspi::lineSetStatusMessages), 1u);
    provider().event(LINE_LINEDEVSTATE, provider().any_line(), 0, LINEDEVSTATE_RINGING, 1, 0);
    world.run_until_quiet();
    EXPECT_TRUE(asking.next(LINE_LINEDEVSTATE));
    EXPECT_FALSE(silent.next(LINE_LINEDEVSTATE));
}

TEST_F(Rules, R242_AfterShutdownNoReplyComes) {
    behaviour.completion = Completion::when_told;
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_GT(application.make_call(application.open(LINECALLPRIVILEGE_NONE)), 0);
    EXPECT_EQ(application.call(Arguments<Tapi::lineShutdown>().with<"hLineApp">(application.app())), 0);
    application.events.clear();
    while (world.hosts() != 0 && world.step()) {
    }
    EXPECT_TRUE(application.events.empty());
    EXPECT_EQ(world.hosts(), 0u);
}

TEST_F(Rules, R242_ShutdownClosesTheLinesAndNobodyElses) {
    install();
    ScriptedApplication application(world), other(world);
    application.initialise();
    other.initialise();
    application.open(LINECALLPRIVILEGE_NONE);
    other.open(LINECALLPRIVILEGE_NONE, abi::v2_2, 1);
    EXPECT_EQ(application.call(Arguments<Tapi::lineShutdown>().with<"hLineApp">(application.app())), 0);
    world.run_until_quiet();
    EXPECT_EQ(entered(Tspi::lineClose), 1u);
}

TEST_F(Rules, R073_ACallMayBeginInAnyState) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    application.open(LINECALLPRIVILEGE_OWNER);
    for (std::uint32_t state = LINECALLSTATE_OFFERING; state <= LINECALLSTATE_UNKNOWN; state <<= 1) {
        provider().announce_call(state, voice);
        world.run_until_quiet();
        const auto first = application.next(LINE_CALLSTATE);
        ASSERT_TRUE(first) << state;
        EXPECT_EQ(first->fields.parameter1, state);
    }
}

TEST_F(Rules, R014_AFaultThatShowsOnUseIsToldToTheApplication) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    provider().refuse(Tspi::lineOpen, LINEERR_NODRIVER);
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_NONE), as_result(LINEERR_NODRIVER));
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_NONE),
              as_result(LINEERR_NODRIVER)); // not in use by that
}

TEST_F(Rules, R252_AnErrorOfTheVendorsReachesTheApplicationAsItIs) {
    constexpr std::uint32_t of_vendor = 0xC0000001;
    behaviour.completion = Completion::when_told;
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    ASSERT_GT(application.make_call(line), 0);
    provider().complete(provider().unfinished().front(), as_result(of_vendor));
    world.run_until_quiet();
    EXPECT_EQ(static_cast<std::int32_t>(application.next(LINE_REPLY)->fields.parameter2),
              as_result(of_vendor));
    provider().refuse(Tspi::lineMakeCall, of_vendor);
    EXPECT_EQ(application.make_call(line), as_result(of_vendor));
    provider().refuse(Tspi::lineGetAddressStatus, of_vendor);
    EXPECT_EQ(
        application.call(Arguments<Tapi::lineGetAddressStatus>().with<"hLine">(line).with<"lpAddressStatus">(
            sizeof(LINEADDRESSSTATUS))),
        as_result(of_vendor));
}

// The highest byte of the mask is the vendor's.
TEST_F(Rules, R253_AVendorsMediaModeIsNoneOfTheInterfaces) {
    constexpr std::uint32_t of_vendor = 0x01000000;
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_OWNER, abi::v2_2, 0, of_vendor),
              as_result(LINEERR_INVALMEDIAMODE));
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_OWNER, abi::v2_2, 0, voice | of_vendor), 0);
    const auto call = application.make_call(application.output<Tapi::lineOpen, "lphLine">());
    EXPECT_GT(call, 0);
    world.run_until_quiet();
    const auto handle = application.next(LINE_REPLY)->late_call.value_or(0);
    EXPECT_EQ(application.call(
                  Arguments<Tapi::lineMonitorMedia>().with<"hCall">(handle).with<"dwMediaModes">(of_vendor)),
              0);
    EXPECT_EQ((core::number_of<Tspi::lineMonitorMedia, "dwMediaModes">(provider().last_inputs())), of_vendor);
}

TEST_F(Rules, R028_TheListOfProvidersTakesTheHighestVersionAndNeedsNoNegotiation) {
    install();
    ScriptedApplication application(world); // it has not even initialised
    EXPECT_EQ(
        application.call(
            Arguments<Tapi::lineGetProviderList>().with<"dwAPIVersion">(abi::v2_2).with<"lpProviderList">(
                1000)),
        0);
    EXPECT_EQ((application.bytes<Tapi::lineGetProviderList, "lpProviderList">().size()),
              sizeof(LINEPROVIDERLIST) + sizeof(LINEPROVIDERENTRY) + sizeof u"/one.tsp");
}

TEST_F(Rules, ThePartiesOfCallsAreAskedForWhenSomebodyLooks) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    call_up(world, application);
    const auto shown = [&] { return world.core().snapshot().calls.at(0); };
    EXPECT_EQ(entered(Tspi::lineGetCallInfo), 0u);
    EXPECT_EQ(shown().called, "");

    world.core().learn_parties();
    EXPECT_EQ(world.parties_learned_so_far(), 0u);
    world.run_until_quiet();
    EXPECT_EQ(world.parties_learned_so_far(), 1u);
    EXPECT_EQ(shown().caller, "a caller");
    EXPECT_EQ(shown().called, "the called one");

    world.core().learn_parties(); // they are known
    EXPECT_EQ(world.parties_learned_so_far(), 2u);
    EXPECT_EQ(entered(Tspi::lineGetCallInfo), 1u);

    provider().event(LINE_CALLINFO, provider().any_line(),
                     provider().service_call(provider().driver_calls().at(0)), LINECALLINFOSTATE_CALLERID);
    world.run_until_quiet();
    world.core().learn_parties();
    world.run_until_quiet();
    EXPECT_EQ(entered(Tspi::lineGetCallInfo), 2u);
}

TEST_F(Rules, TheNameOfALineWithACallIsAskedForWhenSomebodyLooks) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    call_up(world, application);
    EXPECT_EQ(world.core().snapshot().lines.at(0).name, "");
    world.core().learn_parties();
    world.run_until_quiet();
    EXPECT_EQ(world.core().snapshot().lines.at(0).name, "a line");
    EXPECT_EQ(world.core().snapshot().lines.at(1).name, "") << "nobody uses it";
    world.core().learn_parties();
    EXPECT_EQ(entered(Tspi::lineGetDevCaps), 1u);
}

TEST_F(Rules, APartyThatIsNotToldHoldsUpNobody) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    call_up(world, application);
    provider().hang();
    world.core().learn_parties();
    while (world.parties_learned_so_far() == 0 && world.step()) {
    }
    EXPECT_EQ(world.parties_learned_so_far(), 1u); // with the end of its session
}

TEST_F(Rules, ASessionThatIsLostIsToldInOrderAndComesBack) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto [line, call] = call_up(world, application);
    application.events.clear();
    world.host_dies(world.core().snapshot().providers.at(0).session);
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_NONE), as_result(LINEERR_RESOURCEUNAVAIL));
    world.run_until_quiet();
    std::vector<std::uint64_t> states;
    while (const auto state = application.next(LINE_CALLSTATE)) states.push_back(state->fields.parameter1);
    (void)line, (void)call;
    const std::vector<std::uint64_t> expected{LINECALLSTATE_DISCONNECTED, LINECALLSTATE_IDLE};
    EXPECT_EQ(states, expected);
    while (world.core().snapshot().providers.at(0).stage != "running" && world.step()) {
    }
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_NONE), 0);
}

TEST_F(Rules, ACallThatDoesNotReturnEndsItsSession) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    provider().hang();
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_NONE), as_result(LINEERR_OPERATIONFAILED));
    EXPECT_GE(world.now(), configuration.call_deadline);
    EXPECT_NE(world.core().snapshot().providers.at(0).last_error.find("did not return in time"),
              std::string::npos);
}

} // namespace
} // namespace offhook::test
