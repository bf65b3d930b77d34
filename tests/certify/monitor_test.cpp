// SPDX-License-Identifier: Apache-2.0
//
// The rules that no misbehaviour of the simulation breaks, forged frame by frame; and that nothing from a
// host can do the monitor harm.
#include "tests/certify/forged_traffic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace offhook::rules {
namespace {

TEST_F(MonitorTest, R064_NothingIsSaidOfACallWhoseRequestHasFailed) {
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, static_cast<std::int32_t>(LINEERR_OPERATIONFAILED));
    EXPECT_EQ(broken_, Rules{});
    said(LINE_CALLSTATE, {7, 9, LINECALLSTATE_IDLE, 0, 0});
    EXPECT_EQ(broken_, Rules{64});
}

TEST_F(MonitorTest, R107_ADialogBelongsToARequest) {
    open_line();
    make_call(1, 9);
    said(LINE_CREATEDIALOGINSTANCE, {0, 0, 1, 0, 0});
    EXPECT_EQ(broken_, Rules{});
    said(LINE_CREATEDIALOGINSTANCE, {0, 0, 2, 0, 0});
    EXPECT_EQ(broken_, Rules{107});
}

// Pages contradict each other about it: an error is expected, and 0 remarked upon.
TEST_F(MonitorTest, R024_NoVersionBesideTheSelectedOneMayBeSaidByZero) {
    open_line();
    call(std::move(Inputs(Tspi::lineSelectExtVersion).number("hdLine", 70).number("dwExtVersion", 3)));
    returned(Tspi::lineSelectExtVersion, 0);
    const auto negotiate = [&](std::int32_t result, std::uint32_t chosen) {
        call(std::move(Inputs(Tspi::lineNegotiateExtVersion)
                           .number("dwDeviceID", 0)
                           .number("dwTSPIVersion", abi::v2_2)
                           .number("dwLowVersion", 1)
                           .number("dwHighVersion", 2)));
        wire::Values outputs;
        outputs[abi::row(Tspi::lineNegotiateExtVersion).index_of("lpdwExtVersion")] = {chosen, {}, false};
        returned(Tspi::lineNegotiateExtVersion, result, outputs);
    };
    negotiate(static_cast<std::int32_t>(LINEERR_INCOMPATIBLEEXTVERSION), 0);
    EXPECT_EQ(contested_, Rules{});
    negotiate(0, 0);
    EXPECT_EQ(contested_, Rules{24});
    EXPECT_EQ(broken_, Rules{});
    negotiate(0, 2);
    EXPECT_EQ(broken_, Rules{24});
}

TEST_F(MonitorTest, R249_SeveralHookswitchesAtOnceMayBeRefused) {
    call(std::move(Inputs(Tspi::phoneOpen)
                       .number("dwDeviceID", 0)
                       .number("htPhone", 5)
                       .number("dwTSPIVersion", abi::v2_2)));
    wire::Values outputs;
    outputs[abi::row(Tspi::phoneOpen).index_of("lphdPhone")] = {50, {}, false};
    returned(Tspi::phoneOpen, 0, outputs);
    const auto set = [&](std::uint32_t request, std::uint32_t devices) {
        call(std::move(Inputs(Tspi::phoneSetHookSwitch)
                           .number("dwRequestID", request)
                           .number("hdPhone", 50)
                           .number("dwHookSwitchDevs", devices)
                           .number("dwHookSwitchMode", PHONEHOOKSWITCHMODE_ONHOOK)));
        returned(Tspi::phoneSetHookSwitch, static_cast<std::int32_t>(PHONEERR_INVALHOOKSWITCHDEV));
    };
    set(1, PHONEHOOKSWITCHDEV_HANDSET);
    EXPECT_EQ(contested_, Rules{});
    set(2, PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_SPEAKER);
    EXPECT_EQ(contested_, Rules{249});
    EXPECT_EQ(broken_, Rules{});
}

// What closes is looked at by itself, among whatever else is open.
TEST_F(MonitorTest, R078_R083_OnlyWhatIsOnACallOrALineHoldsItsEndUp) {
    open_line();
    make_call(1, 9);
    make_call(2, 10);
    completed(Tspi::lineMakeCall, 1, 0);
    completed(Tspi::lineMakeCall, 2, 0);
    call(std::move(Inputs(Tspi::lineDrop).number("dwRequestID", 3).number("hdCall", 801)));
    returned(Tspi::lineDrop, 3);
    const auto close = [&](std::uint64_t driver) {
        call(std::move(Inputs(Tspi::lineCloseCall).number("hdCall", driver)));
        returned(Tspi::lineCloseCall, 0);
    };
    close(802);
    EXPECT_EQ(broken_, Rules{});
    call(std::move(Inputs(Tspi::lineClose).number("hdLine", 70)));
    returned(Tspi::lineClose, 0);
    EXPECT_EQ(broken_, Rules{83});
    // What was open is gone with the line, and its request with the call.
    EXPECT_TRUE(monitor_.books().calls.empty());
    EXPECT_TRUE(monitor_.books().lines.empty());
    EXPECT_FALSE(monitor_.books().outstanding_on_call(801));
}

