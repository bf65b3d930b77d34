// SPDX-License-Identifier: Apache-2.0
//
// Digits, tones and media: listened for, gathered and generated.
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

class Monitoring : public Rules {
  protected:
    Monitoring() {
        install();
        owner.initialise();
        monitor.initialise(abi::v1_4);
        monitor.open_with_extension(LINECALLPRIVILEGE_MONITOR, abi::v1_4);
        plain.initialise();
        plain.open(LINECALLPRIVILEGE_MONITOR);
        EXPECT_GT(owner.make_call(owner.open_with_extension(LINECALLPRIVILEGE_NONE)), 0);
        world.run_until_quiet();
        call = owner.next(LINE_REPLY)->late.at(0);
        monitored = monitor.next(LINE_CALLSTATE)->fields.device;
        driver = provider().driver_calls().front();
    }
    std::int32_t listen(ScriptedApplication& application, std::uint32_t handle, std::uint32_t modes) {
        return application.call(
            Arguments<Tapi::lineMonitorDigits>().with<"hCall">(handle).with<"dwDigitModes">(modes));
    }
    std::uint32_t modes_at_provider() {
        return core::number_of<Tspi::lineMonitorDigits, "dwDigitModes">(provider().last_inputs());
    }
    void report(std::uint32_t message, std::uint64_t p1, std::uint64_t p2 = 0, std::uint64_t tick = 0) {
        owner.events.clear();
        monitor.events.clear();
        provider().event(message, provider().any_line(), provider().service_call(driver), p1, p2, tick);
        world.run_until_quiet();
    }

    ScriptedApplication owner{world}, monitor{world}, plain{world}; // the last one without the extension
    std::uint32_t call = 0, monitored = 0;
    std::uint64_t driver = 0;
};

TEST_F(Monitoring, R117_R232_TheProviderHearsTheUnionAndEachApplicationItsOwn) {
    EXPECT_EQ(listen(owner, call, LINEDIGITMODE_DTMF), 0);
    EXPECT_EQ(modes_at_provider(), LINEDIGITMODE_DTMF);
    EXPECT_EQ(listen(monitor, monitored, LINEDIGITMODE_PULSE), 0);
    EXPECT_EQ(modes_at_provider(), LINEDIGITMODE_DTMF | LINEDIGITMODE_PULSE);
    report(LINE_MONITORDIGITS, '5', LINEDIGITMODE_PULSE);
    EXPECT_FALSE(owner.next(LINE_MONITORDIGITS));
    EXPECT_TRUE(monitor.next(LINE_MONITORDIGITS));
    EXPECT_EQ(monitor.call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(monitored)), 0);
    world.run_until_quiet();
    EXPECT_EQ(modes_at_provider(), LINEDIGITMODE_DTMF);
    report(LINE_MONITORDIGITS, '6', LINEDIGITMODE_DTMF);
    EXPECT_EQ(owner.next(LINE_MONITORDIGITS)->fields.parameter1, std::uint64_t{'6'});
}

TEST_F(Monitoring, R059_ListeningHasBegunWhenTheFunctionReturns) {
    EXPECT_EQ(listen(owner, call, LINEDIGITMODE_DTMF), 0);
    for (const auto digit : {'5', '6'}) {
        report(LINE_MONITORDIGITS, static_cast<std::uint64_t>(digit), LINEDIGITMODE_DTMF);
        EXPECT_EQ(owner.next(LINE_MONITORDIGITS)->fields.parameter1, static_cast<std::uint64_t>(digit));
    }
    EXPECT_EQ(listen(owner, call, 0), 0);
    EXPECT_EQ(modes_at_provider(), 0u);
    report(LINE_MONITORDIGITS, '7', LINEDIGITMODE_DTMF);
    EXPECT_FALSE(owner.next(LINE_MONITORDIGITS));
}

