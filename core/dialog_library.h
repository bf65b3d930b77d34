// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace offhook::core {

// The path of the user-interface library that a provider names: by its whole path, or by its name in the
// folder of the provider's own library. Absent when it lies elsewhere: the library is loaded as the
// application's user, who trusts what was installed, not what a provider says. Works on the text alone: no
// file is looked at.
std::optional<std::string> dialog_library(std::string_view providers_library, std::u16string_view named);

} // namespace offhook::core
