// SPDX-License-Identifier: Apache-2.0
//
// What a frame carries, by name: parameters with their constants, structures with their fields. All of it
// follows from the tables of abi/ and the comments of its headers; nothing is written by hand for a function.
// Frames may have been cut or be malformed: what is not there is left out.
#pragma once

#include "abi/function_table.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace offhook::trace {

// The parameters of a call or a return: as numbers, where they are some, and as they are shown.
struct Parameters {
    std::map<std::string_view, std::uint64_t> numbers;
    nlohmann::json shown = nlohmann::json::object();

    std::uint64_t number(std::string_view name) const {
        const auto found = numbers.find(name);
        return found == numbers.end() ? 0 : found->second;
    }
};

Parameters inputs_of(const abi::Function&, std::span<const std::byte> payload);
Parameters outputs_of(const abi::Function&, abi::Fill, std::span<const std::byte> payload);

// Who sent a message: a few parameters differ.
enum class Sender : std::uint8_t { provider, service };

struct MessageValues {
    Sender sender{};
    std::uint64_t device = 0;
    std::array<std::uint64_t, 3> parameters{};
};
nlohmann::json shown_message(std::uint32_t message, const MessageValues&);

} // namespace offhook::trace
