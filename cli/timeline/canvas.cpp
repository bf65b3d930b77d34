// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/canvas.h"

#include "cli/output.h"

namespace offhook::cli::timeline {
namespace {

std::string_view control_sequence(Colour colour) {
    switch (colour) {
    case Colour::plain: return "\x1b[0m";
    case Colour::faint: return "\x1b[0;90m";
    case Colour::red: return "\x1b[0;1;31m";
    case Colour::green: return "\x1b[0;32m";
    case Colour::yellow: return "\x1b[0;33m";
    case Colour::blue: return "\x1b[0;34m";
    case Colour::magenta: return "\x1b[0;35m";
    case Colour::cyan: return "\x1b[0;36m";
    }
    return {};
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

} // namespace

void Row::put(std::size_t column, std::string_view text, Colour colour) {
    const auto clean = printable(text);
    for (std::size_t i = 0; i < clean.size() && column < cells_.size(); ++column) {
        std::size_t end = i + 1;
        while (end < clean.size() && continues(clean[end])) ++end;
        cells_[column] = {clean.substr(i, end - i), colour};
        i = end;
    }
}

void Row::fill(std::size_t from, std::size_t to, std::string_view glyph, Colour colour) {
    for (; from < to && from < cells_.size(); ++from) cells_[from] = {std::string(glyph), colour};
}

void Row::write(std::string& to, Colours colours) const {
    auto end = cells_.size();
    while (end > 0 && cells_[end - 1].glyph == " ") --end;
    auto colour = Colour::plain;
    for (std::size_t i = 0; i < end; ++i) {
        if (colours == Colours::terminal && cells_[i].colour != colour && cells_[i].glyph != " ")
            to += control_sequence(colour = cells_[i].colour);
        to += cells_[i].glyph;
    }
    if (colour != Colour::plain) to += control_sequence(Colour::plain);
    to += '\n';
}

} // namespace offhook::cli::timeline
