// SPDX-License-Identifier: Apache-2.0
//
// Phones, extensions, and devices that come and go while a session runs.
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

class Phones : public Rules {
  protected:
    Phones() { install(); }

    std::uint32_t initialise(ScriptedApplication& application, std::uint32_t version = abi::v2_2) {
        EXPECT_EQ(application.call(Arguments<Tapi::phoneInitializeEx>().with<"lpdwAPIVersion">(version),
                                   world.open_channel(application.id())),
                  0);
        EXPECT_EQ((application.output<Tapi::phoneInitializeEx, "lpdwNumDevs">()), behaviour.phones);
        return application.output<Tapi::phoneInitializeEx, "lphPhoneApp">();
    }
    std::int32_t try_open(ScriptedApplication& application, std::uint32_t app, std::uint32_t privilege,
                          std::uint32_t version = abi::v2_2) {
        return application.call(Arguments<Tapi::phoneOpen>()
                                    .with<"hPhoneApp">(app)
                                    .with<"dwAPIVersion">(version)
                                    .with<"dwPrivilege">(privilege));
    }
    std::uint32_t open(ScriptedApplication& application, std::uint32_t app, std::uint32_t privilege,
                       std::uint32_t version = abi::v2_2) {
        EXPECT_EQ(try_open(application, app, privilege, version), 0);
        return application.output<Tapi::phoneOpen, "lphPhone">();
    }

    ScriptedApplication one{world}, other{world};
};

TEST_F(Phones, R243_OneOwnerAndAnyNumberOfMonitors) {
    const auto app = initialise(one), other_app = initialise(other);
    const auto phone = open(one, app, PHONEPRIVILEGE_OWNER);
    EXPECT_EQ(one.call(Arguments<Tapi::phoneSetStatusMessages>().with<"hPhone">(phone).with<"dwPhoneStates">(
                  PHONESTATE_MONITORS)),
              0);
    EXPECT_EQ(try_open(other, other_app, PHONEPRIVILEGE_OWNER), as_result(LINEERR_INUSE));
    EXPECT_EQ(try_open(other, other_app, 3), as_result(LINEERR_INVALPRIVSELECT));
    open(other, other_app, PHONEPRIVILEGE_MONITOR);
    world.run_until_quiet();
    EXPECT_EQ(entered(Tspi::phoneOpen), 1u); // the provider has it open once
    EXPECT_EQ(one.next(PHONE_STATE)->fields.parameter2, 1u);
    EXPECT_EQ(one.call(Arguments<Tapi::phoneClose>().with<"hPhone">(phone)), 0);
    open(one, app, PHONEPRIVILEGE_OWNER);
}

TEST_F(Phones, R244_MonitorsReadAndOwnersWrite) {
    const auto app = initialise(one), other_app = initialise(other);
    const auto owner = open(one, app, PHONEPRIVILEGE_OWNER);
    const auto monitor = open(other, other_app, PHONEPRIVILEGE_MONITOR);
    EXPECT_EQ(other.call(Arguments<Tapi::phoneSetLamp>().with<"hPhone">(monitor)),
              as_result(LINEERR_NOTOWNER));
    EXPECT_EQ(entered(Tspi::phoneSetLamp), 0u);
    EXPECT_EQ(other.call(Arguments<Tapi::phoneGetVolume>().with<"hPhone">(monitor).with<"dwHookSwitchDev">(
                  PHONEHOOKSWITCHDEV_HANDSET)),
              0);
    EXPECT_EQ((other.output<Tapi::phoneGetVolume, "lpdwVolume">()), 0x1234u);
    EXPECT_GT(one.call(Arguments<Tapi::phoneSetLamp>().with<"hPhone">(owner)), 0);
    world.run_until_quiet();
    EXPECT_EQ(one.next(PHONE_REPLY)->fields.parameter2, 0u);
    // A line is no phone.
    EXPECT_EQ(one.call(Arguments<Tapi::lineGetNumRings>().with<"hLine">(owner)),
              as_result(LINEERR_INVALLINEHANDLE));
}

