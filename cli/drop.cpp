// SPDX-License-Identifier: Apache-2.0
//
// Ends calls that other programs hold. A call handle is valid in its own process only, so the command opens
// the line itself, asks for handles to its calls, and makes itself an owner of each (R118, R122).
#include "cli/application.h"
#include "cli/call_options.h"
#include "cli/commands.h"
#include "cli/waiter.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstring>
#include <iostream>
#include <set>

namespace offhook::cli {
namespace {

struct DropOptions {
    std::string line, party;
};

std::vector<HCALL> calls_of(const Line& line) {
    const Sized<LINECALLLIST> list("cannot get the line's calls", [&](LINECALLLIST* room) {
        const LONG result = lineGetNewCalls(line.handle(), 0, LINECALLSELECT_LINE, room);
        if (result == LINEERR_OPERATIONUNAVAIL)
            throw Problem(Exit::refused,
                          "the service does not hand over calls of other programs yet (lineGetNewCalls: "
                          "LINEERR_OPERATIONUNAVAIL)",
                          "end the program that holds the call: 'offhook status' shows the applications");
        return result;
    });
    const auto handles = list.part(list->dwCallsSize, list->dwCallsOffset);
    if (handles.empty()) return {};
    std::vector<HCALL> calls(handles.size() / sizeof(HCALL));
    std::memcpy(calls.data(), handles.data(), calls.size() * sizeof(HCALL));
    return calls;
}

// The other party's address: the caller's or the called one's.
bool is_with(HCALL call, const std::string& party) {
    const Sized<LINECALLINFO> info("cannot read who is called",
                                   [&](LINECALLINFO* room) { return lineGetCallInfoA(call, room); });
    return info.text(info->dwCallerIDSize, info->dwCallerIDOffset) == party ||
           info.text(info->dwCalledIDSize, info->dwCalledIDOffset) == party;
}

Exit drop(const DropOptions& options, Format format) {
    constexpr auto patience = std::chrono::seconds(5);
    Waiter waiter;
    Application application;
    const auto device = application.line(options.line);
    const Line line(application, device, LINECALLPRIVILEGE_OWNER);
    std::set<HCALL> ending;
    for (const HCALL call : calls_of(line)) {
        if (!options.party.empty() && !is_with(call, options.party)) continue;
        checked(lineSetCallPrivilege(call, LINECALLPRIVILEGE_OWNER), "cannot become an owner of the call");
        checked(lineDrop(call, nullptr, 0), "cannot drop the call");
        ending.insert(call);
    }
    if (ending.empty())
        throw Problem(Exit::not_found, "line " + device.name + " has no such call",
                      "'offhook calls' shows the calls there are");
    const auto dropped = ending.size();
    const auto limit = Clock::now() + patience;
    while (!ending.empty() && Clock::now() < limit) {
        if (waiter.wait({application.descriptor()}, limit) == Woken::interrupted) break;
        while (const auto message = application.next_message()) {
            refuse_closed_line(*message, line.handle(), device.name);
            if (message->dwMessageID == LINE_REPLY)
                checked(static_cast<LONG>(message->dwParam2), "cannot drop the call");
            if (message->dwMessageID == LINE_CALLSTATE && message->dwParam1 == LINECALLSTATE_IDLE &&
                ending.erase(message->hDevice) > 0)
                lineDeallocateCall(message->hDevice);
        }
    }
    if (!ending.empty())
        throw Problem(Exit::refused, std::to_string(ending.size()) + " calls did not end",
                      "'offhook calls' shows their states");
    if (format == Format::json) print_json(std::cout, {{"dropped", dropped}});
    else
        std::cout << "Dropped " << dropped << (dropped == 1 ? " call" : " calls") << " of line "
                  << printable(device.name) << ".\n";
    return Exit::done;
}

} // namespace

void add_drop_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("drop", "End the calls of a line, whoever holds them");
    auto options = std::make_shared<DropOptions>();
    command->add_option("--line", options->line, "The line's name or number")->required()->type_name("LINE");
    command->add_option("--party", options->party, "Only the calls with this number")->type_name("NUMBER");
    command->callback([options, &context] {
        context.run = [options, &context] { return drop(*options, context.format); };
    });
}

} // namespace offhook::cli
