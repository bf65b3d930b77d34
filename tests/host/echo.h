// SPDX-License-Identifier: Apache-2.0
//
// What the echo provider and its test agree on: how a call's inputs are described, and what its outputs are.
#pragma once

#include "wire/codec.h"

#include <cstdint>
#include <cstdio>
#include <span>
#include <string>

namespace offhook::host::echo {

inline std::string hash(std::span<const std::byte> bytes) {
    std::uint64_t value = 14695981039346656037u; // FNV-1a
    for (const auto b : bytes) value = (value ^ static_cast<std::uint64_t>(b)) * 1099511628211u;
    char text[48];
    std::snprintf(text, sizeof text, "%zu:%016llx", bytes.size(), static_cast<unsigned long long>(value));
    return text;
}

// A line that says everything that went down.
inline std::string describe(const abi::Function& row, const wire::Values& values) {
    std::string line(row.name);
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (!wire::detail::goes_down(p)) continue;
        line += " " + std::string(p.name) + "=";
        if (values[i].null) line += "NULL";
        else if (wire::detail::is_scalar(p) || wire::detail::carries_total_size(p))
            line += std::to_string(values[i].number);
        else line += hash(values[i].bytes);
    }
    return line;
}

constexpr std::uint64_t number(std::size_t parameter) { return 0x1000 + parameter; }
constexpr std::uint64_t wide(std::size_t parameter) { return 0x8000'0000'0000'2000u + parameter; }
constexpr std::byte byte_at(std::size_t parameter, std::size_t offset) {
    return static_cast<std::byte>(parameter * 31 + offset + 1);
}
inline constexpr std::u16string_view text = u"echo.dll";

} // namespace offhook::host::echo
