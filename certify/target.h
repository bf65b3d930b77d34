// SPDX-License-Identifier: Apache-2.0
//
// What is to be certified, and how patiently.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace offhook::certify {

using Configuration = std::map<std::string, std::string>;

inline constexpr std::uint32_t permanent_provider_id = 1;

struct Target {
    std::string host_program; // path of offhook-host
    std::string library;      // absolute path of the provider
    std::string needs;        // what it may reach, as its note says
    Configuration configuration;
    std::vector<Configuration> changes; // that lives change to while a session runs
    // Lines for OFFHOOK_providerCommand. `before` are given as a session begins; `during` are things that
    // happen outside (somebody rings, a button is pressed), from which lives choose.
    std::vector<std::string> before, during;
    std::string dial; // a number to dial besides the provider's own addresses; empty: none

    std::chrono::milliseconds patience{5000}; // for what is owed: a completion, a state
    std::chrono::milliseconds settle{30};     // without a word, and nothing owed: it is quiet
    std::chrono::milliseconds hang{10'000};   // a function that has not returned by then never will
};

} // namespace offhook::certify
