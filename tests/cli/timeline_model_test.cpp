// SPDX-License-Identifier: Apache-2.0
#include "timeline_records.h"

#include "cli/timeline/lanes.h"
#include "cli/timeline/legend.h"
#include "cli/timeline/looks.h"
#include "cli/timeline/scale.h"
#include "cli/timeline/selection.h"
#include "cli/timeline/times.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <sstream>

namespace offhook::cli::timeline {
namespace {

std::int64_t ms(const Moment& moment) { return (moment.us - Trace::begin_us) / 1'000; }

void expect_span(const Span& span, std::int64_t begin, std::int64_t end, Edge begins, Edge ends) {
    EXPECT_EQ(ms(span.begin), begin);
    EXPECT_EQ(ms(span.end), end);
    EXPECT_EQ(span.begins, begins);
    EXPECT_EQ(span.ends, ends);
}

TEST(TimelineModel, ACallLiesInALineInASession) {
    const auto timeline = whole_call().timeline();
    ASSERT_EQ(timeline.sessions.size(), 1U);
    expect_span(timeline.sessions[0].span, 0, 1'000, Edge::seen, Edge::seen);
    ASSERT_EQ(timeline.openings.size(), 1U);
    expect_span(timeline.openings[0].span, 10, 900, Edge::seen, Edge::seen);
    EXPECT_EQ(timeline.tracks[0].name(), "line 0");
    ASSERT_EQ(timeline.calls.size(), 1U);
    const Call& call = timeline.calls[0];
    expect_span(call.span, 100, 900, Edge::seen, Edge::seen);
    EXPECT_EQ(call.origin, "outgoing");
    ASSERT_EQ(call.states.size(), 4U);
    EXPECT_EQ(explained(call.states[2]), "disconnected (normal)");
    ASSERT_EQ(timeline.requests.size(), 2U);
    EXPECT_EQ(timeline.requests[0].function, "lineMakeCall");
    expect_span(timeline.requests[1].span, 800, 850, Edge::seen, Edge::seen);
    EXPECT_EQ(timeline.requests[1].call, Place(0));
}

TEST(TimelineModel, WhatWasThereBeforeTheTraceIsOpenAtItsLeft) {
    Trace trace;
    trace.add({.kind = "application_call"})
        .at(50)
        .state(7, 9, LINECALLSTATE_CONNECTED)
        .at(60)
        .state(7, 9, LINECALLSTATE_IDLE);
    const auto timeline = trace.timeline();
    expect_span(timeline.sessions.at(0).span, 0, 60, Edge::cut, Edge::cut);
    expect_span(timeline.openings.at(0).span, 0, 60, Edge::cut, Edge::cut);
    expect_span(timeline.calls.at(0).span, 0, 60, Edge::cut, Edge::cut);
    EXPECT_EQ(timeline.tracks.at(0).name(), "line 0x7");
}

TEST(TimelineModel, ALostSessionTearsWhatIsInIt) {
    Trace trace;
    trace.session("running").line_open().event("LINE_NEWCALL", 7, 9).called("TSPI_lineAnswer", 7, 9, 50);
    trace.at(30).session("lost", "killed by signal 9");
    const auto timeline = trace.timeline();
    EXPECT_EQ(timeline.sessions.at(0).failure, "killed by signal 9");
    EXPECT_EQ(timeline.openings.at(0).span.ends, Edge::torn);
    EXPECT_EQ(timeline.calls.at(0).span.ends, Edge::torn);
    EXPECT_EQ(timeline.calls.at(0).origin, "incoming");
    EXPECT_EQ(timeline.requests.at(0).span.ends, Edge::torn);
    EXPECT_EQ(timeline.marks.at(0).kind, MarkKind::crash);
}

TEST(TimelineModel, HandlesOfOneSessionAreVoidInTheNext) {
    Trace trace;
    trace.session("running").line_open().event("LINE_NEWCALL", 7, 9).session("ended");
    trace.session("starting").session("running").line_open(7, 3).event("LINE_NEWCALL", 7, 9).session("ended");
    const auto timeline = trace.timeline();
    EXPECT_EQ(timeline.sessions.size(), 2U);
    ASSERT_EQ(timeline.calls.size(), 2U);
    EXPECT_EQ(timeline.tracks[timeline.calls[0].track].id, 0U);
    EXPECT_EQ(timeline.tracks[timeline.calls[1].track].id, 3U);
}

TEST(TimelineModel, CallsThatAFunctionMakesAreNamedByIt) {
    Trace trace;
    trace.session("running").line_open().event("LINE_NEWCALL", 7, 9).state(7, 9, LINECALLSTATE_CONNECTED);
    trace.called("TSPI_lineSetupConference", 7, 9, 50).completed("TSPI_lineSetupConference", 7, 9, 50);
    trace.state(7, 10, LINECALLSTATE_ONHOLDPENDCONF)
        .state(7, 11, LINECALLSTATE_DIALTONE)
        .state(7, 12, LINECALLSTATE_IDLE);
    const auto timeline = trace.timeline();
    ASSERT_EQ(timeline.calls.size(), 4U);
    EXPECT_EQ(timeline.calls[1].origin, "lineSetupConference");
    EXPECT_EQ(timeline.calls[2].origin, "lineSetupConference");
    EXPECT_EQ(timeline.calls[3].origin, ""); // it makes two
}

TEST(TimelineModel, ARefusedRequestEndsWithItsAnswer) {
    Trace trace;
    trace.session("running").line_open().event("LINE_NEWCALL", 7, 9).called("TSPI_lineHold", 7, 9, 50);
    trace.at(5).returned("TSPI_lineHold", 7, 9, LINEERR_INVALCALLSTATE).at(9).session("ended");
    const auto request = trace.timeline().requests.at(0);
    EXPECT_EQ(request.result, LINEERR_INVALCALLSTATE);
    expect_span(request.span, 0, 5, Edge::seen, Edge::seen);
}

TEST(TimelineModel, ACallThatCouldNotBeMadeEndsThen) {
    Trace trace;
    trace.session("running").line_open().called("TSPI_lineMakeCall", 7, 9, 50);
    trace.at(5).completed("TSPI_lineMakeCall", 7, 9, 50, LINEERR_CALLUNAVAIL).at(9).session("ended");
    expect_span(trace.timeline().calls.at(0).span, 0, 5, Edge::seen, Edge::seen);
    // Or is refused at once.
    Trace refused;
    refused.session("running").line_open().called("TSPI_lineMakeCall", 7, 9, 50);
    refused.at(5).returned("TSPI_lineMakeCall", 7, 9, LINEERR_CALLUNAVAIL).at(9).session("ended");
    expect_span(refused.timeline().calls.at(0).span, 0, 5, Edge::seen, Edge::seen);
}

TEST(TimelineModel, ABrokenRuleIsOnWhatTheProviderDidJustBefore) {
    Trace trace;
    trace.session("running").line_open().event("LINE_NEWCALL", 7, 9).state(7, 9, LINECALLSTATE_IDLE);
    trace.violation(210, "a state after IDLE");
    const auto timeline = trace.timeline();
    EXPECT_EQ(timeline.marks.at(0).call, Place(0));
    const auto notes = notes_on(timeline);
    EXPECT_EQ(notes.at(0).label, "R210");
    EXPECT_NE(notes.at(0).places.find("call 1 on line 0 of sip, at LINE_CALLSTATE"), std::string::npos);
    EXPECT_EQ(notes.at(0).rule_says, requirement(210));
    EXPECT_FALSE(notes.at(0).rule_says.empty());
}

TEST(TimelineModel, WhatHappensOftenIsNotedOnce) {
    Trace trace;
    trace.session("running").line_open();
    for (int i = 0; i < 10; ++i) trace.violation(46, "it completed a request twice");
    const auto notes = notes_on(trace.timeline());
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0].count, 10U);
    EXPECT_TRUE(notes[0].places.ends_with("; and 7 more")) << notes[0].places;
}

TEST(TimelineModel, InstalledAndConfiguredAreSeen) {
    Trace trace;
    trace.install("installed").at(5).install("configured").at(9).install("removed");
    const auto timeline = trace.timeline();
    expect_span(timeline.providers.at(0).installed, 0, 9, Edge::seen, Edge::seen);
    EXPECT_EQ(timeline.marks.at(0).kind, MarkKind::change);
}

TEST(TimelineModel, AClockThatIsSetBackDoesNotTurnTimeAround) {
    Trace trace;
    trace.at(100).session("running").at(50).line_open().at(120).session("ended");
    const auto timeline = trace.timeline();
    EXPECT_EQ(ms(timeline.openings.at(0).span.begin), 100);
}

TEST(TimelineModel, CallsThatOverlapGetLanes) {
    Trace trace;
    trace.session("running").line_open().event("LINE_NEWCALL", 7, 9).event("LINE_NEWCALL", 7, 10);
    trace.returned("TSPI_lineCloseCall", 7, 9).event("LINE_NEWCALL", 7, 11).session("ended");
    const auto timeline = trace.timeline();
    EXPECT_EQ(timeline.calls.at(0).lane, 0U);
    EXPECT_EQ(timeline.calls.at(1).lane, 1U);
    EXPECT_EQ(timeline.calls.at(2).lane, 0U);
    EXPECT_EQ(timeline.tracks.at(0).lanes, 2U);
}

TEST(TimelineRecords, WhatIsMissingOrOfAnotherTypeIsLeftOut) {
    std::istringstream file(
        R"({"kind":"provider_event","what":"LINE_CALLSTATE","time_ms":5,"parameters":[256,"x"],"line":"7"}
{"kind":"session","time_ms":5,"time_us":5001,"provider":"sip","session":3}
{"kind":"provider_call","what":"TSPI_lineMakeCall","fields":{"lpszDestAddress":"102"}}
["no record"]
{"kind":"cut o)");
    const auto read = read_records(file);
    EXPECT_EQ(read.unreadable, 2U);
    ASSERT_EQ(read.records.size(), 3U);
    EXPECT_EQ(read.records[0].us, 5'000);
    EXPECT_EQ(read.records[0].parameters[0], 256U);
    EXPECT_EQ(read.records[0].line, 0U);
    EXPECT_EQ(read.records[1].us, 5'001);
    EXPECT_EQ(read.records[1].session, 3U);
    EXPECT_EQ(read.records[2].destination, "102");
}

TEST(TimelineSelection, ACallAloneIsWithWhatItLiesIn) {
    auto trace = whole_call();
    trace.at(2'000).session("starting").line_open().event("LINE_NEWCALL", 7, 9).at(2'500).session("ended");
    const auto timeline = select(trace.timeline(), {.call = 1});
    ASSERT_EQ(timeline.calls.size(), 1U);
    ASSERT_EQ(timeline.sessions.size(), 1U);
    EXPECT_EQ(timeline.requests.size(), 2U);
    expect_span(timeline.sessions[0].span, 100, 900, Edge::cut, Edge::cut);
    EXPECT_EQ(timeline.calls[0].span.begins, Edge::seen);
}

TEST(TimelineSelection, TimesCutWhatReachesBeyondThem) {
    const auto timeline = select(whole_call().timeline(),
                                 {.from_us = Trace::begin_us + 400'000, .to_us = Trace::begin_us + 820'000});
    ASSERT_EQ(timeline.calls.size(), 1U);
    expect_span(timeline.calls[0].span, 400, 820, Edge::cut, Edge::cut);
    ASSERT_EQ(timeline.calls[0].states.size(), 3U); // it is connected when the time begins
    EXPECT_EQ(timeline.calls[0].states[0].state, LINECALLSTATE_CONNECTED);
    EXPECT_EQ(ms(timeline.calls[0].states[0].at), 400);
    ASSERT_EQ(timeline.requests.size(), 1U);
    EXPECT_EQ(timeline.requests[0].span.ends, Edge::cut);
}

TEST(TimelineSelection, OfAnotherProviderOrLineNothingIsLeft) {
    const auto whole = whole_call().timeline();
    EXPECT_TRUE(select(whole, {.provider = "other"}).providers.empty());
    EXPECT_TRUE(select(whole, {.device = "5"}).calls.empty());
    EXPECT_EQ(select(whole, {.device = "0"}).calls.size(), 1U);
    EXPECT_TRUE(select(whole, {.from_us = Trace::begin_us + 2'000'000}).providers.empty());
}

TEST(TimelineSelection, ALineIsKnownByItsNameToo) {
    auto trace = whole_call();
    for (auto& record : trace.records)
        if (record.line == 7) record.line_name = "alice";
    const auto whole = trace.timeline();
    EXPECT_EQ(whole.tracks.at(0).name(), "line 0 alice");
    EXPECT_EQ(select(whole, {.device = "alice"}).calls.size(), 1U);
    EXPECT_EQ(select(whole, {.device = "0"}).calls.size(), 1U);
    EXPECT_TRUE(select(whole, {.device = "bob"}).calls.empty());
}

TEST(TimelineLanes, AreAsFewAsThereCanBe) {
    Lanes lanes;
    EXPECT_EQ(lanes.place(0, 10), 0U);
    EXPECT_EQ(lanes.place(2, 4), 1U);
    EXPECT_EQ(lanes.place(3, 5), 2U);
    EXPECT_EQ(lanes.place(4, 8), 1U); // two that touch share one
    EXPECT_EQ(lanes.count(), 3U);
}

TEST(TimelineScale, IsEvenWhereNothingIsTooShortOrTooLong) {
    const auto timeline = whole_call().timeline();
    const Scale scale(timeline, {.length = 1'000, .least_step = 0, .break_length = 40});
    EXPECT_NEAR(scale.at(timeline.calls[0].span.begin), 100, 1);
    EXPECT_NEAR(scale.at(timeline.calls[0].span.end), 900, 1);
    EXPECT_TRUE(scale.breaks().empty());
}

TEST(TimelineScale, KeepsADistanceBetweenWhatComesAtOnce) {
    const auto timeline = whole_call().timeline();
    const Scale scale(timeline, {.length = 1'000, .least_step = 9, .break_length = 40});
    const Call& call = timeline.calls[0];
    EXPECT_GE(scale.at(timeline.openings[0].span.end) - scale.at(call.span.end), 9);
    EXPECT_LE(scale.at(timeline.whole.end), 1'000.001);
}

TEST(TimelineScale, LeavesOutLongTimesWithoutCalls) {
    auto trace = whole_call();
    trace.at(60'000).session("starting").line_open().event("LINE_NEWCALL", 7, 9).at(60'800).session("ended");
    const auto timeline = trace.timeline();
    const Scale scale(timeline, {.length = 1'000, .least_step = 1, .break_length = 40});
    ASSERT_EQ(scale.breaks().size(), 1U);
    EXPECT_EQ(scale.breaks()[0].us, 59'000'000);
    EXPECT_GT(scale.at(timeline.calls[0].span.end), 300);
    const auto ticks = scale.ticks(6, 90);
    EXPECT_TRUE(
        std::ranges::any_of(ticks, [&](const Tick& tick) { return tick.at == scale.breaks()[0].to; }));
    EXPECT_TRUE(std::ranges::none_of(ticks, [&](const Tick& tick) {
        return tick.at > scale.breaks()[0].from && tick.at < scale.breaks()[0].to;
    }));
}

TEST(TimelineScale, ALongCallIsShortenedOnlyWhenNothingElseCouldBeSeen) {
    const auto lasting = [](std::int64_t length) {
        Trace trace;
        trace.session("starting").line_open().at(500).event("LINE_NEWCALL", 7, 9).at(1'000);
        trace.state(7, 9, LINECALLSTATE_CONNECTED).at(1'000 + length).state(7, 9, LINECALLSTATE_IDLE);
        trace.at(2'000 + length).session("ended");
        return Scale(trace.timeline(), {.length = 1'000, .least_step = 1, .break_length = 40})
            .breaks()
            .size();
    };
    EXPECT_EQ(lasting(19'000), 0U);
    EXPECT_EQ(lasting(60'000), 1U);
}

TEST(TimelineScale, TicksAreOfRoundTimes) {
    Trace trace;
    trace.session("starting").at(10'000).session("ended");
    const Scale scale(trace.timeline(), {.length = 100, .least_step = 0, .break_length = 0});
    std::string labels;
    for (const auto& tick : scale.ticks(1, 10)) labels += tick.label + "|";
    EXPECT_EQ(labels, "0|1 s|2 s|3 s|4 s|5 s|6 s|7 s|8 s|9 s|");
}

TEST(TimelineScale, TimesOfAllSizesAreDrawnAtOnce) {
    std::istringstream file(R"({"kind":"session","what":"starting","provider":"sip","time_us":-5}
{"kind":"session","what":"running","provider":"sip","time_us":3}
{"kind":"session","what":"ended","provider":"sip","time_ms":9223372036854775807})");
    const auto timeline = timeline_of(read_records(file).records);
    EXPECT_EQ(timeline.whole.begin.us, 0);
    const Scale scale(timeline, {.length = 100, .least_step = 1, .break_length = 4});
    EXPECT_LT(scale.ticks(1, 10).size(), 20U);
}

class TimelineTimes : public testing::Test {
  protected:
    void SetUp() override {
        setenv("TZ", "UTC", 1);
        tzset();
    }
};

TEST_F(TimelineTimes, DurationsHaveUnits) {
    EXPECT_EQ(parsed_duration("30"), 30'000'000);
    EXPECT_EQ(parsed_duration("1.5s"), 1'500'000);
    EXPECT_EQ(parsed_duration("250ms"), 250'000);
    EXPECT_EQ(parsed_duration("5m"), 300'000'000);
    for (const char* wrong : {"", "s", "-1s", "5 parsecs", "nan", "1e300h"})
        EXPECT_FALSE(parsed_duration(wrong)) << wrong;
}

TEST_F(TimelineTimes, TimesOfDayAreOnTheDayOfTheTrace) {
    EXPECT_EQ(parsed_time("12:38:15", Trace::begin_us), Trace::begin_us + 1'000'000);
    EXPECT_EQ(parsed_time("12:38:15.25", Trace::begin_us), Trace::begin_us + 1'250'000);
    EXPECT_EQ(parsed_time("12:37", Trace::begin_us), Trace::begin_us - 74'000'000 + 86'400'000'000);
    EXPECT_EQ(parsed_time("+2s", Trace::begin_us), Trace::begin_us + 2'000'000);
    for (const char* wrong : {"", "12", "25:00", "12:61", "12:00:", "12:00:00x", "+"})
        EXPECT_FALSE(parsed_time(wrong, Trace::begin_us)) << wrong;
    EXPECT_EQ(time_of_day(Trace::begin_us + 1'250), "12:38:14.001250");
    EXPECT_EQ(date_and_time(Trace::begin_us), "2026-11-27 12:38:14.000");
}

TEST_F(TimelineTimes, LengthsOfTimeAreShort) {
    EXPECT_EQ(length_of_time(850), "850 µs");
    EXPECT_EQ(length_of_time(20'000), "20.0 ms");
    EXPECT_EQ(length_of_time(1'250'000), "1.25 s");
    EXPECT_EQ(length_of_time(185'000'000), "3 min 5 s");
    EXPECT_EQ(length_of_time(7'500'000'000), "2 h 5 min");
}

} // namespace
} // namespace offhook::cli::timeline
