// SPDX-License-Identifier: Apache-2.0
//
// The configuration of a provider: keys and their values, and which of them nobody is shown.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace offhook::host {

using Settings = std::map<std::string, std::string>;

// Values of keys that end in "password" or "secret" are shown to nobody.
inline bool is_secret(std::string_view key) { return key.ends_with("password") || key.ends_with("secret"); }

inline Settings masked(const Settings& settings) {
    Settings shown;
    for (const auto& [key, value] : settings) shown.emplace(key, is_secret(key) ? "********" : value);
    return shown;
}

} // namespace offhook::host
