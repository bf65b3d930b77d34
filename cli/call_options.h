// SPDX-License-Identifier: Apache-2.0
//
// What dial and answer have in common.
#pragma once

#include "cli/call_audio.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace offhook::cli {

struct CallOptions {
    AudioChoices audio;
    std::optional<double> hangup_after; // seconds after the call is connected
};

void add_call_options(CLI::App& command, CallOptions&);

// Throws a Problem when the message says that the service closed the line.
void refuse_closed_line(const LINEMESSAGE&, HLINE, const std::string& name);

} // namespace offhook::cli
