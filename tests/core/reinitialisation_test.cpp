// SPDX-License-Identifier: Apache-2.0
//
// Providers that ask their applications to initialise anew, and who is held to it (R237).
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

class Reinitialisation : public Rules {
  protected:
    Reinitialisation() { install(); }

    void say(std::uint32_t message, std::uint64_t device, std::uint64_t states) {
        provider().event(message, device, 0, states);
        world.run_until_quiet();
    }
    void ask() { say(LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT); }
    // It was told once, in the form that names no device.
    static void expect_told(ScriptedApplication& application, std::uint32_t message, std::uint64_t original) {
        const auto told = application.next(message);
        ASSERT_TRUE(told);
        const auto reinit = message == PHONE_STATE ? PHONESTATE_REINIT : LINEDEVSTATE_REINIT;
        EXPECT_EQ(told->fields.parameter1, std::uint64_t{reinit});
        EXPECT_EQ(told->fields.device, 0u);
        EXPECT_EQ(told->fields.instance, 0u);
        EXPECT_EQ(told->fields.parameter2, original);
        EXPECT_FALSE(application.next(message));
    }
    std::int32_t initialise_again(ScriptedApplication& application) {
        return application.call(Arguments<Tapi::lineInitializeEx>().with<"lpdwAPIVersion">(abi::v2_2),
                                world.open_channel(application.id()));
    }
    static std::int32_t shut_down(ScriptedApplication& application) {
        return application.call(Arguments<Tapi::lineShutdown>().with<"hLineApp">(application.app()));
    }
    std::uint32_t initialise_phones(ScriptedApplication& application, std::uint32_t version = abi::v2_2) {
        EXPECT_EQ(application.call(Arguments<Tapi::phoneInitializeEx>().with<"lpdwAPIVersion">(version),
                                   world.open_channel(application.id())),
                  0);
        return application.output<Tapi::phoneInitializeEx, "lphPhoneApp">();
    }

    ScriptedApplication one{world}, other{world};
};

TEST_F(Reinitialisation, R235_R237_AProvidersReinitReachesEverybodyOnce) {
    ScriptedApplication old(world);
    one.initialise();
    other.initialise();
    old.initialise(abi::v1_3);
    const auto line = one.open(LINECALLPRIVILEGE_OWNER);
    one.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, 1);
    ask();
    say(LINE_LINEDEVSTATE, provider().any_line(), LINEDEVSTATE_REINIT); // of an open line: the same
    ask();
    for (auto* application : {&one, &other, &old}) expect_told(*application, LINE_LINEDEVSTATE, 0);
    EXPECT_EQ(one.call(Arguments<Tapi::lineClose>().with<"hLine">(line)), 0); // what is open stays so
}

TEST_F(Reinitialisation, R237_WhoWasAskedIsHeldUntilItHasInitialisedAnew) {
    one.initialise();
    other.initialise();
    one.open(LINECALLPRIVILEGE_NONE);
    ask();
    EXPECT_EQ(one.try_open(LINECALLPRIVILEGE_NONE, abi::v2_2, 1), as_result(LINEERR_REINIT));
    EXPECT_EQ(other.try_open(LINECALLPRIVILEGE_NONE), as_result(LINEERR_REINIT));
    EXPECT_EQ(other.try_open(LINECALLPRIVILEGE_NONE, abi::v2_2, LINEMAPPER), as_result(LINEERR_REINIT));
    EXPECT_EQ(initialise_again(other), as_result(LINEERR_REINIT));
    provider().event(LINE_CREATE, 0, 0, 1, 4711); // no answer to that
    world.run_until_quiet();
    EXPECT_TRUE(other.next(LINE_CREATE));
    EXPECT_EQ(other.try_open(LINECALLPRIVILEGE_NONE), as_result(LINEERR_REINIT));
    EXPECT_EQ(shut_down(other), 0);
    other.initialise();
    other.open(LINECALLPRIVILEGE_NONE);
    EXPECT_EQ(one.try_open(LINECALLPRIVILEGE_NONE, abi::v2_2, 1), as_result(LINEERR_REINIT));
}

TEST_F(Reinitialisation, R237_OtherProvidersLinesMayBeOpened) {
    world.core().provider_added(core::ProviderId{2}, "two", "/two.tsp");
    one.initialise();
    ask();
    EXPECT_EQ(one.try_open(LINECALLPRIVILEGE_NONE), as_result(LINEERR_REINIT));
    one.open(LINECALLPRIVILEGE_NONE, abi::v2_2, behaviour.lines);
}

TEST_F(Reinitialisation, R237_WhatElseTheMessageSaysIsSaidOfTheLine) {
    one.initialise();
    const auto line = one.open(LINECALLPRIVILEGE_NONE);
    EXPECT_EQ(one.call(Arguments<Tapi::lineSetStatusMessages>().with<"hLine">(line).with<"dwLineStates">(
                  LINEDEVSTATE_LOCK)),
              0);
    say(LINE_LINEDEVSTATE, provider().any_line(), LINEDEVSTATE_REINIT | LINEDEVSTATE_LOCK);
    EXPECT_EQ(one.next(LINE_LINEDEVSTATE)->fields.parameter1, LINEDEVSTATE_REINIT);
    const auto rest = one.next(LINE_LINEDEVSTATE);
    ASSERT_TRUE(rest);
    EXPECT_EQ(rest->fields.parameter1, LINEDEVSTATE_LOCK);
    EXPECT_EQ(rest->fields.device, line);
}

TEST_F(Reinitialisation, R237_PhonesAndLinesAreInitialisedAnewEachByItself) {
    const auto phones = initialise_phones(one);
    other.initialise();
    say(PHONE_STATE, 0, PHONESTATE_REINIT);
    expect_told(one, PHONE_STATE, 0);
    EXPECT_TRUE(other.events.empty());
    EXPECT_EQ(one.call(Arguments<Tapi::phoneOpen>()
                           .with<"hPhoneApp">(phones)
                           .with<"dwAPIVersion">(abi::v2_2)
                           .with<"dwPrivilege">(PHONEPRIVILEGE_MONITOR)),
              as_result(LINEERR_REINIT));
    other.open(LINECALLPRIVILEGE_NONE);
}

TEST_F(Reinitialisation, R091_R237_OneThatWasTranslatedIsNotYetARealOne) {
    one.initialise(abi::v1_3);
    provider().event(LINE_CREATE, 0, 0, 1, 4711);
    world.run_until_quiet();
    expect_told(one, LINE_LINEDEVSTATE, LINE_CREATE);
    ask();
    expect_told(one, LINE_LINEDEVSTATE, 0);
}

TEST_F(Reinitialisation, R238_AChangeOfCapabilitiesOfAPhoneIsTranslatedToo) {
    const auto phones = initialise_phones(one, abi::v1_3);
    const auto current = initialise_phones(other);
    for (auto* application : {&one, &other})
        EXPECT_EQ(application->call(Arguments<Tapi::phoneOpen>()
                                        .with<"hPhoneApp">(application == &one ? phones : current)
                                        .with<"dwAPIVersion">(application == &one ? abi::v1_3 : abi::v2_2)
                                        .with<"dwPrivilege">(PHONEPRIVILEGE_MONITOR)),
                  0);
    say(PHONE_STATE, provider().any_phone(), PHONESTATE_CAPSCHANGE);
    expect_told(one, PHONE_STATE, PHONE_STATE);
    EXPECT_FALSE(other.next(PHONE_STATE)); // it has not asked for that
}

} // namespace
} // namespace offhook::test
