// SPDX-License-Identifier: Apache-2.0
//
// lineOpen with LINEMAPPER: which line an application gets, and what the providers are asked for it (R125).
#include "tests/core/scripted.h"

#include <array>
#include <cstring>

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

class LineSearch : public Rules {
  protected:
    LineSearch() {
        install();
        application.initialise();
    }
    // Which device an open line is.
    std::uint32_t device_of(std::uint32_t line) {
        EXPECT_EQ(application.call(Arguments<Tapi::lineGetID>()
                                       .with<"hLine">(line)
                                       .with<"dwSelect">(LINECALLSELECT_LINE)
                                       .with<"lpDeviceID">(64)
                                       .with<"lpszDeviceClass">(core::bytes_value(
                                           std::as_bytes(std::span(u"tapi/line").first<9>())))),
                  0);
        const auto id = application.bytes<Tapi::lineGetID, "lpDeviceID">();
        std::uint32_t device = 0;
        if (id.size() >= sizeof(VARSTRING) + sizeof device)
            std::memcpy(&device, id.data() + sizeof(VARSTRING), sizeof device);
        return device;
    }
    // Without waiting for the answer.
    void search(std::uint32_t media_modes) {
        application.submit(Arguments<Tapi::lineOpen>()
                               .with<"hLineApp">(application.app())
                               .with<"dwDeviceID">(LINEMAPPER)
                               .with<"dwAPIVersion">(abi::v2_2)
                               .with<"dwPrivileges">(LINECALLPRIVILEGE_OWNER)
                               .with<"dwMediaModes">(media_modes));
        world.run_until_quiet();
    }

    ScriptedApplication application{world};
};

TEST_F(LineSearch, R125_TheFirstLineThatWillDoIsOpened) {
    const auto line = application.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, LINEMAPPER);
    EXPECT_EQ(device_of(line), 0u);
    EXPECT_EQ(entered(Tspi::lineOpen), 1u);
    EXPECT_EQ(entered(Tspi::lineConditionalMediaDetection), 1u);
}

TEST_F(LineSearch, R125_ALineThatCannotDoWhatIsWantedIsClosedAgainAndTheNextIsTried) {
    provider().refuse_once(Tspi::lineConditionalMediaDetection,
                           static_cast<std::uint32_t>(LINEERR_INVALMEDIAMODE));
    const auto line = application.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, LINEMAPPER);
    world.run_until_quiet();
    EXPECT_EQ(device_of(line), 1u);
    EXPECT_EQ(entered(Tspi::lineOpen), 2u);
    EXPECT_EQ(entered(Tspi::lineClose), 1u);
}

TEST_F(LineSearch, R125_ALineThatIsOpenAlreadyStaysOpenWhenItWillNotDo) {
    application.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, 0);
    provider().refuse_once(Tspi::lineConditionalMediaDetection,
                           static_cast<std::uint32_t>(LINEERR_RESOURCEUNAVAIL));
    const auto line = application.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, LINEMAPPER);
    world.run_until_quiet();
    EXPECT_EQ(device_of(line), 1u);
    EXPECT_EQ(entered(Tspi::lineClose), 0u);
}

TEST_F(LineSearch, R086_ALineThatIsClosedWhileItIsAskedIsGivenUpForTheNext) {
    application.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, 0);
    provider().hang();
    search(LINEMEDIAMODE_DATAMODEM);
    provider().event(LINE_CLOSE, provider().any_line(), 0);
    world.run_until_quiet();
    provider().release();
    world.run_until_quiet();
    EXPECT_TRUE(application.answered());
    EXPECT_EQ(entered(Tspi::lineOpen), 2u);
    EXPECT_EQ(entered(Tspi::lineConditionalMediaDetection), 2u);
    EXPECT_TRUE(world.broken_rules().empty());
}

TEST_F(LineSearch, R092_ALineThatIsRemovedMeanwhileIsPassedOver) {
    ScriptedApplication other(world);
    other.initialise();
    other.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, 1);
    application.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, 0); // it is open: the question comes at once
    provider().hang();
    search(LINEMEDIAMODE_DATAMODEM);
    provider().refuse_once(Tspi::lineConditionalMediaDetection,
                           static_cast<std::uint32_t>(LINEERR_INVALMEDIAMODE));
    provider().event(LINE_REMOVE, 0, 0, 1);
    world.run_until_quiet();
    provider().release();
    world.run_until_quiet();
    EXPECT_TRUE(application.answered()); // there is no other
    EXPECT_EQ(entered(Tspi::lineConditionalMediaDetection), 1u);
}

