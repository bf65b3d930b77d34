// SPDX-License-Identifier: Apache-2.0
//
// What a finding shows besides its rule: what led there, and what the provider logged; and what a run does
// that waits in vain.
#include "certify/certify.h"
#include "certify/host_check.h"
#include "tests/certify/report_text.h"
#include "tests/certify/target.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace offhook::certify {
namespace {

Plan replay(const std::string& text) {
    std::string wrong;
    Plan plan;
    plan.replay = parse_script(text, wrong);
    EXPECT_TRUE(plan.replay) << wrong;
    return plan;
}

Target misbehaving(const std::string& how) {
    auto target = simulation();
    target.before = {"misbehave " + how + " 1000000"};
    target.patience = std::chrono::milliseconds(150);
    return target;
}

TEST(Finding, NamesTheFunctionAndShowsWhatLedThere) {
    const auto report = certify(misbehaving("R046"),
                                replay("open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle"));
    ASSERT_FALSE(report.findings.empty());
    const auto& finding = report.findings[0];
    EXPECT_EQ(finding.did, "request 0x1 (TSPI_lineMakeCall) was completed twice");
    ASSERT_GE(finding.steps.size(), 10U);
    EXPECT_LE(finding.steps.size(), Traffic::shown);
    // Oldest first, and the break is the last.
    EXPECT_TRUE(
        std::ranges::is_sorted(finding.steps, {}, [](const auto& step) { return step.at("time_us"); }));
    EXPECT_EQ(finding.steps.back().at("kind"), "provider_completion");
    EXPECT_EQ(finding.steps.back().at("request"), 1);
    const auto asked = std::ranges::find_if(finding.steps, [](const auto& step) {
        return step.at("kind") == "provider_call" && step.at("what") == "TSPI_lineMakeCall";
    });
    ASSERT_NE(asked, finding.steps.end());
    const auto text = text_of(report);
    EXPECT_NE(text.find(text_of_step(*asked)), std::string::npos) << text;
    EXPECT_NE(text_of_step(*asked).find("lpszDestAddress=\"102\""), std::string::npos)
        << text_of_step(*asked);
    EXPECT_NE(text.find("https://learn.microsoft.com/windows/win32/api/tspi/nc-tspi-async_completion\n"),
              std::string::npos);
}

TEST(Finding, IsTheSameInEachFormOfTheReport) {
    const auto report =
        certify(misbehaving("R046"), replay("open_line:0:4 open_line:1:4 make_call:0:1 settle"));
    ASSERT_FALSE(report.findings.empty());
    EXPECT_EQ(to_json(report).at("findings").at(0).at("steps").size(), report.findings[0].steps.size());
    std::ostringstream junit;
    print_junit(junit, report);
    EXPECT_NE(junit.str().find("service -&gt; provider   TSPI_lineMakeCall"), std::string::npos)
        << junit.str();
    EXPECT_NE(junit.str().find("page: https://learn.microsoft.com/"), std::string::npos);
}

TEST(Finding, ShowsWhatTheProviderLogged) {
    auto target = simulation();
    target.library = CHANGING_TSP;
    target.configuration = {{"wanted", "no"}};
    target.changes.clear();
    const auto report = certify(target, replay("settle"));
    ASSERT_FALSE(report.findings.empty());
    const auto& finding = report.findings[0];
    EXPECT_EQ(finding.did, "TSPI_providerInit failed with LINEERR_INIFILECORRUPT");
    ASSERT_EQ(finding.log.size(), Traffic::shown_lines) << "of 30, the last";
    EXPECT_EQ(finding.log.back(), "info: it begins, 30");
    EXPECT_NE(text_of(report).find("      info: it begins, 30\n"), std::string::npos) << text_of(report);
    EXPECT_EQ(to_json(report).at("findings").at(0).at("log").size(), Traffic::shown_lines);
}

// The break, the steps and the script are of one life: the shortest.
TEST(Finding, IsOfTheShortestLife) {
    Plan plan;
    plan.random_lives = 0;
    auto target = simulation();
    target.during = {"misbehave crash"};
    const auto report = certify(target, plan);
    ASSERT_FALSE(report.findings.empty());
    const auto& steps = report.findings[0].steps;
    ASSERT_FALSE(steps.empty());
    EXPECT_NE(steps.back().at("text").get<std::string>().find("SIGABRT"), std::string::npos);
    std::string wrong;
    EXPECT_TRUE(parse_script(to_text(report.findings[0].script), wrong)) << wrong;
}

TEST(Replay, TellsStepsThatAreNotWhatTheySay) {
    const auto report = certify(simulation(), replay("open_line:9 close_idle settle"));
    ASSERT_EQ(report.undone.size(), 2U);
    EXPECT_EQ(report.undone[0].step, 0U);
    EXPECT_EQ(report.undone[0].kind, Undone::Kind::no_such_device);
    EXPECT_EQ(report.undone[1].kind, Undone::Kind::nothing_to_do);
    EXPECT_FALSE(report.clean());
    const auto text = text_of(report);
    EXPECT_NE(text.find("step 1 of the script: the provider has 6 lines, and number 3 was taken"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("step 2 of the script: no call is idle"), std::string::npos) << text;
    EXPECT_NE(text.find("NOT CERTIFIED AS ASKED"), std::string::npos) << text;
}

TEST(Replay, WithNothingToDoInAStepIsCleanAndSaysSo) {
    const auto report =
        certify(simulation(), replay("make_call open_line:0:4 open_line:1:4 make_call:0:1 settle"));
    EXPECT_TRUE(report.clean());
    EXPECT_NE(text_of(report).find("CLEAN, though there was nothing to do in 1 of 5 steps"),
              std::string::npos)
        << text_of(report);
    EXPECT_NE(text_of(report).find("1 life, 1 session, 5 operations"), std::string::npos);
    EXPECT_TRUE(certify(simulation(), replay("open_line:5:4 settle")).undone.empty());
}

// Devices that a script names are those that were taken: it is played again without a warning.
TEST(Replay, OfAReportedScriptNamesTheDevicesThatThereAre) {
    const auto target = misbehaving("R046");
    auto plan = replay("open_line:9:4 open_line:7:4 make_call:0:1 settle");
    const auto report = certify(target, plan);
    ASSERT_FALSE(report.findings.empty());
    EXPECT_EQ(to_text(report.findings[0].script), "open_line:3:4 open_line:1:4 make_call:0:1 settle");
}

TEST(Patience, IsNotSpentOnTheSameAgainAndAgain) {
    Plan plan;
    plan.random_lives = 1000;
    std::size_t told = 0;
    bool shortened = false;
    const auto report = certify(misbehaving("R046-never"), plan, [&](const Stage& stage) {
        ++told;
        shortened = shortened || stage.shortening == "R046";
        EXPECT_EQ(stage.of, scenarios().size() + plan.random_lives);
    });
    EXPECT_LT(report.lives, 20U);
    EXPECT_TRUE(std::ranges::any_of(report.findings, [](const auto& finding) { return finding.rule == 46; }));
    EXPECT_NE(report.ended_early.find("R046"), std::string::npos) << report.ended_early;
    EXPECT_NE(text_of(report).find("not every life was lived"), std::string::npos);
    EXPECT_GT(told, report.lives) << "tries to shorten are told as well";
    EXPECT_TRUE(shortened);
}

TEST(HostCheck, KnowsAHost) {
    auto target = simulation();
    EXPECT_EQ(problem_of_host(target), "");
    target.host_program = "/bin/true";
    EXPECT_NE(problem_of_host(target).find("status 0"), std::string::npos) << problem_of_host(target);
    target.host_program = "/nowhere/offhook-host";
    EXPECT_NE(problem_of_host(target).find("cannot start"), std::string::npos);
}

} // namespace
} // namespace offhook::certify
