// SPDX-License-Identifier: Apache-2.0
//
// What the service itself tells of calls and lines, beside what the provider does.
#include "tests/core/call_parameters.h"
#include "tests/core/scripted.h"

#include "abi/structure_reader.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

// The answer to lineGetCallInfo.
struct Info {
    std::vector<std::byte> bytes;
    std::uint32_t field(std::size_t offset) const { return abi::field_at(bytes, offset); }
    std::u16string text(std::size_t size_field) const {
        return abi::text_at(bytes, size_field, size_field + sizeof(std::uint32_t));
    }
    std::u16string application() const { return text(offsetof(LINECALLINFO, dwAppNameSize)); }
    std::u16string displayable_address() const {
        return text(offsetof(LINECALLINFO, dwDisplayableAddressSize));
    }
    std::u16string called_party() const { return text(offsetof(LINECALLINFO, dwCalledPartySize)); }
    std::u16string comment() const { return text(offsetof(LINECALLINFO, dwCommentSize)); }
};

class CallInformation : public Rules {
  protected:
    CallInformation() {
        behaviour.defect = Defect::fills_for_service;
        install();
        initialise_as(owner, u"A dialer");
        monitor.initialise(abi::v1_4);
        line = owner.open(LINECALLPRIVILEGE_OWNER);
        monitor.open(LINECALLPRIVILEGE_MONITOR, abi::v1_4);
    }
    void initialise_as(ScriptedApplication& application, std::u16string_view name) {
        const auto channel = world.open_channel(application.id());
        EXPECT_EQ(application.call(
                      Arguments<Tapi::lineInitializeEx>()
                          .with<"lpdwAPIVersion">(abi::v2_2)
                          .with<"lpszFriendlyAppName">(core::bytes_value(std::as_bytes(std::span(name)))),
                      channel),
                  0);
        application.registered_as(application.output<Tapi::lineInitializeEx, "lphLineApp">());
    }
    void make_call(CallParameters parameters) {
        EXPECT_GT(owner.call(Arguments<Tapi::lineMakeCall>().with<"hLine">(line).with<"lpCallParams">(
                      parameters.value())),
                  0);
        learn_handles();
    }
    void learn_handles() {
        world.run_until_quiet();
        owned = owner.next(LINE_REPLY)->late.at(0);
        monitored = monitor.next(LINE_CALLSTATE)->fields.device;
    }
    static Info info(ScriptedApplication& application, std::uint32_t call, std::uint32_t room = 1000) {
        EXPECT_EQ(
            application.call(Arguments<Tapi::lineGetCallInfo>().with<"hCall">(call).with<"lpCallInfo">(room)),
            0);
        const auto bytes = application.bytes<Tapi::lineGetCallInfo, "lpCallInfo">();
        return {{bytes.begin(), bytes.end()}};
    }

    ScriptedApplication owner{world}, monitor{world};
    std::uint32_t line = 0, owned = 0, monitored = 0;
};

TEST_F(CallInformation, R039_TheApplicationsNameComesBehindWhatTheProviderFilled) {
    make_call({});
    for (const auto& seen : {info(owner, owned), info(monitor, monitored)}) {
        EXPECT_EQ(seen.application(), u"A dialer");
        EXPECT_EQ(seen.text(offsetof(LINECALLINFO, dwCallerIDSize)), u"a caller");
        EXPECT_GT(seen.field(offsetof(LINECALLINFO, dwAppNameOffset)),
                  seen.field(offsetof(LINECALLINFO, dwCommentOffset)));
        EXPECT_EQ(seen.field(offsetof(LINECALLINFO, dwNeededSize)),
                  seen.field(offsetof(LINECALLINFO, dwUsedSize)));
    }
    EXPECT_FALSE(abi::check_filled(abi::StructureId::LINECALLINFO, abi::v2_2, info(owner, owned).bytes));
    EXPECT_FALSE(
        abi::check_filled(abi::StructureId::LINECALLINFO, abi::v1_4, info(monitor, monitored).bytes));
}

TEST_F(CallInformation, R042_WhatTheApplicationSaysTakesThePlaceOfTheProvidersTexts) {
    make_call(CallParameters()
                  .displayable_address(u"+49 30 1234")
                  .called_party(u"Zoë")
                  .comment(u"about the invoice"));
    for (const auto& seen : {info(owner, owned), info(monitor, monitored)}) {
        EXPECT_EQ(seen.displayable_address(), u"+49 30 1234");
        EXPECT_EQ(seen.called_party(), u"Zoë");
        EXPECT_EQ(seen.comment(), u"about the invoice");
    }
}

TEST_F(CallInformation, R042_ATextThatTheApplicationDoesNotGiveStaysTheProviders) {
    make_call(CallParameters().called_party(u"Zoë"));
    const auto seen = info(owner, owned);
    EXPECT_EQ(seen.displayable_address(), u"dialed by hand");
    EXPECT_EQ(seen.called_party(), u"Zoë");
    EXPECT_EQ(seen.comment(), u"a remark of the switch");
}

