// SPDX-License-Identifier: Apache-2.0
#include "cli/certify_progress.h"
#include "cli/commands.h"
#include "cli/configuration_file.h"

#include "certify/certify.h"
#include "certify/fitting.h"
#include "certify/host_check.h"
#include "host/configuration_fields.h"
#include "host/provider_note.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

namespace offhook::cli {
namespace {

struct CertifyOptions {
    std::string library, configuration, commands, dial, junit, host;
    std::optional<std::string> replay;
    std::vector<std::string> before, changes;
    std::optional<std::uint64_t> seed;
    std::size_t runs = 50, sessions = 1, steps = 40;
    unsigned seconds = 0, patience_ms = 5000, settle_ms = 30;
    bool whole = false, all = false;
};

// offhook-host lies where the service looks for it as well: beside this program, or where it is installed.
std::string host_program(const std::string& given) {
    if (!given.empty()) return given;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    for (const char* place : {"offhook-host", "../host/offhook-host", "../libexec/offhook/offhook-host",
                              "../lib/offhook/offhook-host"})
        if (const auto path = folder / place; std::filesystem::exists(path))
            return std::filesystem::canonical(path).string();
    throw Problem(Exit::usage, "offhook-host is not where it is installed", "name it with --host");
}

std::vector<std::string> lines_of(const std::string& path) {
    std::vector<std::string> lines;
    if (path.empty()) return lines;
    std::ifstream file(path);
    if (!file) throw Problem(Exit::usage, "cannot read " + path, "name a file with one command on each line");
    for (std::string line; std::getline(file, line);)
        if (!line.empty() && line[0] != '#') lines.push_back(line);
    return lines;
}

// As the service checks it before the provider is asked.
void check_configuration(const host::ProviderNote& note, const certify::Configuration& configuration,
                         const std::string& file) {
    std::string problem;
    try {
        problem = host::check_settings(host::parse_fields(note.configuration), configuration);
    } catch (const std::runtime_error& malformed) {
        throw Problem(Exit::usage, note.name + ": " + malformed.what(),
                      "correct it and build the provider again");
    }
    if (problem.empty()) return;
    throw Problem(Exit::usage, (file.empty() ? "the empty configuration" : file) + ": " + problem,
                  file.empty() ? "name a file with the configuration: --config FILE"
                               : "correct it in " + file);
}

certify::Configuration configuration_in(const std::string& file, const host::ProviderNote& note) {
    certify::Configuration configuration;
    if (!file.empty()) {
        const auto read = read_configuration(file);
        for (const auto& [key, value] : read.items()) configuration[key] = value.get<std::string>();
    }
    check_configuration(note, configuration, file);
    return configuration;
}

certify::Target target_of(const CertifyOptions& options) {
    std::error_code failed;
    certify::Target target;
    target.library = std::filesystem::canonical(options.library, failed).string();
    if (failed)
        throw Problem(Exit::usage, "there is no file " + options.library, "name a provider's .tsp file");
    const auto note = host::read_provider_note(target.library);
    if (!note.note)
        throw Problem(Exit::usage, options.library + ": " + note.error, "name a provider's .tsp file");
    target.needs = note.note->needs_text;
    target.host_program = host_program(options.host);
    target.configuration = configuration_in(options.configuration, *note.note);
    for (const auto& change : options.changes) target.changes.push_back(configuration_in(change, *note.note));
    target.during = lines_of(options.commands);
    target.before = options.before;
    target.dial = options.dial;
    target.patience = std::chrono::milliseconds(options.patience_ms);
    target.settle = std::chrono::milliseconds(options.settle_ms);
    if (const auto problem = certify::problem_of_host(target); !problem.empty())
        throw Problem(Exit::usage, target.host_program + " is no offhook-host: " + problem,
                      "name the program offhook-host with --host, or leave that out");
    return target;
}

certify::Script script_of(const std::string& text, const certify::Target& target) {
    std::string wrong;
    auto script = certify::parse_script(text, wrong);
    if (!script)
        throw Problem(Exit::usage, "\"" + wrong + "\" is no operation of a script",
                      "write it as a report of certify does");
    if (script->steps.empty())
        throw Problem(Exit::usage, "the script of --replay has no step",
                      "write it as a report of certify does");
    if (const auto missing = certify::missing_for(*script, target))
        throw Problem(Exit::usage,
                      "the script has the step " + missing->step + ", and " +
                          (missing->given == 0
                               ? "there is no " + missing->option
                               : missing->option + " gives only " + std::to_string(missing->given)),
                      "pass the same " + missing->option + " as the run did that reported the script");
    script->name = "the replay";
    return std::move(*script);
}

certify::Plan plan_of(const CertifyOptions& options, const certify::Target& target) {
    certify::Plan plan;
    plan.seed = options.seed ? *options.seed : std::random_device()();
    plan.random_lives = options.runs;
    plan.sessions = options.sessions;
    plan.steps = options.steps;
    if (options.seconds != 0) plan.time = std::chrono::seconds(options.seconds);
    if (options.whole) plan.shrink = certify::Plan::Shrink::no;
    if (options.replay) plan.replay = script_of(*options.replay, target);
    return plan;
}

// Opened before anything is run: minutes later it would be too late.
std::ofstream report_file(const std::string& path) {
    std::ofstream file;
    if (path.empty()) return file;
    file.open(path);
    if (!file)
        throw Problem(Exit::usage, "cannot write " + path + ": " + std::strerror(errno),
                      "check the folder and whether you may write there");
    return file;
}

certify::Report certify_with_progress(const certify::Target& target, const certify::Plan& plan) {
    using namespace std::chrono_literals;
    const bool terminal = ::isatty(STDERR_FILENO) != 0;
    CertifyProgress progress(std::cerr,
                             terminal ? CertifyProgress::Place::terminal : CertifyProgress::Place::file,
                             plan.seed, terminal ? 1s : 10s);
    return certify::certify(target, plan, [&](const certify::Stage& stage) { progress.tell(stage); });
}

// What the provider says of itself may hold anything.
void print_for_people(const certify::Report& report, certify::Listing listing) {
    std::stringstream text;
    certify::print(text, report, listing);
    for (std::string line; std::getline(text, line);) std::cout << printable(line) << '\n';
}

std::string quoted(const std::string& text) {
    constexpr auto plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./@%";
    if (!text.empty() && text.find_first_not_of(plain) == std::string::npos) return text;
    std::string safe = "'";
    for (const char c : text) safe += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return safe + "'";
}

// What makes a script mean the same again.
std::string command_of(const CertifyOptions& options) {
    std::string command = "offhook certify " + quoted(options.library);
    const auto add = [&](const char* option, const std::string& value) {
        if (!value.empty()) command += std::string(" ") + option + " " + quoted(value);
    };
    add("--config", options.configuration);
    for (const auto& change : options.changes) add("--change", change);
    add("--commands", options.commands);
    for (const auto& before : options.before) add("--before", before);
    add("--dial", options.dial);
    add("--host", options.host);
    return command;
}

Exit run_certify(const CertifyOptions& options, Format format) {
    const auto target = target_of(options);
    const auto plan = plan_of(options, target);
    auto junit = report_file(options.junit);
    auto report = certify_with_progress(target, plan);
    report.command = command_of(options);
    if (format == Format::json) print_json(std::cout, certify::to_json(report));
    else
        print_for_people(report, options.all ? certify::Listing::every_rule : certify::Listing::what_matters);
    if (junit.is_open()) {
        certify::print_junit(junit, report);
        if (!junit.flush())
            throw Problem(Exit::usage, "cannot write " + options.junit,
                          "check the folder and its free space");
    }
    return report.clean() ? Exit::done : Exit::refused;
}

// A library takes "-1" for a very large number.
const CLI::Validator whole_number(
    [](const std::string& text) {
        const bool good = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
        return good ? std::string() : "\"" + text + "\" is no whole number from 0 on";
    },
    "");
const CLI::Validator positive(
    [](const std::string& text) {
        return text.find_first_not_of('0') != std::string::npos ? std::string() : "it is at least 1";
    },
    "");

} // namespace

void add_certify_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand(
        "certify", "Take a provider through its life cycle and name the rules that it breaks");
    auto options = std::make_shared<CertifyOptions>();
    command->add_option("library", options->library, "The provider, a .tsp file")
        ->required()
        ->type_name("FILE");
    command->add_option("--config", options->configuration, "Its configuration, in TOML")->type_name("FILE");
    command
        ->add_option(
            "--change", options->changes,
            "Another configuration, in TOML, which lives change to while a session runs; several are "
            "given by several of this")
        ->type_name("FILE");
    command
        ->add_option("--commands", options->commands,
                     "Commands of the provider that make something happen outside, one a line; lives choose "
                     "among them")
        ->type_name("FILE");
    command->add_option("--before", options->before,
                        "A command of the provider for the beginning of each session");
    command->add_option("--dial", options->dial, "A number to dial besides the addresses of its own lines");
    command
        ->add_option("--seed", options->seed, "Of the random lives; without it a fresh one, which is printed")
        ->check(whole_number);
    command->add_option("--runs", options->runs, "Random lives after the scenarios (50)")
        ->check(whole_number);
    command->add_option("--steps", options->steps, "Operations of each session of a random life (40)")
        ->check(whole_number)
        ->check(positive);
    command
        ->add_option("--sessions", options->sessions,
                     "Sessions of a random life, one after another, most of them in one process (1)")
        ->check(whole_number)
        ->check(positive);
    command->add_option("--for", options->seconds, "Seconds of random lives, instead of a number of them")
        ->check(whole_number);
    command->add_option("--patience", options->patience_ms, "Milliseconds to wait for what is owed (5000)")
        ->check(whole_number);
    command
        ->add_option("--settle", options->settle_ms, "Milliseconds without a word that count as quiet (30)")
        ->check(whole_number);
    command->add_option("--replay", options->replay,
                        "A script, as a report prints it, instead of scenarios and random lives");
    command->add_option("--junit", options->junit, "Write the report as JUnit XML as well")
        ->type_name("FILE");
    command->add_option("--host", options->host, "The program offhook-host")->type_name("FILE");
    command->add_flag("--whole", options->whole,
                      "Report scripts as they were, not the shortest that still breaks the rule");
    command->add_flag("--all", options->all,
                      "List the rules that were kept as well, not only what was broken or not exercised");
    command->footer(
        "Scripts of --replay are described in writing-a-provider.md, under \"Scripts\" (" OFFHOOK_DOCUMENTS
        "), and in offhook(1).");
    command->callback([options, &context] {
        context.run = [options, &context] { return run_certify(*options, context.format); };
    });
}

} // namespace offhook::cli
