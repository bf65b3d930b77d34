// SPDX-License-Identifier: Apache-2.0
//
// Where the records of a timeline come from.
#pragma once

#include "cli/timeline/record.h"

#include <chrono>

namespace offhook::cli::timeline {

// From a file, or from standard input when it is "-".
Records saved_records(const std::string& file);

// What the service has kept.
Records kept_records();

// What the service does from now on, for so long or until Ctrl-C or its end.
Records watched_records(std::chrono::milliseconds how_long);

} // namespace offhook::cli::timeline