// Of a set-up conference the consultation call is the one that is described.
TEST_F(CallInformation, R042_TheParametersDescribeTheCallThatTheyAreFor) {
    auto parameters = CallParameters().called_party(u"the third one");
    EXPECT_GT(owner.call(Arguments<Tapi::lineSetupConference>()
                             .with<"hLine">(line)
                             .with<"dwNumParties">(3)
                             .with<"lpCallParams">(parameters.value())),
              0);
    world.run_until_quiet();
    const auto created = owner.next(LINE_REPLY)->late;
    EXPECT_EQ(info(owner, created.at(0)).called_party(), u"");
    EXPECT_EQ(info(owner, created.at(1)).called_party(), u"the third one");
}

TEST_F(CallInformation, R033_R034_R039_WhatDoesNotFitIsLeftOutWholeAndCounted) {
    make_call(CallParameters().displayable_address(u"+49 30 1234").comment(u"about the invoice"));
    const auto needed = info(owner, owned).field(offsetof(LINECALLINFO, dwNeededSize));
    const auto fixed = abi::fixed_size<LINECALLINFO>(abi::v2_2);
    for (std::uint32_t room = fixed; room <= needed; ++room) {
        const auto seen = info(owner, owned, room);
        EXPECT_FALSE(abi::check_filled(abi::StructureId::LINECALLINFO, abi::v2_2, seen.bytes)) << room;
        EXPECT_EQ(seen.field(offsetof(LINECALLINFO, dwTotalSize)), room);
        const auto said = seen.field(offsetof(LINECALLINFO, dwNeededSize));
        const auto used = seen.field(offsetof(LINECALLINFO, dwUsedSize));
        EXPECT_EQ(said == used, room == needed) << room;
        EXPECT_TRUE(seen.comment().empty() || seen.comment() == u"about the invoice" ||
                    seen.comment() == u"a remark of the switch")
            << room;
        EXPECT_EQ(seen.text(offsetof(LINECALLINFO, dwCallerIDSize)).size() % 8, 0u) << room; // "a caller"
    }
    EXPECT_EQ(info(owner, owned, needed).comment(), u"about the invoice");
}

TEST_F(CallInformation, R133_OwnersMonitorsAndWhatTheyListenForAreTheServicesToTell) {
    make_call({});
    auto seen = info(owner, owned);
    EXPECT_EQ(seen.field(offsetof(LINECALLINFO, dwNumOwners)), 1u);
    EXPECT_EQ(seen.field(offsetof(LINECALLINFO, dwNumMonitors)), 1u);
    EXPECT_EQ(seen.field(offsetof(LINECALLINFO, dwCallStates)),
              DWORD{LINECALLSTATE_CONNECTED | LINECALLSTATE_IDLE | LINECALLSTATE_UNKNOWN});
    EXPECT_EQ(seen.field(offsetof(LINECALLINFO, dwMonitorDigitModes)), 0u);
    EXPECT_EQ(owner.call(Arguments<Tapi::lineMonitorDigits>().with<"hCall">(owned).with<"dwDigitModes">(
                  LINEDIGITMODE_DTMF)),
              0);
    EXPECT_EQ(monitor.call(Arguments<Tapi::lineMonitorDigits>().with<"hCall">(monitored).with<"dwDigitModes">(
                  LINEDIGITMODE_PULSE)),
              0);
    EXPECT_EQ(monitor.call(Arguments<Tapi::lineMonitorMedia>().with<"hCall">(monitored).with<"dwMediaModes">(
                  LINEMEDIAMODE_DATAMODEM)),
              0);
    seen = info(monitor, monitored);
    EXPECT_EQ(seen.field(offsetof(LINECALLINFO, dwMonitorDigitModes)),
              DWORD{LINEDIGITMODE_DTMF | LINEDIGITMODE_PULSE});
    EXPECT_EQ(seen.field(offsetof(LINECALLINFO, dwMonitorMediaModes)), DWORD{LINEMEDIAMODE_DATAMODEM});
    provider().refuse(Tspi::lineMonitorMedia);
    EXPECT_NE(owner.call(Arguments<Tapi::lineMonitorMedia>().with<"hCall">(owned).with<"dwMediaModes">(
                  LINEMEDIAMODE_G3FAX)),
              0);
    seen = info(owner, owned);
    EXPECT_EQ(seen.field(offsetof(LINECALLINFO, dwMonitorMediaModes)), DWORD{LINEMEDIAMODE_DATAMODEM});
    provider().change_state(provider().driver_calls().front(), LINECALLSTATE_IDLE);
    world.run_until_quiet();
    EXPECT_EQ(info(owner, owned).field(offsetof(LINECALLINFO, dwMonitorDigitModes)), 0u);
}

