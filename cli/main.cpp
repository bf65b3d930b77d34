// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace offhook::cli {
namespace {

int status(Exit exit) { return static_cast<int>(exit); }

int report(const Problem& problem, Format format) {
    if (format == Format::json) {
        print_json(std::cerr, {{"error", problem.what()},
                               {"value", problem.error},
                               {"next", problem.next_step},
                               {"exit", status(problem.exit)}});
    } else {
        std::cerr << "offhook: " << printable(problem.what())
                  << "\n  What to do: " << printable(problem.next_step) << '\n';
    }
    return status(problem.exit);
}

void add_everything(CLI::App& app, Context& context) {
    app.require_subcommand(1);
    app.fallthrough(); // options of all commands may stand before or after the command
    app.set_version_flag("--version", "offhook " OFFHOOK_VERSION);
    app.add_option("--socket", context.socket, "The service's socket")->type_name("FILE");
    app.add_flag_callback(
        "--json", [&context] { context.format = Format::json; }, "Print JSON, for programs");
    add_list_commands(app, context);
    add_dial_command(app, context);
    add_answer_command(app, context);
    add_drop_command(app, context);
    add_watch_command(app, context);
    add_timeline_command(app, context);
    add_trace_command(app, context);
    add_dump_command(app, context);
    add_rule_command(app, context);
    add_provider_commands(app, context);
    add_new_provider_command(app, context);
    add_coverage_command(app, context);
    add_certify_command(app, context);
}

// The client library, and a service that it starts on demand, take the place from the environment.
void choose_socket(const std::string& socket) {
    if (socket.empty()) return;
    const auto place = socket.starts_with("tcp:") ? socket : std::filesystem::absolute(socket).string();
    setenv("OFFHOOK_SOCKET", place.c_str(), 1);
}

int run(int argc, char** argv) {
    CLI::App app("Talks to the telephony service: lines, calls, providers.", "offhook");
    Context context;
    add_everything(app, context);
    if (argc > 1 && std::string_view(argv[1]) == "__complete") {
        complete(app, std::vector<std::string>(argv + 2, argv + argc));
        return 0;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) { // --help, --version
        // What it does not know is wrong also where help is asked for.
        if (const auto unknown = app.remaining(true); !unknown.empty())
            return report(Problem(Exit::usage, "there is no command " + unknown.front(),
                                  "'offhook --help' lists the commands"),
                          context.format);
        return app.exit(asked);
    } catch (const CLI::ParseError& error) {
        return report(Problem(Exit::usage, error.what(),
                              "'offhook --help' lists the commands, 'offhook COMMAND --help' the "
                              "options of one"),
                      context.format);
    }
    choose_socket(context.socket);
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return status(context.run());
    } catch (const Problem& problem) {
        return report(problem, context.format);
    } catch (const std::exception& error) {
        return report(Problem(Exit::refused, error.what(), "report it, with the command line"),
                      context.format);
    }
}

} // namespace
} // namespace offhook::cli

int main(int argc, char** argv) { return offhook::cli::run(argc, argv); }
