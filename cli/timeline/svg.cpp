// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/svg.h"

#include "cli/timeline/density.h"
#include "cli/timeline/lanes.h"
#include "cli/timeline/legend.h"
#include "cli/timeline/looks.h"
#include "cli/timeline/outline.h"
#include "cli/timeline/scale.h"
#include "cli/timeline/svg_style.h"
#include "cli/timeline/xml.h"

#include <algorithm>
#include <map>

namespace offhook::cli::timeline {
namespace {

// In pixels.
constexpr double margin = 20, gutter = 112, axis_top = 82;
constexpr double provider_head = 20, session_head = 22, opening_head = 8, foot = 8, gap = 6;
constexpr double call_head = 15, bar_height = 19, request_height = 14, flag_height = 18, density_height = 32;
constexpr double break_length = 44, break_inset = 9;
constexpr double line_height = 17, small = 10, normal = 12;
constexpr double narrowest_call = 8;      // on average; where calls are narrower, only their number is drawn
constexpr double room_for_requests = 120; // for each call; where there is less, only failures have a text
constexpr std::size_t most_lanes = 8, most_rows_of_requests = 6, most_rows_of_marks = 3;

// Estimated for wide fonts: which font there is, is not known.
double width_of(std::string_view text, double size) {
    return 0.62 * size * static_cast<double>(columns(text));
}

// Each character of UTF-8 with what continues it.
template <class Function> void for_each_character(std::string_view text, Function function) {
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        function(text.substr(begin, end - begin));
        begin = end;
    }
}

std::string shortened(std::string_view text, double room, double size) {
    if (width_of(text, size) <= room) return std::string(text);
    std::string part;
    bool full = false;
    for_each_character(text, [&](std::string_view character) {
        full = full || width_of(part + std::string(character) + "…", size) > room;
        if (!full) part += character;
    });
    return part + "…";
}

std::vector<std::string> in_lines(const std::string& text, double room, double size) {
    std::vector<std::string> lines(1);
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find(' ', from), text.size());
        const auto word = text.substr(from, end - from);
        if (!lines.back().empty() && width_of(lines.back() + " " + word, size) > room) lines.emplace_back();
        lines.back() += (lines.back().empty() ? "" : " ") + word;
        from = end + 1;
    }
    return lines;
}

std::string_view class_of(MarkKind kind) {
    switch (kind) {
    case MarkKind::broken_rule:
    case MarkKind::crash: return "bad";
    case MarkKind::change: return "news";
    default: return "odd";
    }
}

std::string_view class_of(const Stage& stage) {
    return stage.name == "running" ? "running" : stage.name == "shutting down" ? "ending" : "stage";
}

// For a tooltip: exact times.
std::string spelled(const Span& span) {
    auto text = (span.begins == Edge::cut ? "before " : "") + time_of_day(span.begin.us) + " to " +
                (span.ends == Edge::cut ? "after " : "") + time_of_day(span.end.us);
    if (span.begins != Edge::cut && span.ends != Edge::cut)
        text += ", " + length_of_time(span.end.us - span.begin.us);
    if (span.ends == Edge::torn) text += ", ended with what it is in";
    return text;
}

bool has_failed(const Request& request) { return request.span.ends == Edge::seen && request.result != 0; }

// A call's bar, a request or a mark that stands in a row with others, with its text.
struct Placed {
    std::size_t place = 0; // in a list of the timeline
    double from = 0, to = 0;
    double limit = 0; // up to which its text may reach
    double text_at = 0;
    std::string text{}; // empty: there is no room
    std::size_t row = 0;
};

struct Point {
    double x, y;
};

std::string path(std::initializer_list<Point> points) {
    std::string text;
    for (const auto& point : points)
        text += (text.empty() ? "M" : "L") + Value(point.x).text() + " " + Value(point.y).text();
    return text;
}

// Downwards, to and fro.
std::string zigzag(Point from, double height, double wide, double step) {
    std::string text = "M" + Value(from.x).text() + " " + Value(from.y).text();
    const auto steps = static_cast<int>(height / step);
    for (int i = 1; i <= steps; ++i)
        text +=
            "L" + Value(from.x + (i % 2 == 1 ? wide : -wide)).text() + " " + Value(from.y + step * i).text();
    return text;
}

