// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/sim_host.h"

namespace offhook::testing {
namespace {

class SimCalls : public SimTest {};

TEST_F(SimCalls, R057_R063_R071_ACallInvolvesBothEnds) {
    begin();
    HDRVLINE const caller = line(0);
    line(1);
    const auto call = host().make_call(caller, u"102");
    EXPECT_TRUE(succeeded(call.result));
    const auto all = host().everything();
    ASSERT_GT(all.size(), 2U);
    EXPECT_EQ(all[0].message, static_cast<DWORD>(LINE_REPLY)); // before any state (R063)
    const auto [name, offered] = newest();
    EXPECT_EQ(states(call.name), (States{LINECALLSTATE_DIALTONE, LINECALLSTATE_DIALING,
                                         LINECALLSTATE_PROCEEDING, LINECALLSTATE_RINGBACK}));
    EXPECT_EQ(states(name), (States{LINECALLSTATE_OFFERING}));
    EXPECT_TRUE(succeeded(TSP(host(), lineAccept)(host().next_request(), offered, nullptr, 0)));
    EXPECT_TRUE(succeeded(host().answer(offered)));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    EXPECT_EQ(states(name),
              (States{LINECALLSTATE_OFFERING, LINECALLSTATE_ACCEPTED, LINECALLSTATE_CONNECTED}));
    auto there = info(offered);
    EXPECT_EQ(there->dwOrigin, static_cast<DWORD>(LINECALLORIGIN_INTERNAL));
    EXPECT_EQ(there.text(there->dwCallerIDSize, there->dwCallerIDOffset), u"101");
    EXPECT_EQ(there.text(there->dwCalledIDSize, there->dwCalledIDOffset), u"102");
    auto here = info(call.call);
    EXPECT_EQ(here.text(here->dwConnectedIDSize, here->dwConnectedIDOffset), u"102");
    EXPECT_EQ(here->dwCallID, there->dwCallID);
    EXPECT_TRUE(succeeded(host().drop(call.call)));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_IDLE)); // R080
    EXPECT_EQ(state(name), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
    EXPECT_EQ(mode(name), static_cast<DWORD>(LINEDISCONNECTMODE_NORMAL));
    EXPECT_EQ(info(call.call).result, 0); // R067
    EXPECT_EQ(TSP(host(), lineCloseCall)(call.call), 0);
    EXPECT_EQ(info(call.call).result, static_cast<LONG>(LINEERR_INVALCALLHANDLE));
}

TEST_F(SimCalls, ARefusedCallIsRejected) {
    begin();
    line(1);
    const auto call = host().make_call(line(0), u"102");
    EXPECT_TRUE(succeeded(host().drop(newest().second)));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
    EXPECT_EQ(mode(call.name), static_cast<DWORD>(LINEDISCONNECTMODE_REJECT));
}

TEST_F(SimCalls, AStationAtItsLimitIsBusy) {
    begin({{"calls", "1"}});
    talk(1, 2);
    const auto call = host().make_call(line(0), u"102");
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_BUSY));
    EXPECT_EQ(mode(call.name), static_cast<DWORD>(LINEBUSYMODE_STATION));
    EXPECT_EQ(host().make_call(line(0), u"103").result, static_cast<LONG>(LINEERR_CALLUNAVAIL));
}

TEST_F(SimCalls, WhatCannotBeDialed) {
    begin();
    EXPECT_EQ(host().make_call(line(0), u"12W3").result, static_cast<LONG>(LINEERR_DIALDIALTONE)); // R179
    EXPECT_EQ(host().make_call(line(0), u"12?3").result, static_cast<LONG>(LINEERR_DIALPROMPT));   // R178
    EXPECT_EQ(host().make_call(line(0), u"abx").result, static_cast<LONG>(LINEERR_INVALADDRESS));
    const auto nobody = host().make_call(line(0), u"555");
    EXPECT_EQ(mode(nobody.name), static_cast<DWORD>(LINEDISCONNECTMODE_BADADDRESS));
}

// The exchange transfers no call by itself in any state.
TEST_F(SimCalls, R227_StatesToTransferInThatAreNotSupportedAreRefused) {
    begin();
    LINECALLPARAMS parameters{};
    parameters.dwTotalSize = sizeof parameters;
    parameters.dwPredictiveAutoTransferStates = LINECALLSTATE_CONNECTED;
    const auto call = host().make_call(line(0), u"102", &parameters);
    EXPECT_EQ(call.result, static_cast<LONG>(LINEERR_INVALCALLPARAMS));
    EXPECT_EQ(address(line(0))->dwNumActiveCalls, 0U);
}

