// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/times.h"

#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <utility>

namespace offhook::cli::timeline {
namespace {

constexpr std::array<std::pair<std::string_view, double>, 6> units{
    {{"", 1e6}, {"us", 1}, {"ms", 1e3}, {"s", 1e6}, {"m", 60e6}, {"h", 3'600e6}}};
constexpr double longest_us = 1e17; // three thousand years

template <class Number> std::optional<Number> number(std::string_view& text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

bool skip(std::string_view& text, char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

std::optional<std::int64_t> parsed_duration(std::string_view text) {
    const auto value = number<double>(text);
    if (!value || !(*value >= 0)) return std::nullopt;
    for (const auto& [unit, us] : units)
        if (text == unit && *value * us < longest_us) return std::llround(*value * us);
    return std::nullopt;
}

std::optional<std::int64_t> parsed_time(std::string_view text, std::int64_t begin_us) {
    if (skip(text, '+')) {
        const auto after = parsed_duration(text);
        return after ? std::optional(begin_us + *after) : std::nullopt;
    }
    const auto hours = number<unsigned>(text);
    if (!hours || !skip(text, ':')) return std::nullopt;
    const auto minutes = number<unsigned>(text);
    if (!minutes) return std::nullopt;
    double seconds = 0;
    if (skip(text, ':')) {
        const auto given = number<double>(text);
        if (!given) return std::nullopt;
        seconds = *given;
    }
    if (!text.empty() || *hours > 23 || *minutes > 59 || !(seconds >= 0 && seconds < 61)) return std::nullopt;
    const auto begin = static_cast<std::time_t>(begin_us / 1'000'000);
    std::tm day{};
    localtime_r(&begin, &day);
    const bool tomorrow =
        std::pair(static_cast<int>(*hours), static_cast<int>(*minutes)) < std::pair(day.tm_hour, day.tm_min);
    day.tm_hour = static_cast<int>(*hours);
    day.tm_min = static_cast<int>(*minutes);
    day.tm_sec = 0;
    day.tm_isdst = -1;
    if (tomorrow) ++day.tm_mday;
    return static_cast<std::int64_t>(std::mktime(&day)) * 1'000'000 + std::llround(seconds * 1e6);
}

} // namespace offhook::cli::timeline
