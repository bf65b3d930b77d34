// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/timeline/canvas.h"
#include "cli/timeline/model.h"

namespace offhook::cli::timeline {

enum class Characters : std::uint8_t { unicode, ascii };

struct TextForm {
    std::size_t width = 100;
    Characters characters = Characters::unicode;
    Colours colours = Colours::none;
    std::size_t calls = 12; // of a line that has more than so many, calls share rows
};

// The timeline drawn for a terminal, with a legend below of what is used in it.
std::string drawn_as_text(const Timeline&, const TextForm&);

} // namespace offhook::cli::timeline