TEST_F(Monitoring, WhatIsRefusedIsNotListenedFor) {
    EXPECT_EQ(listen(owner, call, 1u << 20), as_result(LINEERR_INVALDIGITMODE));
    EXPECT_EQ(entered(Tspi::lineMonitorDigits), 0u);
    provider().refuse(Tspi::lineMonitorDigits);
    EXPECT_EQ(listen(owner, call, LINEDIGITMODE_DTMF), as_result(LINEERR_OPERATIONUNAVAIL));
    report(LINE_MONITORDIGITS, '5', LINEDIGITMODE_DTMF);
    EXPECT_FALSE(owner.next(LINE_MONITORDIGITS));
}

// The second is asked for while the first is on its way, which the provider refuses.
TEST_F(Monitoring, R232_OneThatIsRefusedLeavesWhatIsAskedForAfterIt) {
    provider().hang();
    provider().refuse_once(Tspi::lineMonitorDigits, LINEERR_RESOURCEUNAVAIL);
    const auto submit = [&](ScriptedApplication& application, std::uint32_t handle, std::uint32_t modes) {
        application.submit(
            Arguments<Tapi::lineMonitorDigits>().with<"hCall">(handle).with<"dwDigitModes">(modes));
    };
    submit(owner, call, LINEDIGITMODE_DTMF);
    submit(owner, call, LINEDIGITMODE_PULSE);
    world.run_until_quiet();
    provider().release();
    EXPECT_EQ(owner.result(), 0);
    EXPECT_EQ(modes_at_provider(), LINEDIGITMODE_PULSE);
    report(LINE_MONITORDIGITS, '5', LINEDIGITMODE_PULSE);
    EXPECT_TRUE(owner.next(LINE_MONITORDIGITS));

    // Of two that are refused what was before them stays.
    provider().refuse(Tspi::lineMonitorDigits);
    provider().hang();
    submit(owner, call, LINEDIGITMODE_DTMF);
    submit(owner, call, LINEDIGITMODE_DTMFEND);
    world.run_until_quiet();
    provider().release();
    EXPECT_EQ(owner.result(), as_result(LINEERR_OPERATIONUNAVAIL));
    report(LINE_MONITORDIGITS, '5', LINEDIGITMODE_PULSE);
    EXPECT_TRUE(owner.next(LINE_MONITORDIGITS));
    report(LINE_MONITORDIGITS, '5', LINEDIGITMODE_DTMF);
    EXPECT_FALSE(owner.next(LINE_MONITORDIGITS));
}

// What one application cannot stop listening for stays in what the provider is told for the other.
TEST_F(Monitoring, R232_OneThatIsRefusedIsInTheUnionOfTheNext) {
    EXPECT_EQ(listen(owner, call, LINEDIGITMODE_DTMF), 0);
    provider().hang();
    provider().refuse_once(Tspi::lineMonitorDigits, LINEERR_RESOURCEUNAVAIL);
    owner.submit(Arguments<Tapi::lineMonitorDigits>().with<"hCall">(call));
    world.run_until_quiet();
    monitor.submit(Arguments<Tapi::lineMonitorDigits>().with<"hCall">(monitored).with<"dwDigitModes">(
        LINEDIGITMODE_PULSE));
    world.run_until_quiet();
    provider().release();
    EXPECT_EQ(monitor.result(), 0);
    EXPECT_EQ(modes_at_provider(), LINEDIGITMODE_DTMF | LINEDIGITMODE_PULSE);
}

TEST_F(Monitoring, R086_WhatWaitsForAnotherIsAnsweredWhenTheCallIsGone) {
    provider().hang();
    owner.submit(
        Arguments<Tapi::lineMonitorDigits>().with<"hCall">(call).with<"dwDigitModes">(LINEDIGITMODE_DTMF));
    monitor.submit(Arguments<Tapi::lineMonitorDigits>().with<"hCall">(monitored).with<"dwDigitModes">(
        LINEDIGITMODE_PULSE));
    world.run_until_quiet();
    world.host_dies(world.core().snapshot().providers.at(0).session);
    EXPECT_LT(owner.result(), 0);
    EXPECT_LT(monitor.result(), 0);
}

