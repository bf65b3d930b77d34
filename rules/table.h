// SPDX-License-Identifier: Apache-2.0
//
// Every rule that shows at the boundary between service and provider.
#pragma once

#include "rules/rule.h"

#include <array>
#include <optional>
#include <span>

namespace offhook::rules {

std::span<const Rule> session_rules();
std::span<const Rule> structure_rules();
std::span<const Rule> request_rules();
std::span<const Rule> closing_rules();
std::span<const Rule> call_rules();
std::span<const Rule> device_rules();
std::span<const Rule> dialing_rules();

// What the host sees itself, and says with a Break: what a provider writes past the end of its memory, says
// after its session, keeps of it, and says on two threads at once.
inline constexpr std::array<std::uint16_t, 4> rules_of_the_host{1, 2, 30, 53};

// The numbers of all rules that are watched, in order.
std::span<const std::uint16_t> watched_rules();

// A rule of the life cycle as abi/table/rules.def has it.
struct RuleText {
    std::uint16_t number = 0;
    std::string_view category;
    std::string_view requirement;
    std::string_view page;  // of the reference, by its short name
    std::string_view basis; // documented, or inferred from what is
};
std::span<const RuleText> all_rules();

// The documentation contradicts itself about a rule (abi/table/conflicts.def).
struct Conflict {
    std::uint16_t rule = 0;
    std::string_view other_reading;
    std::string_view decision; // how Offhook reads it, and why
};
std::span<const Conflict> all_conflicts();
const Conflict* conflict_about(std::uint16_t rule); // null: there is none
const RuleText* rule_text(std::uint16_t number);    // null: there is none
std::string rule_name(std::uint16_t number);        // "R046"
std::string page_address(const RuleText&);          // its page on learn.microsoft.com

// The rule that a text begins with, "R030: …"; 0: none.
std::uint16_t rule_named_by(std::string_view text);

} // namespace offhook::rules
