// SPDX-License-Identifier: Apache-2.0
//
// The characters that a timeline is drawn with on a terminal.
#pragma once

#include "cli/timeline/looks.h"
#include "cli/timeline/model.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace offhook::cli::timeline {

struct Edges {
    std::string_view begin, end, both;
};

struct Glyphs {
    std::string_view axis, tick, broken;
    std::string_view cut, torn, wrong;
    std::string_view installed, session, open, request, before_states;
    Edges installed_edges, session_edges, open_edges, request_edges;
    std::string_view outgoing, incoming, made;
    std::array<std::string_view, state_groups> fills; // by StateGroup
    std::string_view broken_rule, other_mark, ellipsis;
    std::array<std::string_view, 9> levels;

    std::string_view fill_of(StateGroup group) const { return fills[static_cast<std::size_t>(group)]; }
    std::string_view mark_of(MarkKind kind) const {
        return kind == MarkKind::broken_rule || kind == MarkKind::crash ? broken_rule : other_mark;
    }
    // Anything but nothing can be seen.
    std::string_view level(unsigned count, unsigned most) const {
        if (count == 0) return levels[0];
        const auto steps = levels.size() - 1;
        return levels[std::clamp<std::size_t>((count * steps + most - 1) / most, 1, steps)];
    }
};

inline constexpr Glyphs unicode_glyphs{
    .axis = "─",
    .tick = "┬",
    .broken = "╱",
    .cut = "┄",
    .torn = "╳",
    .wrong = "✗",
    .installed = "═",
    .session = "━",
    .open = "─",
    .request = "─",
    .before_states = "·",
    .installed_edges = {"╞", "╡", "╪"},
    .session_edges = {"┣", "┫", "╋"},
    .open_edges = {"├", "┤", "┼"},
    .request_edges = {"├", "┤", "│"},
    .outgoing = "→",
    .incoming = "←",
    .made = "+",
    // arriving, dialing, trouble, connected, conferenced, held, over, unknown
    .fills = {"╌", "╌", "~", "━", "═", "┅", "·", "?"},
    .broken_rule = "✗",
    .other_mark = "▲",
    .ellipsis = "…",
    .levels = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
};

inline constexpr Glyphs ascii_glyphs{
    .axis = "-",
    .tick = "+",
    .broken = "/",
    .cut = ":",
    .torn = "X",
    .wrong = "x",
    .installed = "=",
    .session = "=",
    .open = "-",
    .request = "-",
    .before_states = ".",
    .installed_edges = {"[", "]", "#"},
    .session_edges = {"[", "]", "#"},
    .open_edges = {"|", "|", "|"},
    .request_edges = {"|", "|", "|"},
    .outgoing = ">",
    .incoming = "<",
    .made = "+",
    .fills = {"~", "-", "!", "=", "#", "_", ".", "?"},
    .broken_rule = "x",
    .other_mark = "^",
    .ellipsis = "..",
    .levels = {" ", "1", "2", "3", "4", "5", "6", "7", "8"},
};

} // namespace offhook::cli::timeline
