// SPDX-License-Identifier: Apache-2.0
//
// Follows a structure's pairs and counts as a program does that trusts them.
#pragma once

#include "abi/structure_reader.h"

namespace offhook::abi {

// Does everything that the structure points at lie within `bytes`, and does its text end there?
inline bool all_inside(StructureId id, std::uint32_t version, std::span<const std::byte> bytes,
                       std::size_t base = 0) {
    const auto fixed = fixed_size(id, version);
    if (base + fixed > bytes.size()) return false;
    for (const Part& part : parts_of(id)) {
        const bool is_inline = part.kind == PartKind::inline_array;
        if (!is_inline && (!has_field(fixed, part.size_field) || !has_field(fixed, part.offset_field)))
            continue;
        const std::uint64_t size = is_inline ? 0 : field_at(bytes, base + part.size_field);
        const std::uint64_t offset =
            is_inline ? part.offset_field : field_at(bytes, base + part.offset_field);
        if (!is_inline && size == 0) continue;
        if (offset + size > bytes.size()) return false;
        if (part.kind == PartKind::text) {
            std::uint64_t at = offset; // as wcslen does
            while (at + 2 <= bytes.size() && (bytes[at] != std::byte{0} || bytes[at + 1] != std::byte{0}))
                at += 2;
            if (at + 2 > offset + size) return false;
        }
        if ((part.kind != PartKind::array && !is_inline) || entry_size(part, version) == 0) continue;
        const std::uint64_t count = field_at(bytes, base + part.count_field);
        if (offset + count * entry_size(part, version) > bytes.size()) return false;
        if (part.entry == StructureId::count) continue;
        for (std::uint64_t i = 0; i < count; ++i)
            if (!all_inside(part.entry, version, bytes, offset + i * entry_size(part, version))) return false;
    }
    return true;
}

} // namespace offhook::abi
