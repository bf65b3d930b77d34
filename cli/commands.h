// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/output.h"
#include "cli/problem.h"

#include <functional>
#include <span>
#include <string>

namespace CLI {
class App;
}

namespace offhook::cli {

// What all commands share. The chosen command sets `run`, which is called once the whole command line is
// understood.
struct Context {
    std::string socket;
    Format format = Format::people;
    std::function<Exit()> run;
};

// Each adds its commands, with their options, to the command line. The type names LINE, PROVIDER and RULE
// make completion offer the names that exist.
void add_provider_commands(CLI::App&, Context&);
void add_list_commands(CLI::App&, Context&); // lines, calls, status
void add_dial_command(CLI::App&, Context&);
void add_answer_command(CLI::App&, Context&);
void add_drop_command(CLI::App&, Context&);
void add_watch_command(CLI::App&, Context&);
void add_timeline_command(CLI::App&, Context&);
void add_trace_command(CLI::App&, Context&);
void add_dump_command(CLI::App&, Context&);
void add_rule_command(CLI::App&, Context&);
void add_coverage_command(CLI::App&, Context&);
void add_new_provider_command(CLI::App&, Context&);
void add_certify_command(CLI::App&, Context&);

// Prints what could stand in place of the last word, one a line; a line ":files" means the names of files.
void complete(const CLI::App&, std::span<const std::string> words);

} // namespace offhook::cli
