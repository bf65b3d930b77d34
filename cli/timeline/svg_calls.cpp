// SPDX-License-Identifier: Apache-2.0
//
// Calls and their states, or how many there are at a time.
#include "cli/timeline/density.h"
#include "cli/timeline/svg_drawing.h"

#include <algorithm>

namespace offhook::cli::timeline {

bool Drawing::are_wide(const Places& places) const {
    double total = 0;
    for (const auto place : places)
        total += x(timeline_.calls[place].span.end) - x(timeline_.calls[place].span.begin);
    return total >= narrowest_call * static_cast<double>(places.size());
}

bool Drawing::draws_each_call(const TrackOutline& one) const {
    return one.calls.size() <= form_.calls ||
           (timeline_.tracks[one.track].lanes <= most_lanes && are_wide(one.calls));
}

std::vector<Drawing::Interval> Drawing::open_times(const Places& openings) const {
    std::vector<Interval> times;
    for (const auto place : openings) {
        const Span& span = timeline_.openings[place].span;
        times.push_back({x(span.begin), x(span.end)});
    }
    std::ranges::sort(times, {}, &Interval::from);
    std::vector<Interval> joined; // lines that are drawn together are open at the same time
    for (const auto& one : times)
        if (joined.empty() || joined.back().to < one.from) joined.push_back(one);
        else joined.back().to = std::max(joined.back().to, one.to);
    return joined;
}

double Drawing::density(const TrackOutline& one, double top) {
    const auto& places = one.calls;
    draws_density_ = true;
    const auto buckets = static_cast<std::size_t>((right_ - left_) / 3);
    const double bucket = (right_ - left_) / static_cast<double>(buckets);
    const auto counts = density_of(timeline_, places, scale_, right_ - left_, buckets);
    const auto most = std::max(1U, *std::ranges::max_element(counts));
    const double base = top + density_height;
    std::string area;
    for (const auto& time : open_times(one.openings)) {
        area += "M" + Value(time.from).text() + " " + Value(base).text();
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const double from = std::max(time.from, left_ + bucket * static_cast<double>(i));
            const double to = std::min(time.to, left_ + bucket * static_cast<double>(i + 1));
            if (to <= from) continue;
            const double height = (density_height - 4) * counts[i] / most;
            area += "L" + Value(from).text() + " " + Value(base - height).text() + "H" + Value(to).text();
        }
        area += "L" + Value(time.to).text() + " " + Value(base).text() + "Z";
    }
    const auto text = std::to_string(places.size()) + " calls, up to " + std::to_string(most) + " at a time";
    side_label(std::to_string(places.size()) + " calls", calls_indent, top + 24, "small faint");
    body_.open("g");
    body_.element("title", {}, text);
    body_.element("path", {{"class", "density"}, {"d", area}});
    body_.close("g");
    Places of_calls;
    for (const auto place : places)
        for (const auto mark : outline_.marks_of_calls[place]) of_calls.push_back(mark);
    return marks(of_calls, base, top) + gap;
}

double Drawing::calls(const TrackOutline& one, std::size_t lane, double top) {
    std::vector<Placed> labels;
    Places of_requests, of_marks;
    for (const auto place : one.calls) {
        const Call& call = timeline_.calls[place];
        if (call.lane != lane) continue;
        auto text = label(call);
        if (!call.origin.empty())
            text += ", " + std::string(call.origin.starts_with("line") ? "by " : "") + call.origin;
        labels.push_back({.place = place, .from = x(call.span.begin), .to = x(call.span.end), .text = text});
        const auto join = [&](Places& into, const Places& more) {
            into.insert(into.end(), more.begin(), more.end());
        };
        join(of_requests, outline_.requests_of_calls[place]);
        join(of_marks, outline_.marks_of_calls[place]);
    }
    std::ranges::sort(labels, {}, &Placed::from);
    const double bar_top = top + call_head;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const double limit = i + 1 < labels.size() ? labels[i + 1].from : right_;
        call(timeline_.calls[labels[i].place], bar_top);
        const auto number = "call " + std::to_string(timeline_.calls[labels[i].place].number);
        for (const auto& text : {labels[i].text, label(timeline_.calls[labels[i].place]), number}) {
            if (labels[i].from + width_of(text, small) + 6 > limit) continue;
            body_.element("text", {{"class", "small"}, {"x", labels[i].from}, {"y", bar_top - 4}}, text);
            break;
        }
    }
    std::ranges::sort(of_requests);
    std::ranges::sort(of_marks);
    const bool crowded = (right_ - left_) / static_cast<double>(labels.size()) < room_for_requests;
    const double y = marks(of_marks, bar_top + bar_height + 2, bar_top);
    return requests(of_requests, y, crowded ? Texts::of_failures : Texts::all);
}

