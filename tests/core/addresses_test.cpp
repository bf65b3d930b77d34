// SPDX-License-Identifier: Apache-2.0
//
// Lines of several addresses: on which of them is a call that an application makes?
#include "tests/core/call_parameters.h"
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

constexpr std::uint32_t chosen_by_provider = 2; // the last of three, where it is asked

class Addresses : public Rules {
  protected:
    void begin(std::uint32_t addresses) {
        behaviour.addresses = addresses;
        install();
        owner.initialise();
        monitor.initialise();
        line = owner.open(LINECALLPRIVILEGE_NONE);
        monitor_line = monitor.open(LINECALLPRIVILEGE_MONITOR);
    }
    template <Tapi F> std::uint32_t created(const Arguments<F>& a) {
        owner.events.clear();
        monitor.events.clear();
        EXPECT_GT(owner.call(a), 0) << abi::row<F>().name;
        world.run_until_quiet();
        const auto reply = owner.next(LINE_REPLY);
        return reply && !reply->late.empty() ? reply->late.at(0) : 0;
    }
    // The address that a monitor is told of the call.
    std::uint64_t announced() {
        const auto event = monitor.next(LINE_APPNEWCALL);
        return event ? event->fields.parameter1 : ~std::uint64_t{0};
    }
    std::uint32_t calls_on(ScriptedApplication& application, std::uint32_t opener, std::uint32_t address) {
        EXPECT_EQ(application.call(Arguments<Tapi::lineGetNewCalls>()
                                       .with<"hLine">(opener)
                                       .with<"dwAddressID">(address)
                                       .with<"dwSelect">(LINECALLSELECT_ADDRESS)
                                       .with<"lpCallList">(64)),
                  0);
        LINECALLLIST list{};
        std::memcpy(&list, (application.bytes<Tapi::lineGetNewCalls, "lpCallList">().data()), sizeof list);
        return list.dwCallsNumEntries;
    }

    ScriptedApplication owner{world}, monitor{world};
    std::uint32_t line = 0, monitor_line = 0;
};

TEST_F(Addresses, R129_TheProviderIsAskedWhereNothingElseTells) {
    begin(3);
    const auto call = created(Arguments<Tapi::lineMakeCall>().with<"hLine">(line));
    EXPECT_EQ(announced(), chosen_by_provider);
    EXPECT_EQ(entered(Tspi::lineGetCallAddressID), 1u);
    created(Arguments<Tapi::lineSetupTransfer>().with<"hCall">(call));
    EXPECT_EQ(announced(), chosen_by_provider);
    created(Arguments<Tapi::lineSetupConference>().with<"hCall">(call));
    EXPECT_EQ(announced(), chosen_by_provider);
    EXPECT_EQ(announced(), chosen_by_provider);
    EXPECT_EQ(entered(Tspi::lineGetCallAddressID), 4u);
}

TEST_F(Addresses, R121_R129_WhatTheApplicationSaysNeedsNoQuestion) {
    begin(3);
    auto parameters = CallParameters().on_address(1);
    created(Arguments<Tapi::lineMakeCall>().with<"hLine">(line).with<"lpCallParams">(parameters.value()));
    EXPECT_EQ(announced(), 1u);
    created(Arguments<Tapi::linePickup>().with<"hLine">(line).with<"dwAddressID">(0));
    EXPECT_EQ(announced(), 0u);
    EXPECT_EQ(entered(Tspi::lineGetCallAddressID), 0u);
    ScriptedApplication late(world);
    late.initialise();
    const auto late_line = late.open(LINECALLPRIVILEGE_NONE);
    EXPECT_EQ(calls_on(late, late_line, 2), 0u);
    EXPECT_EQ(calls_on(late, late_line, 1), 1u);
}

TEST_F(Addresses, R129_OneAddressIsNeverAskedFor) {
    begin(1);
    created(Arguments<Tapi::lineMakeCall>().with<"hLine">(line));
    EXPECT_EQ(announced(), 0u);
    EXPECT_EQ(entered(Tspi::lineGetCallAddressID), 0u);
}

TEST_F(Addresses, R066_R131_WhileTheProviderIsAskedStatesWaitAndNobodyElseHasTheCall) {
    begin(3);
    provider().complete_when_told();
    EXPECT_GT(owner.make_call(line), 0);
    const auto driver = provider().driver_calls().front();
    owner.events.clear();
    monitor.events.clear();
    provider().complete(provider().unfinished().front(), 0);
    provider().hang();
    while (!owner.next(LINE_REPLY) && world.step()) {
    }
    provider().change_state(driver, LINECALLSTATE_DIALING);
    monitor.submit(Arguments<Tapi::lineGetNewCalls>()
                       .with<"hLine">(monitor_line)
                       .with<"dwSelect">(LINECALLSELECT_LINE)
                       .with<"lpCallList">(64));
    while (!monitor.answered() && world.step()) {
    }
    EXPECT_TRUE(owner.events.empty());
    EXPECT_TRUE(monitor.events.empty());
    provider().release();
    world.run_until_quiet();
    EXPECT_EQ(monitor.next(LINE_APPNEWCALL)->fields.parameter1, chosen_by_provider);
    EXPECT_EQ(monitor.next(LINE_CALLSTATE)->fields.parameter1, std::uint64_t{LINECALLSTATE_UNKNOWN});
    EXPECT_EQ(monitor.next(LINE_CALLSTATE)->fields.parameter1, std::uint64_t{LINECALLSTATE_DIALING});
    EXPECT_FALSE(monitor.next(LINE_APPNEWCALL));
    EXPECT_EQ(owner.next(LINE_CALLSTATE)->fields.parameter1, std::uint64_t{LINECALLSTATE_DIALING});
}

TEST_F(Addresses, R081_ACallThatIsLetGoWhileTheProviderIsAskedIsNobodys) {
    begin(3);
    provider().complete_when_told();
    EXPECT_GT(owner.make_call(line), 0);
    owner.events.clear();
    provider().complete(provider().unfinished().front(), 0);
    provider().hang();
    auto reply = owner.next(LINE_REPLY);
    while (!reply && world.step()) reply = owner.next(LINE_REPLY);
    owner.submit(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(reply->late.at(0)));
    while (!owner.answered() && world.step()) {
    }
    provider().release();
    world.run_until_quiet();
    EXPECT_FALSE(monitor.next(LINE_APPNEWCALL));
    EXPECT_EQ(entered(Tspi::lineCloseCall), 1u);
    EXPECT_TRUE(world.core().snapshot().calls.empty());
}

} // namespace
} // namespace offhook::test
