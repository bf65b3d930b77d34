// SPDX-License-Identifier: Apache-2.0
#include "cli/trace_filter.h"

#include "cli/rule_number.h"
#include "trace/record_text.h"

#include <nlohmann/json.hpp>

#include <fnmatch.h>

#include <charconv>

namespace offhook::cli {
namespace {

using nlohmann::json;

std::optional<std::uint64_t> number_in(std::string_view text) {
    const bool is_hexadecimal = text.starts_with("0x");
    if (is_hexadecimal) text.remove_prefix(2);
    std::uint64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [last, error] = std::from_chars(text.data(), end, value, is_hexadecimal ? 16 : 10);
    return error == std::errc() && last == end && !text.empty() ? std::optional(value) : std::nullopt;
}

bool has_number(const json& record, std::optional<std::uint64_t> wanted,
                std::initializer_list<const char*> keys) {
    return wanted && *wanted != 0 && std::any_of(keys.begin(), keys.end(), [&](const char* key) {
               return record.value(key, std::uint64_t{0}) == *wanted;
           });
}

// The name in front of the number of a connection: offhook#4194304.
bool is_application(const json& record, const std::string& wanted) {
    const auto program = record.value("program", "");
    if (program == wanted) return true;
    const auto mark = wanted.rfind('#');
    return has_number(record, application_number_in(wanted), {"application"}) &&
           (mark == std::string::npos || program.empty() || program == wanted.substr(0, mark));
}

} // namespace

std::optional<std::uint64_t> handle_in(const std::string& text) { return number_in(text); }

std::optional<std::uint64_t> application_number_in(const std::string& text) {
    const auto mark = text.rfind('#');
    return number_in(std::string_view(text).substr(mark == std::string::npos ? 0 : mark + 1));
}

bool is_function(const std::string& name, const std::string& pattern) {
    constexpr std::string_view prefix = "TSPI_";
    const auto matches = [&](const std::string& text) {
        return fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
    };
    return matches(name) || (name.starts_with(prefix) && matches(name.substr(prefix.size())));
}

bool TraceFilter::wants_all() const { return text().empty(); }

bool TraceFilter::names_things() const {
    return !(provider.empty() && line.empty() && call.empty() && application.empty());
}

std::string TraceFilter::text() const {
    std::string text;
    const auto add = [&](const char* option, const std::string& value) {
        if (!value.empty()) text += (text.empty() ? "" : " ") + std::string(option) + " " + value;
    };
    add("--provider", provider);
    add("--line", line);
    add("--call", call);
    add("--application", application);
    add("--function", function);
    add("--rule", rule);
    return text;
}

bool TraceFilter::lets_pass(const json& record) const {
    if (!provider.empty() && record.value("provider", "") != provider &&
        trace::session_label(record.value("session", std::uint64_t{0})) != provider)
        return false;
    if (!line.empty() && record.value("line_name", "") != line &&
        !has_number(record, number_in(line), {"line", "htline"}))
        return false;
    if (!call.empty() && !has_number(record, number_in(call), {"call", "htcall"})) return false;
    if (!application.empty() && !is_application(record, application)) return false;
    if (!function.empty() && !is_function(record.value("what", ""), function)) return false;
    return rule.empty() || has_number(record, rule_named(rule).number, {"rule"});
}

std::optional<std::uint64_t> microseconds_of(const std::string& duration) {
    struct Unit {
        std::string_view name;
        std::uint64_t microseconds;
    };
    constexpr Unit units[] = {{"ms", 1'000}, {"s", 1'000'000}, {"m", 60'000'000}, {"h", 3'600'000'000}};
    for (const auto& unit : units) {
        if (!duration.ends_with(unit.name)) continue;
        const auto count =
            number_in(std::string_view(duration).substr(0, duration.size() - unit.name.size()));
        if (count && *count <= 1'000'000) return *count * unit.microseconds;
    }
    return {};
}

} // namespace offhook::cli
