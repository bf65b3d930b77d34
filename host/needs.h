// SPDX-License-Identifier: Apache-2.0
//
// What a provider needs to reach besides the service: the words of needs= in its note (offhook_provider.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace offhook::host {

struct Needs {
    bool network = false; // internet sockets
    bool devices = false; // serial ports and other character devices

    bool operator==(const Needs&) const = default;
};

// Words separated by commas, spaces around them ignored; `threads` says nothing (offhook_provider.h). Absent:
// a word that this version does not know; it is put into `unknown`.
[[nodiscard]] std::optional<Needs> parse_needs(std::string_view words, std::string& unknown);

// The words of what is in `needed` and not in `approved`, separated by commas; empty: nothing is.
[[nodiscard]] std::string beyond(const Needs& needed, const Needs& approved);

} // namespace offhook::host
