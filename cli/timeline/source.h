// SPDX-License-Identifier: Apache-2.0
//
// Where the records of a timeline come from.
#pragma once

#include "cli/timeline/record.h"

#include <chrono>

namespace offhook::cli::timeline {

// From a file, or from standard input when it is "-".
Records records_from_file(const std::string& file);

// From the service that runs: what it does from now on, for so long or until Ctrl-C or its end.
Records records_from_service(std::chrono::milliseconds how_long);

} // namespace offhook::cli::timeline
