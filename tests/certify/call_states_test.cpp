// SPDX-License-Identifier: Apache-2.0
//
// What a provider may say of the state of a call: states, their modes, media modes.
#include "abi/structure_table.h"
#include "tests/certify/forged_traffic.h"

namespace offhook::rules {
namespace {

class CallStates : public MonitorTest {
  protected:
    void SetUp() override {
        open_line();
        make_call(1, 9);
        completed(Tspi::lineMakeCall, 1, 0);
    }
    // Rules that are broken by a LINE_CALLSTATE.
    Rules broken_by(std::uint32_t state, std::uint32_t mode = 0,
                    std::uint32_t media = LINEMEDIAMODE_INTERACTIVEVOICE) {
        broken_.clear();
        said(LINE_CALLSTATE, {7, 9, state, mode, media});
        return broken_;
    }
    // By a structure that is asked for.
    template <class T> Rules broken_by_answer(Tspi function, std::string_view output, T structure) {
        broken_.clear();
        const auto size = abi::fixed_size<T>(abi::v2_2);
        structure.dwTotalSize = structure.dwNeededSize = structure.dwUsedSize = size;
        call(std::move(Inputs(function).number("hdCall", 801).number(output, size)));
        wire::Values outputs;
        outputs[abi::row(function).index_of(output)] = {
            0, std::as_bytes(std::span(&structure, 1)).first(size), false};
        returned(function, 0, outputs);
        return broken_;
    }
};

TEST_F(CallStates, R211_AStateIsOneThatTheInterfaceKnows) {
    EXPECT_EQ(broken_by(LINECALLSTATE_PROCEEDING), Rules{});
    EXPECT_EQ(broken_by(LINECALLSTATE_PROCEEDING | 0x0300'0000), Rules{})
        << "the upper bits are the vendor's";
    EXPECT_EQ(broken_by(LINECALLSTATE_PROCEEDING | LINECALLSTATE_RINGBACK), Rules{211});
    EXPECT_EQ(broken_by(0x0020'0000), Rules{211});
    EXPECT_EQ(broken_by(0x0100'0000), Rules{211});
    EXPECT_EQ(broken_by(0), Rules{211});
}

TEST_F(CallStates, R253_ReservedBitsOfAModeAreNotUsed) {
    constexpr std::uint32_t vendors = 0x8000'0000;
    EXPECT_EQ(broken_by(LINECALLSTATE_DIALTONE, LINEDIALTONEMODE_UNAVAIL), Rules{});
    EXPECT_EQ(broken_by(LINECALLSTATE_DIALTONE, vendors), Rules{});
    EXPECT_EQ(broken_by(LINECALLSTATE_DIALTONE, LINEDIALTONEMODE_UNAVAIL << 1), Rules{253});
    EXPECT_EQ(broken_by(LINECALLSTATE_BUSY, LINEBUSYMODE_UNAVAIL | vendors), Rules{});
    EXPECT_EQ(broken_by(LINECALLSTATE_BUSY, LINEBUSYMODE_UNAVAIL << 1), Rules{253});
    EXPECT_EQ(broken_by(LINECALLSTATE_SPECIALINFO, LINESPECIALINFO_UNAVAIL), Rules{});
    EXPECT_EQ(broken_by(LINECALLSTATE_SPECIALINFO, LINESPECIALINFO_UNAVAIL << 1), Rules{253});
    EXPECT_EQ(broken_by(LINECALLSTATE_OFFERING, LINEOFFERINGMODE_INACTIVE), Rules{});
    EXPECT_EQ(broken_by(LINECALLSTATE_OFFERING, 4), Rules{253});
    EXPECT_EQ(broken_by(LINECALLSTATE_CONNECTED, 0), Rules{}) << "it is active (R149)";
    EXPECT_EQ(broken_by(LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_CONFIRMED), Rules{});
    EXPECT_EQ(broken_by(LINECALLSTATE_CONNECTED, vendors), Rules{253}) << "this one cannot be extended";
    EXPECT_EQ(broken_by(LINECALLSTATE_CONFERENCED, 0x1234'5678), Rules{}) << "a call's name";
    EXPECT_EQ(broken_by(LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_CANCELLED | vendors), Rules{});
    LINECALLSTATUS status{};
    status.dwCallState = LINECALLSTATE_DIALTONE;
    status.dwCallStateMode = 0x4000;
    EXPECT_EQ(broken_by_answer(Tspi::lineGetCallStatus, "lpCallStatus", status), Rules{253});
    status.dwCallStateMode = LINEDIALTONEMODE_NORMAL;
    EXPECT_EQ(broken_by_answer(Tspi::lineGetCallStatus, "lpCallStatus", status), Rules{});
}

TEST_F(CallStates, R142_ACallHasOneMediaModeUnlessItIsUnknown) {
    constexpr auto voice = LINEMEDIAMODE_INTERACTIVEVOICE, fax = LINEMEDIAMODE_G3FAX;
    EXPECT_EQ(broken_by(LINECALLSTATE_PROCEEDING, 0, voice), Rules{});
    EXPECT_EQ(broken_by(LINECALLSTATE_PROCEEDING, 0, voice | fax | LINEMEDIAMODE_UNKNOWN), Rules{});
    EXPECT_EQ(broken_by(LINECALLSTATE_PROCEEDING, 0, 0), Rules{}) << "it is told no mode";
    EXPECT_EQ(broken_by(LINECALLSTATE_PROCEEDING, 0, voice | fax), Rules{142});
    LINECALLINFO info{};
    info.dwBearerMode = LINEBEARERMODE_VOICE;
    info.dwCallStates = LINECALLSTATE_PROCEEDING;
    info.dwMediaMode = voice | fax;
    EXPECT_EQ(broken_by_answer(Tspi::lineGetCallInfo, "lpCallInfo", info), Rules{142});
    info.dwMediaMode = 0;
    EXPECT_EQ(broken_by_answer(Tspi::lineGetCallInfo, "lpCallInfo", info), Rules{142});
    info.dwMediaMode = fax;
    EXPECT_EQ(broken_by_answer(Tspi::lineGetCallInfo, "lpCallInfo", info), Rules{});
}

// It is delivered to nobody, and nothing comes of it.
TEST_F(CallStates, AnUnknownMessageIsNoRules) {
    for (const std::uint16_t message : {std::uint16_t{4711}, std::uint16_t{499}, std::uint16_t{0xFFFF}})
        said(message, {7, 9, 1, 2, 3});
    EXPECT_EQ(broken_, Rules{});
}

} // namespace
} // namespace offhook::rules
