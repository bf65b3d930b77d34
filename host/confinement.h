// SPDX-License-Identifier: Apache-2.0
//
// Takes from this process, for good, everything that the provider does not need: decision 7 of the
// architecture. Called before the library is loaded and before the first thread starts.
#pragma once

#include "host/needs.h"

#include <filesystem>
#include <string>
#include <vector>

namespace offhook::host {

// Gives a line for each protection that this kernel could not give.
[[nodiscard]] std::vector<std::string> confine(const Needs& needs, const std::filesystem::path& library);

} // namespace offhook::host
