// SPDX-License-Identifier: Apache-2.0
//
// Takes a provider through lives: every scenario, then random ones from a seed, until so many have been lived
// or the time is up. What breaks a rule is shrunk to the shortest script that still breaks it.
#pragma once

#include "certify/report.h"

#include <chrono>
#include <functional>
#include <optional>

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

// Told of each life before it begins, for people who wait.
using Progress = std::function<void(std::size_t number, const std::string& name)>;

// Throws when no host can be started.
Report certify(const Target&, const Plan&, const Progress& = {});

} // namespace offhook::certify
