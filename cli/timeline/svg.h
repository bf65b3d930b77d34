// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/timeline/model.h"

namespace offhook::cli::timeline {

struct SvgForm {
    double width = 1'280;
    std::size_t calls = 12; // of a line that has more than so many, their number is drawn where room is short
};

// The timeline as one SVG file that stands for itself, for light and dark backgrounds.
std::string drawn_as_svg(const Timeline&, const SvgForm&);

} // namespace offhook::cli::timeline
