// SPDX-License-Identifier: Apache-2.0
//
// Dial strings, as far as rules are about them: modifiers that a line may have nothing for (the Windows
// documentation, "Dialable Addresses" and LINEDEVCAPFLAGS_).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace offhook::rules {

struct DialModifier {
    char16_t character = 0;
    std::uint16_t rule = 0;
    std::uint32_t flag = 0; // of LINEDEVCAPS::dwDevCapFlags: the line can wait for it; 0: no line can
    std::int32_t error = 0; // LINEERR_: what a line answers that cannot
};

// A modifier that has to be refused.
struct RefusableModifier {
    const DialModifier* modifier = nullptr; // null: there is none, or that is not known
    bool among_digits = false;              // alone: there is nothing else that could be refused
};

// The first one of a dial string that the line has nothing for. Without its capabilities only what no line
// has is told. What is no number (a host, a name) has no modifiers.
RefusableModifier refusable_modifier(std::u16string_view dialed,
                                     std::optional<std::uint32_t> capability_flags);

// Any of the errors about modifiers, or the one about the address as a whole.
bool is_about_the_dial_string(std::int32_t error);

} // namespace offhook::rules
