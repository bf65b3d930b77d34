// SPDX-License-Identifier: Apache-2.0
#include "host/configuration_fields.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace offhook::host {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<std::string_view, FieldType>, 5> types{{{"text", FieldType::text},
                                                                       {"integer", FieldType::integer},
                                                                       {"boolean", FieldType::boolean},
                                                                       {"choice", FieldType::choice},
                                                                       {"secret", FieldType::secret}}};

std::string_view name_of(FieldType type) { return types[static_cast<std::size_t>(type)].first; }

std::vector<std::string_view> words(std::string_view key) {
    std::vector<std::string_view> found;
    for (;;) {
        const auto dot = key.find('.');
        found.push_back(key.substr(0, dot));
        if (dot == std::string_view::npos) return found;
        key.remove_prefix(dot + 1);
    }
}

const ConfigurationField* field_of(const ConfigurationFields& fields, std::string_view key) {
    const auto found =
        std::ranges::find_if(fields, [&](const ConfigurationField& field) { return fits(field.key, key); });
    return found == fields.end() ? nullptr : &*found;
}

std::string listed(const std::vector<std::string>& choices) {
    std::string text;
    for (const auto& choice : choices) text += (text.empty() ? "\"" : ", \"") + choice + '"';
    return text;
}

std::string range_of(const ConfigurationField& field) {
    std::string text = "a whole number";
    if (field.minimum != INT64_MIN) text += " from " + std::to_string(field.minimum);
    if (field.maximum != INT64_MAX) text += " to " + std::to_string(field.maximum);
    return text;
}

// What to write instead; empty: the value is good.
std::string correction(const ConfigurationField& field, const std::string& value) {
    switch (field.type) {
    case FieldType::text:
    case FieldType::secret: return {};
    case FieldType::boolean: return value == "true" || value == "false" ? "" : "\"true\" or \"false\"";
    case FieldType::choice:
        return std::ranges::find(field.choices, value) != field.choices.end()
                   ? std::string()
                   : "one of " + listed(field.choices);
    case FieldType::integer: {
        std::int64_t number = 0;
        const auto* end = value.data() + value.size();
        const auto [stopped, error] = std::from_chars(value.data(), end, number);
        const bool good =
            error == std::errc{} && stopped == end && number >= field.minimum && number <= field.maximum;
        return good ? std::string() : range_of(field);
    }
    }
    return {};
}

// The keys whose values differ, with what they become: null, not set any more.
json what_changes(const Settings& from, const Settings& to) {
    json changes = json::object();
    for (const auto& [key, value] : masked(to))
        if (const auto before = from.find(key); before == from.end() || before->second != to.at(key))
            changes[key] = value;
    for (const auto& [key, value] : from)
        if (!to.contains(key)) changes[key] = nullptr;
    return changes;
}

// Reads the attributes of one field.
class FieldReader {
  public:
    FieldReader(std::string key, const toml::table& from) : from_(from) { field_.key = std::move(key); }

    ConfigurationField read() {
        if (field_.key.empty() || std::ranges::any_of(words(field_.key), &std::string_view::empty))
            fail("a key is made of words joined by dots");
        const auto type = text("type").value_or("text");
        const auto known = std::ranges::find(types, std::string_view(type), [](auto& t) { return t.first; });
        if (known == types.end()) fail("type must be text, integer, boolean, choice or secret");
        field_.type = known->second;
        field_.title = text("title").value_or("");
        field_.help = text("help").value_or("");
        if (field_.title.empty()) fail("it needs a title");
        field_.minimum = from_["minimum"].value_or(INT64_MIN);
        field_.maximum = from_["maximum"].value_or(INT64_MAX);
        field_.required = from_["required"].value_or(false);
        if (const auto* choices = from_["choices"].as_array())
            for (const auto& choice : *choices) field_.choices.push_back(choice.value_or(std::string()));
        if ((field_.type == FieldType::choice) == field_.choices.empty())
            fail("choices belong to the type choice, and to no other");
        // Whoever shows a configuration knows the secrets by their keys alone.
        if ((field_.type == FieldType::secret) != is_secret(field_.key))
            fail("the key of a secret ends in \"password\" or \"secret\", and that of nothing else does");
        field_.otherwise = text("default");
        if (field_.otherwise)
            if (const auto wanted = correction(field_, *field_.otherwise); !wanted.empty())
                fail("its default must be " + wanted);
        return std::move(field_);
    }

