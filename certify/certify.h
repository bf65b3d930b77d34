// SPDX-License-Identifier: Apache-2.0
//
// Takes a provider through lives: every scenario, then random ones from a seed, until so many have been lived
// or the time is up, or one after another waits in vain for the same thing. What breaks a rule is shrunk to
// the shortest script that still breaks it.
#pragma once

#include "certify/report.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace offhook::certify {

struct Plan {
    std::uint64_t seed = 0;
    std::size_t random_lives = 50;
    std::size_t sessions = 1;                 // of a random life, one after another
    std::size_t steps = 40;                   // of each of them
    std::optional<std::chrono::seconds> time; // for the random lives; the scenarios are always lived
    std::optional<Script> replay;             // this one alone
    enum class Shrink : std::uint8_t { no, yes } shrink = Shrink::yes;
};

// Told before each life, for people who wait.
struct Stage {
    std::size_t lives = 0;              // that have been lived
    std::optional<std::size_t> of = {}; // none: as many as there is time for
    std::string life;                   // the one that begins
    std::size_t findings = 0;
    std::optional<std::string> shortening = {}; // what the script is shortened for
};
using Progress = std::function<void(const Stage&)>;

// Throws when no host can be started.
Report certify(const Target&, const Plan&, const Progress& = {});

} // namespace offhook::certify
