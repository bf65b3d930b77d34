// SPDX-License-Identifier: Apache-2.0
#include "cli/call_options.h"
#include "cli/commands.h"
#include "cli/conversation.h"
#include "cli/waiter.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace offhook::cli {
namespace {

struct DialOptions {
    std::string line, number;
    CallOptions call;
};

Exit dial(const DialOptions& options, Format format) {
    Waiter waiter;
    Application application;
    const auto device = application.line(options.line);
    const CallReport report(format);
    Conversation conversation(options.call.audio, options.call.hangup_after, report);
    const Line line(application, device,
                    LINECALLPRIVILEGE_NONE); // the caller owns the call whatever it asks for (R115)
    conversation.dial(line.handle(), options.number);
    while (!conversation.over()) {
        const auto woken = waiter.wait({application.descriptor(), conversation.audio_descriptor()},
                                       conversation.next_time());
        if (woken == Woken::interrupted) conversation.hang_up();
        while (const auto message = application.next_message()) {
            refuse_closed_line(*message, line.handle(), device.name);
            conversation.message(*message);
        }
        conversation.carry();
    }
    report.event("ended", {{"connected", conversation.was_connected()}, {"reason", conversation.reason()}});
    return conversation.was_connected() ? Exit::done : Exit::not_connected;
}

} // namespace

void add_dial_command(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("dial", "Place a call, and print its states as they come; Ctrl-C hangs up");
    auto options = std::make_shared<DialOptions>();
    command->add_option("line", options->line, "The line's name, address or number, from 'offhook lines'")
        ->required()
        ->type_name("LINE");
    command->add_option("number", options->number, "The number or address to call")
        ->required()
        ->type_name("NUMBER");
    add_call_options(*command, options->call);
    command->callback([options, &context] {
        context.run = [options, &context] { return dial(*options, context.format); };
    });
}

} // namespace offhook::cli
