// SPDX-License-Identifier: Apache-2.0
#include "cli/trace_text.h"

#include "cli/output.h"
#include "cli/rule_number.h"
#include "trace/record_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <ctime>

namespace offhook::cli {
namespace {

using nlohmann::json;

std::string rule_of(const json& record) {
    const auto rule = record.value("rule", std::uint64_t{0});
    return rule == 0 ? std::string() : rule_label(rule) + "  ";
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
    auto who = trace::who_of(record);
    auto what = record.value("what", "");
    widen(who, who_);
    widen(what, what_);
    auto line = time_of_day(record.value("time_us", std::uint64_t{0})) + "  " + who + "  " + what + "  " +
                trace::handles_of(record) + rule_of(record) + trace::fields_of(record) +
                trace::result_of(record);
    if (const auto text = record.value("text", ""); !text.empty()) line += "  " + text;
    if (const auto rule = record.value("rule", std::uint64_t{0}); rule != 0)
        line += ". The rule: " + std::string(requirement_of(rule));
    line.erase(line.find_last_not_of(' ') + 1);
    return printable(line);
}

} // namespace offhook::cli
