// SPDX-License-Identifier: Apache-2.0
#include "abi/structure_reader.h"

#include <algorithm>
#include <cstring>

namespace offhook::abi {
namespace {

// The three fields that a structure that is filled begins with. One that is passed may have the first alone.
constexpr std::size_t total_size_field = 0, needed_size_field = 4, used_size_field = 8, triplet_size = 12;

constexpr std::size_t most_parts = 32;

struct Extent {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

// Who wrote the structure. A caller's unused parts are looked at less strictly: a size of zero is enough.
enum class Writer : std::uint8_t { provider, caller };

class PartChecker {
  public:
    PartChecker(Writer writer, std::uint32_t version, std::span<const std::byte> whole, std::uint32_t total)
        : writer_(writer),
          version_(version),
          whole_(whole),
          total_(total) {}

    StructureFault check(StructureId id) {
        const auto fixed = fixed_size(id, version_);
        parts_begin_ = fixed;
        for (const Part& part : parts_of(id))
            if (part.kind == PartKind::inline_array)
                if (const auto fault = check_inline(part)) return fault;
        if (const auto fault = check_parts(id, fixed, 0, Level::outermost)) return fault;
        return writer_ == Writer::provider ? check_overlap() : StructureFault{};
    }

  private:
    enum class Level : std::uint8_t { outermost, entry };

    // Entries that stand in the structure itself belong to its fixed part.
    StructureFault check_inline(const Part& part) {
        const auto count = field_at(whole_, part.count_field);
        const auto size = entry_size(part, version_);
        if (size == 0 || whole_.size() < part.offset_field ||
            count > (whole_.size() - part.offset_field) / size)
            return {31, part.name, "more entries than the structure has room for"};
        parts_begin_ = std::max(parts_begin_, part.offset_field + count * size);
        return check_entries(part, part.offset_field, count);
    }

    StructureFault check_entries(const Part& part, std::uint32_t first, std::uint32_t count) {
        if (part.entry == StructureId::count) return {};
        const auto size = entry_size(part, version_);
        for (std::uint32_t i = 0; i < count; ++i)
            if (const auto fault = check_parts(part.entry, size, first + i * size, Level::entry))
                return fault;
        return {};
    }

    // The parts of the structure, or of an entry, whose fields begin at `base`.
    StructureFault check_parts(StructureId id, std::uint32_t fixed, std::uint32_t base, Level level) {
        for (const Part& part : parts_of(id)) {
            if (part.kind == PartKind::inline_array) continue;
            if (!has_field(fixed, part.size_field) || !has_field(fixed, part.offset_field)) continue;
            const Extent at{field_at(whole_, base + part.offset_field),
                            field_at(whole_, base + part.size_field)};
            if (const auto fault = check_part(part, at.begin, at.end, level)) return fault;
        }
        return {};
    }

    StructureFault check_part(const Part& part, std::uint32_t offset, std::uint32_t size, Level level) {
        if (size == 0) {
            if (offset == 0 || writer_ == Writer::caller) return {};
            return {35, part.name, "an empty part has an offset"};
        }
        if (offset > total_ || size > total_ - offset)
            return {33, part.name, "the part lies outside the structure"};
        if (offset + size > whole_.size()) return {38, part.name, "dwUsedSize does not count the part"};
        if (offset < parts_begin_) return {37, part.name, "the part lies in the fixed fields"};
        if (level == Level::outermost && writer_ == Writer::provider)
            extents_[extent_count_++] = {offset, offset + size};
        switch (part.kind) {
        case PartKind::text: return check_text(part, offset, size);
        case PartKind::array: return check_array(part, offset, size);
        case PartKind::binary:
        case PartKind::inline_array: break;
        }
        return {};
    }

    StructureFault check_text(const Part& part, std::uint32_t offset, std::uint32_t size) const {
        char16_t last = 0;
        if (size % sizeof last != 0) return {40, part.name, "text of an odd number of bytes"};
        std::memcpy(&last, whole_.data() + offset + size - sizeof last, sizeof last);
        if (last != 0) return {40, part.name, "text without a NUL at its end"};
        return {};
    }

