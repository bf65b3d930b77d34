// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/sim_host.h"

namespace offhook::testing {
namespace {

class SimSignals : public SimTest {
  protected:
    std::vector<DWORD_PTR> first_parameters(DWORD message) {
        std::vector<DWORD_PTR> found;
        for (const Said& said : host().everything())
            if (said.message == message) found.push_back(said.p1);
        return found;
    }

    std::array<char16_t, 9> digits_{}; // are gathered as long as their call lives
};

TEST_F(SimSignals, R059_DigitsReachTheOtherEnd) {
    begin({{"time", "virtual"}});
    const Talk call = talk(0, 1);
    EXPECT_EQ(TSP(host(), lineMonitorDigits)(call.other, LINEDIGITMODE_DTMF), 0);
    EXPECT_EQ(TSP(host(), lineGenerateDigits)(call.call, 77, LINEDIGITMODE_DTMF, u"1x2", 100), 0);
    command("advance 199"); // a digit and the spacing behind it
    EXPECT_EQ(first_parameters(LINE_MONITORDIGITS), (std::vector<DWORD_PTR>{'1'}));
    command("advance 1");
    EXPECT_EQ(first_parameters(LINE_MONITORDIGITS), (std::vector<DWORD_PTR>{'1', '2'}));
    EXPECT_TRUE(first_parameters(LINE_GENERATE).empty());
    command("advance 200");
    EXPECT_EQ(count(LINE_GENERATE, LINEGENERATETERM_DONE), 1U);
}

TEST_F(SimSignals, R231_OneGenerationAtATime) {
    begin({{"time", "virtual"}});
    const Talk call = talk(0, 1);
    TSP(host(), lineGenerateDigits)(call.call, 1, LINEDIGITMODE_DTMF, u"111", 100);
    TSP(host(), lineGenerateTone)(call.call, 2, LINETONEMODE_BEEP, 100, 0, nullptr);
    EXPECT_EQ(count(LINE_GENERATE, LINEGENERATETERM_CANCEL), 1U);
    command("advance 100");
    EXPECT_EQ(count(LINE_GENERATE, LINEGENERATETERM_DONE), 1U);
}

TEST_F(SimSignals, R230_GatheringAndItsEnds) {
    begin({{"time", "virtual"}});
    const Talk call = talk(0, 1);
    auto& buffer = digits_;
    const auto gather = [&](DWORD id, DWORD wanted) {
        return TSP(host(), lineGatherDigits)(call.call, id, LINEDIGITMODE_DTMF, buffer.data(), wanted, u"#",
                                             5000, 2000);
    };
    EXPECT_EQ(gather(5, 3), 0);
    command("digits 101 123");
    EXPECT_EQ(count(LINE_GATHERDIGITS, LINEGATHERTERM_BUFFERFULL), 1U);
    EXPECT_EQ(std::u16string(buffer.data(), 3), u"123");
    gather(6, 8);
    command("digits 101 9#");
    EXPECT_EQ(count(LINE_GATHERDIGITS, LINEGATHERTERM_TERMDIGIT), 1U);
    EXPECT_EQ(std::u16string(buffer.data()), u"9#");
    gather(7, 8);
    command("advance 5000");
    EXPECT_EQ(count(LINE_GATHERDIGITS, LINEGATHERTERM_FIRSTTIMEOUT), 1U);
    gather(8, 8);
    command("digits 101 1");
    command("advance 2000");
    EXPECT_EQ(count(LINE_GATHERDIGITS, LINEGATHERTERM_INTERTIMEOUT), 1U);
    gather(9, 8);
    gather(10, 8);
    EXPECT_EQ(count(LINE_GATHERDIGITS, LINEGATHERTERM_CANCEL), 1U); // R230
    std::vector<DWORD_PTR> ids;
    for (const Said& said : host().everything())
        if (said.message == LINE_GATHERDIGITS) ids.push_back(said.p2);
    EXPECT_EQ(ids, (std::vector<DWORD_PTR>{5, 6, 7, 8, 9}));
}

TEST_F(SimSignals, TonesAndMediaAreRecognised) {
    begin();
    const Talk call = talk(0, 1);
    std::array<LINEMONITORTONE, 2> tones{{{11, 0, 425, 0, 0}, {22, 0, 0, 0, 0}}};
    EXPECT_EQ(TSP(host(), lineMonitorTones)(call.call, 3, tones.data(), 2), 0);
    EXPECT_EQ(TSP(host(), lineMonitorMedia)(call.call, LINEMEDIAMODE_G3FAX), 0);
    command("tone 101 425");
    command("silence 101");
    command("tone 101 1100");
    EXPECT_EQ(first_parameters(LINE_MONITORTONE), (std::vector<DWORD_PTR>{11, 22}));
    EXPECT_EQ(first_parameters(LINE_MONITORMEDIA), (std::vector<DWORD_PTR>{LINEMEDIAMODE_G3FAX}));
}

} // namespace
} // namespace offhook::testing
