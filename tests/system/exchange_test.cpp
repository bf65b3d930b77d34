// SPDX-License-Identifier: Apache-2.0
//
// Applications and the simulated exchange, with the service and a host between them: what is more than a
// call.
#include "tests/system/application.h"
#include "tests/system/service.h"

#include <gmock/gmock.h>

#include <array>
#include <cstring>

namespace {

using namespace offhook;
using namespace offhook::system_test;

class Exchange : public testing::Test {
  protected:
    Exchange() { service.install_sim("sim"); }

    // The reply's result, and what came with it is in its place.
    LONG finish(Application& application, LONG request) { return application.wait_for_reply(request); }
    DWORD state_of(HCALL call) {
        DWORD state = 0;
        EXPECT_EQ(Application::state(call, state), 0);
        return state;
    }
    static bool is(const LINEMESSAGE& message, DWORD id, HCALL call) {
        return message.dwMessageID == id && message.hDevice == call;
    }

    Service service;
};

TEST_F(Exchange, R214_R216_ACallIsTransferredByConsultation) {
    Application application;
    const auto first = application.open("Extension 101"), second = application.open("Extension 102"),
               third = application.open("Extension 103");
    auto pair = application.connect(first, second, "102");
    HCALL consultation = 0;
    ASSERT_EQ(
        finish(application, good(lineSetupTransferA(pair.in, &consultation, nullptr), "lineSetupTransfer")),
        0);
    ASSERT_NE(consultation, 0u);
    application.wait_for_state(pair.in, LINECALLSTATE_ONHOLDPENDTRANSFER);
    ASSERT_EQ(finish(application, good(lineDialA(consultation, "103", 0), "lineDial")), 0);
    const auto reached = application.offered(third);
    application.answer(reached);
    application.wait_for_state(consultation, LINECALLSTATE_CONNECTED);
    ASSERT_EQ(finish(application,
                     good(lineCompleteTransfer(pair.in, consultation, nullptr, LINETRANSFERMODE_TRANSFER),
                          "lineCompleteTransfer")),
              0);
    application.wait_for_state(pair.in, LINECALLSTATE_IDLE);
    application.wait_for_state(consultation, LINECALLSTATE_IDLE);
    EXPECT_EQ(state_of(pair.out), DWORD{LINECALLSTATE_CONNECTED});
    EXPECT_EQ(state_of(reached), DWORD{LINECALLSTATE_CONNECTED});
}

TEST_F(Exchange, R123_R132_R217_ThreeTalkInAConference) {
    Application application;
    const auto first = application.open("Extension 101"), second = application.open("Extension 102"),
               third = application.open("Extension 103");
    const auto pair = application.connect(first, second, "102");
    HCALL conference = 0, consultation = 0;
    ASSERT_EQ(
        finish(application, good(lineSetupConferenceA(pair.out, 0, &conference, &consultation, 3, nullptr),
                                 "lineSetupConference")),
        0);
    // The parent as this application knows it, though the exchange told of the party first (R132).
    EXPECT_EQ(application.wait_for_state(pair.out, LINECALLSTATE_CONFERENCED).dwParam2, conference);
    ASSERT_EQ(finish(application, good(lineDialA(consultation, "103", 0), "lineDial")), 0);
    application.answer(application.offered(third));
    application.wait_for_state(consultation, LINECALLSTATE_CONNECTED);
    ASSERT_EQ(finish(application, good(lineAddToConference(conference, consultation), "lineAddToConference")),
              0);
    const auto joined = application.wait_for_state(consultation, LINECALLSTATE_CONFERENCED);
    EXPECT_EQ(joined.dwParam2, conference);
    struct {
        LINECALLLIST list;
        std::array<HCALL, 8> room;
    } found{};
    found.list.dwTotalSize = sizeof found;
    ASSERT_EQ(lineGetConfRelatedCalls(pair.out, &found.list), 0);
    ASSERT_EQ(found.list.dwCallsNumEntries, 3u);
    HCALL parent = 0;
    std::memcpy(&parent, reinterpret_cast<const std::byte*>(&found) + found.list.dwCallsOffset,
                sizeof parent);
    EXPECT_EQ(parent, conference);
}

TEST_F(Exchange, R216_R132_ATransferThatBecomesAConferenceHasAParent) {
    Application application;
    const auto first = application.open("Extension 101"), second = application.open("Extension 102"),
               third = application.open("Extension 103");
    const auto pair = application.connect(first, second, "102");
    HCALL consultation = 0, conference = 0;
    ASSERT_EQ(
        finish(application, good(lineSetupTransferA(pair.in, &consultation, nullptr), "lineSetupTransfer")),
        0);
    ASSERT_EQ(finish(application, good(lineDialA(consultation, "103", 0), "lineDial")), 0);
    application.answer(application.offered(third));
    application.wait_for_state(consultation, LINECALLSTATE_CONNECTED);
    ASSERT_EQ(finish(application, good(lineCompleteTransfer(pair.in, consultation, &conference,
                                                            LINETRANSFERMODE_CONFERENCE),
                                       "lineCompleteTransfer")),
              0);
    EXPECT_EQ(application.wait_for_state(pair.in, LINECALLSTATE_CONFERENCED).dwParam2, conference);
    EXPECT_EQ(application.wait_for_state(consultation, LINECALLSTATE_CONFERENCED).dwParam2, conference);
}

// What an application says of a call, and who it is, in the form that another asks for.
TEST_F(Exchange, R039_R042_R133_WhatAnApplicationSaysOfItsCallIsThereForAll) {
    Application maker, other;
    const auto line = maker.open("Extension 101"), same_line = other.open("Extension 101");
    struct {
        LINECALLPARAMS parameters;
        std::array<char, 8> called_party{"Zoe"};
        std::array<char, 16> comment{"about cheese"};
    } given{};
    given.parameters.dwTotalSize = sizeof given;
    given.parameters.dwBearerMode = LINEBEARERMODE_VOICE;
    given.parameters.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    given.parameters.dwCalledPartySize = 4;
    given.parameters.dwCalledPartyOffset = sizeof(LINECALLPARAMS);
    given.parameters.dwCommentSize = 13;
    given.parameters.dwCommentOffset = sizeof(LINECALLPARAMS) + given.called_party.size();
    HCALL call = 0;
    ASSERT_EQ(finish(maker, good(lineMakeCallA(line, &call, "102", 0, &given.parameters), "lineMakeCall")),
              0);
    struct {
        LINECALLLIST list;
        std::array<HCALL, 8> room;
    } calls{};
    calls.list.dwTotalSize = sizeof calls;
    ASSERT_EQ(lineGetNewCalls(same_line, 0, LINECALLSELECT_LINE, &calls.list), 0);
    ASSERT_EQ(calls.list.dwCallsNumEntries, 1u);
    HCALL seen = 0;
    std::memcpy(&seen, reinterpret_cast<const std::byte*>(&calls) + calls.list.dwCallsOffset, sizeof seen);

    struct {
        LINECALLINFO info;
        std::array<std::byte, 2'000> room;
    } found{};
    const auto at = [&found](DWORD offset) { return reinterpret_cast<const char*>(&found) + offset; };
    found.info.dwTotalSize = sizeof found;
    ASSERT_EQ(lineGetCallInfoA(seen, &found.info), 0);
    EXPECT_STREQ(at(found.info.dwAppNameOffset), "system test");
    EXPECT_STREQ(at(found.info.dwCalledPartyOffset), "Zoe");
    EXPECT_STREQ(at(found.info.dwCommentOffset), "about cheese");
    EXPECT_EQ(found.info.dwCommentSize, 13u);
    EXPECT_EQ(found.info.dwNumOwners + found.info.dwNumMonitors, 2u);
    found.info.dwTotalSize = sizeof found;
    ASSERT_EQ(lineGetCallInfoW(seen, &found.info), 0);
    EXPECT_EQ(found.info.dwCommentSize, 13 * sizeof(char16_t));
    EXPECT_EQ(std::memcmp(at(found.info.dwCommentOffset), u"about cheese", 13 * sizeof(char16_t)), 0);

    struct {
        LINEDEVSTATUS status;
        std::array<LINEAPPINFO, 2> applications;
        std::array<std::byte, 1'000> room;
    } line_status{};
    line_status.status.dwTotalSize = sizeof line_status;
    ASSERT_EQ(lineGetLineDevStatusA(line, &line_status.status), 0);
    ASSERT_EQ(line_status.status.dwNumOpens, 2u);
    const auto* bytes = reinterpret_cast<const char*>(&line_status);
    for (std::size_t i = 0; i < 2; ++i) {
        LINEAPPINFO entry{};
        std::memcpy(&entry, bytes + line_status.status.dwAppInfoOffset + i * sizeof entry, sizeof entry);
        EXPECT_STREQ(bytes + entry.dwFriendlyNameOffset, "system test");
        EXPECT_EQ(entry.dwMediaModes, DWORD{LINEMEDIAMODE_INTERACTIVEVOICE});
    }
}

TEST_F(Exchange, R221_R222_ACallIsParkedAndFetchedAgain) {
    Application application;
    const auto first = application.open("Extension 101"), second = application.open("Extension 102"),
               third = application.open("Extension 103");
    const auto pair = application.connect(first, second, "102");
    struct {
        VARSTRING header;
        std::array<char, 100> room;
    } place{};
    place.header.dwTotalSize = sizeof place;
    ASSERT_EQ(finish(application,
                     good(lineParkA(pair.in, LINEPARKMODE_NONDIRECTED, nullptr, &place.header), "linePark")),
              0);
    ASSERT_NE(place.header.dwStringSize, 0u); // it came with the reply (R056)
    const std::string slot = reinterpret_cast<const char*>(&place) + place.header.dwStringOffset;
    application.wait_for_state(pair.in, LINECALLSTATE_IDLE);
    HCALL fetched = 0;
    ASSERT_EQ(finish(application, good(lineUnparkA(third, 0, &fetched, slot.c_str()), "lineUnpark")), 0);
    EXPECT_NE(fetched, pair.in);
    application.wait_for_state(fetched, LINECALLSTATE_CONNECTED);
    HCALL nothing = 0;
    EXPECT_LT(lineUnparkA(third, 0, &nothing, slot.c_str()), 0); // nothing is there any more
}

TEST_F(Exchange, R230_DigitsAreGeneratedAndGathered) {
    Application application;
    const auto first = application.open("Extension 101"), second = application.open("Extension 102");
    const auto pair = application.connect(first, second, "102");
    std::array<char, 4> digits{'x', 'x', 'x', 'x'};
    ASSERT_EQ(lineGatherDigitsA(pair.in, LINEDIGITMODE_DTMF, digits.data(), 3, nullptr, 0, 0), 0);
    ASSERT_EQ(lineMonitorDigits(pair.in, LINEDIGITMODE_DTMF), 0);
    ASSERT_EQ(lineGenerateDigitsA(pair.out, LINEDIGITMODE_DTMF, "127", 0), 0);
    const auto gathered = application.wait_for(
        "LINE_GATHERDIGITS", [&](const LINEMESSAGE& m) { return is(m, LINE_GATHERDIGITS, pair.in); });
    EXPECT_EQ(gathered.dwParam1, DWORD_PTR{LINEGATHERTERM_BUFFERFULL});
    EXPECT_EQ(std::string(digits.data(), 3), "127");
    EXPECT_EQ(digits[3], 'x');
    application.wait_for("LINE_GENERATE",
                         [&](const LINEMESSAGE& m) { return is(m, LINE_GENERATE, pair.out); });
    application.wait_for("LINE_MONITORDIGITS", [&](const LINEMESSAGE& m) {
        return is(m, LINE_MONITORDIGITS, pair.in) && m.dwParam1 == '7' && m.dwParam3 != 0;
    });
    // Without a buffer, the gathering is cancelled.
    ASSERT_EQ(lineGatherDigitsA(pair.in, LINEDIGITMODE_DTMF, digits.data(), 3, nullptr, 0, 0), 0);
    application.forget_messages();
    ASSERT_EQ(lineGatherDigitsA(pair.in, LINEDIGITMODE_DTMF, nullptr, 0, nullptr, 0, 0), 0);
    EXPECT_EQ(application
                  .wait_for("LINE_GATHERDIGITS",
                            [&](const LINEMESSAGE& m) { return is(m, LINE_GATHERDIGITS, pair.in); })
                  .dwParam1,
              DWORD_PTR{LINEGATHERTERM_CANCEL});
}

TEST_F(Exchange, R090_R092_R094_ExtensionsComeAndGo) {
    Application application;
    const auto line = application.open("Extension 110");
    service.command("sim", "add 111");
    const auto created = application.wait_for(
        "LINE_CREATE", [](const LINEMESSAGE& m) { return m.dwMessageID == LINE_CREATE; });
    HLINE added = 0;
    EXPECT_EQ(application.try_open(static_cast<DWORD>(created.dwParam1), added), 0);
    service.command("sim", "remove 110");
    application.wait_for_close(line);
    const auto removed = application.wait_for(
        "LINE_REMOVE", [](const LINEMESSAGE& m) { return m.dwMessageID == LINE_REMOVE; });
    HLINE none = 0;
    EXPECT_EQ(application.try_open(static_cast<DWORD>(removed.dwParam1), none), LONG{LINEERR_NODEVICE});
    EXPECT_EQ(lineClose(line), LONG{LINEERR_INVALLINEHANDLE});
}

TEST_F(Exchange, R023_R254_AnExtensionIsNegotiatedSelectedAndUsed) {
    Application application;
    const auto device = application.device("Extension 101");
    DWORD extension = 0;
    ASSERT_EQ(
        lineNegotiateExtVersion(application.handle(), device, 0x00020002, 0x00010000, 0x00010000, &extension),
        0);
    EXPECT_EQ(extension, 0x00010000u);
    HLINE line = 0;
    ASSERT_EQ(lineOpenA(application.handle(), device, &line, 0x00020002, extension, 0, LINECALLPRIVILEGE_NONE,
                        0, nullptr),
              0);
    std::array<DWORD, 2> block{1, 4711};
    ASSERT_EQ(
        finish(application, good(lineDevSpecific(line, 0, 0, block.data(), sizeof block), "lineDevSpecific")),
        0);
    EXPECT_EQ(block, (std::array<DWORD, 2>{1, 0})); // the calls that the line has had
}

class Phone : public Exchange {
  protected:
    Phone() {
        PHONEINITIALIZEEXPARAMS wanted{};
        wanted.dwTotalSize = sizeof wanted;
        wanted.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
        DWORD version = 0x00020002, phones = 0;
        good(phoneInitializeExA(&application_, nullptr, nullptr, "system test", &phones, &version, &wanted),
             "phoneInitializeEx");
        EXPECT_EQ(phones, 10u);
        good(phoneOpen(application_, 0, &phone, 0x00020002, 0, 0, PHONEPRIVILEGE_OWNER), "phoneOpen");
    }
    ~Phone() override { phoneShutdown(application_); }

