// SPDX-License-Identifier: Apache-2.0
//
// What is written below: the meaning of colours and signs, and what to look at.
#include "cli/timeline/legend.h"
#include "cli/timeline/svg_drawing.h"

#include <algorithm>

namespace offhook::cli::timeline {

// What colours and signs mean; only of those that are there.
double Drawing::key(double y) {
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
        body_.element("rect",
                      {{"class", style_class}, {"x", from}, {"y", y - 6}, {"width", 18.0}, {"height", 4.0}});
        body_.element("text", {{"class", "small"}, {"x", from + 23}, {"y", y}}, name);
    }
    const std::string request = "request, until it is completed";
    if (draws_requests_) {
        const double from = advance(24 + width_of(request, small));
        body_.element("path",
                      {{"class", "request"},
                       {"d", path({{from, y - 8}, {from, y - 2}, {from + 18, y - 2}, {from + 18, y - 8}})}});
        body_.element("text", {{"class", "small"}, {"x", from + 23}, {"y", y}}, request);
    }
    const std::string density = "calls at a time";
    if (draws_density_) {
        const double from = advance(24 + width_of(density, small));
        body_.element("rect",
                      {{"class", "density"}, {"x", from}, {"y", y - 8}, {"width", 18.0}, {"height", 10.0}});
        body_.element("text", {{"class", "small"}, {"x", from + 23}, {"y", y}}, density);
    }
    if (has_edges(Edge::cut)) {
        const std::string text = "began before, or goes on";
        const double from = advance(24 + width_of(text, small));
        body_.element("rect",
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
    y += line_height;
    if (const auto text = how_to_see_each_call(); !text.empty()) {
        body_.element("text", {{"class", "small"}, {"x", margin}, {"y", y + 2}}, text);
        y += line_height;
    }
    return y;
}

std::string Drawing::how_to_see_each_call() const {
    std::string text;
    if (most_calls_in_density_ != 0)
        text = "Where calls are too many for the room, only how many there are at a time is drawn. Each is "
               "drawn with --calls " +
               std::to_string(most_calls_in_density_) + ", or choose a time with --from and --to. ";
    if (folds_lines_)
        text += "Calls on the lines that are drawn together are drawn when a line is chosen with --line.";
    return text;
}

bool Drawing::has_edges(Edge edge) const {
    const auto has = [&](const auto& list) {
        return std::ranges::any_of(
            list, [&](const auto& one) { return one.span.begins == edge || one.span.ends == edge; });
    };
    return has(timeline_.sessions) || has(timeline_.openings) || has(timeline_.calls) ||
           has(timeline_.requests);
}

double Drawing::notes(double y) {
    const double text_at = left_, room = right_ - text_at;
    for (const auto& note : notes_on(timeline_)) {
        y += 6;
        const bool is_mark = note.kind == Note::Kind::mark;
        const auto text = shortened(note.label, gutter_ - 16, small);
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

} // namespace offhook::cli::timeline
