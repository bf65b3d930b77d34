// SPDX-License-Identifier: Apache-2.0
//
// A life of a provider, as a list of operations with choices. A choice picks among what there is at that time
// (the second line, the third way), so that a script stays meaningful when operations are left out of it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace offhook::certify {

#define OPERATION(name, weight, what) name,
enum class Operation : std::uint8_t {
#include "certify/operations.def"
    count
};
#undef OPERATION

struct OperationRow {
    std::string_view name;
    unsigned weight = 0; // how often lives choose it
    std::string_view what;
};
#define OPERATION(name, weight, what) OperationRow{#name, weight, what},
inline constexpr auto operations = std::to_array<OperationRow>({
#include "certify/operations.def"
});
#undef OPERATION

struct Step {
    Operation operation{};
    std::array<std::uint16_t, 3> choices{};
    bool operator==(const Step&) const = default;
};

struct Script {
    std::string name;               // for people
    std::uint32_t device_base = 0;  // the first device number that the provider is given
    std::uint16_t call_credit = 16; // calls that it may announce at a time; 0: all are refused
    std::vector<Step> steps;
};

// "base=100 credit=16 open_line:0:2 make_call settle". Nothing: an unknown word, which `wrong` names.
std::optional<Script> parse_script(std::string_view text, std::string& wrong);
std::string to_text(const Script&);

// What every provider is taken through, whatever the seed.
std::span<const Script> scenarios();

// A life from a seed: so many sessions, one after another, of so many operations each.
Script random_script(std::uint64_t seed, std::size_t steps, std::size_t sessions = 1);

} // namespace offhook::certify
