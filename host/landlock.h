// SPDX-License-Identifier: Apache-2.0
//
// The part of the confinement that concerns files, by Landlock (landlock(7)) as far as the running kernel has
// it.
#pragma once

#include "host/needs.h"

#include <filesystem>
#include <string>
#include <vector>

namespace offhook::host {

// A provider reads its own folder, the system's libraries and the files that name resolution and TLS use; it
// writes nothing, and opens devices only when it needs them. Adds a line to `missing` for what the kernel
// cannot give.
void restrict_files(const Needs& needs, const std::filesystem::path& library,
                    std::vector<std::string>& missing);

} // namespace offhook::host
