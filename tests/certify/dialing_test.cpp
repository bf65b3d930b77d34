// SPDX-License-Identifier: Apache-2.0
//
// Dial strings with modifiers that a line has nothing for: what is right, what is wrong, and what is nobody's
// business.
#include "abi/structure_table.h"
#include "rules/dial_string.h"
#include "tests/certify/forged_traffic.h"

namespace offhook::rules {
namespace {

constexpr auto nothing = std::optional<std::uint32_t>(0);

char16_t refusable(std::u16string_view dialed, std::optional<std::uint32_t> flags = nothing) {
    const auto* modifier = refusable_modifier(dialed, flags).modifier;
    return modifier == nullptr ? u'\0' : modifier->character;
}

TEST(DialString, R178_R179_TheFirstModifierThatALineLacks) {
    EXPECT_EQ(refusable(u"12?34"), u'?');
    EXPECT_EQ(refusable(u"0W12$"), u'W');
    EXPECT_EQ(refusable(u"0w12"), u'w');
    EXPECT_EQ(refusable(u"12@"), u'@');
    EXPECT_EQ(refusable(u"12$;"), u'$') << "more will be dialed";
    EXPECT_EQ(refusable(u"+49 (89) 12-34,T#*A!?"), u'?');
    EXPECT_EQ(refusable(u"1234"), u'\0');
    EXPECT_EQ(refusable(u""), u'\0');
    EXPECT_EQ(refusable(u"12|?^W\r\n3?"), u'\0') << "subaddress, name and other addresses";
}

TEST(DialString, R179_ALineThatCanWaitIsToDoSo) {
    EXPECT_EQ(refusable(u"0W12", LINEDEVCAPFLAGS_DIALDIALTONE), u'\0');
    EXPECT_EQ(refusable(u"0W12$", LINEDEVCAPFLAGS_DIALDIALTONE), u'$');
    EXPECT_EQ(refusable(u"0W1$2@3", LINEDEVCAPFLAGS_DIALDIALTONE | LINEDEVCAPFLAGS_DIALBILLING), u'@');
    EXPECT_EQ(refusable(u"0W12", {}), u'\0') << "what it can is not known";
    EXPECT_EQ(refusable(u"0W12?", {}), u'?') << "nobody can";
}

TEST(DialString, WhatIsNoNumberHasNoModifiers) {
    for (const auto* address : {u"12@192.0.2.1", u"sip:12@host?subject=W", u"Will?", u"1;2?", u"12:?"})
        EXPECT_EQ(refusable(address), u'\0');
}

class Dialing : public MonitorTest {
  protected:
    void has(std::uint32_t flags) {
        LINEDEVCAPS caps{};
        const auto size = abi::fixed_size<LINEDEVCAPS>(abi::v2_2);
        caps.dwTotalSize = caps.dwNeededSize = caps.dwUsedSize = size;
        caps.dwNumAddresses = 1;
        caps.dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
        caps.dwDevCapFlags = flags;
        call(std::move(Inputs(Tspi::lineGetDevCaps)
                           .number("dwDeviceID", 0)
                           .number("dwTSPIVersion", abi::v2_2)
                           .number("lpLineDevCaps", size)));
        wire::Values outputs;
        outputs[abi::row(Tspi::lineGetDevCaps).index_of("lpLineDevCaps")] = {
            0, std::as_bytes(std::span(&caps, 1)).first(size), false};
        returned(Tspi::lineGetDevCaps, 0, outputs);
    }
    // TSPI_lineMakeCall of a number, which returns an error or is completed.
    void made(const std::u16string& number, LONG result) {
        const auto request = ++request_;
        call(std::move(Inputs(Tspi::lineMakeCall)
                           .number("dwRequestID", request)
                           .number("hdLine", 70)
                           .number("htCall", 100 + request)
                           .text("lpszDestAddress", number)));
        if (result != 0) return returned(Tspi::lineMakeCall, result);
        wire::Values outputs;
        outputs[abi::row(Tspi::lineMakeCall).index_of("lphdCall")] = {900 + request, {}, false};
        returned(Tspi::lineMakeCall, static_cast<std::int32_t>(request), outputs);
        completed(Tspi::lineMakeCall, request, 0);
    }
    // Rules that are broken by it.
    Rules broken_by(const std::u16string& number, LONG result) {
        broken_.clear();
        made(number, result);
        return broken_;
    }

    std::uint32_t request_ = 10;
};

TEST_F(Dialing, R178_APromptIsRefusedWithItsError) {
    open_line();
    EXPECT_EQ(broken_by(u"12?34", LINEERR_DIALPROMPT), Rules{});
    EXPECT_EQ(monitor_.counts()[178].kept, 1u);
    EXPECT_EQ(broken_by(u"12?34", 0), Rules{178});
    EXPECT_EQ(broken_by(u"12?34", LINEERR_INVALADDRESS), Rules{178});
    EXPECT_EQ(broken_by(u"12?34", LINEERR_DIALQUIET), Rules{178});
    EXPECT_EQ(broken_by(u"12?34", LINEERR_INVALLINESTATE), Rules{}) << "something else is wrong as well";
    EXPECT_EQ(broken_by(u"A,12?34", LINEERR_INVALADDRESS), Rules{}) << "it may have no letters";
    EXPECT_EQ(broken_by(u"1234", 0), Rules{});
}

TEST_F(Dialing, R179_WhatTheLineCannotWaitForIsRefusedWithItsError) {
    open_line();
    EXPECT_EQ(broken_by(u"0W1234", 0), Rules{}) << "its capabilities are not known";
    has(LINEDEVCAPFLAGS_DIALQUIET);
    EXPECT_EQ(broken_by(u"0W1234", LINEERR_DIALDIALTONE), Rules{});
    EXPECT_EQ(broken_by(u"0$1234", LINEERR_DIALBILLING), Rules{});
    EXPECT_EQ(monitor_.counts()[179].kept, 2u);
    EXPECT_EQ(broken_by(u"0W1234", 0), Rules{179});
    EXPECT_EQ(broken_by(u"0$1234", LINEERR_DIALDIALTONE), Rules{179});
    EXPECT_EQ(broken_by(u"0@1234", 0), Rules{}) << "it can";
}

TEST_F(Dialing, R179_NothingIsDialedBeforeTheRefusal) {
    open_line();
    has(0);
    made(u"1", 0);
    const auto name = 100 + request_, driver = 900 + request_;
    const auto dial = [&](auto&& meanwhile) {
        broken_.clear();
        said(LINE_CALLSTATE, {7, name, LINECALLSTATE_DIALTONE, 0, LINEMEDIAMODE_INTERACTIVEVOICE});
        const auto request = ++request_;
        call(std::move(Inputs(Tspi::lineDial)
                           .number("dwRequestID", request)
                           .number("hdCall", driver)
                           .text("lpszDestAddress", u"9W1")));
        returned(Tspi::lineDial, static_cast<std::int32_t>(request));
        meanwhile();
        completed(Tspi::lineDial, request, LINEERR_DIALDIALTONE);
        return broken_;
    };
    const auto becomes = [&](std::uint32_t state) {
        said(LINE_CALLSTATE, {7, name, state, 0, LINEMEDIAMODE_INTERACTIVEVOICE});
    };
    EXPECT_EQ(dial([] {}), Rules{});
    EXPECT_EQ(dial([&] { becomes(LINECALLSTATE_DISCONNECTED); }), Rules{}) << "somebody hung up";
    EXPECT_EQ(dial([&] { becomes(LINECALLSTATE_DIALING); }), Rules{179});
}

} // namespace
} // namespace offhook::rules
