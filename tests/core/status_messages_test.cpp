// SPDX-License-Identifier: Apache-2.0
//
// What providers are asked to report, when they refuse and when several applications ask at once.
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

class StatusMessages : public Rules {
  protected:
    StatusMessages() {
        install();
        one.initialise();
        other.initialise();
        line = one.open(LINECALLPRIVILEGE_NONE);
        same_line = other.open(LINECALLPRIVILEGE_NONE);
    }
    static Arguments<Tapi::lineSetStatusMessages> wants(std::uint32_t opener, std::uint32_t states) {
        return Arguments<Tapi::lineSetStatusMessages>().with<"hLine">(opener).with<"dwLineStates">(states);
    }
    static std::uint32_t wanted(ScriptedApplication& application, std::uint32_t opener) {
        EXPECT_EQ(application.call(Arguments<Tapi::lineGetStatusMessages>().with<"hLine">(opener)), 0);
        return application.output<Tapi::lineGetStatusMessages, "lpdwLineStates">();
    }
    std::uint32_t asked_of_provider() {
        return core::number_of<Tspi::lineSetStatusMessages, "dwLineStates">(provider().last_inputs());
    }
    void let_happen(int things) {
        for (int i = 0; i < things; ++i) world.step();
    }
    // Both ask before the provider has answered one of them.
    void ask_at_once(std::uint32_t states, std::uint32_t other_states) {
        provider().hang();
        one.submit(wants(line, states));
        other.submit(wants(same_line, other_states));
        let_happen(3); // both arrive, and the first is with the provider
        provider().release();
        world.run_until_quiet();
    }

    ScriptedApplication one{world}, other{world};
    std::uint32_t line = 0, same_line = 0;
};

TEST_F(StatusMessages, R236_WhatTheProviderHasRefusedIsAskedForAgain) {
    provider().refuse_once(Tspi::lineSetStatusMessages, LINEERR_RESOURCEUNAVAIL);
    EXPECT_EQ(one.call(wants(line, LINEDEVSTATE_RINGING)), as_result(LINEERR_RESOURCEUNAVAIL));
    EXPECT_EQ(wanted(one, line), 0u);
    EXPECT_EQ(one.call(wants(line, LINEDEVSTATE_RINGING)), 0);
    EXPECT_EQ(entered(Tspi::lineSetStatusMessages), 2u);
    EXPECT_EQ(wanted(one, line), DWORD{LINEDEVSTATE_RINGING});
    EXPECT_EQ(one.call(wants(line, LINEDEVSTATE_RINGING)), 0); // it knows
    EXPECT_EQ(entered(Tspi::lineSetStatusMessages), 2u);
}

TEST_F(StatusMessages, R236_WhatOneIsRefusedIsNotAskedForWithTheOthers) {
    provider().refuse_once(Tspi::lineSetStatusMessages, LINEERR_RESOURCEUNAVAIL);
    ask_at_once(LINEDEVSTATE_RINGING, LINEDEVSTATE_BATTERY);
    EXPECT_EQ(entered(Tspi::lineSetStatusMessages), 2u);
    EXPECT_EQ(asked_of_provider(), DWORD{LINEDEVSTATE_BATTERY});
    EXPECT_EQ(wanted(one, line), 0u);
    EXPECT_EQ(wanted(other, same_line), DWORD{LINEDEVSTATE_BATTERY});
    EXPECT_EQ(one.call(wants(line, LINEDEVSTATE_RINGING)), 0);
    EXPECT_EQ(asked_of_provider(), DWORD{LINEDEVSTATE_RINGING | LINEDEVSTATE_BATTERY});
}

TEST_F(StatusMessages, R236_WhoAsksForTheSameAtOnceIsNotToldOfASuccessThatIsNone) {
    provider().refuse(Tspi::lineSetStatusMessages);
    ask_at_once(LINEDEVSTATE_RINGING, LINEDEVSTATE_RINGING);
    EXPECT_EQ(entered(Tspi::lineSetStatusMessages), 2u);
    EXPECT_EQ(wanted(one, line) | wanted(other, same_line), 0u);
}

TEST_F(StatusMessages, R236_WhoGoesWhileHeAsksHoldsUpNobody) {
    provider().hang();
    one.submit(wants(line, LINEDEVSTATE_RINGING));
    let_happen(2);
    one.submit(Arguments<Tapi::lineClose>().with<"hLine">(line));
    other.submit(wants(same_line, LINEDEVSTATE_BATTERY));
    let_happen(2);
    provider().release();
    world.run_until_quiet();
    EXPECT_TRUE(one.answered());
    EXPECT_TRUE(other.answered());
    EXPECT_EQ(asked_of_provider(), DWORD{LINEDEVSTATE_BATTERY});
}

TEST_F(StatusMessages, R236_APhonesRefusalIsNoSuccessTheSecondTime) {
    const auto channel = world.open_channel(one.id());
    ASSERT_EQ(one.call(Arguments<Tapi::phoneInitializeEx>().with<"lpdwAPIVersion">(abi::v2_2), channel), 0);
    const auto app = one.output<Tapi::phoneInitializeEx, "lphPhoneApp">();
    ASSERT_EQ(one.call(Arguments<Tapi::phoneOpen>()
                           .with<"hPhoneApp">(app)
                           .with<"dwAPIVersion">(abi::v2_2)
                           .with<"dwPrivilege">(PHONEPRIVILEGE_MONITOR)),
              0);
    const auto asking = Arguments<Tapi::phoneSetStatusMessages>()
                            .with<"hPhone">(one.output<Tapi::phoneOpen, "lphPhone">())
                            .with<"dwPhoneStates">(PHONESTATE_LAMP);
    provider().refuse(Tspi::phoneSetStatusMessages, PHONEERR_RESOURCEUNAVAIL);
    EXPECT_EQ(one.call(asking), as_result(PHONEERR_RESOURCEUNAVAIL));
    EXPECT_EQ(one.call(asking), as_result(PHONEERR_RESOURCEUNAVAIL));
}

} // namespace
} // namespace offhook::test
