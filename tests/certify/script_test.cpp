// SPDX-License-Identifier: Apache-2.0
#include "certify/script.h"

#include <gtest/gtest.h>

namespace offhook::certify {
namespace {

TEST(Script, IsTheSameAfterItWasWritten) {
    std::string wrong;
    for (std::uint64_t seed = 1; seed < 200; ++seed) {
        const auto script = random_script(seed, 40);
        const auto read = parse_script(to_text(script), wrong);
        ASSERT_TRUE(read) << wrong;
        EXPECT_EQ(read->steps, script.steps);
        EXPECT_EQ(read->device_base, script.device_base);
        EXPECT_EQ(read->call_credit, script.call_credit);
    }
}

TEST(Script, HasAsManySessionsAsAreWanted) {
    const auto script = random_script(3, 5, 4);
    EXPECT_EQ(script.steps.size(), 4 * 5U + 3U);
    for (const std::size_t at : {5, 11, 17}) EXPECT_EQ(script.steps[at].operation, Operation::next_session);
}

TEST(Script, NamesTheWordThatIsWrong) {
    for (const char* word : {"open_lines", "open_line:", "open_line:x", "open_line:1:2:3:4",
                             "base=", "bass=3", "open_line:70000"}) {
        std::string wrong;
        EXPECT_FALSE(parse_script(std::string("settle ") + word, wrong)) << word;
        EXPECT_EQ(wrong, word);
    }
}

TEST(Script, OfASeedIsAlwaysTheSame) {
    EXPECT_EQ(random_script(7, 40).steps, random_script(7, 40).steps);
    EXPECT_NE(random_script(7, 40).steps, random_script(8, 40).steps);
}

} // namespace
} // namespace offhook::certify
