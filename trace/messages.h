// SPDX-License-Identifier: Apache-2.0
//
// The messages of abi/table/messages.def, as a trace shows them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace offhook::trace {

struct Message {
    std::string_view name;
    std::uint32_t value = 0;
    std::string_view device;                    // what hDevice is
    std::array<std::string_view, 3> parameters; // what dwParam1 to dwParam3 are
};

#define MESSAGE(name, value, sides, device, p1, p2, p3) Message{#name, value, device, {p1, p2, p3}},
inline constexpr Message messages[] = {
#include "abi/table/messages.def"
};
#undef MESSAGE

constexpr const Message* message_of(std::uint32_t value) {
    for (const auto& message : messages)
        if (message.value == value) return &message;
    return nullptr;
}

} // namespace offhook::trace
