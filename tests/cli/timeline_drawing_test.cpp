// SPDX-License-Identifier: Apache-2.0
#include "timeline_records.h"

#include "cli/timeline/density.h"
#include "cli/timeline/looks.h"
#include "cli/timeline/svg.h"
#include "cli/timeline/text.h"
#include "cli/timeline/xml.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace offhook::cli::timeline {
namespace {

class TimelineDrawing : public testing::Test {
  protected:
    void SetUp() override {
        setenv("TZ", "UTC", 1);
        tzset();
    }
};

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

Trace many_calls(int calls) {
    Trace trace;
    trace.session("running").line_open();
    for (int i = 0; i < calls; ++i) {
        const auto call = static_cast<std::uint64_t>(100 + i);
        trace.at(10 * i + 10).event("LINE_NEWCALL", 7, call).state(7, call, LINECALLSTATE_OFFERING);
        trace.at(10 * i + 15).state(7, call, LINECALLSTATE_IDLE).returned("TSPI_lineCloseCall", 7, call);
    }
    trace.at(10 * calls + 30).session("ended");
    return trace;
}

TEST_F(TimelineDrawing, AWholeCallAsText) {
    EXPECT_EQ(drawn_as_text(whole_call().timeline(), {.width = 80}),
              R"(2026-11-27 12:38:14.000 to 12:38:15.000, 1.00 s. sip: 1 session, 1 line, 1 call, 2 requests

                0                              500 ms
                ┬──────────────────────────────┬────────────────────────────────
sip             ┄══════════════════════════════════════════════════════════════┄
 session        ┣━running━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┫
  line 0          ├─ open ──────────────────────────────────────────────┤
   call 1 →             ···dialing╌╌╌connected━━━━━━━━━━━X······idle····
                        ├─┤ lineMakeCall                       ├────┤ lineDrop
States: X disconnected
)");
}

TEST_F(TimelineDrawing, AsciiIsAsciiAlone) {
    auto trace = whole_call();
    trace.violation(46, "twice").at(90'000).session("starting").line_open().event("LINE_NEWCALL", 7, 9);
    trace.at(90'500).session("lost", "killed");
    const auto text = drawn_as_text(trace.timeline(), {.width = 100, .characters = Characters::ascii});
    EXPECT_EQ(std::ranges::find_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }),
              text.end())
        << text;
    EXPECT_NE(text.find("R046"), std::string::npos);
}

TEST_F(TimelineDrawing, NoRowIsWiderThanAsked) {
    for (const std::size_t width : {40U, 57U, 200U}) {
        const auto text =
            drawn_as_text(whole_call().timeline(), {.width = width, .characters = Characters::ascii});
        const auto drawing = text.substr(text.find("\n\n") + 2);
        std::size_t column = 0;
        for (const char c : drawing) {
            column = c == '\n' ? 0 : column + 1;
            ASSERT_LE(column, width) << drawing;
        }
    }
}

TEST_F(TimelineDrawing, ColoursAreForTerminalsAlone) {
    EXPECT_EQ(drawn_as_text(whole_call().timeline(), {}).find('\x1b'), std::string::npos);
    EXPECT_NE(drawn_as_text(whole_call().timeline(), {.colours = Colours::terminal}).find("\x1b[0;32m"),
              std::string::npos);
}

TEST_F(TimelineDrawing, WhatComesFromOutsideCannotSteerTheTerminal) {
    Trace trace;
    trace.session("starting").at(5).session("lost", "\x1b[2Jgone");
    trace.records[0].provider = trace.records[1].provider = "si\x1b[31mp";
    EXPECT_EQ(drawn_as_text(trace.timeline(), {}).find('\x1b'), std::string::npos);
}

TEST_F(TimelineDrawing, ManyCallsShareRows) {
    const auto few = drawn_as_text(many_calls(5).timeline(), {.width = 100});
    EXPECT_EQ(count(few, "   call "), 5U);
    const auto many = drawn_as_text(many_calls(300).timeline(), {.width = 100});
    EXPECT_LT(count(many, "\n"), 15U) << many;
    EXPECT_NE(many.find("line 0 (300)"), std::string::npos);
    EXPECT_NE(many.find("calls, max 1"), std::string::npos);
}

// All at once, on a line of this name.
Trace overlapping_calls(std::uint64_t calls, const char* name) {
    Trace trace;
    trace.session("running").at(1'000).line_open();
    for (std::uint64_t i = 0; i < calls; ++i) trace.at(1'010).event("LINE_NEWCALL", 7, 100 + i);
    for (std::uint64_t i = 0; i < calls; ++i) trace.at(1'500).returned("TSPI_lineCloseCall", 7, 100 + i);
    trace.at(2'000).called("TSPI_lineClose", 7).returned("TSPI_lineClose", 7);
    trace.at(3'000).session("ended");
    for (auto& record : trace.records)
        if (record.line != 0) record.line_name = name;
    return trace;
}

TEST_F(TimelineDrawing, TheNumberOfCallsIsNeverCut) {
    const auto text =
        drawn_as_text(overlapping_calls(60, "Extension 101 of the head office").timeline(), {.width = 100});
    EXPECT_NE(text.find("  line 0 Exte…ead office (60)"), std::string::npos) << text;
    EXPECT_NE(text.find("calls, max 60 "), std::string::npos) << text;
    EXPECT_NE(text.find("--calls 60 gives each its own"), std::string::npos) << text;
    EXPECT_EQ(drawn_as_text(overlapping_calls(60, "").timeline(), {.calls = 60}).find("--calls"),
              std::string::npos);
}

TEST_F(TimelineDrawing, NamesAreCutInTheirMiddle) {
    EXPECT_EQ(shortened_in_middle("Extension 101", 13, "…"), "Extension 101");
    EXPECT_EQ(shortened_in_middle("Extension 101", 8, "…"), "Exte…101");
    EXPECT_EQ(shortened_in_middle("Extension 101", 8, ".."), "Ext..101");
    EXPECT_EQ(shortened_in_middle("Größenänderung", 5, "…"), "Gr…ng");
    EXPECT_EQ(shortened_in_middle("東京タワー", 5, "…"), "東…ー");
    EXPECT_EQ(shortened_in_middle("Extension", 1, "…"), "…");
    EXPECT_EQ(shortened_in_middle("Extension", 0, "…"), "");
}

// From near the left edge up to the end.
Trace unfinished_request() {
    Trace trace;
    trace.session("running").line_open().called("TSPI_lineSetStatusMessages", 7, 0, 50);
    trace.at(10'000).session("lost", "killed");
    return trace;
}

TEST_F(TimelineDrawing, ARequestWithoutRoomAtItsSidesHasItsNameWithinIt) {
    for (const std::size_t width : {100U, 50U})
        EXPECT_NE(drawn_as_text(unfinished_request().timeline(), {.width = width})
                      .find("├ lineSetStatusMessages ─"),
                  std::string::npos);
}

std::vector<double> numbers_after(const std::string& text, const std::string& part) {
    std::vector<double> numbers;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        numbers.push_back(std::strtod(text.c_str() + at + part.size(), nullptr));
    return numbers;
}

TEST_F(TimelineDrawing, SvgHasNoTextLeftOfItsBorders) {
    auto trace = unfinished_request();
    trace.records.pop_back();
    trace.at(10'000).completed("TSPI_lineSetStatusMessages", 7, 0, 50, LINEERR_OPERATIONFAILED);
    for (const auto& one : {trace, unfinished_request()}) {
        const auto svg = drawn_as_svg(one.timeline(), {});
        EXPECT_NE(svg.find(">lineSetStatusMessages"), std::string::npos);
        const auto columns = numbers_after(svg, "small faint\" x=\"");
        for (const auto at : columns) EXPECT_GE(at, 112) << svg; // the names' column
        for (const auto at : numbers_after(svg, "failed-text\" x=\"")) EXPECT_GE(at, 20) << svg;
        EXPECT_EQ(count(svg, "x=\"-"), 0U);
    }
}

TEST_F(TimelineDrawing, SvgHasRoomForTheEndsOfNames) {
    const auto all = drawn_as_svg(overlapping_calls(1, "Extension 101").timeline(), {});
    EXPECT_NE(all.find(">line 0 Extension 101<"), std::string::npos);
    const auto cut = drawn_as_svg(
        overlapping_calls(1, "Extension of the long corridor that nobody walks, 101").timeline(), {});
    EXPECT_NE(cut.find(">line 0 Extens"), std::string::npos);
    EXPECT_NE(cut.find("walks, 101<"), std::string::npos);
}

TEST_F(TimelineDrawing, SvgDrawsEachCallOfALineThatHasUpToSoMany) {
    const auto timeline = overlapping_calls(60, "Extension 101").timeline();
    const auto together = drawn_as_svg(timeline, {});
    EXPECT_EQ(count(together, "class=\"bar\""), 0U);
    EXPECT_NE(together.find("Each is drawn with --calls 60"), std::string::npos);
    const auto each = drawn_as_svg(timeline, {.calls = 60});
    EXPECT_EQ(count(each, "class=\"bar\""), 60U);
    EXPECT_EQ(each.find("--calls"), std::string::npos);
}

TEST_F(TimelineDrawing, SvgDrawsTheDensityWhileTheLineIsOpen) {
    const auto svg = drawn_as_svg(overlapping_calls(60, "").timeline(), {});
    const auto opening = numbers_after(svg, "class=\"opening\" x=\"");
    const auto density = numbers_after(svg, "class=\"density\" d=\"M");
    ASSERT_EQ(opening.size(), 1U);
    EXPECT_EQ(density, opening);
}

TEST_F(TimelineDrawing, LinesWithoutCallsShareARow) {
    Trace trace;
    trace.session("running");
    for (std::uint64_t i = 0; i < 20; ++i) trace.line_open(7 + i, i);
    trace.event("LINE_NEWCALL", 7, 9).at(100).session("ended");
    const auto text = drawn_as_text(trace.timeline(), {.width = 100});
    EXPECT_NE(text.find("19 without calls"), std::string::npos) << text;
    EXPECT_EQ(count(text, "line 1"), 0U) << text;
}

TEST_F(TimelineDrawing, DensityIsTheMostAtATime) {
    Trace trace;
    trace.session("running").line_open().at(100).event("LINE_NEWCALL", 7, 9).event("LINE_NEWCALL", 7, 10);
    trace.at(200).returned("TSPI_lineCloseCall", 7, 9).at(300).returned("TSPI_lineCloseCall", 7, 10);
    trace.at(400).session("ended");
    const auto timeline = trace.timeline();
    const Scale scale(timeline, {.length = 400, .least_step = 0, .break_length = 0});
    EXPECT_EQ(density_of(timeline, {0, 1}, scale, 400, 8), (std::vector<unsigned>{0, 0, 2, 2, 2, 1, 1, 0}));
}

TEST_F(TimelineDrawing, SvgShowsEachOfThemWithItsTimes) {
    auto trace = whole_call();
    trace.records.insert(trace.records.end() - 2, [] {
        Record record = Trace::of("violation", "");
        record.us = Trace::begin_us + 905'000;
        record.rule = 46;
        record.text = "it completed a request twice";
        return record;
    }());
    const auto svg = drawn_as_svg(trace.timeline(), {});
    EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
    for (const char* part : {"class=\"session\"", "class=\"opening\"", "class=\"bar\"", ">connected<",
                             ">R046<", "12:38:14.100 to 12:38:14.900, 800 ms", "lineDrop, request 0x33",
                             "Each accepted request completes exactly once", "prefers-color-scheme: dark"})
        EXPECT_NE(svg.find(part), std::string::npos) << part;
    EXPECT_EQ(svg.find("<script"), std::string::npos);
    EXPECT_EQ(count(svg, "<g>"), count(svg, "</g>"));
}

TEST_F(TimelineDrawing, SvgEscapesWhatComesFromOutside) {
    Trace trace;
    trace.session("starting").at(5).session("lost", "<script>alert('&\"')</script>\x01");
    for (auto& record : trace.records) record.provider = "<b>\xEF\xBF\xBF";
    const auto svg = drawn_as_svg(trace.timeline(), {});
    EXPECT_EQ(svg.find("<script"), std::string::npos);
    EXPECT_EQ(svg.find("<b>"), std::string::npos);
    EXPECT_EQ(svg.find('\x01'), std::string::npos);
    EXPECT_EQ(svg.find("\xEF\xBF\xBF"), std::string::npos);
    EXPECT_NE(svg.find("&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;"), std::string::npos);
}

TEST_F(TimelineDrawing, SvgStaysSmallWithManyCalls) {
    const auto svg = drawn_as_svg(many_calls(3'000).timeline(), {});
    EXPECT_NE(svg.find("class=\"density\""), std::string::npos);
    EXPECT_LT(svg.size(), 60'000U);
}

TEST_F(TimelineDrawing, ATraceOfOneRecordOrOfNoProviderIsDrawnToo) {
    Trace trace;
    trace.session("running");
    EXPECT_NE(drawn_as_text(trace.timeline(), {}).find("session"), std::string::npos);
    EXPECT_NE(drawn_as_svg(trace.timeline(), {}).find("session"), std::string::npos);
    Trace none;
    none.add({.kind = "application_call"});
    EXPECT_EQ(drawn_as_text(none.timeline(), {}), "Nothing of a provider is in the trace.\n");
    EXPECT_TRUE(drawn_as_svg(none.timeline(), {}).ends_with("</svg>\n"));
}

} // namespace
} // namespace offhook::cli::timeline
