// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/life_cycle.h"
#include "cli/names.h"
#include "cli/rule_number.h"
#include "cli/service.h"
#include "trace/hexadecimal.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <ctime>
#include <iostream>

namespace offhook::cli {
namespace {

using nlohmann::json;

struct WatchOptions {
    bool tree = false;
};

std::string time_of_day(std::uint64_t milliseconds) {
    const auto seconds = static_cast<std::time_t>(milliseconds / 1'000);
    std::tm local{};
    localtime_r(&seconds, &local);
    std::array<char, 32> text{};
    const auto length = std::strftime(text.data(), text.size(), "%H:%M:%S", &local);
    std::snprintf(text.data() + length, text.size() - length, ".%03u",
                  static_cast<unsigned>(milliseconds % 1'000));
    return text.data();
}

// One record in one line: the time, what happened, and the fields that apply.
void print_record(const json& record) {
    std::string line = time_of_day(record.value("time_ms", std::uint64_t{0}));
    for (const char* key : {"kind", "what", "provider"})
        if (const auto text = cell(record, key); text != "-") line += "  " + text;
    if (const auto number = record.value("application", std::uint64_t{0}); number != 0)
        line += "  application " + std::to_string(number);
    for (const char* key : {"line", "call", "request"})
        if (const auto number = record.value(key, std::uint64_t{0}); number != 0)
            line += std::string("  ") + key + ' ' + trace::hexadecimal(number);
    const auto rule = record.value("rule", std::uint64_t{0});
    if (rule != 0) line += "  " + rule_label(rule);
    const auto result = record.value("result", std::int64_t{0});
    if (result < 0) line += "  result " + trace::error_name(result);
    else if (result > 0) line += "  result " + trace::hexadecimal(static_cast<std::uint64_t>(result));
    if (record.value("what", "") == "LINE_CALLSTATE" && record.contains("parameters"))
        line += "  " + state_name(record.at("parameters").at(0).get<std::uint64_t>());
    if (const auto text = cell(record, "text"); text != "-") line += "  " + text;
    if (rule != 0) line += ". The rule: " + std::string(requirement_of(rule));
    std::cout << printable(line) << std::endl;
}

Exit watch(const WatchOptions& options, Format format) {
    LifeCycle life_cycle;
    watch_service(options.tree ? WatchFrom::what_is : WatchFrom::now, [&](const json& record) {
        const auto steps = life_cycle.take(record);
        if (format == Format::json) print_json(std::cout, record);
        else if (!options.tree) print_record(record);
        else
            for (const auto& step : steps) std::cout << step << std::endl;
    });
    const bool in_order = life_cycle.in_order() && life_cycle.all_closed();
    return options.tree && !in_order ? Exit::out_of_order : Exit::done;
}

} // namespace

void add_watch_command(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("watch", "Print what the service does, until Ctrl-C or until the service ends");
    auto options = std::make_shared<WatchOptions>();
    command->add_flag("--tree", options->tree,
                      "Only the life cycle: sessions, the lines open in them, the calls on those");
    command->callback([options, &context] {
        context.run = [options, &context] { return watch(*options, context.format); };
    });
}

} // namespace offhook::cli
