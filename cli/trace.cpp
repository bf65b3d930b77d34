// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/perfetto.h"
#include "cli/trace_filter.h"
#include "cli/trace_names.h"
#include "cli/trace_source.h"
#include "cli/trace_text.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <fstream>
#include <iostream>

namespace offhook::cli {
namespace {

using nlohmann::json;

struct TraceOptions {
    std::string last;
    bool all = false;
    bool follow = false;
    std::string from;
    std::vector<std::string> exported; // the format and the file
    TraceFilter filter;
};

std::uint64_t now_us() {
    using namespace std::chrono;
    return static_cast<std::uint64_t>(
        duration_cast<microseconds>(system_clock::now().time_since_epoch()).count());
}

// What is wanted is live unless it is of the past.
void read_trace(const TraceOptions& options, const TakeRecord& take) {
    if (!options.from.empty()) return read_saved_trace(options.from, take);
    const bool is_past = options.all || !options.last.empty();
    auto since = now_us();
    if (options.all) since = 0;
    else if (is_past) {
        const auto back = microseconds_of(options.last);
        if (!back)
            throw Problem(Exit::usage, options.last + " is no duration",
                          "give a number and a unit: 500ms, 30s, 5m, 2h");
        since -= std::min(*back, since);
    }
    read_service_trace(since, options.follow || !is_past ? Follow::yes : Follow::no, take);
}

// A name that is known from nowhere is a mistake, and none that silence would tell.
void check_names(const TraceOptions& options) {
    check_words(options.filter);
    if (!options.filter.names_things() || !options.from.empty()) return;
    TraceNames names;
    names.ask_service();
    if (!names.unknown_in(options.filter)) return;
    read_service_trace(0, Follow::no, [&](const json& record) { names.take_record(record); });
    if (const auto problem = names.unknown_in(options.filter)) throw Problem(*problem);
}

// What the filter lets pass.
void read_wanted(const TraceOptions& options, const TakeRecord& take) {
    check_names(options);
    const auto& filter = options.filter;
    std::uint64_t passed = 0;
    TraceNames names;
    read_trace(options, [&](const json& record) {
        if (!options.from.empty() && passed == 0 && filter.names_things()) names.take_record(record);
        if (!filter.lets_pass(record)) return;
        ++passed;
        take(record);
    });
    if (passed != 0 || filter.wants_all()) return;
    if (!options.from.empty())
        if (const auto problem = names.unknown_in(filter)) throw Problem(*problem);
    std::cerr << "offhook: no record of the trace is of " << printable(filter.text()) << '\n';
}

Exit export_trace(const TraceOptions& options) {
    const auto& file = options.exported.at(1);
    if (options.exported.at(0) != "perfetto")
        throw Problem(Exit::usage, "there is no format " + options.exported.at(0),
                      "write --export perfetto FILE");
    if (options.from.empty() && !options.all && options.last.empty())
        throw Problem(Exit::usage, "a trace that is written to a file has an end",
                      "say what is wanted with --last, --all or --from");
    PerfettoExport whole;
    read_wanted(options, [&](const json& record) { whole.take(record); });
    std::ofstream to(file);
    to << whole.finish().dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
    if (!to.flush())
        throw Problem(Exit::refused, "cannot write " + file, "name a file in a folder that you may write");
    return Exit::done;
}

Exit trace(const TraceOptions& options, Format format) {
    if (!options.exported.empty()) return export_trace(options);
    TraceText text;
    read_wanted(options, [&](const json& record) {
        if (format == Format::json) print_json(std::cout, record);
        else std::cout << text.line_of(record) << std::endl;
    });
    return Exit::done;
}

} // namespace

void add_trace_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("trace", "Print every message between the service, the providers and "
                                                "the applications, as it passes or afterwards");
    command->footer("Without --last, --all or --from it prints what passes from now on, until it is "
                    "interrupted (Ctrl-C).");
    auto options = std::make_shared<TraceOptions>();
    auto* last = command->add_option("--last", options->last, "What passed in this time: 30s, 5m, 2h")
                     ->type_name("TIME");
    auto* all = command->add_flag("--all", options->all, "All that the service still has")->excludes(last);
    command->add_flag("--follow", options->follow, "After what has passed, also what comes");
    command->add_option("--from", options->from, "A trace that was saved with --json; -: standard input")
        ->type_name("FILE")
        ->excludes(last)
        ->excludes(all);
    command
        ->add_option("--export", options->exported, "Write it for a viewer: perfetto FILE (ui.perfetto.dev)")
        ->type_name("FILE")
        ->expected(2);
    auto& filter = options->filter;
    command->add_option("--provider", filter.provider, "Only this provider's")->type_name("PROVIDER");
    command->add_option("--line", filter.line, "Only this line's: its name or a handle")->type_name("LINE");
    command->add_option("--call", filter.call, "Only this call's: a handle")->type_name("HANDLE");
    command
        ->add_option("--application", filter.application,
                     "Only this program's, or this connection's: offhook#4194304")
        ->type_name("NAME");
    command->add_option("--function", filter.function, "Only functions and messages like this: 'line*Call'")
        ->type_name("PATTERN");
    command->add_option("--rule", filter.rule, "Only where this rule was broken: R046, or 46")
        ->type_name("RULE");
    command->callback([options, &context] {
        context.run = [options, &context] { return trace(*options, context.format); };
    });
}

} // namespace offhook::cli