class MonitorModes : public Monitoring {
  protected:
    // Who is told that the modes have changed, since it was asked last.
    std::string told() {
        world.run_until_quiet();
        std::string names;
        for (auto* application : {&owner, &monitor, &plain}) {
            while (const auto message = application->next(LINE_CALLINFO))
                if ((message->fields.parameter1 & LINECALLINFOSTATE_MONITORMODES) != 0)
                    names += application == &owner     ? "owner "
                             : application == &monitor ? "monitor "
                                                       : "plain ";
            application->events.clear();
        }
        return names;
    }
};

TEST_F(MonitorModes, TheOthersAreToldWhenWhatIsListenedForHasChanged) {
    EXPECT_EQ(told(), "");
    EXPECT_EQ(listen(owner, call, LINEDIGITMODE_DTMF), 0);
    EXPECT_EQ(told(), "monitor plain ");
    EXPECT_EQ(listen(monitor, monitored, LINEDIGITMODE_DTMF), 0);
    EXPECT_EQ(told(), "") << "the call's modes are the same";
    EXPECT_EQ(monitor.call(Arguments<Tapi::lineMonitorMedia>().with<"hCall">(monitored).with<"dwMediaModes">(
                  LINEMEDIAMODE_DATAMODEM)),
              0);
    EXPECT_EQ(told(), "owner plain ");
    provider().refuse_once(Tspi::lineMonitorDigits, LINEERR_RESOURCEUNAVAIL);
    EXPECT_LT(listen(owner, call, LINEDIGITMODE_PULSE), 0);
    EXPECT_EQ(told(), "");
    EXPECT_EQ(listen(owner, call, 0), 0);
    EXPECT_EQ(told(), "") << "the other listens still";
    EXPECT_EQ(monitor.call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(monitored)), 0);
    EXPECT_EQ(told(), "owner plain ") << "with the handle its modes are gone";
}

TEST_F(MonitorModes, R134_ThatTheyAreToldIsAmongAnAddressesCapabilities) {
    EXPECT_EQ(monitor.call(Arguments<Tapi::lineGetAddressCaps>()
                               .with<"hLineApp">(monitor.app())
                               .with<"dwAPIVersion">(abi::v1_4)
                               .with<"lpAddressCaps">(sizeof(LINEADDRESSCAPS))),
              0);
    DWORD states = 0;
    std::memcpy(&states,
                monitor.bytes<Tapi::lineGetAddressCaps, "lpAddressCaps">().data() +
                    offsetof(LINEADDRESSCAPS, dwCallInfoStates),
                sizeof states);
    EXPECT_NE(states & LINECALLINFOSTATE_MONITORMODES, 0u);
}

TEST_F(MonitorModes, R127_OfAnIdleCallNobodyIsTold) {
    EXPECT_EQ(listen(monitor, monitored, LINEDIGITMODE_DTMF), 0);
    EXPECT_EQ(told(), "owner plain ");
    provider().change_state(driver, LINECALLSTATE_IDLE);
    world.run_until_quiet();
    EXPECT_EQ(monitor.call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(monitored)), 0);
    EXPECT_EQ(told(), "");
}

TEST_F(Monitoring, R233_TheServiceFillsInTheTickFromVersionTwoOn) {
    EXPECT_EQ(listen(owner, call, LINEDIGITMODE_DTMF), 0);
    EXPECT_EQ(listen(monitor, monitored, LINEDIGITMODE_DTMF), 0);
    report(LINE_MONITORDIGITS, '1', LINEDIGITMODE_DTMF);
    EXPECT_NE(owner.next(LINE_MONITORDIGITS)->fields.parameter3, 0u);
    EXPECT_EQ(monitor.next(LINE_MONITORDIGITS)->fields.parameter3, 0u);
    report(LINE_MONITORDIGITS, '1', LINEDIGITMODE_DTMF, 4711);
    EXPECT_EQ(owner.next(LINE_MONITORDIGITS)->fields.parameter3, 4711u);
}

