// SPDX-License-Identifier: Apache-2.0
#include "abi/structure_versions.h"

#include "abi/structure_reader.h"

#include <algorithm>
#include <cstring>

namespace offhook::abi {
namespace {

void put(std::span<std::byte> bytes, std::size_t offset, std::uint32_t value) {
    if (offset + sizeof value <= bytes.size()) std::memcpy(bytes.data() + offset, &value, sizeof value);
}

// Moves the offsets of one structure's parts, if they are fields of the version.
void move_offsets(StructureId id, std::uint32_t fixed, std::uint32_t difference, std::span<std::byte> bytes,
                  std::size_t base) {
    for (const Part& part : parts_of(id)) {
        if (part.kind == PartKind::inline_array) continue;
        if (!has_field(fixed, part.offset_field) || !has_field(fixed, part.size_field)) continue;
        if (field_at(bytes, base + part.size_field) == 0) continue;
        put(bytes, base + part.offset_field, field_at(bytes, base + part.offset_field) + difference);
    }
}

} // namespace

std::vector<std::byte> for_version(StructureId id, std::uint32_t from, std::uint32_t to,
                                   std::span<const std::byte> bytes) {
    const auto old_fixed = fixed_size(id, from);
    const auto new_fixed = fixed_size(id, to);
    if (old_fixed == new_fixed || bytes.size() < old_fixed) return {bytes.begin(), bytes.end()};
    const auto difference = new_fixed - old_fixed; // modulo 2^32, as offsets are
    std::vector<std::byte> moved(bytes.size() - old_fixed + new_fixed);
    std::copy_n(bytes.begin(), std::min(old_fixed, new_fixed), moved.begin());
    std::copy(bytes.begin() + old_fixed, bytes.end(), moved.begin() + new_fixed);
    const auto shared = std::min(old_fixed, new_fixed);
    move_offsets(id, shared, difference, moved, 0);
    for (const Part& part : parts_of(id)) {
        if (part.kind != PartKind::array || part.entry == StructureId::count ||
            !has_field(shared, part.offset_field))
            continue;
        const auto entry = entry_size(part, from);
        const auto offset = field_at(moved, part.offset_field);
        const auto size = entries_at(moved, part, from).size();
        for (std::size_t at = 0; at < size; at += entry)
            move_offsets(part.entry, entry, difference, moved, offset + at);
    }
    constexpr std::size_t total_size = 0, needed_size = 4, used_size = 8;
    for (const auto field : {total_size, needed_size, used_size})
        if (const auto value = field_at(moved, field); value >= old_fixed)
            put(moved, field, value + difference);
    return moved;
}

} // namespace offhook::abi
