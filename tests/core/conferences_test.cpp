// SPDX-License-Identifier: Apache-2.0
//
// Calls of a conference and its parent: who hears when of whom.
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

class Conferences : public Rules {
  protected:
    Conferences() {
        install();
        owner.initialise();
        monitor.initialise();
        line = owner.open(LINECALLPRIVILEGE_NONE);
        monitor.open(LINECALLPRIVILEGE_MONITOR);
        party = new_call();
    }
    std::uint32_t new_call() {
        EXPECT_GT(owner.make_call(line), 0);
        world.run_until_quiet();
        return owner.next(LINE_REPLY)->late.at(0);
    }
    // What an application heard, a state of a call and its detail each.
    struct State {
        std::uint32_t call = 0;
        std::uint64_t state = 0, detail = 0;
    };
    static std::vector<State> states(const ScriptedApplication& application) {
        std::vector<State> all;
        for (const auto& event : application.events)
            if (event.message == LINE_CALLSTATE)
                all.push_back({event.fields.device, event.fields.parameter1, event.fields.parameter2});
        return all;
    }
    // The application's requests wait, and the provider's events come before their completion.
    std::uint32_t set_up() {
        provider().complete_when_told();
        forget();
        EXPECT_GT(owner.call(Arguments<Tapi::lineSetupConference>().with<"hCall">(party)), 0);
        return provider().unfinished().front();
    }
    void forget() {
        owner.events.clear();
        monitor.events.clear();
    }
    void becomes_conferenced(std::size_t call, std::size_t parent) {
        const auto calls = provider().driver_calls();
        provider().change_state(calls.at(call), LINECALLSTATE_CONFERENCED,
                                provider().service_call(calls.at(parent)));
        world.run_until_quiet();
    }
    void complete(std::uint32_t request, std::int32_t result) {
        provider().complete(request, result);
        world.run_until_quiet();
    }

    ScriptedApplication owner{world}, monitor{world};
    std::uint32_t line = 0, party = 0;
};

TEST_F(Conferences, R132_ThePartyOfASetUpHearsOfItsParent) {
    const auto request = set_up();
    becomes_conferenced(0, 1);
    EXPECT_TRUE(states(owner).empty());
    complete(request, 0);
    const auto parent = owner.events.front().late.at(0); // with the reply
    const auto heard = states(owner);
    ASSERT_EQ(heard.size(), 1u);
    EXPECT_EQ(heard.front().call, party);
    EXPECT_EQ(heard.front().state, std::uint64_t{LINECALLSTATE_CONFERENCED});
    EXPECT_EQ(heard.front().detail, parent);
    // Monitors hear of the parent first, and then of the party, with their own handles.
    const auto seen = states(monitor);
    ASSERT_GE(seen.size(), 2u);
    EXPECT_EQ(seen.at(0).state, std::uint64_t{LINECALLSTATE_UNKNOWN});
    EXPECT_EQ(seen.at(1).state, std::uint64_t{LINECALLSTATE_CONFERENCED});
    EXPECT_EQ(seen.at(1).detail, seen.at(0).call);
}

TEST_F(Conferences, R132_BothCallsOfATransferHearOfTheirParent) {
    const auto second = new_call();
    provider().complete_when_told();
    forget();
    EXPECT_GT(owner.call(Arguments<Tapi::lineCompleteTransfer>()
                             .with<"hCall">(party)
                             .with<"hConsultCall">(second)
                             .with<"dwTransferMode">(LINETRANSFERMODE_CONFERENCE)),
              0);
    const auto request = provider().unfinished().front();
    becomes_conferenced(0, 2);
    becomes_conferenced(1, 2);
    complete(request, 0);
    const auto parent = owner.events.front().late.at(0);
    const auto heard = states(owner);
    ASSERT_EQ(heard.size(), 2u);
    EXPECT_EQ(heard.at(0).detail, parent);
    EXPECT_EQ(heard.at(1).detail, parent);
}

TEST_F(Conferences, R132_R241_WhatComesBehindAStateThatWaitsKeepsItsPlace) {
    const auto request = set_up();
    becomes_conferenced(0, 1);
    provider().change_state(provider().driver_calls().front(), LINECALLSTATE_DISCONNECTED);
    provider().change_state(provider().driver_calls().front(), LINECALLSTATE_IDLE);
    world.run_until_quiet();
    EXPECT_TRUE(states(owner).empty());
    complete(request, 0);
    std::vector<std::uint64_t> heard;
    for (const auto& state : states(owner)) heard.push_back(state.state);
    EXPECT_EQ(heard, (std::vector<std::uint64_t>{LINECALLSTATE_CONFERENCED, LINECALLSTATE_DISCONNECTED,
                                                 LINECALLSTATE_IDLE}));
}

TEST_F(Conferences, R132_R210_AStateAfterOneThatWaitsForIdleIsReported) {
    set_up();
    becomes_conferenced(0, 1);
    const auto driver = provider().driver_calls().front();
    provider().change_state(driver, LINECALLSTATE_IDLE);
    provider().event(LINE_CALLSTATE, provider().any_line(), provider().service_call(driver),
                     LINECALLSTATE_CONNECTED);
    world.run_until_quiet();
    EXPECT_TRUE(reported(210));
}

TEST_F(Conferences, R132_WhenThereWillBeNoParentTheStateComesWithoutOne) {
    const auto request = set_up();
    becomes_conferenced(0, 1);
    complete(request, as_result(LINEERR_OPERATIONFAILED));
    const auto heard = states(owner);
    ASSERT_EQ(heard.size(), 1u);
    EXPECT_EQ(heard.front().state, std::uint64_t{LINECALLSTATE_CONFERENCED});
    EXPECT_EQ(heard.front().detail, 0u);
}

TEST_F(Conferences, R132_WhoseParentGoesWithItsMakerIsToldAllTheSame) {
    ScriptedApplication second(world);
    second.initialise();
    const auto same_line = second.open(LINECALLPRIVILEGE_NONE);
    provider().complete_when_told();
    EXPECT_GT(second.call(Arguments<Tapi::lineSetupConference>().with<"hLine">(same_line)), 0);
    becomes_conferenced(0, 1);
    forget();
    EXPECT_EQ(second.call(Arguments<Tapi::lineClose>().with<"hLine">(same_line)), 0);
    world.run_until_quiet();
    const auto heard = states(owner);
    ASSERT_EQ(heard.size(), 1u);
    EXPECT_EQ(heard.front().detail, 0u);
}

// A conference that the switch makes: its parent is offered in the moment in which the party is told of it.
TEST_F(Conferences, R132_ACallThatArrivesInAConferenceNamesItsParent) {
    const auto parent = provider().service_call(provider().driver_calls().front());
    forget();
    const auto driver = provider().announce_call(LINECALLSTATE_OFFERING, 0);
    provider().change_state(driver, LINECALLSTATE_CONFERENCED, parent);
    world.run_until_quiet();
    const auto seen = states(monitor);
    ASSERT_EQ(seen.size(), 2u);
    EXPECT_EQ(seen.back().state, std::uint64_t{LINECALLSTATE_CONFERENCED});
    EXPECT_NE(seen.back().detail, 0u);
    EXPECT_NE(seen.back().detail, parent);
}

} // namespace
} // namespace offhook::test
