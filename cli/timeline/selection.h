// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/timeline/model.h"

namespace offhook::cli::timeline {

// Which part of a timeline is wanted; what is absent does not restrict.
struct Selection {
    std::optional<std::string> provider{};
    std::optional<std::string> device{}; // number of a line or phone, or name of a line
    std::optional<std::size_t> call{};   // its number, or its handle
    std::optional<std::int64_t> from_us{}, to_us{};
};

// What is selected, with what contains it. What reaches beyond the times is cut there.
Timeline select(const Timeline&, const Selection&);

} // namespace offhook::cli::timeline
