// SPDX-License-Identifier: Apache-2.0
//
// What the exchange is made of. README.md describes the keys.
#pragma once

#include "tspi.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace offhook::sim {

// What a subscriber outside does when it is called.
enum class Outside : std::uint8_t { answer, ring, busy, refuse, unreachable, congestion, special };

enum class Time : std::uint8_t { real, virtual_ };

struct Configuration {
    std::vector<std::string> extensions;        // their numbers
    std::map<std::string, std::string> names;   // of extensions
    std::map<std::string, std::string> groups;  // the pickup group of each extension
    std::vector<std::string> parks;             // the numbers of the park slots
    std::map<std::string, Outside> subscribers; // of those outside that are not like the others
    Outside others = Outside::answer;
    std::size_t trunks = 2;
    std::string outside_prefix = "9";
    Time time = Time::real;
    std::chrono::milliseconds ring_delay{0};       // from the end of dialing to ringing
    std::chrono::milliseconds answer_delay{0};     // from ringing to the answer of a subscriber outside
    std::chrono::milliseconds completion_delay{0}; // from a request to its completion
    std::chrono::milliseconds ring_cycle{5000};
    std::size_t calls = 2;      // active ones at an extension at a time
    std::size_t conference = 6; // parties
    DWORD answer_mode = LINEANSWERMODE_HOLD;

    bool operator==(const Configuration&) const = default;
};

using Keys = std::map<std::string, std::string>;

// What is wrong with the keys is said in `problems`, a line each; such a key counts as not set.
[[nodiscard]] Configuration read_configuration(const Keys& keys, std::vector<std::string>& problems);

// "101-110,201": nothing when it cannot be read or is more than `most` numbers.
[[nodiscard]] std::optional<std::vector<std::string>> numbers_of(std::string_view list, std::size_t most);

[[nodiscard]] std::optional<Outside> outside_of(std::string_view word);

} // namespace offhook::sim
