// SPDX-License-Identifier: Apache-2.0
//
// The monitor is worth what it catches and what it lets pass: every misbehaviour of sim.tsp that shows at the
// boundary is caught under its number, and providers that behave come out clean.
#include "certify/certify.h"
#include "providers/sim/misbehaviour.h"
#include "tests/certify/target.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>
#include <sstream>

namespace offhook::certify {
namespace {

using sim::FaultRow;

std::uint16_t rule_of(const FaultRow& row) {
    return rules::rule_named_by(std::string(row.word.substr(0, 4)) + ":");
}

bool is_watched(std::uint16_t rule) {
    return std::ranges::find(rules::watched_rules(), rule) != rules::watched_rules().end();
}

std::vector<FaultRow> rows_of_watched_rules() {
    std::vector<FaultRow> rows;
    for (const auto& row : sim::fault_rows)
        if (is_watched(rule_of(row))) rows.push_back(row);
    return rows;
}

class Misbehaviour : public ::testing::TestWithParam<FaultRow> {};

// The first scenario in which the rule is named, of the quick simulation and of the slow one.
TEST_P(Misbehaviour, IsNamedByItsRule) {
    const auto rule = rule_of(GetParam());
    std::set<std::uint16_t> others;
    for (auto target : {simulation(), slow_simulation()}) {
        target.before = {"misbehave " + std::string(GetParam().word) + " 1000000"};
        target.patience = std::chrono::milliseconds(250);
        target.hang = std::chrono::milliseconds(5000);
        for (const auto& scenario : scenarios()) {
            const auto outcome = Life(target, scenario).live();
            for (const auto& broken : outcome.breaks) {
                if (broken.rule == rule) return;
                others.insert(broken.rule);
            }
        }
    }
    std::string named;
    for (const auto other : others) named += rules::rule_name(other) + ' ';
    FAIL() << GetParam().what << ": not named; what was named: " << named;
}

INSTANTIATE_TEST_SUITE_P(Each, Misbehaviour, ::testing::ValuesIn(rows_of_watched_rules()),
                         [](const auto& row) {
                             std::string name(row.param.word);
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

// A rule without a misbehaviour is one that the simulation cannot break, and why is said here.
TEST(Misbehaviour, EveryWatchedRuleHasOne) {
    const std::set<std::uint16_t> without{
        2,   // the host's own tests break it (tests/host)
        64,  // the simulation makes no call whose request fails later
        107, // the simulation starts no dialog by itself; tests/system/dialogs_test has a provider that does
        246, // what the simulation takes is a volume already
    };
    for (const auto rule : rules::watched_rules()) {
        if (without.contains(rule)) continue;
        EXPECT_TRUE(std::ranges::any_of(sim::fault_rows, [&](const auto& row) {
            return rule_of(row) == rule;
        })) << rules::rule_name(rule);
    }
}

void expect_clean(const Target& target, std::size_t lives) {
    Plan plan;
    // The usual run takes the same lives every time; the soak takes fresh ones.
    const char* soak = std::getenv("OFFHOOK_SOAK");
    plan.seed = soak == nullptr ? 1 : std::random_device()();
    if (const char* seed = std::getenv("OFFHOOK_SEED")) plan.seed = std::strtoull(seed, nullptr, 10);
    plan.random_lives = lives * (soak == nullptr ? 1 : std::strtoull(soak, nullptr, 10));
    const auto report = certify(target, plan);
    std::ostringstream text;
    print(text, report);
    EXPECT_TRUE(report.clean()) << text.str();
    std::cout << "seed " << plan.seed << ", " << report.lives << " lives\n";
}

TEST(Certify, TheSimulationIsClean) { expect_clean(simulation(), 60); }
TEST(Certify, TheSlowSimulationIsClean) { expect_clean(slow_simulation(), 20); }
TEST(Certify, SipIsClean) { expect_clean(sip(), 6); }

TEST(Certify, AProviderWithoutDevicesIsNotClean) {
    Report report;
    report.provider = "/empty.tsp";
    std::ostringstream text, junit;
    print(text, report);
    print_junit(junit, report);
    EXPECT_FALSE(report.clean());
    EXPECT_NE(text.str().find("NOTHING CERTIFIED"), std::string::npos) << text.str();
    EXPECT_NE(junit.str().find("failures=\"1\""), std::string::npos);
}

// The verdict is of what was asked for.
TEST(Certify, WhatAProviderRefusesIsTold) {
    auto target = simulation();
    target.before = {"misspell"};
    target.during = {"ring 101", "rong 101"};
    Plan plan;
    plan.random_lives = 0;
    const auto report = certify(target, plan);
    std::ostringstream text;
    print(text, report);
    EXPECT_NE(text.str().find("\"rong 101\" (--commands)"), std::string::npos) << text.str();
    EXPECT_NE(text.str().find("NOT CERTIFIED AS ASKED, for the provider refused every command of --before"),
              std::string::npos)
        << text.str();
}

TEST(Certify, ALostSessionIsFoundAndShrunk) {
    auto target = simulation();
    target.during = {"misbehave crash"};
    std::string wrong;
    Plan plan;
    plan.random_lives = 0;
    const auto report = certify(target, plan);
    ASSERT_FALSE(report.findings.empty());
    EXPECT_EQ(report.findings[0].rule, 0);
    EXPECT_NE(report.findings[0].did.find("SIGABRT"), std::string::npos) << report.findings[0].did;
    EXPECT_LE(report.findings[0].script.steps.size(), 2U) << to_text(report.findings[0].script);
}

} // namespace
} // namespace offhook::certify