TEST_F(Phones, R245_R246_ArgumentsAreCheckedAndClamped) {
    const auto phone = open(one, initialise(one), PHONEPRIVILEGE_OWNER);
    EXPECT_EQ(one.call(Arguments<Tapi::phoneSetStatusMessages>().with<"hPhone">(phone).with<"dwButtonModes">(
                  PHONEBUTTONMODE_KEYPAD)),
              PHONEERR_INVALBUTTONSTATE);
    EXPECT_EQ(one.call(Arguments<Tapi::phoneSetVolume>().with<"hPhone">(phone).with<"dwHookSwitchDev">(3)),
              PHONEERR_INVALHOOKSWITCHDEV);
    EXPECT_GT(one.call(Arguments<Tapi::phoneSetVolume>()
                           .with<"hPhone">(phone)
                           .with<"dwHookSwitchDev">(PHONEHOOKSWITCHDEV_SPEAKER)
                           .with<"dwVolume">(0x12345)),
              0);
    EXPECT_EQ((core::number_of<Tspi::phoneSetVolume, "dwVolume">(provider().last_inputs())), 0xFFFFu);
}

TEST_F(Phones, R084_R085_TheLastCloserWaitsForOutstandingRequests) {
    behaviour.completion = Completion::when_told;
    const auto app = initialise(one), other_app = initialise(other);
    const auto phone = open(one, app, PHONEPRIVILEGE_OWNER);
    const auto same = open(other, other_app, PHONEPRIVILEGE_MONITOR);
    EXPECT_EQ(other.call(Arguments<Tapi::phoneClose>().with<"hPhone">(same)), 0);
    EXPECT_EQ(entered(Tspi::phoneClose), 0u);
    EXPECT_GT(one.call(Arguments<Tapi::phoneSetRing>().with<"hPhone">(phone)), 0);
    EXPECT_EQ(one.call(Arguments<Tapi::phoneClose>().with<"hPhone">(phone)), 0);
    world.run_until_quiet();
    EXPECT_EQ(entered(Tspi::phoneClose), 1u);
    EXPECT_EQ(static_cast<std::int32_t>(one.next(PHONE_REPLY)->fields.parameter2),
              as_result(LINEERR_OPERATIONFAILED));
    EXPECT_FALSE(one.next(PHONE_REPLY));
    EXPECT_FALSE(reported(84));
}

TEST_F(Phones, R084_R085_AProviderThatForgetsARequestIsNamed) {
    behaviour.completion = Completion::when_told;
    behaviour.defect = Defect::forgets_on_close;
    const auto phone = open(one, initialise(one), PHONEPRIVILEGE_OWNER);
    EXPECT_GT(one.call(Arguments<Tapi::phoneSetRing>().with<"hPhone">(phone)), 0);
    EXPECT_EQ(one.call(Arguments<Tapi::phoneClose>().with<"hPhone">(phone)), 0);
    world.run_until_quiet();
    EXPECT_TRUE(one.next(PHONE_REPLY));
    EXPECT_TRUE(reported(84));
}

