// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/timeline/outline.h"
#include "cli/timeline/scale.h"

namespace offhook::cli::timeline {

// How many of the calls there are at most at a time in each of `buckets` equal parts of the drawing.
std::vector<unsigned> density_of(const Timeline&, const Places& calls, const Scale&, double length,
                                 std::size_t buckets);

} // namespace offhook::cli::timeline