TEST_F(CallInformation, R133_WhoAnswersACallGivesItItsName) {
    provider().announce_call(LINECALLSTATE_OFFERING, LINEMEDIAMODE_INTERACTIVEVOICE);
    world.run_until_quiet();
    owned = static_cast<std::uint32_t>(owner.next(LINE_APPNEWCALL)->fields.parameter2);
    EXPECT_EQ(info(owner, owned).application(), u""); // nor what the provider has there
    provider().refuse_once(Tspi::lineAccept, LINEERR_OPERATIONUNAVAIL);
    EXPECT_LT(owner.call(Arguments<Tapi::lineAccept>().with<"hCall">(owned)), 0);
    EXPECT_EQ(info(owner, owned).application(), u"");
    EXPECT_GT(owner.call(Arguments<Tapi::lineAnswer>().with<"hCall">(owned)), 0);
    world.run_until_quiet();
    EXPECT_EQ(info(owner, owned).application(), u"A dialer");
}

// The provider's answer alone would say what is the service's to say.
TEST_F(CallInformation, R086_R133_OfACallThatEndsMeanwhileNothingIsTold) {
    make_call({});
    const auto line_at_provider = provider().any_line();
    provider().hang();
    owner.submit(Arguments<Tapi::lineGetCallInfo>().with<"hCall">(owned).with<"lpCallInfo">(1000));
    while (world.core().snapshot().requests.empty() && world.step()) {
    }
    provider().event(LINE_CLOSE, line_at_provider, 0);
    world.step();
    provider().release();
    EXPECT_EQ(owner.result(), as_result(LINEERR_INVALCALLHANDLE));
}

TEST_F(CallInformation, R133_TheNameOutlivesTheApplication) {
    make_call({});
    EXPECT_EQ(
        monitor.call(Arguments<Tapi::lineSetCallPrivilege>().with<"hCall">(monitored).with<"dwCallPrivilege">(
            LINECALLPRIVILEGE_OWNER)),
        0);
    EXPECT_EQ(owner.call(Arguments<Tapi::lineShutdown>().with<"hLineApp">(owner.app())), 0);
    EXPECT_EQ(info(monitor, monitored).application(), u"A dialer");
}

// The applications that have a line open, from version 2.0 on.
TEST_F(CallInformation, R029_R133_ALinesStatusNamesThoseThatHaveItOpen) {
    EXPECT_EQ(
        owner.call(Arguments<Tapi::lineGetLineDevStatus>().with<"hLine">(line).with<"lpLineDevStatus">(1000)),
        0);
    const auto bytes = owner.bytes<Tapi::lineGetLineDevStatus, "lpLineDevStatus">();
    EXPECT_FALSE(abi::check_filled(abi::StructureId::LINEDEVSTATUS, abi::v2_2, bytes));
    EXPECT_EQ(abi::field_at(bytes, offsetof(LINEDEVSTATUS, dwNumOpens)), 2u);
    const auto at = abi::field_at(bytes, offsetof(LINEDEVSTATUS, dwAppInfoOffset));
    const auto name_of = [&](std::uint32_t entry) {
        const auto field = at + entry * sizeof(LINEAPPINFO) + offsetof(LINEAPPINFO, dwFriendlyNameSize);
        return abi::text_at(bytes, field, field + sizeof(std::uint32_t));
    };
    EXPECT_EQ(name_of(0), u"A dialer");
    EXPECT_EQ(name_of(1), u"simulated");
    EXPECT_EQ(abi::field_at(bytes, at + offsetof(LINEAPPINFO, dwMediaModes)),
              DWORD{LINEMEDIAMODE_INTERACTIVEVOICE});
    EXPECT_EQ(abi::field_at(bytes, at + sizeof(LINEAPPINFO) + offsetof(LINEAPPINFO, dwMediaModes)), 0u);
    EXPECT_EQ(abi::field_at(bytes, at + offsetof(LINEAPPINFO, dwAddressID)), 0xFFFFFFFFu);

    const auto fixed = abi::fixed_size<LINEDEVSTATUS>(abi::v2_2);
    EXPECT_EQ(owner.call(
                  Arguments<Tapi::lineGetLineDevStatus>().with<"hLine">(line).with<"lpLineDevStatus">(fixed)),
              0);
    const auto small = owner.bytes<Tapi::lineGetLineDevStatus, "lpLineDevStatus">();
    EXPECT_EQ(abi::field_at(small, offsetof(LINEDEVSTATUS, dwAppInfoSize)), 0u);
    EXPECT_GT(abi::field_at(small, offsetof(LINEDEVSTATUS, dwNeededSize)), fixed);

    const auto old_line = monitor.open(LINECALLPRIVILEGE_NONE, abi::v1_4);
    EXPECT_EQ(
        monitor.call(
            Arguments<Tapi::lineGetLineDevStatus>().with<"hLine">(old_line).with<"lpLineDevStatus">(1000)),
        0);
    EXPECT_EQ((monitor.bytes<Tapi::lineGetLineDevStatus, "lpLineDevStatus">().size()),
              abi::fixed_size<LINEDEVSTATUS>(abi::v1_4));
}

} // namespace
} // namespace offhook::test