TEST_F(Phones, R251_AButtonReachesThoseWhoAskedForIt) {
    const auto phone = open(one, initialise(one), PHONEPRIVILEGE_MONITOR);
    const auto press = [&](std::uint32_t state) {
        provider().event(PHONE_BUTTON, provider().any_phone(), 0, 11, PHONEBUTTONMODE_KEYPAD, state);
        world.run_until_quiet();
    };
    press(PHONEBUTTONSTATE_DOWN);
    EXPECT_FALSE(one.next(PHONE_BUTTON));
    EXPECT_EQ(one.call(Arguments<Tapi::phoneSetStatusMessages>()
                           .with<"hPhone">(phone)
                           .with<"dwPhoneStates">(PHONESTATE_LAMP | PHONESTATE_DISPLAY)
                           .with<"dwButtonModes">(PHONEBUTTONMODE_KEYPAD)
                           .with<"dwButtonStates">(PHONEBUTTONSTATE_DOWN)),
              0);
    EXPECT_EQ(entered(Tspi::phoneSetStatusMessages), 1u);
    press(PHONEBUTTONSTATE_UP);
    press(PHONEBUTTONSTATE_DOWN);
    EXPECT_EQ(one.next(PHONE_BUTTON)->fields.parameter3, PHONEBUTTONSTATE_DOWN);
    provider().event(PHONE_STATE, provider().any_phone(), 0, PHONESTATE_LAMP, 4);
    provider().event(PHONE_STATE, provider().any_phone(), 0, PHONESTATE_LAMP | PHONESTATE_DISPLAY, 4);
    world.run_until_quiet();
    EXPECT_EQ(one.next(PHONE_STATE)->fields.parameter2, 4u);
    EXPECT_EQ(one.next(PHONE_STATE)->fields.parameter2, 0u);
}

TEST_F(Phones, R096_ARemovedPhoneIsClosedFirst) {
    const auto app = initialise(one);
    open(one, app, PHONEPRIVILEGE_OWNER);
    provider().event(PHONE_REMOVE, 0, 0, 0);
    world.run_until_quiet();
    ASSERT_EQ(one.events.size(), 2u);
    EXPECT_EQ(one.events[0].message, std::uint32_t{PHONE_CLOSE});
    EXPECT_EQ(one.events[1].message, std::uint32_t{PHONE_REMOVE});
    EXPECT_EQ(try_open(one, app, PHONEPRIVILEGE_OWNER), as_result(LINEERR_NODEVICE));
    EXPECT_EQ(entered(Tspi::phoneOpen), 1u);
}

TEST_F(Phones, R134_WhatTheServiceReportsItselfIsAmongTheCapabilities) {
    const auto app = initialise(one);
    ASSERT_EQ(one.call(Arguments<Tapi::phoneGetDevCaps>()
                           .with<"hPhoneApp">(app)
                           .with<"dwAPIVersion">(abi::v2_2)
                           .with<"lpPhoneCaps">(sizeof(PHONECAPS))),
              0);
    PHONECAPS phone{};
    const auto filled = one.bytes<Tapi::phoneGetDevCaps, "lpPhoneCaps">();
    std::memcpy(&phone, filled.data(), std::min(filled.size(), sizeof phone));
    EXPECT_EQ(phone.dwPhoneStates, PHONESTATE_OWNER | PHONESTATE_MONITORS | PHONESTATE_REINIT);

    other.initialise();
    ASSERT_EQ(other.call(Arguments<Tapi::lineGetDevCaps>()
                             .with<"hLineApp">(other.app())
                             .with<"dwAPIVersion">(abi::v2_2)
                             .with<"lpLineDevCaps">(sizeof(LINEDEVCAPS))),
              0);
    LINEDEVCAPS line{};
    const auto line_filled = other.bytes<Tapi::lineGetDevCaps, "lpLineDevCaps">();
    std::memcpy(&line, line_filled.data(), std::min(line_filled.size(), sizeof line));
    EXPECT_EQ(line.dwLineStates,
              LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE | LINEDEVSTATE_REINIT | LINEDEVSTATE_TRANSLATECHANGE);
}

class RunTimeDevices : public Rules {
  protected:
    RunTimeDevices() { install(); }
    void offer(std::uint64_t temporary, std::uint64_t provider_id = 1) {
        provider().event(LINE_CREATE, 0, 0, provider_id, temporary);
        world.run_until_quiet();
    }
};