// A call ends when TSPI_lineCloseCall returns, a line with TSPI_lineClose.
TEST_F(MonitorTest, R067_NothingIsSaidOfACallThatIsClosed) {
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, 0);
    call(std::move(Inputs(Tspi::lineCloseCall).number("hdCall", 801)));
    said(LINE_CALLSTATE, {7, 9, LINECALLSTATE_IDLE, 0, 0}); // it has not returned
    returned(Tspi::lineCloseCall, 0);
    EXPECT_EQ(broken_, Rules{});
    said(LINE_CALLSTATE, {7, 9, LINECALLSTATE_IDLE, 0, 0});
    EXPECT_EQ(broken_, Rules{67});
}

// Idle or not, it ends by being closed; a provider that is short of something may say so.
TEST_F(MonitorTest, R067_ACallIsThereToBeClosed) {
    open_line();
    make_call(1, 9);
    make_call(2, 10);
    completed(Tspi::lineMakeCall, 1, 0);
    completed(Tspi::lineMakeCall, 2, 0);
    said(LINE_CALLSTATE, {7, 9, LINECALLSTATE_IDLE, 0, 0});
    const auto close = [&](std::uint64_t driver, std::int32_t result) {
        call(std::move(Inputs(Tspi::lineCloseCall).number("hdCall", driver)));
        returned(Tspi::lineCloseCall, result);
    };
    close(802, LINEERR_OPERATIONFAILED);
    EXPECT_EQ(broken_, Rules{});
    close(801, LINEERR_INVALCALLHANDLE);
    EXPECT_EQ(broken_, Rules{67});
}

// The provider's own LINE_CLOSE has ended its calls (R086).
TEST_F(MonitorTest, R067_ACallOfALineThatTheProviderHasClosedIsGone) {
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, 0);
    said(LINE_CLOSE, {7, 0, 0, 0, 0});
    call(std::move(Inputs(Tspi::lineCloseCall).number("hdCall", 801)));
    returned(Tspi::lineCloseCall, LINEERR_INVALCALLHANDLE);
    EXPECT_EQ(broken_, Rules{});
}

TEST_F(MonitorTest, R083_NothingIsSaidOfALineThatIsClosed) {
    open_line();
    call(std::move(Inputs(Tspi::lineClose).number("hdLine", 70)));
    said(LINE_LINEDEVSTATE, {7, 0, LINEDEVSTATE_CONNECTED, 0, 0});
    returned(Tspi::lineClose, 0);
    said(LINE_CLOSE, {7, 0, 0, 0, 0}); // the provider may have closed it at the same moment
    EXPECT_EQ(broken_, Rules{});
    said(LINE_LINEDEVSTATE, {7, 0, LINEDEVSTATE_CONNECTED, 0, 0});
    EXPECT_EQ(broken_, Rules{83});
    open_line(); // the service has the same name for it again
    said(LINE_LINEDEVSTATE, {7, 0, LINEDEVSTATE_CONNECTED, 0, 0});
    EXPECT_EQ(broken_, Rules{83});
}

TEST_F(MonitorTest, R075_EventsNameTheLineOfTheCall) {
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, 0);
    said(LINE_CALLSTATE, {7, 9, LINECALLSTATE_DIALING, 0, 0});
    EXPECT_EQ(broken_, Rules{});
    said(LINE_CALLSTATE, {0x77, 9, LINECALLSTATE_PROCEEDING, 0, 0}); // no line at all
    EXPECT_EQ(broken_, Rules{75});
    call(std::move(Inputs(Tspi::lineOpen)
                       .number("dwDeviceID", 1)
                       .number("htLine", 8)
                       .number("dwTSPIVersion", abi::v2_2)));
    wire::Values outputs;
    outputs[abi::row(Tspi::lineOpen).index_of("lphdLine")] = {71, {}, false};
    returned(Tspi::lineOpen, 0, outputs);
    said(LINE_CALLSTATE, {8, 9, LINECALLSTATE_CONNECTED, 0, 0}); // another line
    EXPECT_EQ(broken_, (Rules{75, 75}));
}

