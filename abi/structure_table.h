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
    while (index + 1 < versions.size() && versions[index + 1] <= version)
        ++index;
    return index;
}

enum class PartKind : std::uint8_t { text, binary, array };

#define STRUCTURE(name, ...) name,
#define PART_TEXT(...)
#define PART_BINARY(...)
#define PART_ARRAY(...)
enum class StructureId : std::uint8_t {
#include "abi/table/structures.def"
    count
};
#undef STRUCTURE
#undef PART_TEXT
#undef PART_BINARY
#undef PART_ARRAY

struct Part {
    StructureId structure{};
    PartKind kind{};
    std::string_view name;          // of the size field
    std::uint32_t size_field = 0;   // the offset of the field that holds the part's size
    std::uint32_t offset_field = 0; // of the field that holds its offset
    StructureId entry{};            // of an array
};

struct Structure {
    std::string_view name;
    std::array<std::uint32_t, versions.size()>
        sizes{}; // bytes of the fixed part; 0: not defined in that version
};

#define STRUCTURE(name, ...) Structure{#name, {__VA_ARGS__}},
#define PART_TEXT(...)
#define PART_BINARY(...)
#define PART_ARRAY(...)
inline constexpr std::array<Structure, static_cast<std::size_t>(StructureId::count)> structures{{
#include "abi/table/structures.def"
}};
#undef STRUCTURE
#undef PART_TEXT
#undef PART_BINARY
#undef PART_ARRAY

#define STRUCTURE(...)
#define PART_TEXT(s, size, offset)                                                                           \
    Part{StructureId::s,      PartKind::text,        #size,                                                  \
         offsetof(::s, size), offsetof(::s, offset), StructureId::count},
#define PART_BINARY(s, size, offset)                                                                         \
    Part{StructureId::s,      PartKind::binary,      #size,                                                  \
         offsetof(::s, size), offsetof(::s, offset), StructureId::count},
#define PART_ARRAY(s, size, offset, entry)                                                                   \
    Part{StructureId::s,      PartKind::array,       #size,                                                  \
         offsetof(::s, size), offsetof(::s, offset), StructureId::entry},
inline constexpr auto parts = std::to_array<Part>({
#include "abi/table/structures.def"
});
#undef STRUCTURE
#undef PART_TEXT
#undef PART_BINARY
#undef PART_ARRAY

constexpr const Structure& structure(StructureId id) { return structures[static_cast<std::size_t>(id)]; }

// The parts of a structure: rows that follow each other in the table.
constexpr std::span<const Part> parts_of(StructureId id) {
    std::size_t first = 0;
    while (first < parts.size() && parts[first].structure != id)
        ++first;
    std::size_t last = first;
    while (last < parts.size() && parts[last].structure == id)
        ++last;
    return std::span(parts).subspan(first, last - first);
}

// Bytes of the fixed part in a version; 0: the structure is not defined in it.
constexpr std::uint32_t fixed_size(StructureId id, std::uint32_t version) {
    return structure(id).sizes[version_index(version)];
}

// The table's row of a C structure.
template <class T> inline constexpr StructureId structure_id = StructureId::count;
#define STRUCTURE(name, ...)                                                                                 \
    template <> inline constexpr StructureId structure_id<::name> = StructureId::name;
#define PART_TEXT(...)
#define PART_BINARY(...)
#define PART_ARRAY(...)
#include "abi/table/structures.def"
#undef STRUCTURE
#undef PART_TEXT
#undef PART_BINARY
#undef PART_ARRAY

template <class T> constexpr std::uint32_t fixed_size(std::uint32_t version) {
    static_assert(structure_id<T> != StructureId::count, "not a structure of the table");
    return fixed_size(structure_id<T>, version);
}

} // namespace offhook::abi