TEST_F(RunTimeDevices, R090_R091_ANewLineIsAnnouncedInTheFormOfTheVersion) {
    ScriptedApplication current(world), old(world);
    current.initialise();
    old.initialise(abi::v1_3);
    offer(4711);
    EXPECT_EQ(entered(Tspi::providerCreateLineDevice), 1u);
    EXPECT_EQ((core::wide_of<Tspi::providerCreateLineDevice, "dwTempID">(provider().last_inputs())), 4711u);
    EXPECT_EQ((core::number_of<Tspi::providerCreateLineDevice, "dwDeviceID">(provider().last_inputs())),
              behaviour.lines);
    EXPECT_EQ(current.next(LINE_CREATE)->fields.parameter1, behaviour.lines);
    const auto reinit = old.next(LINE_LINEDEVSTATE);
    ASSERT_TRUE(reinit);
    EXPECT_EQ(reinit->fields.parameter1, LINEDEVSTATE_REINIT);
    EXPECT_EQ(reinit->fields.parameter2, std::uint64_t{LINE_CREATE});
    EXPECT_EQ(reinit->fields.parameter3, behaviour.lines);
    current.open(LINECALLPRIVILEGE_NONE, abi::v2_2, behaviour.lines);
}

TEST_F(RunTimeDevices, R090_AnotherProvidersHandleOffersNothing) {
    ScriptedApplication application(world);
    application.initialise();
    offer(1, 2);
    EXPECT_EQ(entered(Tspi::providerCreateLineDevice), 0u);
    EXPECT_TRUE(reported(90));
}

TEST_F(RunTimeDevices, R092_R093_R094_R095_ARemovedLineIsClosedAndItsNumberStaysReserved) {
    ScriptedApplication current(world), old(world), idle_old(world);
    current.initialise();
    old.initialise(abi::v1_4);
    idle_old.initialise(abi::v1_4);
    current.open(LINECALLPRIVILEGE_NONE);
    current.open(LINECALLPRIVILEGE_MONITOR);
    old.open(LINECALLPRIVILEGE_NONE, abi::v1_4);
    world.run_until_quiet();
    current.events.clear();
    provider().event(LINE_REMOVE, 0, 0, 0);
    world.run_until_quiet();
    ASSERT_EQ(current.events.size(), 3u);
    EXPECT_EQ(current.events[0].message, std::uint32_t{LINE_CLOSE});
    EXPECT_EQ(current.events[1].message, std::uint32_t{LINE_CLOSE});
    EXPECT_EQ(current.events[2].message, std::uint32_t{LINE_REMOVE});
    EXPECT_EQ(current.events[2].fields.parameter1, 0u);
    ASSERT_EQ(old.events.size(), 2u);
    EXPECT_EQ(old.events[0].fields.parameter1, LINEDEVSTATE_REMOVED);
    EXPECT_EQ(old.events[1].message, std::uint32_t{LINE_CLOSE});
    EXPECT_TRUE(idle_old.events.empty());

    const auto opened = entered(Tspi::lineOpen);
    EXPECT_EQ(current.try_open(LINECALLPRIVILEGE_NONE), as_result(LINEERR_NODEVICE));
    EXPECT_EQ(current.call(Arguments<Tapi::lineGetDevCaps>()
                               .with<"hLineApp">(current.app())
                               .with<"dwAPIVersion">(abi::v2_2)
                               .with<"lpLineDevCaps">(1000)),
              as_result(LINEERR_NODEVICE));
    EXPECT_EQ(entered(Tspi::lineOpen), opened);
    current.open(LINECALLPRIVILEGE_NONE, abi::v2_2, 1); // the other line kept its number
    offer(1);
    EXPECT_EQ(current.next(LINE_CREATE)->fields.parameter1, behaviour.lines); // a number behind all others
    ScriptedApplication later(world);
    later.initialise();
    EXPECT_EQ((later.output<Tapi::lineInitializeEx, "lpdwNumDevs">()), behaviour.lines);
}

