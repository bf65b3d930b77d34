// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/svg_shapes.h"

#include "cli/timeline/scale.h"
#include "cli/timeline/xml.h"

#include <algorithm>

namespace offhook::cli::timeline {
namespace {

// Each character of UTF-8 with what continues it.
template <class Function> void for_each_character(std::string_view text, Function function) {
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        function(text.substr(begin, end - begin));
        begin = end;
    }
}

} // namespace

double width_of(std::string_view text, double size) {
    return 0.62 * size * static_cast<double>(columns(text));
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

std::string shortened_name(std::string_view text, double room, double size) {
    return shortened_in_middle(text, static_cast<std::size_t>(std::max(0.0, room / width_of(" ", size))),
                               "…");
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

std::string spelled(const Span& span) {
    auto text = (span.begins == Edge::cut ? "before " : "") + time_of_day(span.begin.us) + " to " +
                (span.ends == Edge::cut ? "after " : "") + time_of_day(span.end.us);
    if (span.begins != Edge::cut && span.ends != Edge::cut)
        text += ", " + length_of_time(span.end.us - span.begin.us);
    if (span.ends == Edge::torn) text += ", ended with what it is in";
    return text;
}

bool has_failed(const Request& request) { return request.span.ends == Edge::seen && request.result != 0; }

std::string path(std::initializer_list<Point> points) {
    std::string text;
    for (const auto& point : points)
        text += (text.empty() ? "M" : "L") + Value(point.x).text() + " " + Value(point.y).text();
    return text;
}

std::string zigzag(Point from, double height, double wide, double step) {
    std::string text = "M" + Value(from.x).text() + " " + Value(from.y).text();
    const auto steps = static_cast<int>(height / step);
    for (int i = 1; i <= steps; ++i)
        text +=
            "L" + Value(from.x + (i % 2 == 1 ? wide : -wide)).text() + " " + Value(from.y + step * i).text();
    return text;
}

} // namespace offhook::cli::timeline
