// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/configuration.h"

#include <gtest/gtest.h>

namespace offhook::sim {
namespace {

TEST(SimConfiguration, DefaultsWork) {
    std::vector<std::string> problems;
    const auto configuration = read_configuration({}, problems);
    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(configuration.extensions.size(), 10U);
    EXPECT_EQ(configuration.extensions.front(), "101");
    EXPECT_EQ(configuration.trunks, 2U);
}

TEST(SimConfiguration, NumbersAndRanges) {
    EXPECT_EQ(numbers_of("007-009,5", 10), (std::vector<std::string>{"007", "008", "009", "5"}));
    for (const char* bad : {"9-1", "x", "1-", "1,1", "1-11", "123456789012345678901"})
        EXPECT_FALSE(numbers_of(bad, 10)) << bad;
}

TEST(SimConfiguration, EachProblemIsNamed) {
    std::vector<std::string> problems;
    static_cast<void>(read_configuration({{"extensions", "a"},
                                          {"time", "slow"},
                                          {"calls", "0"},
                                          {"delay.ring", "-1"},
                                          {"outside.5", "sleep"},
                                          {"colour", "red"}},
                                         problems));
    EXPECT_EQ(problems.size(), 6U);
}

} // namespace
} // namespace offhook::sim
