// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace offhook::cli {

// A provider's configuration in TOML: [account.1] user = "alice" is the key account.1.user. Numbers and
// booleans become text, as everything in a provider's configuration is. Throws a Problem that names the place
// of an error.
nlohmann::json read_configuration(const std::string& path);

} // namespace offhook::cli
