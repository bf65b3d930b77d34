// SPDX-License-Identifier: Apache-2.0
//
// The functions that create calls (R061), with one and with two of them, and what comes with the reply.
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

class CreatedCalls : public Rules {
  protected:
    static constexpr std::array<char16_t, 3> number{u'7', u'0', u'1'};
    static wire::Value text() { return core::bytes_value(std::as_bytes(std::span(number))); }

    std::uint32_t new_call(ScriptedApplication& application, std::uint32_t line) {
        application.events.clear();
        EXPECT_GT(application.make_call(line), 0);
        world.run_until_quiet();
        return application.next(LINE_REPLY)->late.at(0);
    }
    // The handles that come with the reply of a function that is called now.
    template <Tapi F>
    std::vector<std::uint32_t> created(ScriptedApplication& application, const Arguments<F>& a) {
        world.run_until_quiet();
        application.events.clear();
        EXPECT_GT(application.call(a), 0) << abi::row<F>().name;
        world.run_until_quiet();
        const auto reply = application.next(LINE_REPLY);
        EXPECT_TRUE(reply) << abi::row<F>().name;
        if (!reply) return {};
        EXPECT_EQ(reply->fields.parameter2, 0u) << abi::row<F>().name;
        return reply->late;
    }
};

TEST_F(CreatedCalls, R061_R066_R222_EachOfTheEightFunctionsGivesItsCalls) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    const auto expect_calls = [&]<Tapi F>(const Arguments<F>& a, std::size_t count) {
        const auto before = provider().driver_calls().size();
        const auto handles = created(application, a);
        ASSERT_EQ(handles.size(), count) << abi::row<F>().name;
        EXPECT_EQ(provider().driver_calls().size(), before + count) << abi::row<F>().name;
        // The reply came before everything else of the calls; each has a state and an owner now.
        for (const auto handle : handles) {
            EXPECT_NE(handle, 0u);
            EXPECT_GT(application.call(Arguments<Tapi::lineHold>().with<"hCall">(handle)), 0);
        }
        EXPECT_EQ(application.next(LINE_CALLSTATE)->fields.device, handles.front());
        world.run_until_quiet();
    };
    expect_calls(Arguments<Tapi::lineMakeCall>().with<"hLine">(line), 1);
    expect_calls(Arguments<Tapi::linePickup>().with<"hLine">(line), 1);
    expect_calls(Arguments<Tapi::lineUnpark>().with<"hLine">(line).with<"lpszDestAddress">(text()), 1);
    expect_calls(Arguments<Tapi::lineForward>().with<"hLine">(line), 1);
    expect_calls(Arguments<Tapi::lineSetupTransfer>().with<"hCall">(new_call(application, line)), 1);
    expect_calls(Arguments<Tapi::linePrepareAddToConference>().with<"hConfCall">(new_call(application, line)),
                 1);
    expect_calls(Arguments<Tapi::lineSetupConference>().with<"hCall">(new_call(application, line)), 2);
    expect_calls(Arguments<Tapi::lineSetupConference>().with<"hLine">(line), 2);
    const auto first = new_call(application, line), second = new_call(application, line);
    expect_calls(Arguments<Tapi::lineCompleteTransfer>()
                     .with<"hCall">(first)
                     .with<"hConsultCall">(second)
                     .with<"dwTransferMode">(LINETRANSFERMODE_CONFERENCE),
                 1);
}

TEST_F(CreatedCalls, R216_ATransferCreatesNoCall) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    const auto first = new_call(application, line), second = new_call(application, line);
    const auto before = provider().driver_calls().size();
    const auto late = created(application, Arguments<Tapi::lineCompleteTransfer>()
                                               .with<"hCall">(first)
                                               .with<"hConsultCall">(second)
                                               .with<"dwTransferMode">(LINETRANSFERMODE_TRANSFER));
    EXPECT_EQ(late.at(0), 0u);
    EXPECT_EQ(provider().driver_calls().size(), before);
}

TEST_F(CreatedCalls, R065_R078_BothCallsOfASetUpEndWithTheLine) {
    install();
    behaviour.completion = Completion::when_told;
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    EXPECT_GT(application.call(Arguments<Tapi::lineSetupConference>().with<"hLine">(line)), 0);
    EXPECT_EQ(provider().driver_calls().size(), 2u);
    EXPECT_EQ(application.call(Arguments<Tapi::lineClose>().with<"hLine">(line)), 0);
    world.run_until_quiet();
    const auto reply = application.next(LINE_REPLY);
    ASSERT_TRUE(reply);
    EXPECT_EQ(static_cast<std::int32_t>(reply->fields.parameter2), as_result(LINEERR_OPERATIONFAILED));
    EXPECT_TRUE(provider().driver_calls().empty());
    EXPECT_TRUE(world.core().snapshot().calls.empty());
    EXPECT_FALSE(reported(78));
}

