// SPDX-License-Identifier: Apache-2.0
//
// What there is: lines, calls, and the service itself.
#include "cli/application.h"
#include "cli/commands.h"
#include "cli/service.h"
#include "trace/constants.h"
#include "trace/hexadecimal.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace offhook::cli {
namespace {

using nlohmann::json;
using trace::hexadecimal;
using wire::ServiceFunction;

std::string joined(const std::vector<std::string>& texts) {
    std::string result;
    for (const auto& text : texts) result += (result.empty() ? "" : ", ") + text;
    return result.empty() ? "-" : result;
}

// What the service adds to the lines that applications see. Names may be given twice; but an application's
// numbers are in the order of the service's own list, from which lines that come or go just now can be
// missing.
class KnownLines {
  public:
    explicit KnownLines(json lines) : lines_(std::move(lines)) {
        std::erase_if(lines_.get_ref<json::array_t&>(),
                      [](const json& line) { return line.value("stage", "") == "absent"; });
    }

    // To be asked in the order of the applications' numbers; empty: the service does not have it any more.
    json next(const LineDevice& line) {
        for (auto at = next_; at < lines_.size(); ++at)
            if (line.error != 0 || lines_[at].value("name", "") == line.name) {
                next_ = at + 1;
                return lines_[at];
            }
        return json::object();
    }

  private:
    json lines_;
    std::size_t next_ = 0;
};

std::string name_or_error(const json& line) {
    const auto error = line.value("error", "");
    return error.empty() ? cell(line, "name") : "- (" + error + ")";
}

Exit lines(Format format) {
    Application application; // provider sessions run as long as an application is there (R005)
    const auto devices = application.lines();
    KnownLines known(ask_list(ServiceFunction::lines, "lines", "cannot list the lines"));
    json list = json::array();
    for (const auto& line : devices) {
        const auto more = known.next(line);
        list.push_back({{"id", line.id},
                        {"device", more.value("device", json())},
                        {"name", line.name},
                        {"error", line.error == 0 ? std::string() : trace::error_name(line.error)},
                        {"addresses", line.addresses},
                        {"provider", more.value("provider", "")},
                        {"provider_info", line.provider},
                        {"stage", more.value("stage", "")},
                        {"opens", more.value("opens", 0)},
                        {"calls", more.value("calls", 0)},
                        {"most_calls", line.most_calls},
                        {"media_modes", line.media_modes}});
    }
    if (format == Format::json) {
        print_json(std::cout, {{"lines", list}});
        return Exit::done;
    }
    // ID: as applications number them; DEVICE: as the service does, in its dump and in timelines.
    Table table({"ID", "DEVICE", "NAME", "ADDRESSES", "PROVIDER", "STAGE", "OPENS", "CALLS"});
    for (const auto& line : list)
        table.add({cell(line, "id"), cell(line, "device"), name_or_error(line), joined(line.at("addresses")),
                   cell(line, "provider"), cell(line, "stage"), cell(line, "opens"), cell(line, "calls")});
    if (table.empty())
        std::cout << "There are no lines. Install a provider: offhook provider install LIBRARY\n";
    else table.print(std::cout);
    return Exit::done;
}

Exit calls(Format format) {
    const auto list = ask_list(ServiceFunction::calls, "calls", "cannot list the calls");
    if (format == Format::json) {
        print_json(std::cout, {{"calls", list}});
        return Exit::done;
    }
    Table table({"CALL", "LINE", "PROVIDER", "STATE", "CALLER", "CALLED", "OWNERS", "MONITORS"});
    for (const auto& call : list)
        table.add({hexadecimal(call.value("call", std::uint64_t{0})), cell(call, "line"),
                   cell(call, "provider"), cell(call, "state"), cell(call, "caller"), cell(call, "called"),
                   cell(call, "owners"), cell(call, "monitors")});
    if (table.empty()) std::cout << "There are no calls.\n";
    else table.print(std::cout);
    return Exit::done;
}

Exit status(Format format) {
    const auto answer = ask(ServiceFunction::status, json::object(), "cannot read the service's state");
    if (format == Format::json) {
        print_json(std::cout, answer);
        return Exit::done;
    }
    std::cout << "offhookd " << cell(answer, "version") << ", process " << cell(answer, "pid") << ", up "
              << duration(answer.value("uptime_s", std::uint64_t{0})) << "\nsocket    "
              << printable(cell(answer, "socket")) << "\nregistry  " << printable(cell(answer, "registry"))
              << '\n';
    Table providers({"PROVIDER", "STAGE", "HOST", "LINES", "LAST ERROR"});
    for (const auto& one : answer.value("providers", json::array()))
        providers.add({cell(one, "name"), cell(one, "stage"), cell(one, "host_pid"), cell(one, "lines"),
                       cell(one, "last_error")});
    std::cout << '\n';
    providers.empty() ? void(std::cout << "No provider is installed.\n") : providers.print(std::cout);
    Table applications({"APPLICATION", "USER", "PROCESS", "USES OF LINES"});
    for (const auto& one : answer.value("applications", json::array()))
        applications.add({cell(one, "name"), cell(one, "user"), cell(one, "pid"), cell(one, "line_apps")});
    std::cout << '\n';
    applications.empty() ? void(std::cout << "No application is connected.\n")
                         : applications.print(std::cout);
    return Exit::done;
}

} // namespace

void add_list_commands(CLI::App& app, Context& context) {
    const auto add = [&](const char* name, const char* description, Exit (*run)(Format)) {
        app.add_subcommand(name, description)->callback([run, &context] {
            context.run = [run, &context] { return run(context.format); };
        });
    };
    add("lines", "List the lines, as applications see them", lines);
    add("calls", "List the calls", calls);
    add("status", "Show the service, its providers and the applications that use it", status);
}

} // namespace offhook::cli
