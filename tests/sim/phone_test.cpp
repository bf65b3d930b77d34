// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/sim_host.h"

namespace offhook::testing {
namespace {

class SimPhones : public SimTest {
  protected:
    HDRVPHONE phone() {
        HDRVPHONE const opened = host().open_phone(0);
        EXPECT_EQ(TSP(host(), phoneSetStatusMessages)(opened, 0x00FFFFFF, 0x3F, 0xF), 0);
        return opened;
    }
};

TEST_F(SimPhones, R073_LiftingTheHandsetBeginsACall) {
    begin();
    line(0);
    phone();
    command("lift 101");
    EXPECT_EQ(states(newest().first), (States{LINECALLSTATE_DIALTONE}));
    EXPECT_EQ(count(PHONE_STATE, PHONESTATE_HANDSETHOOKSWITCH), 1U);
    command("dial 101 9123");
    EXPECT_EQ(state(newest().first), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    command("hangup 101");
    EXPECT_EQ(state(newest().first), static_cast<DWORD>(LINECALLSTATE_IDLE));
}

TEST_F(SimPhones, LiftingTheHandsetAnswers) {
    begin();
    line(0);
    HDRVPHONE const opened = phone();
    command("ring 101 from 5");
    DWORD mode = 0, volume = 0;
    EXPECT_EQ(TSP(host(), phoneGetRing)(opened, &mode, &volume), 0);
    EXPECT_EQ(mode, 1U);
    command("lift 101");
    EXPECT_EQ(state(newest().first), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    TSP(host(), phoneGetRing)(opened, &mode, &volume);
    EXPECT_EQ(mode, 0U);
}

TEST_F(SimPhones, R247_R248_Buttons) {
    begin();
    phone();
    command("press 101 #");
    EXPECT_EQ(count(PHONE_BUTTON, 11), 2U); // down and up
}

TEST_F(SimPhones, R249_R251_HookswitchesAreSetOneByOne) {
    begin();
    HDRVPHONE const opened = phone();
    EXPECT_TRUE(succeeded(TSP(host(), phoneSetHookSwitch)(
        host().next_request(), opened, PHONEHOOKSWITCHDEV_SPEAKER, PHONEHOOKSWITCHMODE_MICSPEAKER)));
    DWORD off_hook = 0;
    EXPECT_EQ(TSP(host(), phoneGetHookSwitch)(opened, &off_hook), 0);
    EXPECT_EQ(off_hook, static_cast<DWORD>(PHONEHOOKSWITCHDEV_SPEAKER));
    EXPECT_EQ(TSP(host(), phoneSetHookSwitch)(host().next_request(), opened, 8, PHONEHOOKSWITCHMODE_ONHOOK),
              static_cast<LONG>(PHONEERR_INVALHOOKSWITCHDEV));
}

TEST_F(SimPhones, R246_R250_LevelsDisplayAndLamps) {
    begin();
    HDRVPHONE const opened = phone();
    EXPECT_TRUE(succeeded(
        TSP(host(), phoneSetVolume)(host().next_request(), opened, PHONEHOOKSWITCHDEV_HANDSET, 0x12345)));
    DWORD volume = 0;
    EXPECT_EQ(TSP(host(), phoneGetVolume)(opened, PHONEHOOKSWITCHDEV_HANDSET, &volume), 0);
    EXPECT_EQ(volume, 0xFFFFU);
    EXPECT_TRUE(succeeded(
        TSP(host(), phoneSetDisplay)(host().next_request(), opened, 0, 20, u"beyond the edge", 30)));
    auto display = filled<VARSTRING>([&](auto* out) { return TSP(host(), phoneGetDisplay)(opened, out); });
    EXPECT_EQ(display.text(display->dwStringSize, display->dwStringOffset),
              std::u16string(20, u' ') + u"beyo" + std::u16string(24, u' '));
    EXPECT_TRUE(succeeded(TSP(host(), phoneSetLamp)(host().next_request(), opened, 16, PHONELAMPMODE_WINK)));
    DWORD lamp = 0;
    EXPECT_EQ(TSP(host(), phoneGetLamp)(opened, 16, &lamp), 0);
    EXPECT_EQ(lamp, static_cast<DWORD>(PHONELAMPMODE_WINK));
    EXPECT_EQ(TSP(host(), phoneGetLamp)(opened, 3, &lamp), static_cast<LONG>(PHONEERR_INVALBUTTONLAMPID));
    auto caps =
        filled<PHONECAPS>([&](auto* out) { return TSP(host(), phoneGetDevCaps)(0, 0x00020002, 0, out); });
    EXPECT_EQ(caps->dwNumButtonLamps, 17U);
    EXPECT_EQ(caps->dwButtonModesSize, 17U * 4);
}

TEST_F(SimPhones, R085_ClosingCompletesWhatIsOutstanding) {
    begin({{"time", "virtual"}, {"delay.completion", "100"}});
    HDRVPHONE const opened = phone();
    const LONG request = TSP(host(), phoneSetRing)(host().next_request(), opened, 1, 1);
    EXPECT_EQ(TSP(host(), phoneClose)(opened), 0);
    EXPECT_EQ(result(request), static_cast<LONG>(LINEERR_OPERATIONFAILED));
}

TEST_F(SimPhones, R245_ButtonModesNeedAButtonState) {
    begin();
    HDRVPHONE const opened = phone();
    EXPECT_EQ(TSP(host(), phoneSetStatusMessages)(opened, 0, 1, 0),
              static_cast<LONG>(PHONEERR_INVALBUTTONSTATE));
}

} // namespace
} // namespace offhook::testing
