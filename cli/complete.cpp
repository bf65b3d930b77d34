// SPDX-License-Identifier: Apache-2.0
//
// What could come next on a command line: derived from the commands themselves, so that the scripts for the
// shells hold no lists (completion/).
#include "cli/commands.h"
#include "cli/service.h"
#include "rules/table.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace offhook::cli {
namespace {

using wire::ServiceFunction;

bool is_option(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

// The option that a word names, in the command or in those above it.
const CLI::Option* option_named(const CLI::App* app, const std::string& word) {
    for (; app != nullptr; app = app->get_parent())
        if (const auto* option = app->get_option_no_throw(word)) return option;
    return nullptr;
}

const CLI::App* command_named(const CLI::App& app, const std::string& word) {
    for (const auto* command : app.get_subcommands({}))
        if (command->get_name() == word) return command;
    return nullptr;
}

bool takes_value(const CLI::Option* option) {
    return option != nullptr && option->get_items_expected_max() > 0;
}

void print_names(ServiceFunction function, const char* list) {
    try {
        for (const auto& entry : ask_list(function, list, ""))
            std::cout << printable(entry.at("name").get<std::string>()) << '\n';
    } catch (const std::exception&) {
        // A service that does not run has no names to offer.
    }
}

void print_values(const CLI::Option* option) {
    const auto kind = option->get_type_name();
    if (kind == "LINE") print_names(ServiceFunction::lines, "lines");
    else if (kind == "PROVIDER") print_names(ServiceFunction::provider_list, "providers");
    else if (kind == "RULE") {
        for (const auto& rule : rules::all_rules()) std::cout << rules::rule_name(rule.number) << '\n';
    } else if (kind == "FILE") std::cout << ":files\n";
}

void print_options(const CLI::App* app) {
    for (; app != nullptr; app = app->get_parent())
        for (const auto* option : app->get_options())
            for (const auto& name : option->get_lnames()) std::cout << "--" << name << '\n';
}

} // namespace

void complete(const CLI::App& root, std::span<const std::string> words) {
    const CLI::App* app = &root;
    const CLI::Option* value_of = nullptr; // the option whose value comes next
    std::size_t positionals = 0;
    const auto before = words.empty() ? words : words.first(words.size() - 1);
    for (const auto& word : before) {
        if (value_of != nullptr) {
            value_of = nullptr;
        } else if (is_option(word)) {
            const auto* option = option_named(app, word);
            if (takes_value(option)) value_of = option;
        } else if (const auto* command = command_named(*app, word)) {
            app = command;
        } else {
            ++positionals;
        }
    }
    if (value_of != nullptr) return print_values(value_of);
    if (!words.empty() && words.back().starts_with('-')) return print_options(app);
    for (const auto* command : app->get_subcommands({})) std::cout << command->get_name() << '\n';
    for (const auto* option : app->get_options())
        if (option->get_positional() && positionals-- == 0) print_values(option);
}

} // namespace offhook::cli
