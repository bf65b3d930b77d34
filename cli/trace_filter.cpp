// SPDX-License-Identifier: Apache-2.0
#include "cli/trace_filter.h"

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

bool has_number(const json& record, const std::string& wanted, std::initializer_list<const char*> keys) {
    const auto number = number_in(wanted);
    return number && std::any_of(keys.begin(), keys.end(), [&](const char* key) {
               return record.value(key, std::uint64_t{0}) == *number;
           });
}

bool is_function(const std::string& what, const std::string& pattern) {
    constexpr std::string_view prefix = "TSPI_";
    const auto matches = [&](const std::string& name) {
        return fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
    };
    return matches(what) || (what.starts_with(prefix) && matches(what.substr(prefix.size())));
}

} // namespace

bool TraceFilter::lets_pass(const json& record) const {
    if (!provider.empty() && record.value("provider", "") != provider) return false;
    if (!line.empty() && record.value("line_name", "") != line &&
        !has_number(record, line, {"line", "htline"}))
        return false;
    if (!call.empty() && !has_number(record, call, {"call", "htcall"})) return false;
    if (!application.empty() && record.value("program", "") != application &&
        !has_number(record, application, {"application"}))
        return false;
    if (!function.empty() && !is_function(record.value("what", ""), function)) return false;
    return rule.empty() || has_number(record, rule.starts_with('R') ? rule.substr(1) : rule, {"rule"});
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