TEST_F(SimCalls, R142_OneMediaModeIsAskedForUnlessItIsUnknown) {
    begin();
    LINECALLPARAMS parameters{};
    parameters.dwTotalSize = sizeof parameters;
    parameters.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_G3FAX;
    EXPECT_EQ(host().make_call(line(0), u"102", &parameters).result,
              static_cast<LONG>(LINEERR_INVALMEDIAMODE));
    parameters.dwMediaMode |= LINEMEDIAMODE_UNKNOWN;
    EXPECT_TRUE(succeeded(host().make_call(line(0), u"102", &parameters).result));
}

TEST_F(SimCalls, R180_DialingInParts) {
    begin();
    line(1);
    const auto call = host().make_call(line(0), u"10;");
    EXPECT_EQ(states(call.name), (States{LINECALLSTATE_DIALTONE, LINECALLSTATE_DIALING}));
    EXPECT_TRUE(succeeded(TSP(host(), lineDial)(host().next_request(), call.call, u"2", 0)));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_RINGBACK));
}

TEST_F(SimCalls, SubscribersOutside) {
    begin({{"outside.1", "busy"}, {"outside.2", "ring"}, {"outside.3", "special"}, {"trunks", "1"}});
    const auto busy = host().make_call(line(0), u"91");
    EXPECT_EQ(state(busy.name), static_cast<DWORD>(LINECALLSTATE_BUSY));
    const auto special = host().make_call(line(1), u"93");
    EXPECT_EQ(state(special.name), static_cast<DWORD>(LINECALLSTATE_SPECIALINFO));
    const auto ringing = host().make_call(line(2), u"92");
    EXPECT_EQ(state(ringing.name), static_cast<DWORD>(LINECALLSTATE_RINGBACK));
    const auto trunk = host().make_call(line(3), u"94");
    EXPECT_EQ(mode(trunk.name), static_cast<DWORD>(LINEBUSYMODE_TRUNK));
    command("answer 2");
    EXPECT_EQ(state(ringing.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    EXPECT_EQ(info(ringing.call)->dwTrunk, 0U);
    command("drop 2");
    EXPECT_EQ(state(ringing.name), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
    const auto free = host().make_call(line(4), u"94");
    EXPECT_EQ(state(free.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED)); // the trunk is free again
}

TEST_F(SimCalls, ACallFromOutside) {
    begin();
    line(0);
    command("ring 101 from +49301234 Berlin");
    auto there = info(newest().second);
    EXPECT_EQ(there->dwOrigin, static_cast<DWORD>(LINECALLORIGIN_EXTERNAL));
    EXPECT_EQ(there.text(there->dwCallerIDSize, there->dwCallerIDOffset), u"+49301234");
    EXPECT_EQ(there.text(there->dwCallerIDNameSize, there->dwCallerIDNameOffset), u"Berlin");
    command("drop +49301234");
    EXPECT_EQ(state(newest().first), static_cast<DWORD>(LINECALLSTATE_IDLE));
}

TEST_F(SimCalls, R074_R089_CallsAreAnnouncedWhenSomebodyWantsThem) {
    begin();
    HDRVLINE const unwanted = host().open(0, 0);
    command("ring 101 from 1");
    EXPECT_TRUE(host().incoming().empty()); // R089
    EXPECT_EQ(TSP(host(), lineSetDefaultMediaDetection)(unwanted, LINEMEDIAMODE_INTERACTIVEVOICE), 0);
    EXPECT_EQ(states(newest().first), (States{LINECALLSTATE_OFFERING})); // R074
}

TEST_F(SimCalls, R072_ARefusedCallIsDropped) {
    begin();
    line(1);
    host().on_new_call(NewCalls::refuse);
    const auto call = host().make_call(line(0), u"102");
    EXPECT_EQ(mode(call.name), static_cast<DWORD>(LINEDISCONNECTMODE_REJECT));
    EXPECT_TRUE(states(nullptr).empty()); // nothing more about it
}

TEST_F(SimCalls, R065_R078_R083_ClosingCompletesWhatIsOutstanding) {
    begin({{"time", "virtual"}, {"delay.completion", "100"}});
    const auto pending = host().make_call(line(0), u"102");
    EXPECT_EQ(TSP(host(), lineCloseCall)(pending.call), 0);
    EXPECT_EQ(result(pending.result), static_cast<LONG>(LINEERR_OPERATIONFAILED)); // R065
    const auto second = host().make_call(line(0), u"9123");
    command("advance 100");
    EXPECT_TRUE(succeeded(second.result));
    const LONG hold = ask(TSP(host(), lineHold), second.call);
    EXPECT_EQ(TSP(host(), lineCloseCall)(second.call), 0);
    EXPECT_EQ(result(hold), static_cast<LONG>(LINEERR_OPERATIONFAILED)); // R078
    const auto third = host().make_call(line(1), u"103");
    EXPECT_EQ(TSP(host(), lineClose)(line(1)), 0);
    EXPECT_EQ(result(third.result), static_cast<LONG>(LINEERR_OPERATIONFAILED)); // R083
    const auto said = host().everything().size();
    command("advance 1000");
    EXPECT_EQ(host().everything().size(), said); // nothing about what is closed
}

TEST_F(SimCalls, R064_R078_ClosingACallEndsTheConsultationThatIsBegunForIt) {
    begin({{"time", "virtual"}, {"delay.completion", "100"}});
    const auto call = host().make_call(line(0), u"9123");
    command("advance 100");
    HDRVCALL consultation = nullptr;
    const LONG request = TSP(host(), lineSetupTransfer)(host().next_request(), call.call, host().new_name(),
                                                        &consultation, nullptr);
    EXPECT_GT(request, 0);
    EXPECT_EQ(TSP(host(), lineCloseCall)(call.call), 0);
    EXPECT_EQ(result(request), static_cast<LONG>(LINEERR_OPERATIONFAILED));
    EXPECT_EQ(TSP(host(), lineCloseCall)(consultation), LINEERR_INVALCALLHANDLE); // it never came to be
}

TEST_F(SimCalls, R224_ACallThatIsNotAnsweredInTime) {
    begin({{"time", "virtual"}});
    LINECALLPARAMS parameters{};
    parameters.dwTotalSize = sizeof parameters;
    parameters.dwNoAnswerTimeout = 5;
    line(1);
    const auto call = host().make_call(line(0), u"102", &parameters);
    command("advance 4999");
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_RINGBACK));
    command("advance 1");
    EXPECT_EQ(mode(call.name), static_cast<DWORD>(LINEDISCONNECTMODE_NOANSWER));
}

TEST_F(SimCalls, R158_RingsAreCountedFrom0) {
    begin({{"time", "virtual"}});
    EXPECT_EQ(TSP(host(), lineSetStatusMessages)(line(0), LINEDEVSTATE_RINGING, 0), 0);
    command("ring 101 from 1");
    command("advance 10000");
    std::vector<DWORD_PTR> rings;
    for (const Said& said : host().everything())
        if (said.message == LINE_LINEDEVSTATE) rings.push_back(said.p3);
    EXPECT_EQ(rings, (std::vector<DWORD_PTR>{0, 1, 2}));
    command("drop 1");
    command("advance 10000");
    EXPECT_EQ(count(LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING), 3U);
}

TEST_F(SimCalls, R225_R226_R228_CallParameters) {
    begin();
    const auto plain = host().make_call(line(0), u"91");
    EXPECT_EQ(info(plain.call)->dwBearerMode, static_cast<DWORD>(LINEBEARERMODE_VOICE));
    LINECALLPARAMS parameters{};
    parameters.dwTotalSize = sizeof parameters;
    parameters.DialParams.dwDigitDuration = 1;
    parameters.dwBearerMode = LINEBEARERMODE_PASSTHROUGH;
    const auto through = host().make_call(line(1), u"", &parameters);
    EXPECT_EQ(states(through.name), (States{LINECALLSTATE_CONNECTED})); // R228
    EXPECT_EQ(info(through.call)->DialParams.dwDigitDuration, 40U);     // R226
}

TEST_F(SimCalls, R212_FeaturesFollowTheState) {
    begin();
    line(1);
    const auto call = host().make_call(line(0), u"102");
    EXPECT_NE(status(newest().second)->dwCallFeatures & LINECALLFEATURE_ANSWER, 0U);
    EXPECT_EQ(status(call.call)->dwCallFeatures & LINECALLFEATURE_HOLD, 0U);
    host().answer(newest().second);
    EXPECT_NE(status(call.call)->dwCallFeatures & LINECALLFEATURE_HOLD, 0U);
    EXPECT_EQ(status(newest().second)->dwCallFeatures & LINECALLFEATURE_ANSWER, 0U);
}

TEST_F(SimCalls, R031_R032_R034_StructuresThatAreTooSmall) {
    begin();
    const auto caps = [&](DWORD total) {
        return filled<LINEDEVCAPS>(
            [&](auto* out) { return TSP(host(), lineGetDevCaps)(0, 0x00020002, 0, out); }, total);
    };
    EXPECT_EQ(caps(100).result, static_cast<LONG>(LINEERR_STRUCTURETOOSMALL));
    auto fixed = caps(268);
    EXPECT_EQ(fixed.result, 0);
    EXPECT_GT(fixed->dwNeededSize, fixed->dwUsedSize);
    auto whole = caps(fixed->dwNeededSize);
    EXPECT_EQ(whole->dwNeededSize, whole->dwUsedSize);
}

} // namespace
} // namespace offhook::testing
