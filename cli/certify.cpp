// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/configuration_file.h"

#include "certify/certify.h"
#include "host/provider_note.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>

namespace offhook::cli {
namespace {

struct CertifyOptions {
    std::string library, configuration, commands, dial, junit, replay, host;
    std::vector<std::string> before, changes;
    std::uint64_t seed = 0;
    std::size_t runs = 50, sessions = 1, steps = 40;
    unsigned seconds = 0, patience_ms = 5000, settle_ms = 30;
    bool whole = false;
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

certify::Configuration configuration_in(const std::string& file) {
    certify::Configuration configuration;
    const auto read = read_configuration(file);
    for (const auto& [key, value] : read.items()) configuration[key] = value.get<std::string>();
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
    if (!options.configuration.empty()) target.configuration = configuration_in(options.configuration);
    for (const auto& change : options.changes) target.changes.push_back(configuration_in(change));
    target.during = lines_of(options.commands);
    target.before = options.before;
    target.dial = options.dial;
    target.patience = std::chrono::milliseconds(options.patience_ms);
    target.settle = std::chrono::milliseconds(options.settle_ms);
    return target;
}

certify::Plan plan_of(const CertifyOptions& options) {
    certify::Plan plan;
    plan.seed = options.seed != 0 ? options.seed : std::random_device()();
    plan.random_lives = options.runs;
    plan.sessions = options.sessions;
    plan.steps = options.steps;
    if (options.seconds != 0) plan.time = std::chrono::seconds(options.seconds);
    if (options.whole) plan.shrink = certify::Plan::Shrink::no;
    if (options.replay.empty()) return plan;
    std::string wrong;
    plan.replay = certify::parse_script(options.replay, wrong);
    if (!plan.replay)
        throw Problem(Exit::usage, "\"" + wrong + "\" is no operation of a script",
                      "write it as a report of certify does");
    plan.replay->name = "the replay";
    return plan;
}

Exit run_certify(const CertifyOptions& options, Format format) {
    const auto target = target_of(options);
    const auto plan = plan_of(options);
    const bool terminal = ::isatty(STDERR_FILENO) != 0;
    const auto report = certify::certify(target, plan, [&](std::size_t number, const std::string& name) {
        if (terminal) std::cerr << "\r\033[K" << number + 1 << ": " << name << std::flush;
    });
    if (terminal) std::cerr << "\r\033[K";
    if (format == Format::json) print_json(std::cout, certify::to_json(report));
    else certify::print(std::cout, report);
    if (!options.junit.empty()) {
        std::ofstream file(options.junit);
        certify::print_junit(file, report);
        if (!file.flush())
            throw Problem(Exit::usage, "cannot write " + options.junit,
                          "check the folder and its free space");
    }
    return report.clean() ? Exit::done : Exit::refused;
}

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
    command->add_option("--seed", options->seed,
                        "Of the random lives; without it a fresh one, which is printed");
    command->add_option("--runs", options->runs, "Random lives after the scenarios (50)");
    command->add_option("--steps", options->steps, "Operations of each session of a random life (40)")
        ->check(CLI::PositiveNumber);
    command
        ->add_option("--sessions", options->sessions,
                     "Sessions of a random life, one after another, most of them in one process (1)")
        ->check(CLI::PositiveNumber);
    command->add_option("--for", options->seconds, "Seconds of random lives, instead of a number of them");
    command->add_option("--patience", options->patience_ms, "Milliseconds to wait for what is owed (5000)");
    command->add_option("--settle", options->settle_ms,
                        "Milliseconds without a word that count as quiet (30)");
    command->add_option("--replay", options->replay,
                        "A script, as a report prints it, instead of scenarios and random lives");
    command->add_option("--junit", options->junit, "Write the report as JUnit XML as well")
        ->type_name("FILE");
    command->add_option("--host", options->host, "The program offhook-host")->type_name("FILE");
    command->add_flag("--whole", options->whole,
                      "Report scripts as they were, not the shortest that still breaks the rule");
    command->callback([options, &context] {
        context.run = [options, &context] { return run_certify(*options, context.format); };
    });
}

} // namespace offhook::cli
