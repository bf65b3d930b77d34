// SPDX-License-Identifier: Apache-2.0
#include "cli/call_options.h"

#include "cli/problem.h"

#include <CLI/CLI.hpp>

namespace offhook::cli {

void add_call_options(CLI::App& command, CallOptions& options) {
    auto* play = command.add_option("--play", options.audio.play,
                                    "Send this WAV file (8,000 samples a second, one channel)");
    play->type_name("FILE");
    command.add_option("--record", options.audio.record, "Keep what is heard in this WAV file")
        ->type_name("FILE");
    auto* tone = command.add_option("--tone", options.audio.tone, "Send a tone of this frequency");
    tone->type_name("HZ")->check(CLI::Range(20.0, 3'900.0))->excludes(play);
    command.add_flag("--echo", options.audio.echo, "Send back what is heard")->excludes(play)->excludes(tone);
    command
        .add_option("--hangup-after", options.hangup_after,
                    "Hang up so many seconds after the call is connected")
        ->type_name("S")
        ->check(CLI::Range(0.0, 86'400.0));
}

void refuse_closed_line(const LINEMESSAGE& message, HLINE line, const std::string& name) {
    if (message.dwMessageID != LINE_CLOSE || message.hDevice != line) return;
    throw Problem(Exit::refused,
                  "line " + name + " was closed by the service: its provider's session has ended",
                  "'offhook status' shows why; the line comes back when the next session runs");
}

} // namespace offhook::cli
