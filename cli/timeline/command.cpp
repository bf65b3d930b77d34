// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/timeline/builder.h"
#include "cli/timeline/selection.h"
#include "cli/timeline/source.h"
#include "cli/timeline/svg.h"
#include "cli/timeline/text.h"
#include "cli/timeline/times.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

namespace offhook::cli {
namespace {

using namespace timeline;

struct TimelineOptions {
    std::string file, svg, how_long, from, to, last, provider, device, call;
    std::size_t width = 0; // 0: as wide as the terminal
    std::size_t calls = TextForm().calls;
    bool ascii = false, follow = false;
};

Problem wrong_time(const std::string& option, const std::string& value, const char* right) {
    return {Exit::usage, option + ": " + value + " is no time", right};
}

constexpr const char* durations = "write it as 30s, 500ms, 5m or 2h";
constexpr const char* times = "write it as 12:38:15, 12:38:15.929, or +2.5s after the beginning of the trace";

Records records_of(const TimelineOptions& options) {
    using std::chrono::milliseconds;
    if (!options.file.empty()) return saved_records(options.file);
    if (!options.how_long.empty()) {
        const auto us = parsed_duration(options.how_long);
        if (!us) throw wrong_time("--for", options.how_long, durations);
        return watched_records(milliseconds(*us / 1'000));
    }
    return options.follow ? watched_records(std::chrono::hours(24 * 365)) : kept_records();
}

Problem no_records(const TimelineOptions& options) {
    const bool kept = options.file.empty() && options.how_long.empty() && !options.follow;
    return {Exit::usage, "there are no records of a trace",
            kept ? "let something happen, or watch the service with --follow"
                 : "record one with 'offhook --json watch > FILE' while something happens"};
}

Selection selection_of(const TimelineOptions& options, const Span& whole) {
    Selection wanted;
    if (!options.provider.empty()) wanted.provider = options.provider;
    if (!options.device.empty()) wanted.device = options.device;
    if (!options.call.empty()) {
        char* end = nullptr;
        wanted.call = std::strtoull(options.call.c_str(), &end, 0);
        if (*end != '\0')
            throw Problem(Exit::usage, "--call: " + options.call + " is no number",
                          "give the call's number in the timeline, or its handle, as 0x100040");
    }
    const auto time = [&](const char* option, const std::string& value) -> std::optional<std::int64_t> {
        if (value.empty()) return std::nullopt;
        const auto us = parsed_time(value, whole.begin.us);
        if (!us) throw wrong_time(option, value, times);
        return us;
    };
    wanted.from_us = time("--from", options.from);
    wanted.to_us = time("--to", options.to);
    if (!options.last.empty()) {
        const auto us = parsed_duration(options.last);
        if (!us) throw wrong_time("--last", options.last, durations);
        wanted.from_us = whole.end.us - *us;
    }
    return wanted;
}

std::size_t width_of_terminal() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) return size.ws_col;
    return TextForm().width;
}

// As https://no-color.org has it.
Colours colours_of_terminal() {
    const char* no_colour = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    const bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
    const bool wanted = no_colour == nullptr || *no_colour == '\0';
    return isatty(STDOUT_FILENO) == 1 && wanted && !dumb ? Colours::terminal : Colours::none;
}

void write_svg(const Timeline& timeline, const std::string& file, std::size_t calls) {
    const auto drawing = drawn_as_svg(timeline, {.calls = calls});
    if (file == "-") {
        std::cout << drawing << std::flush;
        return;
    }
    std::ofstream to(file);
    to << drawing << std::flush;
    if (!to)
        throw Problem(Exit::usage, "cannot write " + file,
                      "name a file that can be written, or - for standard output");
}

Exit draw(const TimelineOptions& options, Format format) {
    if (format == Format::json)
        throw Problem(Exit::usage, "a timeline is a drawing, and no JSON",
                      "take the records themselves, which 'offhook --json watch' prints, or draw with --svg");
    const auto read = records_of(options);
    if (read.unreadable != 0)
        std::cerr << "offhook: " << read.unreadable
                  << (read.unreadable == 1 ? " line is no record" : " lines are no records")
                  << " of a trace, and left out\n";
    if (read.records.empty()) throw no_records(options);
    const auto whole = timeline_of(read.records);
    const auto timeline = select(whole, selection_of(options, whole.whole));
    if (timeline.providers.empty() || (!options.device.empty() && timeline.tracks.empty()) ||
        (!options.call.empty() && timeline.calls.empty()))
        throw Problem(Exit::not_found, "nothing of the trace is selected",
                      "leave out --provider, --line, --call, --from or --to to see what there is");
    if (!options.svg.empty()) {
        write_svg(timeline, options.svg, options.calls);
        return Exit::done;
    }
    std::cout << drawn_as_text(timeline,
                               {.width = options.width != 0 ? options.width : width_of_terminal(),
                                .characters = options.ascii ? Characters::ascii : Characters::unicode,
                                .colours = colours_of_terminal(),
                                .calls = options.calls});
    return Exit::done;
}

} // namespace

void add_timeline_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand(
        "timeline",
        "Draw a trace: sessions, the lines open in them, the calls on those, requests, broken rules");
    auto options = std::make_shared<TimelineOptions>();
    auto* file =
        command
            ->add_option("file", options->file,
                         "Records of a trace, from 'offhook --json trace --all' or 'watch'; - is standard "
                         "input. Without it, what the service has kept")
            ->type_name("FILE");
    command->add_option("--svg", options->svg, "Draw a picture into this file instead; - is standard output")
        ->type_name("FILE");
    command
        ->add_flag("--follow", options->follow,
                   "Watch the service instead: draw what it does from now on, until Ctrl-C")
        ->excludes(file);
    command->add_option("--for", options->how_long, "Watch the service for so long, such as 30s")
        ->type_name("TIME")
        ->excludes(file);
    command->add_option("--provider", options->provider, "Only this provider")->type_name("PROVIDER");
    command
        ->add_option("--line", options->device,
                     "Only this line: its name or its number as the timeline shows them; a number is of "
                     "phones as well")
        ->type_name("LINE");
    command
        ->add_option("--call", options->call, "Only this call, by its number in the timeline or its handle")
        ->type_name("NUMBER");
    auto* from = command->add_option("--from", options->from, "From this time on: 12:38:15.9, or +2s")
                     ->type_name("TIME");
    command->add_option("--to", options->to, "Up to this time")->type_name("TIME");
    command->add_option("--last", options->last, "Only the last 30s, 5m ... of the trace")
        ->type_name("TIME")
        ->excludes(from);
    command
        ->add_option(
            "--calls", options->calls,
            "Draw each call of a line that has up to so many; calls of a line that has more share rows, or "
            "are drawn as how many there are at a time")
        ->capture_default_str()
        ->type_name("NUMBER");
    command->add_option("--width", options->width, "Columns of the drawing; else those of the terminal")
        ->check(CLI::Range(40, 1'000))
        ->type_name("COLUMNS");
    command->add_flag("--ascii", options->ascii, "Use ASCII characters alone");
    command->callback([options, &context] {
        context.run = [options, &context] { return draw(*options, context.format); };
    });
}

} // namespace offhook::cli
