// SPDX-License-Identifier: Apache-2.0
//
// What the library of dialogs and the exchange say to each other: one block, which comes back with the answer
// (TSPI_providerGenericDialogData).
#pragma once

#include <array>
#include <cstdint>

namespace offhook::sim {

enum class DialogQuestion : std::uint32_t {
    describe, // an extension, or the exchange
    hang_up,  // an extension's calls, and describe it then
};

struct DialogBlock {
    DialogQuestion question = DialogQuestion::describe;
    std::array<char, 252> answer{}; // one line of UTF-8, with its NUL
};

} // namespace offhook::sim
