// SPDX-License-Identifier: Apache-2.0
//
// Requests and marks, in as many rows as their texts need.
#include "cli/timeline/lanes.h"
#include "cli/timeline/svg_drawing.h"
#include "trace/hexadecimal.h"

#include <algorithm>

namespace offhook::cli::timeline {

// At the right of what it is to, or at the left when it would reach too far; within it where the picture ends
// on both sides.
double Drawing::text_at(const Placed& one, double width) const {
    const double right = one.to + 4, left = one.from - width + 2;
    if (one.to + width <= one.limit) return right;
    if (left >= left_) return left;
    if (one.to - one.from >= width + 2 * request_end) return one.from + request_end;
    return right;
}

// What overlaps gets rows of its own. In the last row is what there is no room for, without its text, which
// its tooltip has as well.
std::vector<Placed> Drawing::in_rows(std::vector<Placed> labels, std::size_t most_rows) const {
    Lanes lanes;
    for (auto& one : labels) {
        const double width = one.text.empty() ? 0 : width_of(one.text, small) + 6;
        one.text_at = width > 0 ? text_at(one, width) : one.to + 4;
        one.row = lanes.place(std::min(one.from, one.text_at), std::max(one.to, one.text_at + width) + 2);
        if (one.row + 1 < most_rows || (one.row < most_rows && one.text.empty())) continue;
        one.row = most_rows - 1;
        one.text.clear();
    }
    return labels;
}

double Drawing::rows_of(const std::vector<Placed>& labels) {
    std::size_t rows = 0;
    for (const auto& one : labels) rows = std::max(rows, one.row + 1);
    return static_cast<double>(rows);
}

// Where texts may reach: to the end of what the call or the line lies in.
double Drawing::limit_of(const Place& call, const Place& track, const Moment& at) const {
    if (call) return x(timeline_.openings[timeline_.calls[*call].opening].span.end);
    if (track)
        for (const auto& opening : timeline_.openings)
            if (opening.track == *track && opening.span.contains(at)) return x(opening.span.end);
    return right_;
}

double Drawing::requests(const Places& places, double top, Texts texts) {
    std::vector<Placed> labels;
    for (const auto place : places) {
        const Request& request = timeline_.requests[place];
        std::string text;
        if (has_failed(request)) text = request.function + " " + error_name(request.result);
        else if (texts == Texts::all) text = request.function;
        labels.push_back({.place = place,
                          .from = x(request.span.begin),
                          .to = x(request.span.end),
                          .limit = limit_of(request.call, request.track, request.span.end),
                          .text = text});
    }
    labels = in_rows(std::move(labels), most_rows_of_requests);
    for (const auto& one : labels) request(one, top + static_cast<double>(one.row) * request_height);
    return top + rows_of(labels) * request_height;
}

void Drawing::request(const Placed& one, double y) {
    const Request& request = timeline_.requests[one.place];
    const bool failed = has_failed(request);
    draws_requests_ = true;
    auto told =
        request.function + ", request " + trace::hexadecimal(request.id) + "\n" + spelled(request.span);
    if (request.span.ends == Edge::seen)
        told += "\n" + (failed ? error_name(request.result) : std::string("completed"));
    else told += "\nnot completed";
    body_.open("g");
    body_.element("title", {}, told);
    const double low = y + 8, high = y + 2;
    const bool interrupted = !one.text.empty() && one.from < one.text_at && one.text_at < one.to;
    auto line = path({{one.from, high}, {one.from, low}});
    if (interrupted)
        line += "H" + Value(one.text_at - 2).text() + "M" +
                Value(one.text_at + width_of(one.text, small) + 2).text() + " " + Value(low).text();
    line += "H" + Value(one.to).text();
    if (request.span.ends == Edge::seen) line += "V" + Value(high).text();
    const auto* const style_class = failed                            ? "request failed"
                                    : request.span.ends == Edge::seen ? "request"
                                                                      : "request open";
    body_.element("path", {{"class", style_class}, {"d", line}});
    if (!one.text.empty())
        body_.element(
            "text",
            {{"class", failed ? "small failed-text" : "small faint"}, {"x", one.text_at}, {"y", y + 10}},
            one.text);
    body_.close("g");
}

// Flags in rows from `top` on, on poles that reach up to what they are about.
double Drawing::marks(const Places& places, double top, double pole_top) {
    std::vector<Placed> labels;
    for (const auto place : places) {
        const double at = x(timeline_.marks[place].at);
        labels.push_back(
            {.place = place, .from = at, .to = at, .limit = right_, .text = label(timeline_.marks[place])});
    }
    labels = in_rows(std::move(labels), most_rows_of_marks);
    for (const auto& one : labels) mark(one, top + static_cast<double>(one.row) * flag_height, pole_top);
    return top + rows_of(labels) * flag_height;
}

void Drawing::mark(const Placed& one, double y, double pole_top) {
    const Mark& mark = timeline_.marks[one.place];
    const auto where = location(timeline_, mark.provider, mark.track, mark.call);
    auto told =
        label(mark) + ": " + mark.text + "\n" + time_of_day(mark.at.us) + (where.empty() ? "" : " " + where);
    if (!mark.during.empty()) told += ", at " + mark.during;
    if (const auto rule = requirement(mark.rule); !rule.empty()) told += "\nRule: " + std::string(rule);
    const auto style_class = class_of(mark.kind);
    body_.open("g");
    body_.element("title", {}, told);
    body_.element("path", {{"class", style_class},
                           {"stroke-width", 1.5},
                           {"d", path({{one.from, pole_top}, {one.from, y + 15}})}});
    if (!one.text.empty()) {
        const double width = width_of(one.text, small) + 8;
        const double flag = one.text_at < one.from ? one.from - width : one.from;
        body_.element("rect", {{"class", style_class},
                               {"x", flag},
                               {"y", y + 2},
                               {"width", width},
                               {"height", 13.0},
                               {"rx", 2.0}});
        body_.element(
            "text",
            {{"class", "flag-text"}, {"x", flag + width / 2}, {"y", y + 12}, {"text-anchor", "middle"}},
            one.text);
    }
    body_.close("g");
}

} // namespace offhook::cli::timeline