class Drawing {
  public:
    Drawing(const Timeline& timeline, const SvgForm& form)
        : timeline_(timeline),
          form_(form),
          left_(margin + gutter),
          right_(form.width - margin),
          outline_(outline_of(timeline)),
          scale_(timeline, {.length = right_ - left_, .least_step = 9, .break_length = break_length}) {}

    std::string result() {
        double y = axis_top + 10;
        y = marks(outline_.marks, y, y);
        for (const auto& one : outline_.providers) y = provider(one, y) + gap * 2;
        bottom_ = y - gap;
        breaks();
        const double end = notes(key(bottom_ + 24));
        return page(end + margin);
    }

  private:
    double x(const Moment& moment) const { return left_ + scale_.at(moment); }

    // The layers, the widest bands lowest, so that what lies in something is drawn on it.
    std::string page(double height) {
        Xml page;
        page.open("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                          {"width", form_.width},
                          {"height", height},
                          {"viewBox", "0 0 " + Value(form_.width).text() + " " + Value(height).text()},
                          {"role", "img"}});
        page.element("title", {}, "Timeline of " + summary(timeline_));
        page.verbatim("style", svg_style);
        page.element("rect", {{"class", "page"}, {"width", form_.width}, {"height", height}});
        const auto& whole = timeline_.whole;
        page.element("text", {{"class", "title"}, {"x", margin}, {"y", margin + 14}},
                     shortened(summary(timeline_), form_.width - 2 * margin, 18));
        page.element("text", {{"class", "faint"}, {"x", margin}, {"y", margin + 33}},
                     date_and_time(whole.begin.us) + " to " + time_of_day(whole.end.us) + ", " +
                         length_of_time(whole.end.us - whole.begin.us));
        axis();
        auto text = std::move(page).text();
        for (Xml* layer : {&installed_, &sessions_, &openings_, &grid_, &body_})
            text += std::move(*layer).text();
        return text + "</svg>\n";
    }

    void axis() {
        grid_.element("path", {{"class", "axis"}, {"d", path({{left_, axis_top}, {right_, axis_top}})}});
        for (const auto& tick : scale_.ticks(0.62 * small, 100)) {
            const double at = left_ + tick.at;
            grid_.element("path", {{"class", "grid"}, {"d", path({{at, axis_top}, {at, bottom_}})}});
            grid_.element("path", {{"class", "axis"}, {"d", path({{at, axis_top - 6}, {at, axis_top}})}});
            if (at + 3 + width_of(tick.label, small) < form_.width)
                grid_.element("text", {{"class", "small faint"}, {"x", at + 3}, {"y", axis_top - 4}},
                              tick.label);
        }
    }

    // Time that is left out, across everything.
    void breaks() {
        double free_from = 0;
        for (const auto& one : scale_.breaks()) {
            const double from = left_ + one.from + break_inset, to = left_ + one.to - break_inset,
                         top = axis_top - 3;
            const auto text = length_of_time(one.us);
            body_.open("g");
            body_.element("title", {}, text + " left out");
            body_.element("rect", {{"class", "left-out"},
                                   {"x", from},
                                   {"y", top},
                                   {"width", std::max(1.0, to - from)},
                                   {"height", bottom_ - top}});
            for (const double at : {from, to})
                body_.element("path", {{"class", "tear"}, {"d", zigzag({at, top}, bottom_ - top, 3, 6)}});
            const double middle = (from + to) / 2, half = width_of(text, small) / 2;
            if (middle - half > free_from) {
                body_.element("text",
                              {{"class", "left-out-text"},
                               {"x", middle},
                               {"y", axis_top - 17},
                               {"text-anchor", "middle"}},
                              text);
                free_from = middle + half + small;
            }
            body_.close("g");
        }
    }

    void side_label(const std::string& text, double indent, double y, std::string_view style_class) {
        body_.element("text", {{"class", style_class}, {"x", margin + indent}, {"y", y}},
                      shortened(text, gutter - indent - 4, normal));
    }

    // Only where it fits.
    void inner_label(const std::string& text, const Span& span, double y) {
        if (x(span.begin) + 8 + width_of(text, small) < x(span.end))
            body_.element("text", {{"class", "small faint"}, {"x", x(span.begin) + 7}, {"y", y}}, text);
    }

    struct Extent {
        double y, height;
    };

    void band(Xml& layer, std::string_view style_class, const Span& span, Extent extent,
              const std::string& title) {
        const double from = x(span.begin), to = x(span.end), end = extent.y + extent.height;
        layer.open("g");
        layer.element("title", {}, title + "\n" + spelled(span));
        layer.element("rect", {{"class", style_class},
                               {"x", from},
                               {"y", extent.y},
                               {"width", std::max(1.0, to - from)},
                               {"height", extent.height},
                               {"rx", 4.0}});
        if (span.begins == Edge::cut)
            layer.element("path", {{"class", "cut"}, {"d", path({{from, extent.y - 1}, {from, end + 1}})}});
        if (span.ends == Edge::cut)
            layer.element("path", {{"class", "cut"}, {"d", path({{to, extent.y - 1}, {to, end + 1}})}});
        if (span.ends == Edge::torn)
            layer.element("path", {{"class", "torn"}, {"d", zigzag({to, extent.y}, extent.height, 2.5, 4)}});
        layer.close("g");
    }

    // Each returns where what it has drawn ends.
    double provider(const ProviderOutline& one, double top) {
        const Provider& provider = timeline_.providers[one.provider];
        side_label(provider.name, 0, top + 14, "strong");
        const bool seen = provider.installed.begins == Edge::seen;
        if (seen) inner_label("installed", provider.installed, top + 13);
        double y = top + provider_head;
        y = marks(one.marks, y, top);
        y = sessions(one, y) + foot;
        band(installed_, "installed", provider.installed, {top, y - top}, provider.name + " is installed");
        return y;
    }

    double sessions(const ProviderOutline& one, double top) {
        if (one.sessions.empty()) return top;
        side_label(one.sessions.size() == 1 ? "session" : "sessions", 8, top + 15, "faint");
        double y = requests(one.requests, top + session_head);
        const auto tracks = folded(one.tracks);
        for (const auto* shown : tracks.shown) y = track(*shown, y) + gap;
        if (tracks.further_count != 0)
            y = folded_track(std::to_string(tracks.further_count) + " more", tracks.further, y) + gap;
        if (tracks.quiet_count != 0)
            y = folded_track(std::to_string(tracks.quiet_count) + " without calls", tracks.quiet, y) + gap;
        for (const auto place : one.sessions) session(timeline_.sessions[place], {top, y - top});
        return y;
    }

    void session(const Session& session, Extent extent) {
        auto span = session.span;
        auto title = "session " + std::to_string(session.number);
        inner_label(title, span, extent.y + 16);
        title += " of " + timeline_.providers[session.provider].name;
        if (session.handle != 0) title += ", number " + std::to_string(session.handle) + " of the service";
        if (!session.failure.empty()) {
            title += ", lost: " + session.failure;
            span.ends = Edge::torn;
        }
        band(sessions_, "session", span, extent, title);
        for (std::size_t i = 0; i < session.stages.size(); ++i) {
            const auto& stage = session.stages[i];
            const double from = x(stage.at);
            const double to = i + 1 < session.stages.size() ? x(session.stages[i + 1].at) : x(span.end);
            sessions_.open("g");
            sessions_.element("title", {}, stage.name + "\n" + time_of_day(stage.at.us));
            sessions_.element("rect", {{"class", class_of(stage)},
                                       {"x", from},
                                       {"y", extent.y + 1},
                                       {"width", std::max(0.5, to - from)},
                                       {"height", 4.0}});
            sessions_.close("g");
        }
    }

    void openings(const Places& places, Extent extent) {
        for (const auto place : places) {
            const Opening& opening = timeline_.openings[place];
            band(openings_, "opening", opening.span, extent,
                 timeline_.tracks[opening.track].name() + " is open");
        }
    }

    double track(const TrackOutline& one, double top) {
        const Track& track = timeline_.tracks[one.track];
        side_label(track.name(), 16, top + 16, "");
        double y = top + opening_head;
        y = requests(one.requests, y);
        y = marks(one.marks, y, top);
        if (one.calls.empty()) y = std::max(y, top + density_height);
        else if (track.lanes <= most_lanes && are_wide(one.calls))
            for (std::size_t lane = 0; lane < track.lanes; ++lane) y = calls(one, lane, y) + gap;
        else y = density(one.calls, y);
        openings(one.openings, {top, y - top});
        return y;
    }

    double folded_track(const std::string& name, const TrackOutline& one, double top) {
        side_label(name, 16, top + 16, "");
        double y = top + opening_head;
        y = marks(one.marks, y, top);
        y = one.calls.empty() ? top + density_height / 2 + opening_head : density(one.calls, y);
        openings(one.openings, {top, y - top});
        return y;
    }

    bool are_wide(const Places& places) const {
        double total = 0;
        for (const auto place : places)
            total += x(timeline_.calls[place].span.end) - x(timeline_.calls[place].span.begin);
        return total >= narrowest_call * static_cast<double>(places.size());
    }

    double density(const Places& places, double top) {
        draws_density_ = true;
        const auto buckets = static_cast<std::size_t>((right_ - left_) / 3);
        const auto counts = density_of(timeline_, places, scale_, right_ - left_, buckets);
        const auto most = std::max(1U, *std::ranges::max_element(counts));
        const double base = top + density_height;
        std::string area = "M" + Value(left_).text() + " " + Value(base).text();
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const double height = (density_height - 4) * counts[i] / most;
            area += "L" + Value(left_ + 3 * static_cast<double>(i)).text() + " " +
                    Value(base - height).text() + "h3";
        }
        area += "L" + Value(right_).text() + " " + Value(base).text() + "Z";
        const auto text =
            std::to_string(places.size()) + " calls, up to " + std::to_string(most) + " at a time";
        side_label(std::to_string(places.size()) + " calls", 24, top + 24, "small faint");
        body_.open("g");
        body_.element("title", {}, text);
        body_.element("path", {{"class", "density"}, {"d", area}});
        body_.close("g");
        Places of_calls;
        for (const auto place : places)
            for (const auto mark : outline_.marks_of_calls[place]) of_calls.push_back(mark);
        return marks(of_calls, base, top) + gap;
    }

    double calls(const TrackOutline& one, std::size_t lane, double top) {
        std::vector<Placed> labels;
        Places of_requests, of_marks;
        for (const auto place : one.calls) {
            const Call& call = timeline_.calls[place];
            if (call.lane != lane) continue;
            auto text = label(call);
            if (!call.origin.empty())
                text += ", " + std::string(call.origin.starts_with("line") ? "by " : "") + call.origin;
            labels.push_back(
                {.place = place, .from = x(call.span.begin), .to = x(call.span.end), .text = text});
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

    std::string told(const Call& call) const {
        auto text = label(call) + (call.origin.empty() ? "" : ", " + call.origin) + " on " +
                    timeline_.tracks[call.track].name() + "\n" + spelled(call.span);
        for (const auto& state : call.states)
            text += "\n" + time_of_day(state.at.us) + " " + explained(state);
        return text;
    }

    void call(const Call& call, double top) {
        const double from = x(call.span.begin), to = std::max(from + 1, x(call.span.end));
        body_.open("g");
        body_.element("title", {}, told(call));
        body_.element(
            "rect",
            {{"class", "before"}, {"x", from}, {"y", top}, {"width", to - from}, {"height", bar_height}});
        for (std::size_t i = 0; i < call.states.size(); ++i) {
            const double begin = x(call.states[i].at);
            const bool last = i + 1 == call.states.size();
            state(call.states[i], begin, last ? to : x(call.states[i + 1].at), top,
                  last ? call.span.end.us : call.states[i + 1].at.us);
        }
        body_.element(
            "rect",
            {{"class", "bar"}, {"x", from}, {"y", top}, {"width", to - from}, {"height", bar_height}});
        if (call.span.begins == Edge::cut)
            body_.element("path",
                          {{"class", "cut"}, {"d", path({{from, top - 1}, {from, top + bar_height + 1}})}});
        if (call.span.ends == Edge::cut)
            body_.element("path",
                          {{"class", "cut"}, {"d", path({{to, top - 1}, {to, top + bar_height + 1}})}});
        if (call.span.ends == Edge::torn)
            body_.element("path", {{"class", "torn"}, {"d", zigzag({to, top - 2}, bar_height + 4, 2.5, 4)}});
        body_.close("g");
    }

    // Of what breaks cut into pieces, the longest.
    std::pair<double, double> longest_seen(double from, double to) const {
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

    void state(const State& state, double from, double to, double top, std::int64_t until_us) {
        if (to <= from) return;
        const auto look = look_of(state.state);
        used_states_[look.name] = look;
        body_.open("g");
        body_.element("title", {},
                      explained(state) + "\n" + time_of_day(state.at.us) + " to " + time_of_day(until_us) +
                          ", " + length_of_time(until_us - state.at.us));
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

    // Texts stand at the right of what they are to, or at the left when they would reach too far; what
    // overlaps gets rows of its own. In the last row is what there is no room for, without its text, which
    // its tooltip has as well.
    static std::vector<Placed> in_rows(std::vector<Placed> labels, std::size_t most_rows) {
        Lanes lanes;
        for (auto& one : labels) {
            const double width = one.text.empty() ? 0 : width_of(one.text, small) + 6;
            one.text_at = one.to + 4;
            if (one.to + width > one.limit && width > 0) one.text_at = one.from - width + 2;
            one.row = lanes.place(std::min(one.from, one.text_at), std::max(one.to, one.text_at + width) + 2);
            if (one.row + 1 < most_rows || (one.row < most_rows && one.text.empty())) continue;
            one.row = most_rows - 1;
            one.text.clear();
        }
        return labels;
    }

    static double rows_of(const std::vector<Placed>& labels) {
        std::size_t rows = 0;
        for (const auto& one : labels) rows = std::max(rows, one.row + 1);
        return static_cast<double>(rows);
    }

    // Where texts may reach: to the end of what the call or the line lies in.
    double limit_of(const Place& call, const Place& track, const Moment& at) const {
        if (call) return x(timeline_.openings[timeline_.calls[*call].opening].span.end);
        if (track)
            for (const auto& opening : timeline_.openings)
                if (opening.track == *track && opening.span.contains(at)) return x(opening.span.end);
        return right_;
    }

    enum class Texts : std::uint8_t { all, of_failures };

    double requests(const Places& places, double top, Texts texts = Texts::all) {
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

    void request(const Placed& one, double y) {
        const Request& request = timeline_.requests[one.place];
        const bool failed = has_failed(request);
        draws_requests_ = true;
        auto told =
            request.function + ", request " + std::to_string(request.id) + "\n" + spelled(request.span);
        if (request.span.ends == Edge::seen)
            told += "\n" + (failed ? error_name(request.result) : std::string("completed"));
        else told += "\nnot completed";
        body_.open("g");
        body_.element("title", {}, told);
        const double low = y + 8, high = y + 2;
        const auto line = request.span.ends == Edge::seen
                              ? path({{one.from, high}, {one.from, low}, {one.to, low}, {one.to, high}})
                              : path({{one.from, high}, {one.from, low}, {one.to, low}});
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
    double marks(const Places& places, double top, double pole_top) {
        std::vector<Placed> labels;
        for (const auto place : places) {
            const double at = x(timeline_.marks[place].at);
            labels.push_back({.place = place,
                              .from = at,
                              .to = at,
                              .limit = right_,
                              .text = label(timeline_.marks[place])});
        }
        labels = in_rows(std::move(labels), most_rows_of_marks);
        for (const auto& one : labels) mark(one, top + static_cast<double>(one.row) * flag_height, pole_top);
        return top + rows_of(labels) * flag_height;
    }

    void mark(const Placed& one, double y, double pole_top) {
        const Mark& mark = timeline_.marks[one.place];
        const auto where = location(timeline_, mark.provider, mark.track, mark.call);
        auto told = label(mark) + ": " + mark.text + "\n" + time_of_day(mark.at.us) +
                    (where.empty() ? "" : " " + where);
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

    // What colours and signs mean; only of those that are there.
    double key(double y) {
        double at = margin;
        const auto advance = [&](double width) {
            if (at + width > right_) at = margin, y += line_height + 4;
            const double from = at;
            at += width + 16;
            return from;
        };
        for (const auto& [name, look] : used_states_) {
            const double from = advance(24 + width_of(name, small));
            body_.element("rect", {{"class", "state"},
                                   {"fill", look.fill},
                                   {"x", from},
                                   {"y", y - 10},
                                   {"width", 18.0},
                                   {"height", 12.0}});
            body_.element("text", {{"class", "small"}, {"x", from + 23}, {"y", y}}, name);
        }
        for (const auto& [style_class, name] :
             {std::pair("stage", "session starts"), std::pair("running", "runs"),
              std::pair("ending", "shuts down")}) {
            if (timeline_.sessions.empty()) break;
            const double from = advance(24 + width_of(name, small));
            body_.element(
                "rect",
                {{"class", style_class}, {"x", from}, {"y", y - 6}, {"width", 18.0}, {"height", 4.0}});
            body_.element("text", {{"class", "small"}, {"x", from + 23}, {"y", y}}, name);
        }
        const std::string request = "request, until it is completed";
        if (draws_requests_) {
            const double from = advance(24 + width_of(request, small));
            body_.element(
                "path",
                {{"class", "request"},
                 {"d", path({{from, y - 8}, {from, y - 2}, {from + 18, y - 2}, {from + 18, y - 8}})}});
            body_.element("text", {{"class", "small"}, {"x", from + 23}, {"y", y}}, request);
        }
        const std::string density = "calls at a time";
        if (draws_density_) {
            const double from = advance(24 + width_of(density, small));
            body_.element(
                "rect", {{"class", "density"}, {"x", from}, {"y", y - 8}, {"width", 18.0}, {"height", 10.0}});
            body_.element("text", {{"class", "small"}, {"x", from + 23}, {"y", y}}, density);
        }
        if (has_edges(Edge::cut)) {
            const std::string text = "began before, or goes on";
            const double from = advance(24 + width_of(text, small));
            body_.element(
                "rect",
                {{"class", "session"}, {"x", from}, {"y", y - 10}, {"width", 16.0}, {"height", 12.0}});
            body_.element("path", {{"class", "cut"}, {"d", path({{from + 16, y - 11}, {from + 16, y + 3}})}});
            body_.element("text", {{"class", "small"}, {"x", from + 23}, {"y", y}}, text);
        }
        if (has_edges(Edge::torn)) {
            const std::string text = "ended with what it is in";
            const double from = advance(24 + width_of(text, small));
            body_.element("path", {{"class", "torn"}, {"d", zigzag({from + 14, y - 11}, 14, 2.5, 4)}});
            body_.element("text", {{"class", "small"}, {"x", from + 23}, {"y", y}}, text);
        }
        return y + line_height;
    }

    bool has_edges(Edge edge) const {
        const auto has = [&](const auto& list) {
            return std::ranges::any_of(
                list, [&](const auto& one) { return one.span.begins == edge || one.span.ends == edge; });
        };
        return has(timeline_.sessions) || has(timeline_.openings) || has(timeline_.calls) ||
               has(timeline_.requests);
    }

    double notes(double y) {
        const double text_at = margin + gutter, room = right_ - text_at;
        for (const auto& note : notes_on(timeline_)) {
            y += 6;
            const bool is_mark = note.kind == Note::Kind::mark;
            const auto text = shortened(note.label, gutter - 16, small);
            const double width = width_of(text, small) + 8;
            if (is_mark)
                body_.element("rect", {{"class", class_of(note.mark)},
                                       {"x", margin},
                                       {"y", y},
                                       {"width", width},
                                       {"height", 14.0},
                                       {"rx", 2.0}});
            body_.element("text",
                          {{"class", is_mark ? "flag-text" : "small failed-text"},
                           {"x", is_mark ? margin + 4 : margin},
                           {"y", y + 10.5}},
                          text);
            const auto paragraph = [&](const std::string& content, std::string_view style_class) {
                for (const auto& line : in_lines(content, room, normal)) {
                    body_.element("text", {{"class", style_class}, {"x", text_at}, {"y", y + 11}}, line);
                    y += line_height;
                }
            };
            paragraph(note.text + " (" + note.places + ")", "");
            if (!note.rule_says.empty()) paragraph("Rule: " + note.rule_says, "faint");
        }
        return y;
    }

    const Timeline& timeline_;
    const SvgForm& form_;
    double left_, right_, bottom_ = 0;
    Outline outline_;
    Scale scale_;
    // What the key has to explain.
    std::map<std::string, StateLook> used_states_;
    bool draws_requests_ = false, draws_density_ = false;
    Xml installed_, sessions_, openings_, grid_, body_;
};

} // namespace

std::string drawn_as_svg(const Timeline& timeline, const SvgForm& form) {
    return Drawing(timeline, form).result();
}

} // namespace offhook::cli::timeline
