// SPDX-License-Identifier: Apache-2.0
#include "certify/fitting.h"

#include <gtest/gtest.h>

namespace offhook::certify {
namespace {

Script script_of(const std::string& text) {
    std::string wrong;
    const auto script = parse_script(text, wrong);
    EXPECT_TRUE(script) << wrong;
    return script.value_or(Script{});
}

Target target_with(std::size_t changes, std::size_t commands) {
    Target target;
    target.changes.resize(changes);
    target.during.resize(commands);
    return target;
}

TEST(Fitting, LeavesOutWhatThereIsNothingFor) {
    const auto script = script_of("open_line:9 reconfigure:3:1 command:4 settle");
    EXPECT_EQ(to_text(fitted(script, target_with(0, 0))), "open_line:9 settle");
    EXPECT_EQ(to_text(fitted(script, target_with(1, 3))), "open_line:9 reconfigure:1:1 command:1 settle");
    EXPECT_EQ(to_text(fitted(script, target_with(3, 5))), to_text(script));
}

TEST(Fitting, WhatIsReportedCanBePlayedAgain) {
    for (std::uint64_t seed = 1; seed < 50; ++seed)
        for (const auto& target :
             {target_with(0, 0), target_with(2, 0), target_with(0, 3), target_with(2, 3)})
            EXPECT_FALSE(missing_for(fitted(random_script(seed, 40), target), target));
}

TEST(Fitting, NamesTheStepAndWhatToGive) {
    auto missing = missing_for(script_of("settle reconfigure"), target_with(0, 0));
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->step, "reconfigure");
    EXPECT_EQ(missing->option, "--change FILE");
    EXPECT_FALSE(missing_for(script_of("reconfigure:0 reconfigure:2"), target_with(2, 0)));
    missing = missing_for(script_of("reconfigure:3"), target_with(2, 0));
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->wanted, 3U);
    EXPECT_EQ(missing->given, 2U);
    missing = missing_for(script_of("command:2"), target_with(0, 2));
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->option, "--commands FILE");
    EXPECT_EQ(missing->wanted, 3U);
}

} // namespace
} // namespace offhook::certify
