// SPDX-License-Identifier: Apache-2.0
#include "certify/host.h"
#include "certify/report.h"
#include "tests/certify/report_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace offhook::certify {
namespace {

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

TEST(Report, ListsWhatWasKeptWhenThatIsAskedFor) {
    const auto report = report_with(46);
    ASSERT_EQ(text_of(report).find("Kept"), std::string::npos);
    std::ostringstream text;
    print(text, report, Listing::every_rule);
    for (const auto& [rule, count] : report.counts)
        EXPECT_EQ(text.str().find("\n    " + rules::rule_name(rule) + "  " +
                                  std::string(rules::rule_text(rule)->requirement) + ": " +
                                  std::to_string(count.kept) + "\n") == std::string::npos,
                  rule == 46)
            << rules::rule_name(rule) << ": " << text.str();
}

// Where the documentation contradicts itself, who reads it the other way is told so.
TEST(Report, NamesTheOtherReadingOfARule) {
    auto report = report_with(63);
    report.contested[24] = "it chose 0";
    std::ostringstream text;
    print(text, report);
    EXPECT_NE(text.str().find("but:          the documentation contradicts itself"), std::string::npos)
        << text.str();
    EXPECT_NE(text.str().find("WARNING  R024  it chose 0: the documentation contradicts itself"),
              std::string::npos);
    EXPECT_NE(to_json(report).at("findings").at(0).at("conflict"), "");
    EXPECT_EQ(to_json(report_with(46)).at("findings").at(0).at("conflict"), "");
    Report clean;
    clean.devices = 1;
    clean.contested = report.contested;
    EXPECT_TRUE(clean.clean());
}

TEST(Report, EveryConflictIsAboutARule) {
    for (const auto& conflict : rules::all_conflicts()) {
        EXPECT_NE(rules::rule_text(conflict.rule), nullptr) << conflict.rule;
        EXPECT_EQ(rules::conflict_about(conflict.rule), &conflict) << "it has two rows";
    }
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

TEST(Report, NamesPagesByTheirAddress) {
    EXPECT_EQ(rules::page_address(*rules::rule_text(7)),
              "https://learn.microsoft.com/windows/win32/api/tspi/nf-tspi-tspi_providerinit");
    EXPECT_EQ(rules::page_address(*rules::rule_text(1)),
              "https://learn.microsoft.com/windows/win32/tapi/life-cycle-of-a-telephony-service-provider");
}

std::string junit_of(const Report& report) {
    std::ostringstream text;
    print_junit(text, report);
    return text.str();
}

Report report_of_commands(const CommandReply& reply) {
    Report report;
    report.devices = 1;
    report.commands.add(Given::during, "ring 101", reply);
    report.commands.add(Given::during, "rong 101", {LINEERR_INVALPARAM, "no such <command>"});
    report.commands.add(Given::during, "rong 101", {LINEERR_INVALPARAM, "no such <command>"});
    return report;
}

TEST(Commands, TheRefusedOneIsNamedWithItsError) {
    const auto report = report_of_commands({});
    const std::string warning =
        "the provider refused the command \"rong 101\" (--commands) 2 times: LINEERR_INVALPARAM";
    EXPECT_NE(text_of(report).find("WARNING  " + warning + " (no such <command>)"), std::string::npos)
        << text_of(report);
    EXPECT_EQ(text_of(report).find("ring 101"), std::string::npos);
    EXPECT_TRUE(report.clean()) << "another was accepted";
    const auto json = to_json(report);
    EXPECT_EQ(json.at("warnings").size(), 1U);
    EXPECT_EQ(json.at("commands").at(1).at("error"), "LINEERR_INVALPARAM");
    EXPECT_EQ(json.at("commands").at(0).at("accepted"), 1);
    EXPECT_NE(junit_of(report).find("LINEERR_INVALPARAM (no such &lt;command&gt;)"), std::string::npos);
    EXPECT_NE(junit_of(report).find("failures=\"0\""), std::string::npos);
}

TEST(Commands, WhenAllAreRefusedTheRunIsNotTheOneThatWasAskedFor) {
    const auto report = report_of_commands({LINEERR_OPERATIONUNAVAIL, {}});
    EXPECT_FALSE(report.clean());
    EXPECT_NE(text_of(report).find(
                  "NOT CERTIFIED AS ASKED, for the provider refused every command of --commands: "),
              std::string::npos)
        << text_of(report);
    EXPECT_NE(junit_of(report).find("failures=\"1\""), std::string::npos);
    EXPECT_NE(to_json(report).at("verdict").get<std::string>().find("--commands"), std::string::npos);
}

// Of what comes in between: some succeed only after others.
TEST(Commands, WhatIsRefusedNowAndThenIsNotWarnedOf) {
    auto report = report_of_commands({});
    report.commands = {};
    report.commands.add(Given::during, "remove 111", {LINEERR_INVALPARAM, {}});
    CommandTally more;
    more.add(Given::during, "remove 111", {});
    more.add(Given::before, "misbehave", {});
    more.add(Given::before, "misbehave", {LINEERR_NOMEM, {}});
    report.commands.add(more);
    EXPECT_EQ(text_of(report).find("remove 111"), std::string::npos);
    EXPECT_NE(text_of(report).find("\"misbehave\" (--before) once of 2: LINEERR_NOMEM"), std::string::npos)
        << text_of(report);
    EXPECT_EQ(to_json(report).at("commands").at(0).at("refused"), 1);
    EXPECT_TRUE(report.clean());
}

} // namespace
} // namespace offhook::certify