TEST_F(LineSearch, R088_WhatARefusedSearchWantedIsNoLongerDetected) {
    ScriptedApplication other(world);
    other.initialise();
    provider().hang();
    search(LINEMEDIAMODE_DATAMODEM);
    other.submit(Arguments<Tapi::lineOpen>()
                     .with<"hLineApp">(other.app())
                     .with<"dwDeviceID">(0)
                     .with<"dwAPIVersion">(abi::v2_2)
                     .with<"dwPrivileges">(LINECALLPRIVILEGE_OWNER)
                     .with<"dwMediaModes">(LINEMEDIAMODE_INTERACTIVEVOICE));
    world.run_until_quiet();
    provider().refuse_once(Tspi::lineConditionalMediaDetection,
                           static_cast<std::uint32_t>(LINEERR_INVALMEDIAMODE));
    provider().release();
    world.run_until_quiet();
    EXPECT_TRUE(application.answered());
    EXPECT_TRUE(other.answered());
    // Of both on the one line, of the other's alone, and of the next line.
    EXPECT_EQ(entered(Tspi::lineSetDefaultMediaDetection), 3u);
}

TEST_F(LineSearch, R125_ALineThatDoesNotOpenIsPassedOver) {
    provider().refuse_once(Tspi::lineOpen, static_cast<std::uint32_t>(LINEERR_RESOURCEUNAVAIL));
    EXPECT_EQ(device_of(application.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, LINEMAPPER)), 1u);
}

TEST_F(LineSearch, R125_WhenNoLineWillDoNoneStaysOpen) {
    provider().refuse(Tspi::lineConditionalMediaDetection,
                      static_cast<std::uint32_t>(LINEERR_INVALMEDIAMODE));
    EXPECT_EQ(application.try_open(LINECALLPRIVILEGE_OWNER, abi::v2_2, LINEMAPPER),
              as_result(LINEERR_LINEMAPPERFAILED));
    world.run_until_quiet();
    EXPECT_EQ(entered(Tspi::lineOpen), 2u);
    EXPECT_EQ(entered(Tspi::lineClose), 2u);
}

TEST_F(LineSearch, R125_WhoWantsNoMediaIsGivenTheFirstLineUnasked) {
    EXPECT_EQ(device_of(application.open(LINECALLPRIVILEGE_NONE, abi::v2_2, LINEMAPPER)), 0u);
    EXPECT_EQ(entered(Tspi::lineConditionalMediaDetection), 0u);
}

TEST_F(LineSearch, R125_TheProviderIsToldWhatTheCallsWillNeed) {
    LINECALLPARAMS parameters{};
    parameters.dwTotalSize = sizeof parameters;
    parameters.dwBearerMode = LINEBEARERMODE_VOICE;
    parameters.dwMinRate = 64'000;
    ASSERT_EQ(application.call(
                  Arguments<Tapi::lineOpen>()
                      .with<"hLineApp">(application.app())
                      .with<"dwDeviceID">(LINEMAPPER)
                      .with<"dwAPIVersion">(abi::v2_2)
                      .with<"dwPrivileges">(LINECALLPRIVILEGE_OWNER)
                      .with<"dwMediaModes">(LINEMEDIAMODE_INTERACTIVEVOICE)
                      .with<"lpCallParams">(core::bytes_value(std::as_bytes(std::span(&parameters, 1))))),
              0);
    const auto given =
        core::value_of<Tspi::lineConditionalMediaDetection, "lpCallParams">(provider().last_inputs()).bytes;
    ASSERT_GE(given.size(), sizeof parameters);
    LINECALLPARAMS arrived{};
    std::memcpy(&arrived, given.data(), sizeof arrived);
    EXPECT_EQ(arrived.dwMinRate, 64'000u);
}

TEST_F(LineSearch, R125_ParametersThatLieAreRefusedBeforeAnyLineIsOpened) {
    std::array<std::byte, 8> few{};
    few[0] = std::byte{8};
    EXPECT_EQ(application.call(Arguments<Tapi::lineOpen>()
                                   .with<"hLineApp">(application.app())
                                   .with<"dwDeviceID">(LINEMAPPER)
                                   .with<"dwAPIVersion">(abi::v2_2)
                                   .with<"dwPrivileges">(LINECALLPRIVILEGE_OWNER)
                                   .with<"dwMediaModes">(LINEMEDIAMODE_INTERACTIVEVOICE)
                                   .with<"lpCallParams">(core::bytes_value(few))),
              as_result(LINEERR_STRUCTURETOOSMALL));
    EXPECT_EQ(entered(Tspi::lineOpen), 0u);
}

} // namespace
} // namespace offhook::test
