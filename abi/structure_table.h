// SPDX-License-Identifier: Apache-2.0
//
// What structures.def says, at compile time: how large the fixed part of each structure is in each version
// (R029), and where its variably sized parts are named.
#pragma once

#include "abi/function_table.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace offhook::abi {

inline constexpr std::array<std::uint32_t, 7> versions{v1_3, v1_4, v2_0, v2_1, v2_2, v3_0, v3_1};

// The place of a version in `versions`; one that lies between two of them counts as the lower.
constexpr std::size_t version_index(std::uint32_t version) {
    std::size_t index = 0;
    while (index + 1 < versions.size() && versions[index + 1] <= version) ++index;
    return index;
}

#define STRUCTURE(name, ...) name,
#define PART_TEXT(...)
#define PART_BINARY(...)
#define PART_ARRAY(...)
#define PART_INLINE(...)
enum class StructureId : std::uint8_t {
#include "abi/table/structures.def"
    count
};
#undef STRUCTURE

struct Structure {
    std::string_view name;
    // Bytes of the fixed part; 0: not defined in that version.
    std::array<std::uint32_t, versions.size()> sizes{};
};

#define STRUCTURE(name, ...) Structure{#name, {__VA_ARGS__}},
inline constexpr std::array<Structure, static_cast<std::size_t>(StructureId::count)> structures{{
#include "abi/table/structures.def"
}};
#undef STRUCTURE

// The table's row of a C structure; `count`: it has none.
template <class T> inline constexpr StructureId structure_id = StructureId::count;
#define STRUCTURE(name, ...)                                                                                 \
    template <> inline constexpr StructureId structure_id<::name> = StructureId::name;
#include "abi/table/structures.def"
#undef STRUCTURE
#undef PART_TEXT
#undef PART_BINARY
#undef PART_ARRAY
#undef PART_INLINE

constexpr const Structure& structure(StructureId id) { return structures[static_cast<std::size_t>(id)]; }

// Bytes of the fixed part in a version; 0: the structure is not defined in it.
constexpr std::uint32_t fixed_size(StructureId id, std::uint32_t version) {
    return structure(id).sizes[version_index(version)];
}

template <class T> constexpr std::uint32_t fixed_size(std::uint32_t version) {
    static_assert(structure_id<T> != StructureId::count, "not a structure of the table");
    return fixed_size(structure_id<T>, version);
}

enum class PartKind : std::uint8_t { text, binary, array, inline_array };

struct Part {
    StructureId structure{};
    PartKind kind{};
    std::string_view name; // of the size field, or of an inline array
    std::uint32_t size_field =
        0; // the offset of the field that holds the part's size; not of an inline array
    std::uint32_t offset_field = 0; // of the field that holds its offset; of an inline array itself
    // Of arrays:
    StructureId entry = StructureId::count; // what the entries are, when they are structures of the table
    std::uint32_t entry_size = 0;           // at version 3.1
    std::uint32_t count_field = 0;          // the offset of the field that holds the number of entries
};

// clang-format off
#define STRUCTURE(...)
#define PART_TEXT(s, size, offset) \
    Part{.structure = StructureId::s, .kind = PartKind::text, .name = #size, \
         .size_field = offsetof(::s, size), .offset_field = offsetof(::s, offset)},
#define PART_BINARY(s, size, offset) \
    Part{.structure = StructureId::s, .kind = PartKind::binary, .name = #size, \
         .size_field = offsetof(::s, size), .offset_field = offsetof(::s, offset)},
#define PART_ARRAY(s, size, offset, type, count) \
    Part{.structure = StructureId::s, .kind = PartKind::array, .name = #size, \
         .size_field = offsetof(::s, size), .offset_field = offsetof(::s, offset), \
         .entry = structure_id<::type>, .entry_size = sizeof(::type), .count_field = offsetof(::s, count)},
#define PART_INLINE(s, first, type, count) \
    Part{.structure = StructureId::s, .kind = PartKind::inline_array, .name = #first, \
         .offset_field = offsetof(::s, first), \
         .entry = structure_id<::type>, .entry_size = sizeof(::type), .count_field = offsetof(::s, count)},
// clang-format on
inline constexpr auto parts = std::to_array<Part>({
#include "abi/table/structures.def"
});
#undef STRUCTURE
#undef PART_TEXT
#undef PART_BINARY
#undef PART_ARRAY
#undef PART_INLINE

// The parts of a structure: rows that follow each other in the table.
constexpr std::span<const Part> parts_of(StructureId id) {
    std::size_t first = 0;
    while (first < parts.size() && parts[first].structure != id) ++first;
    std::size_t last = first;
    while (last < parts.size() && parts[last].structure == id) ++last;
    return std::span(parts).subspan(first, last - first);
}

// Bytes of one entry of an array in a version; 0: the version has no such entries.
constexpr std::uint32_t entry_size(const Part& part, std::uint32_t version) {
    return part.entry == StructureId::count ? part.entry_size : fixed_size(part.entry, version);
}

// Is a field of 32 bits at this offset among the first `fixed` bytes?
constexpr bool has_field(std::uint32_t fixed, std::size_t offset) {
    return offset + sizeof(std::uint32_t) <= fixed;
}

} // namespace offhook::abi
