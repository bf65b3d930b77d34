// SPDX-License-Identifier: Apache-2.0
//
// A rule is a function that looks at one step and at the books of what came before it. The files *_rules.cpp
// hold them, each next to its number in a table at the end of its file; table.h joins the tables.
#pragma once

#include "rules/books.h"
#include "rules/observation.h"

#include <string>
#include <utility>

namespace offhook::rules {

enum class Outcome : std::uint8_t {
    irrelevant, // the rule has nothing to say about this step
    kept,
    contested, // kept as another page reads it (abi/table/conflicts.def)
    broken,
};

struct Verdict {
    Outcome outcome = Outcome::irrelevant;
    std::string did; // what the provider did, when it did not keep the rule as Offhook reads it

    static Verdict kept() { return {Outcome::kept, {}}; }
    static Verdict contested(std::string did) { return {Outcome::contested, std::move(did)}; }
    static Verdict broken(std::string did) { return {Outcome::broken, std::move(did)}; }
};

struct Rule {
    std::uint16_t number = 0;
    Step when{};
    // The functions or messages that it looks at, asked once for each.
    bool (*concerns)(std::uint16_t function_or_message) = nullptr;
    // The books do not know of the step yet, except of what entered.
    Verdict (*check)(const Observation&, const Books&) = nullptr;
};

// For `concerns`.
template <auto... Numbers> constexpr bool one_of(std::uint16_t number) {
    return ((number == static_cast<std::uint16_t>(Numbers)) || ...);
}
constexpr bool every(std::uint16_t) { return true; }
constexpr bool asynchronous(std::uint16_t number) {
    return abi::row(static_cast<abi::Tspi>(number)).mode == abi::Mode::async;
}

// The messages that are about a call.
constexpr bool of_call(std::uint16_t message) {
    return one_of<LINE_CALLSTATE, LINE_CALLINFO, LINE_MONITORDIGITS, LINE_MONITORMEDIA, LINE_MONITORTONE,
                  LINE_GATHERDIGITS, LINE_GENERATE>(message);
}

// In hexadecimal, as handles, states and versions are shown.
std::string hex(std::uint64_t);
std::string state_text(std::uint32_t call_state);
std::string message_text(std::uint16_t message); // by its name

} // namespace offhook::rules
