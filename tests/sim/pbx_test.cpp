// SPDX-License-Identifier: Apache-2.0
//
// The exchange by itself, without the interface.

#include "abi/call_states.h"
#include "providers/sim/pbx/pbx.h"

#include <gtest/gtest.h>

namespace offhook::sim {
namespace {

// Takes down the states of every call, by its handle.
struct Notes : Events {
    void media_controlled(Call&, DWORD) override {}
    void call_state(Call& call) override { states[call.handle].push_back(call.state); }
    void call_event(Call&, DWORD, DWORD_PTR, DWORD_PTR, DWORD_PTR) override {}
    void line_event(Station&, DWORD, DWORD_PTR, DWORD_PTR, DWORD_PTR) override {}
    void phone_event(Station&, DWORD, DWORD_PTR, DWORD_PTR, DWORD_PTR) override {}
    void digit_sent(Call&, char, milliseconds) override {}
    bool counts_rings(const Station&) const override { return false; }
    std::map<std::uint64_t, std::vector<CallState>> states;
};

class Exchange : public ::testing::Test {
  protected:
    Call& dial(const std::string& from, const std::string& to) {
        Call& call = pbx.create(*pbx.extension(from), Standing::known);
        pbx.originate(call);
        EXPECT_EQ(pbx.dial(call, to), 0);
        pbx.settle();
        return call;
    }
    void advance(int span) {
        clock.advance(milliseconds(span), [&] { pbx.settle(); });
    }
    static Configuration configuration() {
        std::vector<std::string> problems;
        return read_configuration({{"delay.ring", "100"}, {"delay.answer", "200"}}, problems);
    }

    VirtualClock clock;
    Notes notes;
    Misbehaviour misbehaviour;
    Pbx pbx{configuration(), clock, notes, misbehaviour};
};

TEST_F(Exchange, DelaysPassInVirtualTime) {
    Call& call = dial("101", "95");
    EXPECT_EQ(call.state, CallState::proceeding);
    advance(99);
    EXPECT_EQ(call.state, CallState::proceeding);
    advance(1);
    EXPECT_EQ(call.state, CallState::ringback);
    advance(200);
    EXPECT_EQ(call.state, CallState::connected);
    EXPECT_EQ(notes.states[call.handle],
              (std::vector{CallState::dialtone, CallState::dialing, CallState::proceeding,
                           CallState::ringback, CallState::connected}));
}

TEST_F(Exchange, ACallThatIsDroppedWhileItProceedsRingsNowhere) {
    Call& call = dial("101", "102");
    EXPECT_EQ(pbx.drop(call), 0);
    advance(1000);
    EXPECT_TRUE(pbx.extension("102")->calls.empty());
    EXPECT_TRUE(pbx.extension("101")->calls.empty());
}

TEST_F(Exchange, ForwardingInACircleEnds) {
    for (const auto& [from, to] : {std::pair{"102", "103"}, std::pair{"103", "102"}}) {
        Forwarding forwarding;
        forwarding.entries.push_back({LINEFORWARDMODE_UNCOND, "", to});
        pbx.forward(*pbx.extension(from), forwarding);
    }
    Call& call = dial("101", "102");
    advance(100);
    EXPECT_EQ(call.state, CallState::busy);
}

TEST_F(Exchange, NobodyStaysBehind) {
    for (int i = 0; i < 100; ++i) {
        Call& call = dial("101", "9" + std::to_string(1000 + i));
        advance(300);
        EXPECT_EQ(call.state, CallState::connected);
        pbx.close(call);
        pbx.settle();
    }
    EXPECT_EQ(pbx.subscriber_with_calls("1000"), nullptr);
    EXPECT_TRUE(pbx.extension("101")->calls.empty());
}

TEST(SimCallStates, R210_R212_WhatCallsDoIsWhatTheTableOfTapiHas) {
    EXPECT_FALSE(may_follow(CallState::idle, CallState::connected));
    EXPECT_FALSE(may_follow(CallState::ringback, CallState::busy));
    EXPECT_TRUE(may_follow(CallState::none, CallState::offering));
    EXPECT_EQ(features_in(CallState::idle), static_cast<DWORD>(LINECALLFEATURE_RELEASEUSERUSERINFO));
    EXPECT_EQ(features_in(CallState::connected) & LINECALLFEATURE_DIAL, 0U);
    EXPECT_NE(features_in(CallState::dialing) & LINECALLFEATURE_DIAL, 0U);
}

TEST(SimForwarding, FindsTheEntryForACaller) {
    Forwarding forwarding;
    forwarding.entries = {{LINEFORWARDMODE_UNCONDEXTERNAL, "", "104"},
                          {LINEFORWARDMODE_BUSYNASPECIFIC, "7", "105"}};
    EXPECT_EQ(forwarding.find(Condition::always, "7", LINECALLORIGIN_INTERNAL), nullptr);
    EXPECT_EQ(forwarding.find(Condition::always, "7", LINECALLORIGIN_EXTERNAL)->destination, "104");
    EXPECT_EQ(forwarding.find(Condition::busy, "7", LINECALLORIGIN_INTERNAL)->destination, "105");
    EXPECT_EQ(forwarding.find(Condition::no_answer, "8", LINECALLORIGIN_INTERNAL), nullptr);
}

} // namespace
} // namespace offhook::sim
