// SPDX-License-Identifier: Apache-2.0
//
// What ends from outside: calls, applications, configurations, sessions. What lives do then reaches the
// provider, and what the provider does wrong in it is found.
#include "certify/life.h"
#include "tests/certify/target.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace offhook::certify {
namespace {

Outcome live(Target target, const std::string& text, const std::string& misbehaviour = {}) {
    std::string wrong;
    const auto script = parse_script(text, wrong);
    EXPECT_TRUE(script) << wrong;
    if (!misbehaviour.empty()) target.before = {"misbehave " + misbehaviour + " 1000000"};
    target.patience = std::chrono::milliseconds(250);
    return Life(target, *script).live();
}

bool broke(const Outcome& outcome, std::uint16_t rule) {
    return std::ranges::find(outcome.breaks, rule, &rules::Break::rule) != outcome.breaks.end();
}

std::uint64_t kept(Outcome& outcome, std::uint16_t rule) { return outcome.counts[rule].kept; }

// Three lines with a call that is being held and one that is being made, on requests that take their time.
const std::string busy = "open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle hold make_call:0:1 ";

TEST(Closing, EndsTheCallThatIsBeingMadeForAnother) {
    for (const auto* made_by : {"setup_transfer", "setup_conference"}) {
        const auto text = "open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle " +
                          std::string(made_by) + " close_call:0:1 settle";
        auto outcome = live(slow_simulation(), text);
        EXPECT_TRUE(outcome.clean()) << made_by << ' ' << outcome.ended_early;
        EXPECT_GE(kept(outcome, 64), 1U) << made_by << ": what was being made has failed";
        EXPECT_TRUE(broke(live(slow_simulation(), text, "R078"), 78)) << made_by;
    }
}

TEST(ApplicationGone, ClosesWhatItHadWithWhatIsOutstanding) {
    const auto outcome = live(slow_simulation(), busy + "application_gone");
    EXPECT_TRUE(outcome.clean()) << outcome.ended_early;
    EXPECT_TRUE(broke(live(slow_simulation(), busy + "application_gone", "R078"), 78));
    EXPECT_TRUE(broke(live(slow_simulation(), busy + "application_gone", "R065"), 65));
    EXPECT_TRUE(broke(live(slow_simulation(), "open_line:0:4 forward:0:1 application_gone", "R083"), 83));
    EXPECT_TRUE(
        broke(live(slow_simulation(), "open_phone:0:4 phone_write:0:3 application_gone", "R085"), 85));
}

TEST(ApplicationGone, LeavesTheLinesToBeOpenedAnew) {
    auto outcome = live(simulation(), "open_line:0:4 open_line:1:4 make_call:0:1 application_gone "
                                      "open_line:0:4 open_line:1:4 make_call:0:1 settle");
    EXPECT_TRUE(outcome.clean());
    EXPECT_EQ(kept(outcome, 83), 4U);
}

// Its functions are on their way: TSPI_lineMakeCall returns, and its line is closed next.
TEST(ApplicationGone, EndsRequestsThatHaveNotReturned) {
    auto outcome = live(slow_simulation(), busy + "settle application_gone:1");
    EXPECT_TRUE(outcome.clean()) << outcome.ended_early;
    EXPECT_GE(kept(outcome, 64), 2U) << "the new calls have failed"; // one on each line
}

TEST(ApplicationGone, LeavesTheDevicesThatItShares) {
    auto outcome = live(simulation(), "open_line:0:4 open_line:1:4 make_call:0:1 settle application_gone:2 "
                                      "make_call:0:1 settle");
    EXPECT_TRUE(outcome.clean());
    EXPECT_EQ(kept(outcome, 83), 2U) << "both were open until the end";
    // Nobody wants calls any more.
    EXPECT_TRUE(broke(
        live(simulation(), "open_line:0:4 open_line:1:4 application_gone:2 make_call:0:1 settle", "R089"),
        89));
}

TEST(Changes, ASessionTakesAConfigurationOver) {
    const std::string opens = " open_line:0:4 open_line:6:4 open_line:1:4";
    auto with = live(simulation(), "reconfigure:1" + opens), without = live(simulation(), opens.substr(1));
    EXPECT_TRUE(with.clean());
    EXPECT_EQ(kept(with, 60), 3U) << "a seventh line was offered and taken";
    EXPECT_EQ(kept(without, 60), 2U) << "the seventh is the first again";
    auto back = live(simulation(), "reconfigure:1 reconfigure:0");
    EXPECT_GE(kept(back, 92), 1U) << "and goes again";
}

TEST(Changes, ASessionEndsForWhatItDoesNotTakeOver) {
    auto target = simulation();
    target.changes = {{{"extensions", "nobody"}}};
    EXPECT_TRUE(live(target, "reconfigure:1:0 open_line:0:4").clean()) << "it is not the session's yet";
    for (const auto* text : {"reconfigure:1:0 next_session", "reconfigure:1:1", "reconfigure:1:2"}) {
        const auto outcome = live(target, text);
        EXPECT_NE(outcome.ended_early.find("failed"), std::string::npos) << text << outcome.ended_early;
    }
}

Target changing(const std::string& what) {
    auto target = simulation();
    target.library = CHANGING_TSP;
    target.configuration = {{"wanted", "yes"}, {"do", what}};
    return target;
}

TEST(Changes, AProvidersOwnAreMadeAndUsed) {
    EXPECT_TRUE(live(changing("good"), "configure:1 configure:2 configure:0 next_session").clean());
    EXPECT_TRUE(live(changing("refuse"), "configure:1 next_session").clean());
    EXPECT_TRUE(live(changing("no good"), "configure:0").clean()) << "the session goes on as it was";
    for (const auto* what : {"no good", "remove"})
        for (const auto* text : {"configure:1", "configure:2", "configure:0 next_session"})
            EXPECT_NE(live(changing(what), text).ended_early.find("TSPI_providerInit failed"),
                      std::string::npos)
                << what << ' ' << text;
    const auto outcome = live(changing("crash"), "configure:1");
    EXPECT_NE(outcome.ended_early.find("while it was configured: it ended the process with SIGABRT"),
              std::string::npos)
        << outcome.ended_early;
}

TEST(Changes, ShowWhatTheProviderLoggedInThem) {
    const auto lines = live(changing("refuse"), "configure:1").traffic.log_lines();
    ASSERT_FALSE(lines.empty());
    EXPECT_EQ(lines.back(), "warning: this configuration is too much");
}

TEST(Sessions, FollowEachOtherInAProcess) {
    const auto* text =
        "open_line:0:4 open_line:1:4 make_call:0:1 settle next_session open_line:0:4 next_session:1 "
        "open_line:0:4 settle";
    auto outcome = live(simulation(), text);
    EXPECT_TRUE(outcome.clean()) << outcome.ended_early;
    EXPECT_EQ(outcome.sessions, 3U);
    EXPECT_EQ(kept(outcome, 1), 2U) << "what was kept is said of those that followed in the process";
    EXPECT_TRUE(broke(live(simulation(), "next_session next_session:1", "R001"), 1));
    // The devices' numbers are the session's.
    EXPECT_TRUE(broke(live(simulation(), "base=100 next_session open_line:0:4", "R098"), 98));
}

// As many as one process may have, and then in another.
TEST(Sessions, OutliveTheirProcess) {
    std::string text;
    for (std::size_t i = 0; i < wire::max_sessions_per_load + 2; ++i) text += "next_session ";
    EXPECT_TRUE(live(changing("good"), text).clean());
}

} // namespace
} // namespace offhook::certify