TEST_F(MonitorTest, R078_ABreakNamesTheRequestThatWasLeft) {
    std::string did;
    Monitor other([&](const Break& broken) { did = broken.did; });
    std::swap(monitor_, other);
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, 0);
    call(std::move(Inputs(Tspi::lineHold).number("dwRequestID", 2).number("hdCall", 801)));
    returned(Tspi::lineHold, 2);
    call(std::move(Inputs(Tspi::lineCloseCall).number("hdCall", 801)));
    returned(Tspi::lineCloseCall, 0);
    EXPECT_EQ(did,
              "TSPI_lineCloseCall returned before request 0x2 (TSPI_lineHold) on the call was completed");
}

// Two calls of one handle: the service loses nothing by it.
TEST_F(MonitorTest, ALineWhoseCallsShareAHandleCloses) {
    open_line();
    for (const std::uint64_t name : {9, 10, 11})
        said(LINE_NEWCALL, {.line = 7, .call = name, .parameter1 = 900, .parameter2 = name, .parameter3 = 0});
    call(std::move(Inputs(Tspi::lineClose).number("hdLine", 70)));
    returned(Tspi::lineClose, 0);
    EXPECT_TRUE(monitor_.books().calls.empty());
}

// So that a trace can be asked for the line, the call and the request.
TEST_F(MonitorTest, R046_ABreakSaysWhatItIsAbout) {
    Subject subject;
    Monitor other([&](const Break& broken) { subject = broken.subject; });
    std::swap(monitor_, other);
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, 0);
    completed(Tspi::lineMakeCall, 1, 0); // R046
    EXPECT_EQ(subject.line, 7u);
    EXPECT_EQ(subject.call, 9u);
    EXPECT_EQ(subject.request, 1u);
    subject = {};
    said(LINE_CALLSTATE, {7, 9, LINECALLSTATE_IDLE | LINECALLSTATE_CONNECTED, 0, 0}); // R211
    EXPECT_EQ(subject.line, 7u);
    EXPECT_EQ(subject.call, 9u);
    subject = {};
    call(std::move(Inputs(Tspi::lineDrop).number("dwRequestID", 2).number("hdCall", 801)));
    returned(Tspi::lineDrop, 1); // R043
    EXPECT_EQ(subject.line, 7u);
    EXPECT_EQ(subject.call, 9u);
    EXPECT_EQ(subject.request, 2u);
}

// People know a call by the service's name for it.
TEST_F(MonitorTest, R058_APromiseNamesTheCallAsTheServiceDoes) {
    std::string did;
    Monitor other([&](const Break& broken) { did = broken.did; });
    std::swap(monitor_, other);
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, 0);
    call(std::move(Inputs(Tspi::lineHold).number("dwRequestID", 2).number("hdCall", 801)));
    returned(Tspi::lineHold, 2);
    completed(Tspi::lineHold, 2, 0);
    call_status(801, LINECALLSTATE_CONNECTED);
    EXPECT_NE(did.find("call 0x9 is CONNECTED"), std::string::npos) << did;
    monitor_.quiet();
    EXPECT_NE(did.find("call 0x9"), std::string::npos) << did;
}

TEST_F(MonitorTest, R215_WhatWaitedForACallGoesOnInItsOwnTime) {
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, 0);
    setup_transfer(2, 801, 10);
    said(LINE_CALLSTATE, {7, 9, LINECALLSTATE_ONHOLDPENDTRANSFER, 0, 0});
    said(LINE_CALLSTATE, {7, 10, LINECALLSTATE_DIALTONE, 0, 0});
    drop(3, 802);
    said(LINE_CALLSTATE, {7, 10, LINECALLSTATE_IDLE, 0, 0});
    call_status(801, LINECALLSTATE_ONHOLDPENDTRANSFER);
    EXPECT_EQ(broken_, Rules{});
    monitor_.quiet();
    EXPECT_EQ(broken_, Rules{215});
}

class WithoutHold : public MonitorTest {
  protected:
    WithoutHold() {
        open_line();
        make_call(1, 9);
        completed(Tspi::lineMakeCall, 1, 0);
        setup_transfer(2, 801, 10, LINECALLPARAMFLAGS_NOHOLDCONFERENCE);
        said(LINE_CALLSTATE, {7, 10, LINECALLSTATE_RINGBACK, 0, 0});
    }
    void conferenced_breaks(const Rules& rules) {
        said(LINE_CALLSTATE, {7, 9, LINECALLSTATE_CONFERENCED, 11, 0});
        EXPECT_EQ(broken_, rules);
    }
};