std::string Drawing::told(const Call& call) const {
    auto text = label(call) + (call.origin.empty() ? "" : ", " + call.origin) + " on " +
                timeline_.tracks[call.track].name() + "\n" + spelled(call.span);
    for (const auto& state : call.states) text += "\n" + time_of_day(state.at.us) + " " + explained(state);
    return text;
}

void Drawing::call(const Call& call, double top) {
    const double from = x(call.span.begin), to = std::max(from + 1, x(call.span.end));
    body_.open("g");
    body_.element("title", {}, told(call));
    body_.element(
        "rect", {{"class", "before"}, {"x", from}, {"y", top}, {"width", to - from}, {"height", bar_height}});
    for (std::size_t i = 0; i < call.states.size(); ++i) {
        const double begin = x(call.states[i].at);
        const bool last = i + 1 == call.states.size();
        state(call.states[i], begin, last ? to : x(call.states[i + 1].at), top,
              last ? call.span.end.us : call.states[i + 1].at.us);
    }
    body_.element("rect",
                  {{"class", "bar"}, {"x", from}, {"y", top}, {"width", to - from}, {"height", bar_height}});
    if (call.span.begins == Edge::cut)
        body_.element("path",
                      {{"class", "cut"}, {"d", path({{from, top - 1}, {from, top + bar_height + 1}})}});
    if (call.span.ends == Edge::cut)
        body_.element("path", {{"class", "cut"}, {"d", path({{to, top - 1}, {to, top + bar_height + 1}})}});
    if (call.span.ends == Edge::torn)
        body_.element("path", {{"class", "torn"}, {"d", zigzag({to, top - 2}, bar_height + 4, 2.5, 4)}});
    body_.close("g");
}

// Of what breaks cut into pieces, the longest.
std::pair<double, double> Drawing::longest_seen(double from, double to) const {
    std::pair longest(from, from);
    const auto add = [&](double begin, double end) {
        if (end - begin > longest.second - longest.first) longest = {begin, end};
    };
    double begin = from;
    for (const auto& one : scale_.breaks()) {
        if (left_ + one.to <= from || left_ + one.from >= to) continue;
        add(begin, left_ + one.from + break_inset);
        begin = left_ + one.to - break_inset;
    }
    add(begin, to);
    return longest;
}

void Drawing::state(const State& state, double from, double to, double top, std::int64_t until_us) {
    if (to <= from) return;
    const auto look = look_of(state.state);
    used_states_[look.name] = look;
    body_.open("g");
    body_.element("title", {},
                  explained(state) + "\n" + time_of_day(state.at.us) + " to " + time_of_day(until_us) + ", " +
                      length_of_time(until_us - state.at.us));
    body_.element("rect", {{"class", "state"},
                           {"fill", look.fill},
                           {"x", from},
                           {"y", top},
                           {"width", to - from},
                           {"height", bar_height}});
    const auto [seen_from, seen_to] = longest_seen(from, to);
    for (const auto& text : {explained(state), look.name, std::string(1, look.letter)}) {
        if (width_of(text, small) + 2 > seen_to - seen_from) continue;
        body_.element("text",
                      {{"class", "on-state"},
                       {"x", (seen_from + seen_to) / 2},
                       {"y", top + 13.5},
                       {"text-anchor", "middle"}},
                      text);
        break;
    }
    body_.close("g");
}

} // namespace offhook::cli::timeline
