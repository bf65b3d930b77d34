// SPDX-License-Identifier: Apache-2.0
#include "certify/report.h"
#include "certify/script.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

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

Report report_with(std::uint16_t rule) {
    Report report;
    report.provider = "/a/<b>.tsp";
    report.lives = 1;
    report.counts[43] = {5, 0};
    std::string wrong;
    report.findings.push_back(
        {rule, "it said \"no\" & left", *parse_script("open_line:0:4 make_call", wrong), "a call"});
    return report;
}

TEST(Report, SaysWhatWasBrokenAndWhatKept) {
    std::ostringstream text;
    print(text, report_with(46));
    EXPECT_NE(text.str().find("BROKEN  R046"), std::string::npos) << text.str();
    EXPECT_NE(text.str().find("--replay 'open_line:0:4 make_call'"), std::string::npos);
    EXPECT_NE(text.str().find("1 kept, 1 broken"), std::string::npos);
    const auto json = to_json(report_with(46));
    EXPECT_FALSE(json.at("clean").get<bool>());
    EXPECT_EQ(json.at("findings").at(0).at("rule"), "R046");
}

TEST(Report, IsXmlThatKeepsItsText) {
    std::ostringstream text;
    print_junit(text, report_with(46));
    EXPECT_NE(text.str().find("/a/&lt;b&gt;.tsp"), std::string::npos);
    EXPECT_NE(text.str().find("it said &quot;no&quot; &amp; left"), std::string::npos);
}

TEST(Report, EveryWatchedRuleHasItsTextAndWhatItNeeds) {
    for (const auto rule : rules::watched_rules()) {
        ASSERT_NE(rules::rule_text(rule), nullptr) << rule;
        EXPECT_FALSE(needed_for(rule).empty());
    }
}

} // namespace
} // namespace offhook::certify
