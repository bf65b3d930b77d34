// SPDX-License-Identifier: Apache-2.0
#include "trace/record_text.h"

#include "trace/constants.h"
#include "trace/hexadecimal.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace offhook::trace {
namespace {

using nlohmann::json;

std::string text_in(const json& record, const char* key) { return record.value(key, ""); }
std::uint64_t number_in(const json& record, const char* key) { return record.value(key, std::uint64_t{0}); }

std::string program_of(const json& record) {
    const auto name = text_in(record, "program");
    return (name.empty() ? "application" : name) + "#" + std::to_string(number_in(record, "application"));
}

std::string provider_of(const json& record) {
    const auto name = text_in(record, "provider");
    return name.empty() ? session_label(number_in(record, "session")) : name;
}

// What people follow a message by is shown in front; the rest of these says nothing to them.
bool is_shown_elsewhere(const std::string& name) {
    constexpr std::array<std::string_view, 4> handles{"hd", "ht", "lphd", "dwRequestID"};
    constexpr std::array<std::string_view, 3> exactly{"hDevice", "dwSize", "dwTotalSize"};
    return std::ranges::any_of(handles, [&](auto prefix) { return name.starts_with(prefix); }) ||
           std::ranges::find(exactly, name) != exactly.end();
}

bool says_nothing(const json& value) {
    return value.is_null() || value == "0x0" || (value.is_structured() && value.empty());
}

std::string shown(const json& value);

// A parameter that is 0 was said; a member of a structure that is 0 mostly was only not set.
enum class Zeros : std::uint8_t { shown, left_out };

std::string shown_fields(const json& fields, Zeros zeros) {
    std::string text;
    for (const auto& [name, value] : fields.items())
        if (!is_shown_elsewhere(name) && !says_nothing(value) && (zeros == Zeros::shown || value != 0))
            text += (text.empty() ? "" : " ") + name + "=" + shown(value);
    return text;
}

std::string shown(const json& value) {
    if (value.is_object()) return "{" + shown_fields(value, Zeros::left_out) + "}";
    if (value.is_string()) {
        const auto text = value.get<std::string>();
        const bool is_word = text.starts_with("LINE") || text.starts_with("PHONE") ||
                             text.starts_with("0x") || text.starts_with("<");
        return is_word ? text : "\"" + text + "\"";
    }
    if (!value.is_array()) return value.dump();
    std::string text;
    for (const auto& entry : value) text += (text.empty() ? "" : ", ") + shown(entry);
    return "[" + text + "]";
}

} // namespace

std::string session_label(std::uint64_t session) { return session_label_prefix + std::to_string(session); }

std::string who_of(const json& record) {
    const auto kind = text_in(record, "kind");
    if (kind == "provider_call") return "service -> " + provider_of(record);
    if (kind == "provider_return") return "service <- " + provider_of(record);
    if (kind.starts_with("provider_")) return provider_of(record) + " -> service";
    if (kind == "application_call" || kind == "application_dialog") return program_of(record) + " -> service";
    if (kind == "application_result") return program_of(record) + " <- service";
    if (kind == "application_event") return "service -> " + program_of(record);
    const auto provider = text_in(record, "provider");
    return provider.empty() ? kind : kind + " of " + provider;
}

std::string handles_of(const json& record) {
    std::string text;
    const auto add = [&](const char* name, const char* key) {
        if (const auto handle = number_in(record, key); handle != 0)
            text += std::string(name) + " " + hexadecimal(handle) + "  ";
    };
    if (const auto name = text_in(record, "line_name"); !name.empty()) text += "line " + name + "  ";
    else add("line", "htline");
    add("call", "htcall");
    add("request", "request");
    return text;
}

std::string fields_of(const json& record) {
    return shown_fields(record.value("fields", json::object()), Zeros::shown);
}

std::string result_of(const json& record) {
    const auto kind = text_in(record, "kind");
    const auto result = record.value("result", std::int64_t{0});
    if (result < 0) return " = " + record.value("result_name", error_name(result));
    const bool has_result =
        kind == "provider_return" || kind == "application_result" || kind == "provider_completion";
    if (!has_result) return {};
    return result == 0 ? " = 0" : " = accepted";
}

} // namespace offhook::trace
