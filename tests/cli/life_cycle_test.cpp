// SPDX-License-Identifier: Apache-2.0
#include "cli/life_cycle.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace offhook::cli {
namespace {

using nlohmann::json;

json session(const char* what, const char* text = "") {
    return {{"kind", "session"}, {"what", what}, {"provider", "sip"}, {"text", text}};
}
json provider(const char* kind, const char* what, unsigned line, unsigned call, unsigned parameter = 0,
              int result = 0) {
    return {{"kind", kind},
            {"what", what},
            {"provider", "sip"},
            {"line", line},
            {"call", call},
            {"result", result},
            {"parameters", {parameter, 0, 0}}};
}

std::vector<json> whole_call() {
    return {session("starting"),
            session("running"),
            provider("provider_return", "TSPI_lineOpen", 7, 0),
            provider("provider_completion", "TSPI_lineMakeCall", 7, 9),
            provider("provider_event", "LINE_CALLSTATE", 7, 9, 0x100),
            provider("provider_event", "LINE_CALLSTATE", 7, 9, 0x1),
            provider("provider_return", "TSPI_lineCloseCall", 7, 9),
            provider("provider_return", "TSPI_lineClose", 7, 0),
            session("shutting down"),
            session("ended")};
}

std::string text_of(LifeCycle& life_cycle, const std::vector<json>& records) {
    std::string text;
    for (const auto& record : records)
        for (const auto& line : life_cycle.take(record)) text += line + "\n";
    return text;
}

TEST(LifeCycle, IsPrintedAsATree) {
    LifeCycle life_cycle;
    EXPECT_EQ(text_of(life_cycle, whole_call()), "  session of sip begins\n"
                                                 "    line 1 opens\n"
                                                 "      call 1 begins, outgoing, on line 1\n"
                                                 "        call 1: connected\n"
                                                 "        call 1: idle\n"
                                                 "      call 1 ends\n"
                                                 "    line 1 closes\n"
                                                 "  session of sip ends\n");
    EXPECT_TRUE(life_cycle.in_order());
    EXPECT_TRUE(life_cycle.all_closed());
}

// Each record whose absence or place breaks the nesting is noticed.
TEST(LifeCycle, NoticesWhatIsMissing) {
    const auto records = whole_call();
    for (const std::size_t missing : {1U, 2U, 3U, 6U, 7U}) {
        auto broken = records;
        broken.erase(broken.begin() + static_cast<std::ptrdiff_t>(missing));
        LifeCycle life_cycle;
        text_of(life_cycle, broken);
        EXPECT_FALSE(life_cycle.in_order()) << "without record " << missing;
    }
}

TEST(LifeCycle, NoticesWhatIsLeftOpen) {
    auto records = whole_call();
    records.pop_back();
    LifeCycle life_cycle;
    text_of(life_cycle, records);
    EXPECT_TRUE(life_cycle.in_order());
    EXPECT_FALSE(life_cycle.all_closed());
}

json state(const char* what, unsigned line, unsigned call, const char* text) {
    return {{"kind", "state"}, {"what", what}, {"provider", "sip"},
            {"text", text},    {"line", line}, {"call", call}};
}

// Everything that goes on is known when the trace begins in the midst of it.
TEST(LifeCycle, BeginsFromWhatIs) {
    LifeCycle life_cycle;
    std::vector<json> records{state("session", 0, 0, "running"), state("line", 7, 0, "alice"),
                              state("call", 7, 9, "CONNECTED")};
    const auto whole = whole_call();
    records.insert(records.end(), whole.begin() + 5, whole.end());
    EXPECT_EQ(text_of(life_cycle, records), "  session of sip has begun before\n"
                                            "    line 1 is open: alice\n"
                                            "      call 1 is on line 1, connected\n"
                                            "        call 1: idle\n"
                                            "      call 1 ends\n"
                                            "    line 1 closes\n"
                                            "  session of sip ends\n");
    EXPECT_TRUE(life_cycle.in_order());
    EXPECT_TRUE(life_cycle.all_closed());
}

TEST(LifeCycle, WhatWasInLostRecordsIsNotMissed) {
    LifeCycle life_cycle;
    text_of(life_cycle, {session("running"),
                         {{"kind", "lost"}, {"text", "3 records were lost"}},
                         provider("provider_event", "LINE_CALLSTATE", 7, 9, 0x100),
                         provider("provider_return", "TSPI_lineCloseCall", 7, 9),
                         session("ended")});
    EXPECT_TRUE(life_cycle.in_order());
}

// A consultation call has no LINE_NEWCALL and no completion of its own.
TEST(LifeCycle, CallsThatARequestMakesBeginWithTheirFirstStates) {
    LifeCycle life_cycle;
    auto records = whole_call();
    records.insert(records.begin() + 5, {provider("provider_completion", "TSPI_lineSetupTransfer", 7, 9),
                                         provider("provider_event", "LINE_CALLSTATE", 7, 10, 0x8),
                                         provider("provider_return", "TSPI_lineCloseCall", 7, 10)});
    const auto text = text_of(life_cycle, records);
    EXPECT_NE(text.find("call 2 begins, of lineSetupTransfer, on line 1"), std::string::npos) << text;
    EXPECT_TRUE(life_cycle.in_order());
}

TEST(LifeCycle, AFailedRequestMakesNoCall) {
    LifeCycle life_cycle;
    text_of(life_cycle, {session("running"), provider("provider_return", "TSPI_lineOpen", 7, 0),
                         provider("provider_completion", "TSPI_lineMakeCall", 7, 9, 0, -1),
                         provider("provider_return", "TSPI_lineClose", 7, 0), session("ended")});
    EXPECT_TRUE(life_cycle.in_order());
}

TEST(LifeCycle, ALostSessionTakesEverythingWithIt) {
    LifeCycle life_cycle;
    const auto text =
        text_of(life_cycle,
                {session("running"), provider("provider_return", "TSPI_lineOpen", 7, 0),
                 provider("provider_event", "LINE_NEWCALL", 7, 9), session("lost", "killed by signal 9")});
    EXPECT_NE(text.find("session of sip is lost: killed by signal 9"), std::string::npos);
    EXPECT_TRUE(life_cycle.in_order());
    EXPECT_TRUE(life_cycle.all_closed());
}

TEST(LifeCycle, ABrokenRuleIsNamed) {
    LifeCycle life_cycle;
    const auto lines = life_cycle.take(
        {{"kind", "violation"}, {"provider", "sip"}, {"rule", 46}, {"text", "completed twice"}});
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_NE(lines[0].find("R046"), std::string::npos);
    EXPECT_FALSE(life_cycle.in_order());
}

TEST(LifeCycle, WhatNoRuleForbidsIsOnlyRemarkedUpon) {
    LifeCycle life_cycle;
    text_of(life_cycle, {session("running"), provider("provider_return", "TSPI_lineOpen", 7, 0),
                         provider("provider_event", "LINE_NEWCALL", 7, 9)});
    const auto lines = life_cycle.take(
        {{"kind", "violation"}, {"provider", "sip"}, {"call", 9}, {"text", "this change is not documented"}});
    EXPECT_EQ(lines, std::vector<std::string>{"        call 1: this change is not documented"});
    EXPECT_TRUE(life_cycle.in_order());
}

} // namespace
} // namespace offhook::cli
