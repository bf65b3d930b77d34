// SPDX-License-Identifier: Apache-2.0
//
// What binds any provider at its border: initialisation, the memory that it is given, the names of the
// service.

#include "tests/sim/sim_host.h"

#include <bit>

namespace offhook::testing {
namespace {

class SimBorder : public SimTest {
  protected:
    static void completed(DRV_REQUESTID, LONG) {}
    LONG initialise_again() {
        return TSP(host(), providerInit)(0x00020002, 1, 0, 0, 10, 10, completed, &options);
    }
    std::size_t completions() {
        const auto all = host().everything();
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [](const Said& said) { return said.message == LINE_REPLY; }));
    }

    DWORD options = 0;
};

TEST_F(SimBorder, R008_ASecondInitChangesNothing) {
    begin();
    line(1);
    const auto call = host().make_call(line(0), u"102");
    EXPECT_EQ(initialise_again(), 0);
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_RINGBACK));
    EXPECT_TRUE(succeeded(host().answer(newest().second))); // its completions come where they came before
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
}

TEST_F(SimBorder, R010_NoOptionIsSet) {
    begin();
    EXPECT_EQ(initialise_again(), 0);
    EXPECT_EQ(options, 0U);
}

// The request is done later than the function returns.
TEST_F(SimBorder, R050_WhatWasGivenMayBeOverwrittenAfterTheReturn) {
    begin({{"time", "virtual"}, {"delay.completion", "100"}});
    line(1);
    std::array<char16_t, 4> number{u'1', u'0', u'2', u'\0'};
    LINECALLPARAMS parameters{};
    parameters.dwTotalSize = sizeof parameters;
    parameters.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    const auto name = host().new_name();
    HDRVCALL call = nullptr;
    const auto request =
        TSP(host(), lineMakeCall)(host().next_request(), line(0), name, &call, number.data(), 0, &parameters);
    number.fill(u'9');
    std::memset(&parameters, 0xFF, sizeof parameters);
    command("advance 100");
    EXPECT_TRUE(succeeded(request));
    EXPECT_EQ(state(name), static_cast<DWORD>(LINECALLSTATE_RINGBACK));
    EXPECT_EQ(states(newest().first), (States{LINECALLSTATE_OFFERING}));
}

TEST_F(SimBorder, R052_SynchronousFunctionsCompleteNothing) {
    begin();
    const Talk call = talk(0, 1);
    const auto before = completions();
    DWORD addresses = 0;
    EXPECT_EQ(TSP(host(), lineGetNumAddressIDs)(call.line, &addresses), 0);
    EXPECT_EQ(TSP(host(), lineSetDefaultMediaDetection)(call.line, LINEMEDIAMODE_INTERACTIVEVOICE), 0);
    EXPECT_EQ(TSP(host(), lineSetAppSpecific)(call.call, 5), 0);
    EXPECT_EQ(TSP(host(), lineMonitorDigits)(call.call, LINEDIGITMODE_DTMF), 0);
    EXPECT_EQ(status(call.call).result, 0);
    EXPECT_EQ(TSP(host(), lineCloseCall)(call.call), 0);
    EXPECT_EQ(completions(), before);
}

// Nothing lies at these addresses, and all of their bits come back.
TEST_F(SimBorder, R075_TheNamesOfTheServiceAreReturnedAsTheyWereGiven) {
    begin();
    const auto line_name = std::bit_cast<HTAPILINE>(std::uintptr_t{0xF000'0000'0000'0001});
    const auto call_name = std::bit_cast<HTAPICALL>(std::uintptr_t{0xF000'0000'0000'0002});
    HDRVLINE opened = nullptr;
    HDRVCALL call = nullptr;
    ASSERT_EQ(TSP(host(), lineOpen)(0, line_name, &opened, 0x00020002, TspHost::hear), 0);
    EXPECT_TRUE(succeeded(
        TSP(host(), lineMakeCall)(host().next_request(), opened, call_name, &call, u"91", 0, nullptr)));
    std::size_t events = 0;
    for (const Said& said : host().everything()) {
        if (said.message == LINE_REPLY) continue;
        ++events;
        EXPECT_EQ(said.line, line_name);
        EXPECT_EQ(said.call, call_name);
    }
    EXPECT_GT(events, 0U);
}

} // namespace
} // namespace offhook::testing
