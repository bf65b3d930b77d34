// SPDX-License-Identifier: Apache-2.0
//
// What every part of the picture is made of: texts that fit their room, lines, and things that stand in rows.
#pragma once

#include "cli/timeline/looks.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace offhook::cli::timeline {

// In pixels.
inline constexpr double margin = 20, axis_top = 82;
inline constexpr double narrowest_gutter = 112, widest_gutter = 260; // the room for names at the left
inline constexpr double provider_head = 20, session_head = 22, opening_head = 8, foot = 8, gap = 6;
inline constexpr double call_head = 15, bar_height = 19, request_height = 14, flag_height = 18,
                        density_height = 32;
inline constexpr double break_length = 44, break_inset = 9;
inline constexpr double provider_indent = 0, session_indent = 8, track_indent = 16, calls_indent = 24,
                        after_name = 4;
inline constexpr double line_height = 17, small = 10, normal = 12;
inline constexpr double request_end = 8; // what is seen of a request before a text that stands within it
inline constexpr double narrowest_call =
    8; // on average; where calls are narrower, only their number is drawn
inline constexpr double room_for_requests =
    120; // for each call; where there is less, only failures have a text
inline constexpr std::size_t most_lanes = 8, most_rows_of_requests = 6, most_rows_of_marks = 3;

// Estimated for wide fonts: which font there is, is not known.
double width_of(std::string_view text, double size);
std::string shortened(std::string_view text, double room, double size);
std::string shortened_name(std::string_view text, double room, double size); // in its middle
std::vector<std::string> in_lines(const std::string& text, double room, double size);

std::string_view class_of(MarkKind);

// For a tooltip: exact times.
std::string spelled(const Span&);

bool has_failed(const Request&);

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

std::string path(std::initializer_list<Point> points);

// Downwards, to and fro.
std::string zigzag(Point from, double height, double wide, double step);

} // namespace offhook::cli::timeline
