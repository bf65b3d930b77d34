// SPDX-License-Identifier: Apache-2.0
#include "cli/trace_text.h"

#include "cli/output.h"
#include "cli/rule_number.h"
#include "cli/trace_filter.h"
#include "trace/constants.h"
#include "trace/hexadecimal.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <ctime>

namespace offhook::cli {
namespace {

using nlohmann::json;
using trace::hexadecimal;

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
    if (const auto rule = number_in(record, "rule"); rule != 0) text += rule_label(rule) + "  ";
    return text;
}

std::string result_of(const json& record) {
    const auto kind = text_in(record, "kind");
    const auto result = record.value("result", std::int64_t{0});
    if (result < 0) return " = " + record.value("result_name", trace::error_name(result));
    const bool has_result =
        kind == "provider_return" || kind == "application_result" || kind == "provider_completion";
    if (!has_result) return {};
    return result == 0 ? " = 0" : " = accepted";
}

void widen(std::string& cell, std::size_t& width) {
    width = std::max(width, std::min<std::size_t>(cell.size(), 48));
    if (cell.size() < width) cell.resize(width, ' ');
}

} // namespace

std::string time_of_day(std::uint64_t microseconds) {
    const auto seconds = static_cast<std::time_t>(microseconds / 1'000'000);
    std::tm local{};
    localtime_r(&seconds, &local);
    std::array<char, 32> text{};
    const auto length = std::strftime(text.data(), text.size(), "%H:%M:%S", &local);
    std::snprintf(text.data() + length, text.size() - length, ".%06u",
                  static_cast<unsigned>(microseconds % 1'000'000));
    return text.data();
}

std::string TraceText::line_of(const json& record) {
    auto who = who_of(record);
    auto what = text_in(record, "what");
    widen(who, who_);
    widen(what, what_);
    auto line = time_of_day(number_in(record, "time_us")) + "  " + who + "  " + what + "  " +
                handles_of(record) + shown_fields(record.value("fields", json::object()), Zeros::shown) +
                result_of(record);
    if (const auto text = text_in(record, "text"); !text.empty()) line += "  " + text;
    if (const auto rule = number_in(record, "rule"); rule != 0)
        line += ". The rule: " + std::string(requirement_of(rule));
    line.erase(line.find_last_not_of(' ') + 1);
    return printable(line);
}

} // namespace offhook::cli
