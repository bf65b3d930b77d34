// SPDX-License-Identifier: Apache-2.0
#include "abi/structure_reader.h"

#include <cstring>

namespace offhook::abi {
namespace {

// The triplet that every structure of the table begins with, but for entries of arrays.
constexpr std::size_t total_size_field = 0, needed_size_field = 4, used_size_field = 8, triplet_size = 12;

StructureFault check_parts(StructureId id, std::uint32_t fixed, std::uint32_t end,
                           std::span<const std::byte> whole, std::size_t base) {
    for (const Part& part : parts_of(id)) {
        if (part.offset_field + sizeof(std::uint32_t) > fixed)
            continue; // newer than the version
        const auto size = field_at(whole, base + part.size_field);
        const auto offset = field_at(whole, base + part.offset_field);
        if (size == 0)
            continue;
        if (offset > end || size > end - offset)
            return {33, part.name, "the part lies outside the structure"};
        if (offset < triplet_size)
            return {37, part.name, "the part lies in the fixed fields"};
        if (part.kind == PartKind::text && size % sizeof(char16_t) != 0)
            return {40, part.name, "text of an odd number of bytes"};
    }
    return {};
}

} // namespace

std::uint32_t field_at(std::span<const std::byte> bytes, std::size_t offset) {
    std::uint32_t value = 0;
    if (offset + sizeof value <= bytes.size())
        std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

std::span<const std::byte> part_at(std::span<const std::byte> bytes, std::size_t size_field,
                                   std::size_t offset_field) {
    const auto size = field_at(bytes, size_field);
    const auto offset = field_at(bytes, offset_field);
    if (size == 0 || offset > bytes.size() || size > bytes.size() - offset)
        return {};
    return bytes.subspan(offset, size);
}

std::u16string text_at(std::span<const std::byte> bytes, std::size_t size_field, std::size_t offset_field) {
    const auto part = part_at(bytes, size_field, offset_field);
    std::u16string text(part.size() / sizeof(char16_t), u'\0');
    if (!text.empty())
        std::memcpy(text.data(), part.data(), text.size() * sizeof(char16_t));
    return text.substr(0, text.find(u'\0'));
}

StructureFault check_filled(StructureId id, std::uint32_t version, std::span<const std::byte> bytes) {
    const auto fixed = fixed_size(id, version);
    const auto total = field_at(bytes, total_size_field);
    const auto needed = field_at(bytes, needed_size_field);
    const auto used = field_at(bytes, used_size_field);
    if (fixed == 0)
        return {29, "", "the structure does not exist in this version"};
    if (bytes.size() < triplet_size || total < fixed)
        return {31, "dwTotalSize", "smaller than the fixed part"};
    if (used > total || used > bytes.size())
        return {30, "dwUsedSize", "larger than the structure"};
    if (used < fixed)
        return {32, "dwUsedSize", "smaller than the fixed part"};
    if (needed < used)
        return {34, "dwNeededSize", "smaller than dwUsedSize"};
    const auto whole = bytes.first(used);
    if (const auto fault = check_parts(id, fixed, used, whole, 0))
        return fault;
    for (const Part& part : parts_of(id)) {
        if (part.kind != PartKind::array || part.offset_field + sizeof(std::uint32_t) > fixed)
            continue;
        const auto entry = fixed_size(part.entry, version);
        const auto size = field_at(whole, part.size_field);
        const auto offset = field_at(whole, part.offset_field);
        if (size == 0 || entry == 0)
            continue;
        for (std::size_t at = 0; at + entry <= size; at += entry)
            if (const auto fault = check_parts(part.entry, entry, used, whole, offset + at))
                return fault;
    }
    return {};
}

StructureFault check_passed(StructureId id, std::uint32_t version, std::span<const std::byte> bytes) {
    const auto fixed = fixed_size(id, version);
    const auto total = field_at(bytes, total_size_field);
    if (fixed == 0)
        return {29, "", "the structure does not exist in this version"};
    if (bytes.size() < sizeof(std::uint32_t) || total != bytes.size() || total < fixed)
        return {31, "dwTotalSize", "smaller than the fixed part"};
    return check_parts(id, fixed, total, bytes, 0);
}

} // namespace offhook::abi