TEST_F(Monitoring, R231_OnlyWhoGeneratesHearsOfTheEnd) {
    const std::array<char16_t, 2> digits{u'1', u'2'};
    EXPECT_EQ(owner.call(Arguments<Tapi::lineGenerateDigits>()
                             .with<"hCall">(call)
                             .with<"dwDigitMode">(LINEDIGITMODE_DTMF)
                             .with<"lpszDigits">(core::bytes_value(std::as_bytes(std::span(digits))))),
              0);
    const auto id = core::number_of<Tspi::lineGenerateDigits, "dwEndToEndID">(provider().last_inputs());
    report(LINE_GENERATE, LINEGENERATETERM_DONE, id);
    EXPECT_EQ(owner.next(LINE_GENERATE)->fields.device, call);
    EXPECT_FALSE(monitor.next(LINE_GENERATE));
    // Without digits the generation is cancelled, in whatever mode.
    EXPECT_EQ(owner.call(Arguments<Tapi::lineGenerateDigits>().with<"hCall">(call)), 0);
}

TEST_F(Monitoring, R230_GatheredDigitsComeWithTheMessage) {
    EXPECT_EQ(owner.call(Arguments<Tapi::lineGatherDigits>()
                             .with<"hCall">(call)
                             .with<"dwDigitModes">(LINEDIGITMODE_DTMF)
                             .with<"dwNumDigits">(3)),
              0);
    const auto id = core::number_of<Tspi::lineGatherDigits, "dwEndToEndID">(provider().last_inputs());
    owner.events.clear();
    provider().digits_gathered(driver, id, u"123");
    world.run_until_quiet();
    const auto gathered = owner.next(LINE_GATHERDIGITS);
    ASSERT_TRUE(gathered);
    EXPECT_EQ(gathered->fields.device, call);
    EXPECT_EQ(gathered->fields.parameter1, LINEGATHERTERM_BUFFERFULL);
    EXPECT_EQ(gathered->late.at(0), 3 * sizeof(char16_t));
    EXPECT_FALSE(monitor.next(LINE_GATHERDIGITS));
}

TEST_F(Monitoring, TonesAreListenedForByEachApplicationUnderANameOfItsOwn) {
    const LINEMONITORTONE tone{7, 100, 440, 0, 0};
    EXPECT_EQ(monitor.call(Arguments<Tapi::lineMonitorTones>()
                               .with<"hCall">(monitored)
                               .with<"lpToneList">(core::bytes_value(std::as_bytes(std::span(&tone, 1))))
                               .with<"dwNumEntries">(1)),
              0);
    const auto list = core::number_of<Tspi::lineMonitorTones, "dwToneListID">(provider().last_inputs());
    report(LINE_MONITORTONE, 7, list);
    EXPECT_EQ(monitor.next(LINE_MONITORTONE)->fields.parameter1, 7u);
    EXPECT_FALSE(owner.next(LINE_MONITORTONE));
    EXPECT_EQ(monitor.call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(monitored)), 0);
    world.run_until_quiet();
    EXPECT_EQ(entered(Tspi::lineMonitorTones), 2u);
    EXPECT_EQ((core::number_of<Tspi::lineMonitorTones, "dwToneListID">(provider().last_inputs())), list);
    EXPECT_TRUE((core::value_of<Tspi::lineMonitorTones, "lpToneList">(provider().last_inputs()).null));
}

TEST_F(Monitoring, R255_ADeviceSpecificMessageOfACallReachesItsHoldersThatUseTheExtension) {
    EXPECT_TRUE(plain.next(LINE_APPNEWCALL));
    report(LINE_CALLDEVSPECIFIC, 1, 2, 3);
    for (auto* application : {&owner, &monitor}) {
        const auto message = application->next(LINE_DEVSPECIFIC);
        ASSERT_TRUE(message);
        EXPECT_EQ(message->fields.device, application == &owner ? call : monitored);
        EXPECT_EQ(message->fields.parameter3, 3u);
    }
    EXPECT_FALSE(plain.next(LINE_DEVSPECIFIC));
}

} // namespace
} // namespace offhook::test