TEST_F(CreatedCalls, R064_AFailedSetUpClosesNoCall) {
    install();
    behaviour.completion = Completion::when_told;
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    EXPECT_GT(application.call(Arguments<Tapi::lineSetupConference>().with<"hLine">(line)), 0);
    provider().complete(provider().unfinished().front(), as_result(LINEERR_OPERATIONUNAVAIL));
    world.run_until_quiet();
    EXPECT_EQ(static_cast<std::int32_t>(application.next(LINE_REPLY)->fields.parameter2),
              as_result(LINEERR_OPERATIONUNAVAIL));
    EXPECT_EQ(entered(Tspi::lineCloseCall), 0u);
    EXPECT_TRUE(world.core().snapshot().calls.empty());
}

TEST_F(CreatedCalls, R062_ACallThatIsBeingCreatedIsNobodysYet) {
    install();
    behaviour.completion = Completion::when_told;
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_MONITOR);
    EXPECT_GT(application.make_call(line), 0);
    EXPECT_EQ(application.call(Arguments<Tapi::lineGetNewCalls>()
                                   .with<"hLine">(line)
                                   .with<"dwSelect">(LINECALLSELECT_LINE)
                                   .with<"lpCallList">(64)),
              0);
    LINECALLLIST list{};
    std::memcpy(&list, (application.bytes<Tapi::lineGetNewCalls, "lpCallList">().data()), sizeof list);
    EXPECT_EQ(list.dwCallsNumEntries, 0u);
}

TEST_F(CreatedCalls, R056_R254_LateOutputsComeWithTheReply) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open_with_extension(LINECALLPRIVILEGE_NONE);
    const auto call = new_call(application, line);
    EXPECT_EQ(
        created(application, Arguments<Tapi::lineCompleteCall>().with<"hCall">(call).with<"dwCompletionMode">(
                                 LINECALLCOMPLMODE_CAMPON))
            .at(0),
        77u);
    for (const auto& subject : {Arguments<Tapi::lineDevSpecific>().with<"hLine">(line),
                                Arguments<Tapi::lineDevSpecific>().with<"hLine">(line).with<"hCall">(call)}) {
        auto arguments = subject;
        const auto late =
            created(application, arguments.with<"lpParams">(text()).with<"dwSize">(sizeof number));
        ASSERT_EQ(late.size(), 3u); // the block's size, and its six bytes with their padding
        EXPECT_EQ(late[0], sizeof number);
        EXPECT_EQ(std::memcmp(&late[1], number.data(), sizeof number), 0);
    }
    EXPECT_EQ(application.call(Arguments<Tapi::linePark>()
                                   .with<"hCall">(call)
                                   .with<"dwParkMode">(LINEPARKMODE_NONDIRECTED)
                                   .with<"lpNonDirAddress">(sizeof(VARSTRING) - 4)),
              as_result(LINEERR_STRUCTURETOOSMALL));
    const auto parked = created(application, Arguments<Tapi::linePark>()
                                                 .with<"hCall">(call)
                                                 .with<"dwParkMode">(LINEPARKMODE_NONDIRECTED)
                                                 .with<"lpNonDirAddress">(100));
    ASSERT_GE(parked.size(), 4u);
    EXPECT_EQ(parked[1], 100u); // dwTotalSize as the application gave it
}

TEST_F(CreatedCalls, R082_ARequestOnALineOutlivesOtherOpeners) {
    install();
    ScriptedApplication application(world), other(world);
    application.initialise();
    other.initialise();
    const auto line = application.open_with_extension(LINECALLPRIVILEGE_NONE);
    const auto same_line = other.open(LINECALLPRIVILEGE_NONE);
    behaviour.completion = Completion::when_told;
    provider().complete_when_told();
    EXPECT_GT(application.call(Arguments<Tapi::lineDevSpecific>().with<"hLine">(line)), 0);
    EXPECT_EQ(other.call(Arguments<Tapi::lineClose>().with<"hLine">(same_line)), 0);
    world.run_until_quiet();
    EXPECT_FALSE(application.next(LINE_REPLY));
    provider().complete(provider().unfinished().front(), 0);
    world.run_until_quiet();
    EXPECT_EQ(application.next(LINE_REPLY)->fields.parameter2, 0u);
}

