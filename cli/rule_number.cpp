// SPDX-License-Identifier: Apache-2.0
#include "cli/rule_number.h"

#include "cli/problem.h"

#include <charconv>

namespace offhook::cli {
namespace {

const rules::RuleText* find_rule(std::uint64_t number) {
    return number > UINT16_MAX ? nullptr : rules::rule_text(static_cast<std::uint16_t>(number));
}

} // namespace

const rules::RuleText& rule_named(const std::string& text) {
    const bool has_letter = text.starts_with('R') || text.starts_with('r');
    const auto digits = std::string_view(text).substr(has_letter ? 1 : 0);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const auto* rule =
        error == std::errc() && end == digits.data() + digits.size() ? find_rule(number) : nullptr;
    if (rule == nullptr)
        throw Problem(Exit::usage, "there is no rule " + text,
                      "there are " + rules::rule_name(rules::all_rules().front().number) + " to " +
                          rules::rule_name(rules::all_rules().back().number) + ": 'offhook rule' lists them");
    return *rule;
}

std::string rule_label(std::uint64_t number) {
    return number == 0 || number > UINT16_MAX ? std::string()
                                              : rules::rule_name(static_cast<std::uint16_t>(number));
}

std::string_view requirement_of(std::uint64_t number) {
    const auto* rule = find_rule(number);
    return rule == nullptr ? std::string_view() : rule->requirement;
}

} // namespace offhook::cli
