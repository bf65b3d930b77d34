// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/svg.h"

#include "cli/timeline/svg_drawing.h"
#include "cli/timeline/svg_style.h"

#include <algorithm>

namespace offhook::cli::timeline {

Drawing::Drawing(const Timeline& timeline, const SvgForm& form)
    : timeline_(timeline),
      form_(form),
      outline_(outline_of(timeline)),
      gutter_(gutter_width()),
      left_(margin + gutter_),
      right_(form.width - margin),
      scale_(timeline, {.length = right_ - left_, .least_step = 9, .break_length = break_length}) {}

double Drawing::gutter_width() const {
    double width = narrowest_gutter;
    const auto fit = [&](const std::string& name, double indent) {
        width = std::max(width, indent + width_of(name, normal) + after_name);
    };
    for (const auto& provider : timeline_.providers) fit(provider.name, provider_indent);
    for (const auto& provider : outline_.providers)
        for (const auto* shown : folded(provider.tracks).shown)
            fit(timeline_.tracks[shown->track].name(), track_indent);
    return std::min(width, widest_gutter);
}

std::string Drawing::result() {
    double y = axis_top + 10;
    y = marks(outline_.marks, y, y);
    for (const auto& one : outline_.providers) y = provider(one, y) + gap * 2;
    bottom_ = y - gap;
    breaks();
    const double end = notes(key(bottom_ + 24));
    return page(end + margin);
}

// The layers, the widest bands lowest, so that what lies in something is drawn on it.
std::string Drawing::page(double height) {
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
    for (Xml* layer : {&installed_, &sessions_, &openings_, &grid_, &body_}) text += std::move(*layer).text();
    return text + "</svg>\n";
}

void Drawing::axis() {
    grid_.element("path", {{"class", "axis"}, {"d", path({{left_, axis_top}, {right_, axis_top}})}});
    for (const auto& tick : scale_.ticks(0.62 * small, 100)) {
        const double at = left_ + tick.at;
        grid_.element("path", {{"class", "grid"}, {"d", path({{at, axis_top}, {at, bottom_}})}});
        grid_.element("path", {{"class", "axis"}, {"d", path({{at, axis_top - 6}, {at, axis_top}})}});
        if (at + 3 + width_of(tick.label, small) < form_.width)
            grid_.element("text", {{"class", "small faint"}, {"x", at + 3}, {"y", axis_top - 4}}, tick.label);
    }
}

// Time that is left out, across everything.
void Drawing::breaks() {
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
            body_.element(
                "text",
                {{"class", "left-out-text"}, {"x", middle}, {"y", axis_top - 17}, {"text-anchor", "middle"}},
                text);
            free_from = middle + half + small;
        }
        body_.close("g");
    }
}

std::string drawn_as_svg(const Timeline& timeline, const SvgForm& form) {
    return Drawing(timeline, form).result();
}

} // namespace offhook::cli::timeline