TEST_F(RunTimeDevices, R094_ALineThatIsRemovedWhileItOpensIsForgotten) {
    ScriptedApplication application(world);
    application.initialise();
    provider().hang();
    application.submit(Arguments<Tapi::lineOpen>()
                           .with<"hLineApp">(application.app())
                           .with<"dwAPIVersion">(abi::v2_2)
                           .with<"dwPrivileges">(LINECALLPRIVILEGE_NONE));
    while (entered(Tspi::lineNegotiateTSPIVersion) == 0 && world.step()) {
    }
    provider().event(LINE_REMOVE, 0, 0, 0);
    world.run_until_quiet();
    provider().release();
    world.run_until_quiet();
    EXPECT_TRUE(application.answered());
    EXPECT_EQ(world.core().snapshot().lines.size(), behaviour.lines - 1u);
    EXPECT_EQ(entered(Tspi::lineOpen), entered(Tspi::lineClose));
}

// The provider announced a call on it meanwhile, and then its session is lost.
TEST_F(RunTimeDevices, R094_ALineThatIsForgottenBeforeItWasOpenTakesItsCallsAlong) {
    behaviour.addresses = 2; // it is asked which of them the call is on
    ScriptedApplication application(world);
    application.initialise();
    application.submit(Arguments<Tapi::lineOpen>()
                           .with<"hLineApp">(application.app())
                           .with<"dwAPIVersion">(abi::v2_2)
                           .with<"dwPrivileges">(LINECALLPRIVILEGE_OWNER)
                           .with<"dwMediaModes">(LINEMEDIAMODE_INTERACTIVEVOICE));
    while (entered(Tspi::lineGetNumAddressIDs) == 0 && world.step()) {
    }
    provider().hang();
    provider().announce_call(LINECALLSTATE_OFFERING, LINEMEDIAMODE_INTERACTIVEVOICE);
    provider().event(LINE_REMOVE, 0, 0, 0);
    world.run_until_quiet();
    EXPECT_TRUE(application.answered());
    ASSERT_EQ(world.core().snapshot().calls.size(), 1u);
    world.host_dies(world.core().snapshot().providers.at(0).session);
    world.run_until_quiet();
    EXPECT_TRUE(world.core().snapshot().calls.empty());
    EXPECT_EQ(world.core().snapshot().lines.size(), behaviour.lines - 1u);
}

TEST_F(RunTimeDevices, R070_ACallOfAPhoneIsNone) {
    ScriptedApplication application(world);
    application.initialise();
    application.open(LINECALLPRIVILEGE_OWNER);
    const auto before = world.core().snapshot().calls.size();
    EXPECT_EQ(application.call(Arguments<Tapi::phoneInitializeEx>().with<"lpdwAPIVersion">(abi::v2_2),
                               world.open_channel(application.id())),
              0);
    EXPECT_EQ(
        application.call(Arguments<Tapi::phoneOpen>()
                             .with<"hPhoneApp">(application.output<Tapi::phoneInitializeEx, "lphPhoneApp">())
                             .with<"dwAPIVersion">(abi::v2_2)
                             .with<"dwPrivilege">(PHONEPRIVILEGE_MONITOR)),
        0);
    for (const auto device : {std::uint64_t{0}, provider().any_phone()}) {
        provider().announce_call_of(device);
        world.run_until_quiet();
    }
    EXPECT_EQ(world.core().snapshot().calls.size(), before);
    EXPECT_FALSE(application.next(LINE_APPNEWCALL));
}

TEST_F(RunTimeDevices, R099_WhatIsNotItsOwnAProviderCannotRemove) {
    ScriptedApplication application(world);
    application.initialise();
    application.open(LINECALLPRIVILEGE_NONE);
    provider().event(LINE_REMOVE, 0, 0, 99);
    world.run_until_quiet();
    EXPECT_TRUE(reported(99));
    EXPECT_TRUE(application.events.empty());
}

