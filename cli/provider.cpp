// SPDX-License-Identifier: Apache-2.0
//
// Providers: what is installed, and changes to it. A change is for administrators; the service checks that,
// not this program.
#include "cli/commands.h"
#include "cli/configuration_file.h"
#include "cli/near_names.h"
#include "cli/problem.h"
#include "cli/service.h"

#include "host/configuration_fields.h"

#include "tapi.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <pwd.h>
#include <sys/types.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <set>
#include <sstream>

namespace offhook::cli {
namespace {

using nlohmann::json;
using wire::ServiceFunction;

struct ProviderOptions {
    std::string name, library, file, approve;
    std::vector<std::string> set, unset;
    bool now = false, force = false;
    std::int64_t change = 0;
};

json configuration_of(const ProviderOptions& options) {
    json configuration = options.file.empty() ? json::object() : read_configuration(options.file);
    for (const auto& assignment : options.set) {
        const auto equals = assignment.find('=');
        if (equals == std::string::npos || equals == 0)
            throw Problem(Exit::usage, "--set " + assignment + " is not of the form KEY=VALUE",
                          "write for example --set account.1.user=alice");
        configuration[assignment.substr(0, equals)] = assignment.substr(equals + 1);
    }
    for (const auto& key : options.unset) configuration[key] = nullptr;
    return configuration;
}

const char* when(const ProviderOptions& options) {
    if (options.force) return "at-once";
    return options.now ? "when-calls-end" : "when-unused";
}

std::string user_name(uid_t id) {
    const auto* entry = ::getpwuid(id);
    return entry != nullptr ? entry->pw_name : std::to_string(id);
}

std::string author_of(const json& change) {
    const auto& author = change.at("author");
    return author.is_null() ? "the service" : user_name(author.get<uid_t>());
}

std::string counted(std::uint64_t count, const std::string& thing) {
    return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

// "dialer (process 4711 of alice) has 2 devices open and 1 call"
std::string use_as_text(const json& use) {
    auto text = use.value("name", std::string());
    if (text.empty()) text = "an application";
    if (const auto pid = use.value("pid", 0); pid != 0)
        text += " (process " + std::to_string(pid) + " of " + user_name(use.value("user", uid_t{0})) + ")";
    text += " has " + counted(use.value("devices", 0U), "device") + " open";
    if (const auto calls = use.value("calls", 0U); calls != 0) text += " and " + counted(calls, "call");
    return text;
}

// What a change waits for.
void print_waiting(const std::string& what, const json& change) {
    const bool draining = cell(change, "stage") == "draining";
    const auto in = (change.value("in_ms", std::uint64_t{0}) + 999) / 1000; // seconds
    std::string text = what + (draining ? " takes effect when its calls have ended; it gets no new ones"
                                        : " takes effect when no application has its devices open");
    if (in != 0)
        text += draining ? ", and the calls are ended in " + duration(in)
                         : ", and it gets no new calls in " + duration(in);
    std::cout << printable(text) << ".\n";
    for (const auto& use : change.value("used_by", json::array()))
        std::cout << "  " << printable(use_as_text(use)) << '\n';
}

void print_effect(const json& answer, Format format, const std::string& done) {
    if (format == Format::json) return print_json(std::cout, answer);
    std::cout << printable(done);
    const auto effect = cell(answer, "effect");
    if (effect == "now") std::cout << "; it works by it already, and nothing was interrupted";
    if (effect == "restart") std::cout << "; its session ends now, and the change takes effect";
    std::cout << ".\n";
    if (effect != "waits") return;
    const auto& change = answer.at("change");
    print_waiting("The change", change);
    if (cell(change, "stage") != "draining")
        std::cout << "With --now it gets no new calls and waits for those that are up alone.\n";
    std::cout << "With --force its calls end now.\n";
}

Exit list(Format format) {
    const auto answer = ask(ServiceFunction::provider_list, json::object(), "cannot list the providers");
    if (format == Format::json) {
        print_json(std::cout, answer);
        return Exit::done;
    }
    Table table({"ID", "NAME", "TITLE", "VERSION", "NEEDS", "STAGE", "LINES", "LIBRARY", "LAST ERROR"});
    for (const auto& one : answer.value("providers", json::array()))
        table.add({cell(one, "id"), cell(one, "name"), cell(one, "title"), cell(one, "version"),
                   cell(one, "needs"), cell(one, "stage"), cell(one, "lines"), cell(one, "library"),
                   cell(one, "last_error")});
    if (table.empty())
        std::cout << "No provider is installed. Install one: offhook provider install LIBRARY\n";
    else table.print(std::cout);
    for (const auto& one : answer.value("providers", json::array()))
        if (const auto change = one.value("change", json()); !change.is_null())
            print_waiting(cell(one, "name") + (cell(change, "what") == "removal" ? ": its removal"
                                                                                 : ": its new configuration"),
                          change);
    return Exit::done;
}

Exit install(const ProviderOptions& options, Format format) {
    json request = {{"library", std::filesystem::absolute(options.library).lexically_normal().string()},
                    {"configuration", configuration_of(options)},
                    {"approve", options.approve}};
    if (!options.name.empty()) request["name"] = options.name;
    const auto answer = ask(ServiceFunction::provider_install, request, "cannot install " + options.library);
    print_effect(answer, format, "Installed " + cell(answer, "name") + " from " + options.library);
    return Exit::done;
}

// Where a key was refused that the provider does not know, those that are written much like it.
Problem with_near_keys(Problem problem, const std::string& provider, const json& configuration) {
    json answer;
    try {
        answer = ask(ServiceFunction::provider_fields, {{"name", provider}}, "cannot read the fields");
    } catch (const Problem&) {
        return problem; // what was wrong was no key
    }
    std::set<std::string> known;
    for (const auto& field : answer.value("fields", json::array())) known.insert(cell(field, "key"));
    for (const auto& [key, value] : configuration.items())
        if (!known.empty() && std::ranges::none_of(known, [&, &word = key](const auto& field) {
                return host::fits(field, word);
            }))
            problem.next_step = advice_on_names(key, known, {});
    return problem;
}

Exit config(const ProviderOptions& options, Format format) {
    const auto configuration = configuration_of(options);
    const json request = {{"name", options.name}, {"configuration", configuration}, {"apply", when(options)}};
    json answer;
    try {
        answer = ask(ServiceFunction::provider_config, request, "cannot configure " + options.name);
    } catch (const Problem& problem) {
        if (problem.error != LINEERR_INVALPARAM) throw;
        throw with_near_keys(problem, options.name, configuration);
    }
    print_effect(answer, format, "Configured " + options.name);
    return Exit::done;
}

// Each key with its value, and what it becomes when it waits for that.
std::string values_of(const json& field) {
    std::string text;
    const auto set = field.value("set", json::object()), waits = field.value("pending", json::object());
    auto keys = set;
    keys.update(waits);
    for (const auto& [key, unused] : keys.items()) {
        text += (text.empty() ? "" : ", ") + (key == cell(field, "key") ? "" : key + "=") +
                cell(set, key.c_str());
        if (waits.contains(key)) text += " -> " + cell(waits, key.c_str()) + " (waits)";
    }
    return text.empty() ? "-" : text;
}

std::string type_of(const json& field) {
    auto type = cell(field, "type");
    if (type == "choice") {
        std::string text;
        for (const auto& choice : field.value("choices", json::array()))
            text += (text.empty() ? "" : "|") + choice.get<std::string>();
        return text;
    }
    if (!field.contains("minimum") && !field.contains("maximum")) return type;
    return cell(field, "minimum") + " to " + cell(field, "maximum");
}

Exit fields(const ProviderOptions& options, Format format) {
    const bool is_file = options.name.find('/') != std::string::npos;
    const json request = {
        {is_file ? "library" : "name",
         is_file ? std::filesystem::absolute(options.name).lexically_normal().string() : options.name}};
    const auto answer =
        ask(ServiceFunction::provider_fields, request, "cannot show the fields of " + options.name);
    if (format == Format::json) {
        print_json(std::cout, answer);
        return Exit::done;
    }
    Table table({"KEY", "VALUE", "DEFAULT", "TYPE", "TITLE"});
    for (const auto& one : answer.value("fields", json::array())) {
        const auto help = one.value("help", std::string());
        table.add({cell(one, "key"), values_of(one),
                   one.value("required", false) ? "(required)" : cell(one, "default"), type_of(one),
                   cell(one, "title") + (help.empty() ? "" : " (" + help + ")")});
    }
    if (table.empty())
        std::cout << printable(options.name)
                  << " declares no fields: any key can be set; its documentation "
                     "says which it knows.\n";
    else table.print(std::cout);
    return Exit::done;
}

std::string local_time(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm parts{};
    ::localtime_r(&time, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts)};
}

Exit history(const ProviderOptions& options, Format format) {
    const auto answer =
        ask(ServiceFunction::provider_history, {{"name", options.name}}, "cannot show the history");
    if (format == Format::json) {
        print_json(std::cout, answer);
        return Exit::done;
    }
    Table table({"CHANGE", "TIME", "BY", "PROVIDER", "WHAT"});
    for (const auto& one : answer.value("changes", json::array()))
        table.add({cell(one, "number"), local_time(one.value("time", std::int64_t{0})), author_of(one),
                   cell(one, "provider"), cell(one, "change")});
    if (table.empty()) std::cout << "Nothing was changed yet.\n";
    else table.print(std::cout);
    return Exit::done;
}

Exit back_to(const ProviderOptions& options, Format format) {
    const json request = {{"name", options.name}, {"back_to", options.change}, {"apply", when(options)}};
    const auto answer = ask(ServiceFunction::provider_config, request, "cannot configure " + options.name);
    print_effect(answer, format,
                 "Configured " + options.name + " as it was with change " + std::to_string(options.change));
    return Exit::done;
}

Exit remove(const ProviderOptions& options, Format format) {
    const json request = {{"name", options.name}, {"apply", when(options)}};
    const auto answer = ask(ServiceFunction::provider_remove, request, "cannot remove " + options.name);
    print_effect(answer, format, "Removed " + options.name);
    return Exit::done;
}

Exit command(const std::string& name, const std::vector<std::string>& words, Format format) {
    std::string line;
    for (const auto& word : words) line += (line.empty() ? "" : " ") + word;
    const auto answer = ask(ServiceFunction::provider_command, {{"name", name}, {"command", line}},
                            name + " did not do '" + line + "'");
    if (format == Format::json) {
        print_json(std::cout, answer);
        return Exit::done;
    }
    std::istringstream reply(answer.value("reply", std::string()));
    for (std::string text; std::getline(reply, text);) std::cout << printable(text) << '\n';
    return Exit::done;
}

// Words that begin with a dash are the provider's too.
void add_command_words(CLI::App& subcommand, std::vector<std::string>& words) {
    subcommand.add_option("command", words, "The command; 'help' lists those that it knows")
        ->required()
        ->type_name("WORD")
        ->expected(1, -1);
    subcommand.positionals_at_end();
}

void add_configuration_options(CLI::App& command, ProviderOptions& options) {
    command.add_option("--set", options.set, "Set a key of the provider's configuration; may be repeated")
        ->type_name("KEY=VALUE")
        ->expected(1)
        ->take_all();
    command
        .add_option("--config", options.file,
                    "Read keys from a TOML file; passwords belong there, not in --set")
        ->type_name("FILE");
}

} // namespace

void add_provider_commands(CLI::App& app, Context& context) {
    auto* group = app.add_subcommand("provider", "List, install, configure and remove providers");
    group->require_subcommand(1);
    auto options = std::make_shared<ProviderOptions>();
    const auto when_chosen = [&context, options](CLI::App& command,
                                                 Exit (*run)(const ProviderOptions&, Format)) {
        command.callback([run, options, &context] {
            context.run = [run, options, &context] { return run(*options, context.format); };
        });
    };
    const auto name_option = [options](CLI::App& command) {
        command.add_option("name", options->name, "The provider's installed name")
            ->required()
            ->type_name("PROVIDER");
    };
    const auto when_flags = [options](CLI::App& command) {
        auto* now = command.add_flag("--now", options->now,
                                     "Let it have no new calls, and take effect when the last has ended");
        command.add_flag("--force", options->force, "End its calls, and take effect now")->excludes(now);
    };

    group->add_subcommand("list", "List the installed providers")->callback([&context] {
        context.run = [&context] { return list(context.format); };
    });

    auto* installing = group->add_subcommand("install", "Install a provider, under a name of its own");
    installing->add_option("library", options->library, "The provider's library, a .tsp file")
        ->required()
        ->type_name("FILE");
    installing->add_option("--name", options->name, "The name to install it under; its own name if left out")
        ->type_name("NAME");
    installing
        ->add_option("--approve", options->approve,
                     "What it may reach, as its file declares: for example network")
        ->type_name("NEEDS");
    add_configuration_options(*installing, *options);
    when_chosen(*installing, install);

    auto* configuring = group->add_subcommand("config", "Change a provider's configuration");
    name_option(*configuring);
    add_configuration_options(*configuring, *options);
    configuring->add_option("--unset", options->unset, "Remove a key; may be repeated")
        ->type_name("KEY")
        ->expected(1)
        ->take_all();
    when_flags(*configuring);
    when_chosen(*configuring, config);

    auto* showing = group->add_subcommand("fields", "Show what can be configured, and what is");
    showing->add_option("provider", options->name, "An installed provider, or a library: a path with a slash")
        ->required()
        ->type_name("PROVIDER");
    when_chosen(*showing, fields);

    auto* looking_back = group->add_subcommand("history", "Show what was changed, when, and by whom");
    looking_back->add_option("name", options->name, "Only changes of this provider")->type_name("PROVIDER");
    when_chosen(*looking_back, history);

    auto* going_back =
        group->add_subcommand("back-to", "Set a provider's configuration as it was with a change");
    name_option(*going_back);
    going_back->add_option("change", options->change, "The change's number, from 'offhook provider history'")
        ->required()
        ->type_name("CHANGE");
    when_flags(*going_back);
    when_chosen(*going_back, back_to);

    auto* commanding = group->add_subcommand("command", "Give a provider a command of its own");
    const auto words = std::make_shared<std::vector<std::string>>();
    name_option(*commanding);
    add_command_words(*commanding, *words);
    commanding->callback([&context, options, words] {
        context.run = [&context, options, words] { return command(options->name, *words, context.format); };
    });

    auto* removing = group->add_subcommand("remove", "Remove a provider");
    name_option(*removing);
    when_flags(*removing);
    when_chosen(*removing, remove);

    auto* simulating = app.add_subcommand("sim", "Steer the simulated exchange: 'offhook sim help'");
    const auto sim = std::make_shared<std::string>("sim");
    simulating->add_option("--provider", *sim, "The name under which it is installed")
        ->type_name("PROVIDER")
        ->capture_default_str();
    add_command_words(*simulating, *words);
    simulating->callback([&context, sim, words] {
        context.run = [&context, sim, words] { return command(*sim, *words, context.format); };
    });
}

} // namespace offhook::cli