TEST_F(WithoutHold, R220_TheOriginalCallIsLeftAlone) { conferenced_breaks({220}); }

TEST_F(WithoutHold, R220_ACompletedTransferNeedNotWaitForTheConsultationCall) {
    call(std::move(Inputs(Tspi::lineCompleteTransfer)
                       .number("dwRequestID", 3)
                       .number("hdCall", 801)
                       .number("hdConsultCall", 802)
                       .number("htConfCall", 11)
                       .number("dwTransferMode", LINETRANSFERMODE_CONFERENCE)));
    conferenced_breaks({});
}

TEST_F(WithoutHold, R220_TheOriginalCallCanBeAddedToAConference) {
    call(std::move(Inputs(Tspi::lineAddToConference)
                       .number("dwRequestID", 3)
                       .number("hdConfCall", 802)
                       .number("hdConsultCall", 801)));
    conferenced_breaks({});
}

TEST_F(MonitorTest, R220_WhatIsSaidBeforeTheFunctionReturnsMayBeOlderThanIt) {
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, 0);
    ask_for_transfer(2, 801, 10, LINECALLPARAMFLAGS_NOHOLDCONFERENCE);
    said(LINE_CALLSTATE, {7, 9, LINECALLSTATE_CONFERENCED, 11, 0});
    EXPECT_EQ(broken_, Rules{});
}

TEST_F(MonitorTest, R219_PartiesOfAConferenceThatEndsGoOnInTheirOwnTime) {
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, 0);
    call(std::move(Inputs(Tspi::lineSetupConference)
                       .number("dwRequestID", 2)
                       .number("hdCall", 801)
                       .number("hdLine", 70)
                       .number("htConfCall", 10)
                       .number("htConsultCall", 11)));
    wire::Values outputs;
    outputs[abi::row(Tspi::lineSetupConference).index_of("lphdConfCall")] = {802, {}, false};
    outputs[abi::row(Tspi::lineSetupConference).index_of("lphdConsultCall")] = {803, {}, false};
    returned(Tspi::lineSetupConference, 2, outputs);
    completed(Tspi::lineSetupConference, 2, 0);
    call(std::move(Inputs(Tspi::lineAddToConference)
                       .number("dwRequestID", 3)
                       .number("hdConfCall", 802)
                       .number("hdConsultCall", 803)));
    returned(Tspi::lineAddToConference, 3);
    completed(Tspi::lineAddToConference, 3, 0);
    said(LINE_CALLSTATE, {7, 9, LINECALLSTATE_CONFERENCED, 10, 0});
    said(LINE_CALLSTATE, {7, 11, LINECALLSTATE_CONFERENCED, 10, 0});
    drop(4, 802);
    said(LINE_CALLSTATE, {7, 10, LINECALLSTATE_IDLE, 0, 0});
    call_status(803, LINECALLSTATE_CONFERENCED);
    EXPECT_EQ(broken_, Rules{});
    monitor_.quiet();
    EXPECT_EQ(broken_, Rules{219});
}

TEST_F(MonitorTest, R229_ForwardingIsConfirmedToWhoWaitsForIt) {
    open_line();
    const auto ask_for = [&](std::uint32_t states) {
        call(std::move(
            Inputs(Tspi::lineSetStatusMessages).number("hdLine", 70).number("dwAddressStates", states)));
        returned(Tspi::lineSetStatusMessages, 0);
    };
    const auto begin_to_forward = [&](std::uint32_t request) {
        call(std::move(Inputs(Tspi::lineForward).number("dwRequestID", request).number("hdLine", 70)));
        returned(Tspi::lineForward, static_cast<std::int32_t>(request));
    };
    ask_for(LINEADDRESSSTATE_FORWARD);
    begin_to_forward(1);
    ask_for(0);
    completed(Tspi::lineForward, 1, 0);
    monitor_.quiet();
    EXPECT_EQ(broken_, Rules{});
    ask_for(LINEADDRESSSTATE_FORWARD);
    begin_to_forward(2);
    completed(Tspi::lineForward, 2, 0);
    monitor_.quiet();
    EXPECT_EQ(broken_, Rules{229});
}

