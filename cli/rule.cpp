// SPDX-License-Identifier: Apache-2.0
//
// The rules of the life cycle, for whoever reads of a number that was broken.
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/rule_number.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iostream>

namespace offhook::cli {
namespace {

using nlohmann::json;
using rules::RuleText;

struct Misbehaviour {
    std::string_view word, what;
};
constexpr std::array misbehaviours{
#define MISBEHAVIOUR(id, word, what) Misbehaviour{word, what},
#include "providers/sim/misbehaviour.def"
#undef MISBEHAVIOUR
};

bool is_watched(const RuleText& rule) {
    return std::ranges::find(rules::watched_rules(), rule.number) != rules::watched_rules().end();
}

// Words for 'misbehave' that break the rule: R046, R046-never.
std::vector<Misbehaviour> ways_to_break(const RuleText& rule) {
    std::vector<Misbehaviour> found;
    const auto name = rules::rule_name(rule.number);
    std::ranges::copy_if(misbehaviours, std::back_inserter(found),
                         [&](const auto& one) { return one.word.substr(0, one.word.find('-')) == name; });
    return found;
}

json as_json(const RuleText& rule) {
    json ways = json::array();
    for (const auto& one : ways_to_break(rule)) ways.push_back({{"word", one.word}, {"what", one.what}});
    json conflict;
    if (const auto* found = rules::conflict_about(rule.number))
        conflict = {{"other_reading", found->other_reading}, {"decision", found->decision}};
    return {{"rule", rule.number},
            {"name", rules::rule_name(rule.number)},
            {"category", rule.category},
            {"requirement", rule.requirement},
            {"basis", rule.basis},
            {"page", rule.page},
            {"url", rules::page_address(rule)},
            {"watched", is_watched(rule)},
            {"conflict", std::move(conflict)},
            {"misbehaviours", std::move(ways)}};
}

void print(const RuleText& rule) {
    std::cout << rules::rule_name(rule.number) << "  " << rule.requirement
              << "\n  about:    " << rule.category << "\n  basis:    " << rule.basis << ", "
              << rules::page_address(rule) << "\n  watched:  "
              << (is_watched(rule) ? "yes: the service and 'offhook certify' report who breaks it"
                                   : "no: it does not show between the service and a provider")
              << '\n';
    if (const auto* conflict = rules::conflict_about(rule.number))
        std::cout << "  but:      the documentation contradicts itself: " << conflict->other_reading
                  << "\n  Offhook:  " << conflict->decision << '\n';
    for (const auto& one : ways_to_break(rule))
        std::cout << "  to try:   offhook provider command sim misbehave " << one.word << ": " << one.what
                  << '\n';
}

enum class Which : std::uint8_t { all, contested };

Exit show(const std::string& wanted, Which which, Format format) {
    if (!wanted.empty()) {
        const auto& rule = rule_named(wanted);
        if (format == Format::json) print_json(std::cout, as_json(rule));
        else print(rule);
        return Exit::done;
    }
    json list = json::array();
    Table table({"RULE", "ABOUT", "WATCHED", "TO TRY", "WHAT IT REQUIRES"});
    for (const auto& rule : rules::all_rules()) {
        if (which == Which::contested && rules::conflict_about(rule.number) == nullptr) continue;
        if (which == Which::contested && format != Format::json) {
            print(rule);
            continue;
        }
        if (format == Format::json) list.push_back(as_json(rule));
        const auto ways = ways_to_break(rule);
        table.add({rules::rule_name(rule.number), std::string(rule.category), is_watched(rule) ? "yes" : "-",
                   ways.empty() ? "-" : std::string(ways.front().word), std::string(rule.requirement)});
    }
    if (format == Format::json) print_json(std::cout, {{"rules", list}});
    else if (which == Which::all) table.print(std::cout);
    return Exit::done;
}

} // namespace

void add_rule_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("rule", "Show a rule of the life cycle, or list all of them");
    auto wanted = std::make_shared<std::string>();
    command->add_option("rule", *wanted, "Its number: R046, or 46")->type_name("RULE");
    auto which = std::make_shared<Which>(Which::all);
    command
        ->add_flag_callback(
            "--contested", [which] { *which = Which::contested; },
            "Those about which the documentation contradicts itself, and how Offhook reads them")
        ->excludes("rule");
    command->callback([wanted, which, &context] {
        context.run = [wanted, which, &context] { return show(*wanted, *which, context.format); };
    });
}

} // namespace offhook::cli