    StructureFault check_array(const Part& part, std::uint32_t offset, std::uint32_t size) {
        const auto entry = entry_size(part, version_);
        if (entry == 0) return {};
        const auto count = field_at(whole_, part.count_field);
        // No page says whether the size of a list counts what its entries point to.
        const bool may_hold_more = part.entry != StructureId::count;
        if (!may_hold_more && size % entry != 0) return {33, part.name, "an entry is cut off"};
        if (count > size / entry || (!may_hold_more && count != size / entry))
            return {33, part.name, "the number of entries is not what the structure says"};
        return check_entries(part, offset, count);
    }

    StructureFault check_overlap() {
        const auto used = std::span(extents_).first(extent_count_);
        std::ranges::sort(used, {}, &Extent::begin);
        const auto overlap = std::ranges::adjacent_find(
            used, [](const Extent& before, const Extent& after) { return after.begin < before.end; });
        if (overlap != used.end()) return {37, "", "two parts overlap"};
        return {};
    }

    Writer writer_;
    std::uint32_t version_;
    std::span<const std::byte> whole_; // as far as it is used
    std::uint32_t total_;
    std::uint32_t parts_begin_ = 0;
    std::array<Extent, most_parts> extents_{};
    std::size_t extent_count_ = 0;
};

static_assert([] {
    for (std::size_t i = 0; i < structures.size(); ++i)
        if (parts_of(static_cast<StructureId>(i)).size() > most_parts) return false;
    return true;
}());

} // namespace

std::uint32_t field_at(std::span<const std::byte> bytes, std::size_t offset) {
    std::uint32_t value = 0;
    if (offset <= bytes.size() && bytes.size() - offset >= sizeof value)
        std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

std::span<const std::byte> part_at(std::span<const std::byte> bytes, std::size_t size_field,
                                   std::size_t offset_field) {
    const auto size = field_at(bytes, size_field);
    const auto offset = field_at(bytes, offset_field);
    if (size == 0 || offset > bytes.size() || size > bytes.size() - offset) return {};
    return bytes.subspan(offset, size);
}

std::span<const std::byte> entries_at(std::span<const std::byte> bytes, const Part& part,
                                      std::uint32_t version, std::size_t base) {
    const std::size_t size = entry_size(part, version);
    const auto whole = part_at(bytes, base + part.size_field, base + part.offset_field);
    if (size == 0) return {};
    return whole.first(std::min<std::size_t>(field_at(bytes, base + part.count_field), whole.size() / size) *
                       size);
}

std::u16string text_at(std::span<const std::byte> bytes, std::size_t size_field, std::size_t offset_field) {
    const auto part = part_at(bytes, size_field, offset_field);
    std::u16string text(part.size() / sizeof(char16_t), u'\0');
    if (!text.empty()) std::memcpy(text.data(), part.data(), text.size() * sizeof(char16_t));
    return text.substr(0, text.find(u'\0'));
}

StructureFault check_filled(StructureId id, std::uint32_t version, std::span<const std::byte> bytes) {
    const auto fixed = fixed_size(id, version);
    const auto total = field_at(bytes, total_size_field);
    const auto needed = field_at(bytes, needed_size_field);
    const auto used = field_at(bytes, used_size_field);
    if (fixed == 0) return {29, "", "the structure does not exist in this version"};
    if (bytes.size() < triplet_size || total < fixed)
        return {31, "dwTotalSize", "smaller than the fixed part"};
    if (used > total || used > bytes.size()) return {30, "dwUsedSize", "larger than the structure"};
    if (used < fixed) return {32, "dwUsedSize", "smaller than the fixed part"};
    if (needed < used) return {34, "dwNeededSize", "smaller than dwUsedSize"};
    return PartChecker(Writer::provider, version, bytes.first(used), total).check(id);
}

StructureFault check_passed(StructureId id, std::uint32_t version, std::span<const std::byte> bytes) {
    const auto fixed = fixed_size(id, version);
    const auto total = field_at(bytes, total_size_field);
    if (fixed == 0) return {29, "", "the structure does not exist in this version"};
    if (bytes.size() < fixed || total < fixed) return {31, "dwTotalSize", "smaller than the fixed part"};
    if (total != bytes.size()) return {30, "dwTotalSize", "not the structure's length"};
    return PartChecker(Writer::caller, version, bytes, total).check(id);
}

} // namespace offhook::abi