// On a service that is never quiet.
TEST_F(MonitorTest, R135_WhatIsOwedForAWholePeriodIsNamedOnce) {
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, 0);
    monitor_.period_has_passed();
    call(std::move(Inputs(Tspi::lineSetAppSpecific).number("hdCall", 801).number("dwAppSpecific", 1)));
    returned(Tspi::lineSetAppSpecific, 0);
    monitor_.period_has_passed();
    EXPECT_EQ(broken_, Rules{}) << "it was owed for a part of the period";
    monitor_.period_has_passed();
    EXPECT_EQ(broken_, Rules{135});
    broken_.clear();
    monitor_.period_has_passed();
    EXPECT_EQ(broken_, Rules{});
}

TEST_F(MonitorTest, R046_ARequestThatIsOutstandingForLongMayWaitForPeople) {
    open_line();
    make_call(1, 9);
    for (int i = 0; i < 3; ++i) monitor_.period_has_passed();
    EXPECT_EQ(broken_, Rules{});
    monitor_.quiet();
    EXPECT_EQ(broken_, Rules{46});
}

// Setting a value is allowed in any state, and telling of it is not once the call is idle.
TEST_F(MonitorTest, R127_ASettingTellsNothingOfAnIdleCall) {
    open_line();
    make_call(1, 9);
    completed(Tspi::lineMakeCall, 1, 0);
    const auto set = [this] {
        call(std::move(Inputs(Tspi::lineSetAppSpecific).number("hdCall", 801).number("dwAppSpecific", 1)));
        said(LINE_CALLINFO, {7, 9, LINECALLINFOSTATE_APPSPECIFIC, 0, 0});
        returned(Tspi::lineSetAppSpecific, 0);
    };
    set();
    EXPECT_EQ(broken_, Rules{});
    said(LINE_CALLSTATE, {7, 9, LINECALLSTATE_IDLE, 0, 0});
    set();
    EXPECT_EQ(broken_, Rules{127});
    monitor_.quiet();
    EXPECT_EQ(broken_, Rules{127}) << "and nothing is owed of it";
}

TEST_F(MonitorTest, R246_AVolumeIsNoMoreThanItsLimit) {
    wire::Values outputs;
    auto& volume = outputs[abi::row(Tspi::phoneGetVolume).index_of("lpdwVolume")];
    volume = {0xFFFF, {}, false};
    call(Inputs(Tspi::phoneGetVolume));
    returned(Tspi::phoneGetVolume, 0, outputs);
    EXPECT_EQ(broken_, Rules{});
    volume.number = 0x10000;
    call(Inputs(Tspi::phoneGetVolume));
    returned(Tspi::phoneGetVolume, 0, outputs);
    EXPECT_EQ(broken_, Rules{246});
}

TEST_F(MonitorTest, R002_TheHostsOwnWordIsTaken) {
    host({.kind = wire::FrameKind::goodbye},
         [](wire::FrameWriter& to) { to.utf8("R002: an event came too late"); });
    host({.kind = wire::FrameKind::goodbye}, [](wire::FrameWriter& to) { to.utf8("R999: no such rule"); });
    host({.kind = wire::FrameKind::goodbye}, [](wire::FrameWriter& to) { to.utf8("R02: no such form"); });
    EXPECT_EQ(broken_, Rules{2});
}

// Whatever comes: nothing is read beyond it, and the books stay bounded.
TEST_F(MonitorTest, AnyFramesDoNoHarm) {
    std::mt19937 random(std::random_device{}());
    open_line();
    for (int i = 0; i < 200'000; ++i) {
        std::vector<std::byte> payload(random() % 96);
        for (auto& byte : payload) byte = static_cast<std::byte>(random() % 4 == 0 ? random() : random() % 9);
        wire::Frame frame{};
        frame.header.kind = static_cast<wire::FrameKind>(1 + random() % wire::last_frame_kind);
        frame.header.function =
            static_cast<std::uint16_t>(random() % 3 == 0 ? 500 + random() % 8 : random() % 130);
        frame.header.correlation = random() % 32;
        frame.header.result = static_cast<std::int32_t>(random() % 3) - 1;
        frame.header.size = static_cast<std::uint32_t>(sizeof frame.header + payload.size());
        frame.payload = payload;
        if (random() % 2 == 0) {
            monitor_.from_host(frame);
        } else {
            std::vector<std::byte> whole(frame.header.size);
            std::memcpy(whole.data(), &frame.header, sizeof frame.header);
            std::ranges::copy(payload, whole.begin() + sizeof frame.header);
            monitor_.to_host(whole);
        }
        if (i % 1000 == 0) monitor_.quiet();
        if (i % 1000 == 500) monitor_.period_has_passed();
    }
    SUCCEED();
}

} // namespace
} // namespace offhook::rules
