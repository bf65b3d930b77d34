// SPDX-License-Identifier: Apache-2.0
//
// The fields that a provider declares for its configuration (offhook_provider.h, OFFHOOK_CONFIGURATION_NOTE):
// what people are shown, and what is checked before the provider is asked.
#pragma once

#include "host/settings.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace offhook::host {

enum class FieldType : std::uint8_t { text, integer, boolean, choice, secret };

struct ConfigurationField {
    std::string key; // words joined by dots; a word "*" stands for any one
    FieldType type = FieldType::text;
    std::string title, help;
    std::optional<std::string> otherwise; // what the provider takes when it is not set
    std::int64_t minimum = INT64_MIN, maximum = INT64_MAX;
    std::vector<std::string> choices;
    bool required = false; // with "*": as soon as another key of the same has been set
};

using ConfigurationFields = std::vector<ConfigurationField>; // in ascending order of the keys

// The text of the note, TOML. Empty: the provider declares none. Throws std::runtime_error that says what is
// wrong.
ConfigurationFields parse_fields(std::string_view note);

// What is wrong with a whole configuration and what to write instead; empty: nothing. Of a provider that
// declares no fields anything goes.
std::string check_settings(const ConfigurationFields&, const Settings&);

// The same of a key alone, whatever its value.
std::string check_key(const ConfigurationFields&, const std::string& key);

// Whether a key is one of those that a field is about: "account.1.user" of "account.*.user".
bool fits(std::string_view field, std::string_view key);

// As wire/service.h gives them (provider_fields), each with the keys that it is about, of the settings in
// force and of those that wait, if any do.
nlohmann::json fields_as_json(const ConfigurationFields&, const Settings& in_force,
                              const std::optional<Settings>& waiting = std::nullopt);

} // namespace offhook::host