TEST_F(RunTimeDevices, R099_WhatASessionThatEndsRemovesIsNoStrangersDevice) {
    ScriptedApplication application(world);
    application.initialise();
    auto& ending = provider();
    ending.hang();
    world.core().provider_removed(core::ProviderId{1}, core::Changeover::when_unused);
    ending.event(LINE_REMOVE, 0, 0, 0);
    world.run_until_quiet();
    EXPECT_FALSE(reported(99));
}

class Extensions : public Rules {
  protected:
    Extensions() { install(); }
    std::int32_t open(ScriptedApplication& application, std::uint32_t extension) {
        return application.call(Arguments<Tapi::lineOpen>()
                                    .with<"hLineApp">(application.app())
                                    .with<"dwAPIVersion">(abi::v2_2)
                                    .with<"dwExtVersion">(extension)
                                    .with<"dwPrivileges">(LINECALLPRIVILEGE_NONE));
    }
    std::int32_t negotiate(ScriptedApplication& application, std::uint32_t low, std::uint32_t high,
                           std::uint32_t version = abi::v2_2) {
        return application.call(Arguments<Tapi::lineNegotiateExtVersion>()
                                    .with<"hLineApp">(application.app())
                                    .with<"dwAPIVersion">(version)
                                    .with<"dwExtLowVersion">(low)
                                    .with<"dwExtHighVersion">(high));
    }
    static std::uint32_t negotiated(const ScriptedApplication& application) {
        return application.output<Tapi::lineNegotiateExtVersion, "lpdwExtVersion">();
    }
};

TEST_F(Extensions, R022_R023_TheFirstOpenerFixesTheVersionUntilTheLastOneCloses) {
    ScriptedApplication first(world), second(world), plain(world);
    for (auto* application : {&first, &second, &plain}) application->initialise();
    EXPECT_EQ(open(first, 3), 0);
    const auto line = first.output<Tapi::lineOpen, "lphLine">();
    EXPECT_EQ(open(second, 2), as_result(LINEERR_INCOMPATIBLEEXTVERSION));
    EXPECT_EQ(open(plain, 0), 0);
    EXPECT_EQ(open(second, 3), 0);
    const auto second_line = second.output<Tapi::lineOpen, "lphLine">();
    EXPECT_EQ(provider().selected_extensions(), (std::vector<std::uint32_t>{3}));
    EXPECT_EQ(first.call(Arguments<Tapi::lineClose>().with<"hLine">(line)), 0);
    EXPECT_EQ(second.call(Arguments<Tapi::lineClose>().with<"hLine">(second_line)), 0);
    world.run_until_quiet();
    EXPECT_EQ(provider().selected_extensions(), (std::vector<std::uint32_t>{3, 0}));
    EXPECT_EQ(open(second, 2), 0); // another one can be selected now
    EXPECT_EQ(provider().selected_extensions(), (std::vector<std::uint32_t>{3, 0, 2}));
}

TEST_F(Extensions, R024_R026_ASelectedVersionNarrowsTheNegotiation) {
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(negotiate(application, 1, 5), 0);
    EXPECT_EQ(negotiated(application), 5u);
    EXPECT_EQ(open(application, 3), 0);
    EXPECT_EQ(negotiate(application, 1, 5), 0);
    EXPECT_EQ(negotiated(application), 3u);
    EXPECT_EQ(negotiate(application, 4, 5), as_result(LINEERR_INCOMPATIBLEEXTVERSION));
    EXPECT_EQ(negotiate(application, 1, 5, abi::v3_1), as_result(LINEERR_INCOMPATIBLEAPIVERSION));
}

TEST_F(Extensions, R024_AnotherVersionThanTheSelectedOneIsNotTakenFromAProvider) {
    behaviour.defect = Defect::extension_unselected;
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(open(application, 3), 0);
    EXPECT_EQ(negotiate(application, 1, 5), as_result(LINEERR_INCOMPATIBLEEXTVERSION));
    EXPECT_TRUE(reported(24));
}

