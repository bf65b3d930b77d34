// SPDX-License-Identifier: Apache-2.0
#include "certify/command_tally.h"

#include "certify/host.h"

#include <algorithm>

namespace offhook::certify {

CommandCount& CommandTally::count(Given given, std::string_view line) {
    const auto found = std::ranges::find_if(
        counts_, [&](const CommandCount& one) { return one.given == given && one.line == line; });
    return found != counts_.end() ? *found : counts_.emplace_back(CommandCount{given, std::string(line)});
}

void CommandTally::add(Given given, std::string_view line, const CommandReply& reply) {
    auto& one = count(given, line);
    if (reply.result == 0) {
        ++one.accepted;
        return;
    }
    if (one.refused++ != 0) return;
    one.error = reply.result;
    one.reply = reply.text;
}

void CommandTally::add(const CommandTally& more) {
    for (const auto& theirs : more.counts_) {
        auto& one = count(theirs.given, theirs.line);
        if (one.refused == 0) {
            one.error = theirs.error;
            one.reply = theirs.reply;
        }
        one.accepted += theirs.accepted;
        one.refused += theirs.refused;
    }
}

bool CommandTally::all_refused(Given given) const {
    bool some = false;
    for (const auto& one : counts_) {
        if (one.given != given) continue;
        if (one.accepted != 0) return false;
        some = true;
    }
    return some;
}

} // namespace offhook::certify