TEST_F(CreatedCalls, R123_R132_AConferenceHasAParent) {
    install();
    ScriptedApplication application(world), monitor(world);
    application.initialise();
    monitor.initialise();
    monitor.open(LINECALLPRIVILEGE_MONITOR); // the calls go on when the application lets them go
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    const auto member = new_call(application, line);
    const auto driver_member = provider().driver_calls().front();
    const auto handles = created(application, Arguments<Tapi::lineSetupConference>().with<"hCall">(member));
    const auto driver_calls = provider().driver_calls();
    const auto parent = provider().service_call(driver_calls.at(1));
    application.events.clear();
    provider().change_state(driver_member, LINECALLSTATE_CONFERENCED, parent);
    world.run_until_quiet();
    EXPECT_EQ(application.next(LINE_CALLSTATE)->fields.parameter2, handles.at(0));

    EXPECT_EQ(application.call(
                  Arguments<Tapi::lineGetConfRelatedCalls>().with<"hCall">(member).with<"lpCallList">(64)),
              0);
    const auto bytes = application.bytes<Tapi::lineGetConfRelatedCalls, "lpCallList">();
    ASSERT_EQ(bytes.size(), sizeof(LINECALLLIST) + 8);
    std::array<std::uint32_t, 2> listed{};
    std::memcpy(listed.data(), bytes.data() + sizeof(LINECALLLIST), sizeof listed);
    EXPECT_EQ(listed, (std::array<std::uint32_t, 2>{handles.at(0), member}));
    EXPECT_EQ(application.call(Arguments<Tapi::lineGetConfRelatedCalls>()
                                   .with<"hCall">(new_call(application, line))
                                   .with<"lpCallList">(64)),
              as_result(LINEERR_NOCONFERENCE));

    // Once the application has let the parent go, it is told of none.
    EXPECT_EQ(application.call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(handles.at(0))), 0);
    world.run_until_quiet();
    application.events.clear();
    provider().change_state(driver_member, LINECALLSTATE_CONNECTED);
    provider().change_state(driver_member, LINECALLSTATE_CONFERENCED, parent);
    world.run_until_quiet();
    EXPECT_EQ(application.events.back().fields.parameter2, 0u);
}

TEST_F(CreatedCalls, R132_ACallOfAnotherLineIsNoParent) {
    install();
    ScriptedApplication application(world), stranger(world);
    application.initialise();
    stranger.initialise();
    const auto member = new_call(application, application.open(LINECALLPRIVILEGE_NONE));
    new_call(stranger, stranger.open(LINECALLPRIVILEGE_NONE, abi::v2_2, 1));
    const auto driver_calls = provider().driver_calls();
    application.events.clear();
    provider().change_state(driver_calls.at(0), LINECALLSTATE_CONFERENCED,
                            provider().service_call(driver_calls.at(1)));
    world.run_until_quiet();
    EXPECT_EQ(application.next(LINE_CALLSTATE)->fields.parameter2, 0u);
    EXPECT_EQ(application.call(
                  Arguments<Tapi::lineGetConfRelatedCalls>().with<"hCall">(member).with<"lpCallList">(64)),
              as_result(LINEERR_NOCONFERENCE));
}

TEST_F(CreatedCalls, R041_R142_ModesAreCheckedBeforeTheProviderSeesThem) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    const auto call = new_call(application, line);
    EXPECT_EQ(application.call(Arguments<Tapi::linePark>().with<"hCall">(call).with<"dwParkMode">(3)),
              as_result(LINEERR_INVALPARKMODE));
    EXPECT_EQ(application.call(Arguments<Tapi::lineCompleteCall>().with<"hCall">(call)),
              as_result(LINEERR_INVALCALLCOMPLMODE));
    EXPECT_EQ(application.call(Arguments<Tapi::lineSetMediaMode>().with<"hCall">(call).with<"dwMediaModes">(
                  LINEMEDIAMODE_DATAMODEM | LINEMEDIAMODE_INTERACTIVEVOICE)),
              as_result(LINEERR_INVALMEDIAMODE));
    EXPECT_EQ(application.call(Arguments<Tapi::lineSetTerminal>()
                                   .with<"hLine">(line)
                                   .with<"dwSelect">(LINECALLSELECT_LINE)
                                   .with<"dwTerminalModes">(0)),
              as_result(LINEERR_INVALTERMINALMODE));
    EXPECT_EQ(application.call(Arguments<Tapi::linePickup>().with<"hLine">(line).with<"dwAddressID">(1)),
              as_result(LINEERR_INVALADDRESSID));
    EXPECT_EQ(application.call(Arguments<Tapi::lineUnpark>().with<"hLine">(line)),
              as_result(LINEERR_INVALPOINTER));
    EXPECT_EQ(entered(Tspi::linePark) + entered(Tspi::lineCompleteCall) + entered(Tspi::lineSetMediaMode) +
                  entered(Tspi::lineSetTerminal) + entered(Tspi::linePickup) + entered(Tspi::lineUnpark),
              0u);
    EXPECT_EQ(application.call(Arguments<Tapi::lineSetMediaMode>().with<"hCall">(call).with<"dwMediaModes">(
                  LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_INTERACTIVEVOICE)),
              0);
}

} // namespace
} // namespace offhook::test