TEST_F(Extensions, R024_OneThatIsSelectedAfterTheProviderWasAskedIsNotHeldAgainstIt) {
    ScriptedApplication application(world), plain(world);
    application.initialise();
    plain.initialise();
    EXPECT_EQ(open(plain, 0), 0);
    provider().hang();
    plain.submit(Arguments<Tapi::lineNegotiateExtVersion>()
                     .with<"hLineApp">(plain.app())
                     .with<"dwAPIVersion">(abi::v2_2)
                     .with<"dwExtLowVersion">(1)
                     .with<"dwExtHighVersion">(5));
    world.run_until_quiet();
    application.submit(Arguments<Tapi::lineOpen>()
                           .with<"hLineApp">(application.app())
                           .with<"dwAPIVersion">(abi::v2_2)
                           .with<"dwExtVersion">(3)
                           .with<"dwPrivileges">(LINECALLPRIVILEGE_NONE));
    world.run_until_quiet();
    provider().release();
    EXPECT_EQ(application.result(), 0);
    EXPECT_EQ(plain.result(), as_result(LINEERR_INCOMPATIBLEEXTVERSION)); // it could not use it any more
    EXPECT_FALSE(reported(24));
}

TEST_F(Extensions, R024_WhatWasSelectedIsForgottenWithItsSession) {
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(open(application, 3), 0);
    world.host_dies(world.core().snapshot().providers.at(0).session);
    while (world.core().snapshot().providers.at(0).stage != "running" && world.step()) {
    }
    EXPECT_EQ(negotiate(application, 1, 5), 0);
    EXPECT_EQ(negotiated(application), 5u);
    EXPECT_FALSE(reported(24));
}

TEST_F(Extensions, R027_WithoutAnExtensionNothingIsSelected) {
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(open(application, 0), 0);
    EXPECT_EQ(entered(Tspi::lineSelectExtVersion), 0u);
}

// What another application has selected is no leave for one that has not.
TEST_F(Extensions, R255_DeviceSpecificFunctionsAreForThoseWhoNegotiatedAVersion) {
    ScriptedApplication with(world), without(world);
    with.initialise();
    without.initialise();
    EXPECT_EQ(open(with, 3), 0);
    const auto line = with.output<Tapi::lineOpen, "lphLine">();
    EXPECT_EQ(open(without, 0), 0);
    const auto same_line = without.output<Tapi::lineOpen, "lphLine">();
    EXPECT_GT(with.call(Arguments<Tapi::lineDevSpecific>().with<"hLine">(line)), 0);
    EXPECT_GT(with.call(Arguments<Tapi::lineDevSpecificFeature>().with<"hLine">(line)), 0);
    EXPECT_EQ(without.call(Arguments<Tapi::lineDevSpecific>().with<"hLine">(same_line)),
              as_result(LINEERR_OPERATIONUNAVAIL));
    EXPECT_EQ(without.call(Arguments<Tapi::lineDevSpecificFeature>().with<"hLine">(same_line)),
              as_result(LINEERR_OPERATIONUNAVAIL));
    EXPECT_EQ(entered(Tspi::lineDevSpecific), 1u);
    for (const auto message : {LINE_DEVSPECIFIC, LINE_DEVSPECIFICFEATURE}) {
        provider().event(message, provider().any_line(), 0, 1, 2, 3);
        world.run_until_quiet();
        EXPECT_EQ(with.next(message)->fields.parameter3, 3u);
        EXPECT_FALSE(without.next(message));
    }
}