  private:
    // Also of numbers and flags, as they are written.
    std::optional<std::string> text(const char* attribute) const {
        const auto node = from_[attribute];
        if (!node) return std::nullopt;
        if (node.is_integer()) return std::to_string(node.value_or(std::int64_t{0}));
        if (node.is_boolean()) return node.value_or(false) ? "true" : "false";
        auto value = node.value<std::string>();
        if (!value) fail(std::string(attribute) + " must be a text, a whole number or a flag");
        if (std::ranges::any_of(*value, [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
            fail(std::string(attribute) + " holds control characters");
        return value;
    }
    [[noreturn]] void fail(const std::string& what) const {
        throw std::runtime_error("its OFFHOOK_CONFIGURATION_NOTE is malformed: " + field_.key + ": " + what);
    }

    ConfigurationField field_;
    const toml::table& from_;
};

// The instances of a field with "*" that are begun: for account.*.user and account.1.port, account.1.user.
std::set<std::string> required_keys(const ConfigurationField& field, const Settings& settings) {
    const auto pattern = words(field.key);
    const auto star = std::ranges::find(pattern.rbegin(), pattern.rend(), "*");
    const auto named = static_cast<std::size_t>(pattern.rend() - star); // words up to the last "*"
    if (named == 0) return {field.key};
    std::set<std::string> found;
    for (const auto& [key, value] : settings) {
        const auto given = words(key);
        if (given.size() < named) continue;
        std::string instance;
        bool same = true;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            same = same && (i >= named || pattern[i] == "*" || pattern[i] == given[i]);
            instance += (i == 0 ? "" : ".") + std::string(i < named ? given[i] : pattern[i]);
        }
        if (same) found.insert(std::move(instance));
    }
    return found;
}

} // namespace

bool fits(std::string_view field, std::string_view key) {
    const auto wanted = words(field), given = words(key);
    return std::ranges::equal(
        wanted, given, [](std::string_view w, std::string_view g) { return w == "*" ? !g.empty() : w == g; });
}

ConfigurationFields parse_fields(std::string_view note) {
    ConfigurationFields fields;
    try {
        const auto parsed = toml::parse(note);
        for (const auto& [key, value] : parsed) {
            const auto* attributes = value.as_table();
            if (attributes == nullptr)
                throw std::runtime_error(
                    "its OFFHOOK_CONFIGURATION_NOTE is malformed: " + std::string(key.str()) +
                    " is no table: write ['" + std::string(key.str()) + "']");
            fields.push_back(FieldReader(std::string(key.str()), *attributes).read());
        }
    } catch (const toml::parse_error& error) {
        std::ostringstream where;
        where << error.source().begin;
        throw std::runtime_error("its OFFHOOK_CONFIGURATION_NOTE is no TOML: " +
                                 std::string(error.description()) + " (" + where.str() + ")");
    }
    return fields;
}

std::string check_key(const ConfigurationFields& fields, const std::string& key) {
    if (fields.empty() || field_of(fields, key) != nullptr) return {};
    return "the provider has no key " + key + ": 'offhook provider fields' lists those it has";
}

std::string check_settings(const ConfigurationFields& fields, const Settings& settings) {
    if (fields.empty()) return {};
    for (const auto& [key, value] : settings) {
        if (auto unknown = check_key(fields, key); !unknown.empty()) return unknown;
        const auto* field = field_of(fields, key);
        if (const auto wanted = correction(*field, value); !wanted.empty())
            return key + " = \"" + value + "\" (" + field->title + "): write " + wanted;
    }
    for (const auto& field : fields)
        if (field.required)
            for (const auto& key : required_keys(field, settings))
                if (const auto found = settings.find(key); found == settings.end() || found->second.empty())
                    return key + " (" + field.title + ") is missing: set it";
    return {};
}

json fields_as_json(const ConfigurationFields& fields, const Settings& in_force,
                    const std::optional<Settings>& waiting) {
    const auto shown = masked(in_force);
    const auto waits = waiting ? what_changes(in_force, *waiting) : json::object();
    json list = json::array();
    for (const auto& field : fields) {
        json one = {{"key", field.key},         {"type", name_of(field.type)}, {"title", field.title},
                    {"help", field.help},       {"required", field.required},  {"set", json::object()},
                    {"pending", json::object()}};
        if (field.otherwise) one["default"] = *field.otherwise;
        if (field.minimum != INT64_MIN) one["minimum"] = field.minimum;
        if (field.maximum != INT64_MAX) one["maximum"] = field.maximum;
        if (!field.choices.empty()) one["choices"] = field.choices;
        for (const auto& [key, value] : shown)
            if (fits(field.key, key)) one["set"][key] = value;
        for (const auto& [key, value] : waits.items())
            if (fits(field.key, key)) one["pending"][key] = value;
        list.push_back(std::move(one));
    }
    return list;
}

} // namespace offhook::host
