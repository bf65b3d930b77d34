// SPDX-License-Identifier: Apache-2.0
//
// Entries on their way from the service to who reads them: their bytes in hexadecimal, inside of a JSON text.
#pragma once

#include "trace/entry.h"

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace offhook::trace {

inline void append_hexadecimal(std::string& to, std::span<const std::byte> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (const auto byte : bytes) {
        to += digits[std::to_integer<std::size_t>(byte >> 4)];
        to += digits[std::to_integer<std::size_t>(byte & std::byte{15})];
    }
}

// Empty: it is no text of this kind.
inline std::vector<std::byte> from_hexadecimal(std::string_view text) {
    const auto value = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    std::vector<std::byte> bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        const auto high = value(text[i]);
        const auto low = value(text[i + 1]);
        if (high < 0 || low < 0) return {};
        bytes.push_back(static_cast<std::byte>(high * 16 + low));
    }
    return bytes;
}

inline void append_entry(std::string& to, const Entry& entry) {
    append_hexadecimal(to, std::as_bytes(std::span(&entry.header, 1)));
    append_hexadecimal(to, entry.bytes);
}

// Calls `visit` for each entry. False: the bytes are no whole entries.
template <class Visit> bool for_each_entry(std::span<const std::byte> bytes, Visit visit) {
    while (!bytes.empty()) {
        Entry entry;
        if (bytes.size() < sizeof entry.header) return false;
        std::memcpy(&entry.header, bytes.data(), sizeof entry.header);
        bytes = bytes.subspan(sizeof entry.header);
        if (bytes.size() < entry.header.size ||
            static_cast<std::uint8_t>(entry.header.boundary) > last_boundary)
            return false;
        entry.bytes = bytes.first(entry.header.size);
        visit(entry);
        bytes = bytes.subspan(entry.header.size);
    }
    return true;
}

} // namespace offhook::trace