TEST_F(Phones, R255_DeviceSpecificFunctionsAreForThoseWhoNegotiatedAVersion) {
    const auto open_with = [&](ScriptedApplication& application, std::uint32_t extension) {
        EXPECT_EQ(application.call(Arguments<Tapi::phoneOpen>()
                                       .with<"hPhoneApp">(initialise(application))
                                       .with<"dwAPIVersion">(abi::v2_2)
                                       .with<"dwExtVersion">(extension)
                                       .with<"dwPrivilege">(PHONEPRIVILEGE_MONITOR)),
                  0);
        return application.output<Tapi::phoneOpen, "lphPhone">();
    };
    const auto phone = open_with(one, 3), same_phone = open_with(other, 0);
    EXPECT_GT(one.call(Arguments<Tapi::phoneDevSpecific>().with<"hPhone">(phone)), 0);
    EXPECT_EQ(other.call(Arguments<Tapi::phoneDevSpecific>().with<"hPhone">(same_phone)),
              as_result(LINEERR_OPERATIONUNAVAIL));
    provider().event(PHONE_DEVSPECIFIC, provider().any_phone(), 0, 7);
    world.run_until_quiet();
    EXPECT_EQ(one.next(PHONE_DEVSPECIFIC)->fields.parameter1, 7u);
    EXPECT_FALSE(other.next(PHONE_DEVSPECIFIC));
}

TEST_F(Rules, R238_AChangeOfCapabilitiesMeansToInitialiseAgainBelowVersion14) {
    install();
    ScriptedApplication old(world), current(world);
    old.initialise(abi::v1_3);
    current.initialise();
    old.open(LINECALLPRIVILEGE_NONE, abi::v1_3);
    current.open(LINECALLPRIVILEGE_NONE, abi::v1_3);
    provider().event(LINE_LINEDEVSTATE, provider().any_line(), 0, LINEDEVSTATE_CAPSCHANGE);
    world.run_until_quiet();
    const auto reinit = old.next(LINE_LINEDEVSTATE);
    ASSERT_TRUE(reinit);
    EXPECT_EQ(reinit->fields.parameter1, LINEDEVSTATE_REINIT);
    EXPECT_EQ(reinit->fields.parameter2, std::uint64_t{LINE_LINEDEVSTATE});
    EXPECT_EQ(reinit->fields.parameter3, LINEDEVSTATE_CAPSCHANGE);
    EXPECT_EQ(reinit->fields.device, 0u);
    EXPECT_EQ(reinit->fields.instance, 0u);
    // It is held to that (R237), and what it has open of the provider besides says it no second time.
    EXPECT_EQ(old.try_open(LINECALLPRIVILEGE_NONE, abi::v1_3, 1), as_result(LINEERR_REINIT));
    provider().event(LINE_ADDRESSSTATE, provider().any_line(), 0, 0, LINEADDRESSSTATE_CAPSCHANGE);
    world.run_until_quiet();
    EXPECT_FALSE(old.next(LINE_LINEDEVSTATE));
}

TEST_F(Rules, R159_R160_NumbersOfRingsAreTheSmallestThatWasSet) {
    install();
    ScriptedApplication one(world), other(world);
    one.initialise();
    other.initialise();
    const auto line = one.open(LINECALLPRIVILEGE_NONE), same = other.open(LINECALLPRIVILEGE_NONE);
    const auto rings = [&] {
        EXPECT_EQ(one.call(Arguments<Tapi::lineGetNumRings>().with<"hLine">(line)), 0);
        return one.output<Tapi::lineGetNumRings, "lpdwNumRings">();
    };
    EXPECT_EQ(rings(), 0xFFFFFFFF);
    EXPECT_EQ(one.call(Arguments<Tapi::lineSetNumRings>().with<"hLine">(line).with<"dwNumRings">(5)), 0);
    EXPECT_EQ(other.call(Arguments<Tapi::lineSetNumRings>().with<"hLine">(same).with<"dwNumRings">(3)), 0);
    EXPECT_EQ(rings(), 3u);
    EXPECT_EQ(one.call(Arguments<Tapi::lineSetNumRings>().with<"hLine">(line).with<"dwAddressID">(1)),
              as_result(LINEERR_INVALADDRESSID));
}

} // namespace
} // namespace offhook::test
