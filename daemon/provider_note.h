// SPDX-License-Identifier: Apache-2.0
//
// What a provider's library says of itself in its ELF note, read without loading it.
#pragma once

#include <functional>
#include <string>

namespace offhook::daemon {

struct ProviderNote {
    std::string name, version, title, needs;
    std::string configuration = {}; // what it declares of its configuration (host/configuration_fields.h)
};

// Throws std::runtime_error that says what is wrong with the library. It may block.
using ReadNote = std::function<ProviderNote(const std::string& library)>;

} // namespace offhook::daemon
