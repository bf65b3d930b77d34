// SPDX-License-Identifier: Apache-2.0
//
// Which version laid a structure out that lies in a frame: the frame does not say it.
#pragma once

#include "abi/structure_table.h"

#include <array>
#include <optional>
#include <span>

namespace offhook::trace {

// The structure of this name, when it is one of abi/table/structures.def.
constexpr std::optional<abi::StructureId> structure_named(std::string_view name) {
    for (std::size_t i = 0; i < abi::structures.size(); ++i)
        if (abi::structures[i].name == name) return static_cast<abi::StructureId>(i);
    return {};
}

// The parts of a structure, found once.
inline std::span<const abi::Part> known_parts(abi::StructureId id) {
    static constexpr auto by_structure = [] {
        std::array<std::span<const abi::Part>, abi::structures.size()> parts;
        for (std::size_t i = 0; i < parts.size(); ++i)
            parts[i] = abi::parts_of(static_cast<abi::StructureId>(i));
        return parts;
    }();
    return by_structure[static_cast<std::size_t>(id)];
}

// The bytes of the fixed part: that of the newest version in which no variable part lies inside of it, and
// which the structure is long enough for.
std::uint32_t fixed_part(abi::StructureId, std::span<const std::byte> structure);

} // namespace offhook::trace
