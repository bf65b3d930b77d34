// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/table.h"

#include <string>

namespace offhook::cli {

// The rule that R046, r46 or 46 names; a Problem when there is none.
const rules::RuleText& rule_named(const std::string& text);

// "R046", of a record; empty: the number is 0, no rule was broken.
std::string rule_label(std::uint64_t number);

// What the rule requires; empty: there is none of that number.
std::string_view requirement_of(std::uint64_t number);

} // namespace offhook::cli
