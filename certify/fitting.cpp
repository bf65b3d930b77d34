// SPDX-License-Identifier: Apache-2.0
#include "certify/fitting.h"

namespace offhook::certify {
namespace {

// What the first choice of an operation chooses among.
struct Among {
    std::size_t number = 0;
    std::size_t given = 0;   // by the option
    std::string_view option; // empty: nothing has to be given
};

Among among_of(Operation operation, const Target& target) {
    switch (operation) {
    case Operation::command: return {target.during.size(), target.during.size(), "--commands FILE"};
    // The first of them is the configuration that the life begins with, which alone is no other one.
    case Operation::reconfigure:
        return {target.changes.empty() ? 0 : 1 + target.changes.size(), target.changes.size(),
                "--change FILE"};
    default: return {};
    }
}

} // namespace

Script fitted(Script script, const Target& target) {
    std::erase_if(script.steps, [&](Step& step) {
        const auto among = among_of(step.operation, target);
        if (among.option.empty()) return false;
        if (among.number == 0) return true;
        step.choices[0] = static_cast<std::uint16_t>(step.choices[0] % among.number);
        return false;
    });
    return script;
}

std::optional<Missing> missing_for(const Script& script, const Target& target) {
    for (const auto& step : script.steps) {
        const auto among = among_of(step.operation, target);
        if (among.option.empty() || step.choices[0] < among.number) continue;
        const bool counts_from_one = step.operation == Operation::reconfigure && step.choices[0] != 0;
        return Missing{to_text({.name = {}, .steps = {step}}), std::string(among.option),
                       step.choices[0] + (counts_from_one ? 0U : 1U), among.given};
    }
    return std::nullopt;
}

} // namespace offhook::certify
