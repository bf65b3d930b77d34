// SPDX-License-Identifier: Apache-2.0
//
// Providers, their sessions and the lines open in those: bands, the widest lowest.
#include "cli/timeline/svg_drawing.h"

#include <algorithm>

namespace offhook::cli::timeline {

namespace {

std::string_view class_of(const Stage& stage) {
    return stage.name == "running" ? "running" : stage.name == "shutting down" ? "ending" : "stage";
}

} // namespace

void Drawing::side_label(const std::string& text, double indent, double y, std::string_view style_class) {
    body_.element("text", {{"class", style_class}, {"x", margin + indent}, {"y", y}},
                  shortened_name(text, gutter_ - indent - after_name, normal));
}

// Only where it fits.
void Drawing::inner_label(const std::string& text, const Span& span, double y) {
    if (x(span.begin) + 8 + width_of(text, small) < x(span.end))
        body_.element("text", {{"class", "small faint"}, {"x", x(span.begin) + 7}, {"y", y}}, text);
}

void Drawing::band(Xml& layer, std::string_view style_class, const Span& span, Extent extent,
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

double Drawing::provider(const ProviderOutline& one, double top) {
    const Provider& provider = timeline_.providers[one.provider];
    side_label(provider.name, provider_indent, top + 14, "strong");
    const bool seen = provider.installed.begins == Edge::seen;
    if (seen) inner_label("installed", provider.installed, top + 13);
    double y = top + provider_head;
    y = marks(one.marks, y, top);
    y = sessions(one, y) + foot;
    band(installed_, "installed", provider.installed, {top, y - top}, provider.name + " is installed");
    return y;
}

double Drawing::sessions(const ProviderOutline& one, double top) {
    if (one.sessions.empty()) return top;
    side_label(one.sessions.size() == 1 ? "session" : "sessions", session_indent, top + 15, "faint");
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

void Drawing::session(const Session& session, Extent extent) {
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

void Drawing::openings(const Places& places, Extent extent) {
    for (const auto place : places) {
        const Opening& opening = timeline_.openings[place];
        band(openings_, "opening", opening.span, extent, timeline_.tracks[opening.track].name() + " is open");
    }
}

double Drawing::track(const TrackOutline& one, double top) {
    const Track& track = timeline_.tracks[one.track];
    side_label(track.name(), track_indent, top + 16, "");
    double y = top + opening_head;
    y = requests(one.requests, y);
    y = marks(one.marks, y, top);
    if (one.calls.empty()) y = std::max(y, top + density_height);
    else if (draws_each_call(one))
        for (std::size_t lane = 0; lane < track.lanes; ++lane) y = calls(one, lane, y) + gap;
    else {
        y = density(one, y);
        most_calls_in_density_ = std::max(most_calls_in_density_, one.calls.size());
    }
    openings(one.openings, {top, y - top});
    return y;
}

double Drawing::folded_track(const std::string& name, const TrackOutline& one, double top) {
    side_label(name, track_indent, top + 16, "");
    double y = top + opening_head;
    y = marks(one.marks, y, top);
    y = one.calls.empty() ? top + density_height / 2 + opening_head : density(one, y);
    folds_lines_ = folds_lines_ || !one.calls.empty();
    openings(one.openings, {top, y - top});
    return y;
}

} // namespace offhook::cli::timeline