    PHONEMESSAGE wait_for(DWORD id) {
        for (;;) {
            PHONEMESSAGE message{};
            good(phoneGetMessage(application_, &message, 30'000), "phoneGetMessage");
            if (message.dwMessageID == id) return message;
        }
    }
    LONG reply(LONG request) {
        EXPECT_GT(request, 0);
        return static_cast<LONG>(wait_for(PHONE_REPLY).dwParam2);
    }

    HPHONEAPP application_ = 0;
    HPHONE phone = 0;
};

TEST_F(Phone, R246_R249_R250_IsRungLitAndWrittenOn) {
    ASSERT_EQ(reply(phoneSetVolume(phone, PHONEHOOKSWITCHDEV_HANDSET, 0x12345)), 0);
    DWORD volume = 0;
    EXPECT_EQ(phoneGetVolume(phone, PHONEHOOKSWITCHDEV_HANDSET, &volume), 0);
    EXPECT_EQ(volume, 0xFFFFu);
    ASSERT_EQ(reply(phoneSetLamp(phone, 12, PHONELAMPMODE_FLASH)), 0);
    DWORD lamp = 0;
    EXPECT_EQ(phoneGetLamp(phone, 12, &lamp), 0);
    EXPECT_EQ(lamp, DWORD{PHONELAMPMODE_FLASH});
    ASSERT_EQ(reply(phoneSetDisplay(phone, 0, 0, "Hello", 5)), 0);
    struct {
        VARSTRING header;
        std::array<char, 1'000> room;
    } display{};
    display.header.dwTotalSize = sizeof display;
    EXPECT_EQ(phoneGetDisplay(phone, &display.header), 0);
    EXPECT_NE(display.header.dwStringSize, 0u);
    ASSERT_EQ(reply(phoneSetRing(phone, 1, 0x8000)), 0);
    DWORD mode = 0;
    EXPECT_EQ(phoneGetRing(phone, &mode, &volume), 0);
    EXPECT_EQ(mode, 1u);
    EXPECT_EQ(volume, 0x8000u);
}

TEST_F(Phone, R243_R247_ReportsWhatIsDoneWithIt) {
    ASSERT_EQ(phoneSetStatusMessages(phone, PHONESTATE_HANDSETHOOKSWITCH, PHONEBUTTONMODE_KEYPAD,
                                     PHONEBUTTONSTATE_DOWN | PHONEBUTTONSTATE_UP),
              0);
    service.command("sim", "press 101 #");
    const auto down = wait_for(PHONE_BUTTON), up = wait_for(PHONE_BUTTON);
    EXPECT_EQ(down.dwParam1, 11u);
    EXPECT_EQ(down.dwParam3, DWORD_PTR{PHONEBUTTONSTATE_DOWN});
    EXPECT_EQ(up.dwParam3, DWORD_PTR{PHONEBUTTONSTATE_UP});
    service.command("sim", "lift 101");
    EXPECT_EQ(wait_for(PHONE_STATE).dwParam1, DWORD_PTR{PHONESTATE_HANDSETHOOKSWITCH});
    DWORD off_hook = 0;
    EXPECT_EQ(phoneGetHookSwitch(phone, &off_hook), 0);
    EXPECT_EQ(off_hook, DWORD{PHONEHOOKSWITCHDEV_HANDSET});
    HPHONE second = 0;
    EXPECT_EQ(phoneOpen(application_, 0, &second, 0x00020002, 0, 0, PHONEPRIVILEGE_OWNER),
              LONG{PHONEERR_INUSE});
    struct {
        PHONESTATUS status;
        std::array<char, 1'000> room;
    } found{};
    found.status.dwTotalSize = sizeof found;
    ASSERT_EQ(phoneGetStatusA(phone, &found.status), 0);
    EXPECT_EQ(found.status.dwNumOwners, 1u);
    EXPECT_STREQ(reinterpret_cast<const char*>(&found) + found.status.dwOwnerNameOffset, "system test");
}

} // namespace
