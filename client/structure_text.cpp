// SPDX-License-Identifier: Apache-2.0
#include "client/structure_text.h"

#include "abi/structure_reader.h"
#include "abi/utf16.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace offhook::client {
namespace {

using abi::field_at;
using abi::Part;
using abi::PartKind;
using abi::StructureId;
using Bytes = std::span<const std::byte>;
using Buffer = std::vector<std::byte>;

constexpr std::size_t total_size_field = 0, needed_size_field = 4, used_size_field = 8, triplet_size = 12;
constexpr std::uint32_t newest_version = abi::v2_2; // that the service offers
constexpr std::size_t no_field = SIZE_MAX;

// Which encoding a structure says that its texts have.
constexpr std::size_t string_format_field(StructureId id) {
    if (id == StructureId::LINEDEVCAPS) return offsetof(LINEDEVCAPS, dwStringFormat);
    if (id == StructureId::PHONECAPS) return offsetof(PHONECAPS, dwStringFormat);
    return id == StructureId::VARSTRING ? offsetof(VARSTRING, dwStringFormat) : no_field;
}

// Texts that lie in slots of one size: where that size stands.
constexpr std::size_t slot_size_field(const Part& part) {
    if (part.structure == StructureId::LINEADDRESSCAPS && part.name == "dwCompletionMsgTextSize")
        return offsetof(LINEADDRESSCAPS, dwCompletionMsgTextEntrySize);
    if (part.structure == StructureId::LINEDEVCAPS && part.name == "dwTerminalTextSize")
        return offsetof(LINEDEVCAPS, dwTerminalTextEntrySize);
    return no_field;
}

// Entries that stand in the structure itself are no part of their own (forward_list sees to them).
bool in_version(const Part& part, std::uint32_t fixed) {
    return part.kind != PartKind::inline_array && part.offset_field + sizeof(std::uint32_t) <= fixed;
}

// Do all parts lie behind the fixed part and before `extent`?
bool parts_fit(StructureId id, std::uint32_t fixed, std::uint32_t extent, Bytes bytes) {
    return std::ranges::all_of(abi::parts_of(id), [&](const Part& part) {
        if (!in_version(part, fixed)) return true;
        const auto size = field_at(bytes, part.size_field);
        const auto offset = field_at(bytes, part.offset_field);
        return size == 0 || (offset >= fixed && offset <= extent && size <= extent - offset);
    });
}

std::optional<std::uint32_t> version_of(StructureId id, std::uint32_t extent, Bytes bytes) {
    for (std::size_t i = abi::version_index(newest_version) + 1; i-- > 0;) {
        const auto fixed = abi::structure(id).sizes[i];
        if (fixed != 0 && fixed <= extent && parts_fit(id, fixed, extent, bytes)) return abi::versions[i];
    }
    return {};
}

Buffer to_utf8(Bytes bytes) {
    std::u16string text(bytes.size() / sizeof(char16_t), u'\0');
    if (!text.empty()) std::memcpy(text.data(), bytes.data(), text.size() * sizeof(char16_t));
    const auto converted = abi::to_utf8(text);
    const auto raw = std::as_bytes(std::span(converted));
    return {raw.begin(), raw.end()};
}

Buffer to_utf16(Bytes bytes) {
    const auto converted = abi::to_utf16({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    const auto raw = std::as_bytes(std::span(converted));
    return {raw.begin(), raw.end()};
}

struct Encoding {
    Buffer (*convert)(Bytes);
    std::uint32_t from_format, to_format; // STRINGFORMAT_
    std::size_t terminator;               // bytes of the converted NUL
};

constexpr Encoding into_utf8{to_utf8, STRINGFORMAT_UNICODE, STRINGFORMAT_ASCII, 1};
constexpr Encoding into_utf16{to_utf16, STRINGFORMAT_ASCII, STRINGFORMAT_UNICODE, sizeof(char16_t)};

class Packer {
  public:
    Packer(Bytes source, std::uint32_t version, const Encoding& encoding, std::size_t room)
        : source_(source),
          version_(version),
          encoding_(encoding),
          room_(room) {}

    // The fixed part (and what lies in it) is copied as it is.
    void begin(std::size_t fixed) {
        packed_.assign(source_.begin(), source_.begin() + static_cast<std::ptrdiff_t>(fixed));
        needed_ = fixed;
    }

    void set(std::size_t field, std::size_t value) {
        const auto number = static_cast<std::uint32_t>(value);
        std::memcpy(packed_.data() + field, &number, sizeof number);
    }

    // The parts of the structure at `from`, for its copy at `to`; without a copy they are only counted.
    void parts(StructureId id, std::size_t from, std::optional<std::size_t> to) {
        for (const Part& part : abi::parts_of(id))
            if (in_version(part, abi::fixed_size(id, version_))) this->part(part, from, to);
    }

    std::size_t needed() const { return needed_; }
    Buffer take() { return std::move(packed_); }
    std::size_t used() const { return packed_.size(); }

  private:
    void part(const Part& part, std::size_t from, std::optional<std::size_t> to) {
        const auto content = abi::part_at(source_, from + part.size_field, from + part.offset_field);
        if (const auto slot = slot_size_field(part); slot != no_field)
            return slots(part, content, from + slot, to);
        if (is_text(part)) place(part, encoding_.convert(content), to);
        else if (part.kind == PartKind::array) entries(part, from, to);
        else place(part, content, to);
    }

    bool is_text(const Part& part) const {
        if (part.structure == StructureId::VARSTRING)
            return field_at(source_, string_format_field(part.structure)) == encoding_.from_format;
        return part.kind == PartKind::text;
    }

    std::optional<std::size_t> place(const Part& part, Bytes content, std::optional<std::size_t> to) {
        needed_ += content.size();
        const bool fits = to && !content.empty() && content.size() <= room_ - packed_.size();
        const auto at = packed_.size();
        if (fits) packed_.insert(packed_.end(), content.begin(), content.end());
        if (to) {
            set(*to + part.size_field, fits ? content.size() : 0);
            set(*to + part.offset_field, fits ? at : 0);
        }
        return fits ? std::optional(at) : std::nullopt;
    }

    void entries(const Part& part, std::size_t of, std::optional<std::size_t> to) {
        const std::size_t size = abi::entry_size(part, version_);
        if (size == 0) { // not of this version: the copy has none
            place(part, {}, to);
            return;
        }
        const auto whole = abi::entries_at(source_, part, version_, of);
        const auto from = static_cast<std::size_t>(whole.data() - source_.data());
        const auto at = place(part, whole, to);
        if (part.entry == StructureId::count) return; // numbers, or a structure without parts
        for (std::size_t entry = 0; entry < whole.size(); entry += size)
            parts(part.entry, from + entry, at ? std::optional(*at + entry) : std::nullopt);
    }

    // Each text keeps its place in the sequence; the slots become as long as the longest converted text.
    void slots(const Part& part, Bytes content, std::size_t slot_field, std::optional<std::size_t> to) {
        const std::size_t size = field_at(source_, slot_field);
        std::vector<Buffer> texts;
        std::size_t longest = 0;
        for (std::size_t at = 0; size != 0 && at + size <= content.size(); at += size) {
            texts.push_back(encoding_.convert(content.subspan(at, size)));
            while (!texts.back().empty() && texts.back().back() == std::byte{0}) texts.back().pop_back();
            longest = std::max(longest, texts.back().size() + encoding_.terminator);
        }
        Buffer joined(texts.size() * longest);
        for (std::size_t i = 0; i < texts.size(); ++i)
            std::ranges::copy(texts[i], joined.begin() + static_cast<std::ptrdiff_t>(i * longest));
        if (place(part, joined, to)) set(slot_size_field(part), longest);
    }

    Bytes source_;
    std::uint32_t version_;
    const Encoding& encoding_;
    std::size_t room_;
    std::size_t needed_ = 0;
    Buffer packed_;
};

void set_string_format(Packer& packer, StructureId id, Bytes source, std::uint32_t fixed,
                       const Encoding& encoding) {
    const auto field = string_format_field(id);
    if (field == no_field || field >= fixed || field_at(source, field) != encoding.from_format) return;
    packer.set(field, encoding.to_format);
}

// LINEFORWARDLIST holds its entries in itself, and has no triplet.
Buffer forward_list(Bytes source, const Encoding& encoding) {
    constexpr std::size_t first = offsetof(LINEFORWARDLIST, ForwardList);
    const std::size_t size = abi::fixed_size(StructureId::LINEFORWARD, newest_version);
    const auto count = std::min<std::size_t>(field_at(source, offsetof(LINEFORWARDLIST, dwNumEntries)),
                                             (source.size() - first) / size);
    const auto fixed = std::max<std::size_t>(first + count * size,
                                             abi::fixed_size(StructureId::LINEFORWARDLIST, newest_version));
    Packer packer(source, newest_version, encoding, SIZE_MAX);
    packer.begin(fixed);
    for (std::size_t i = 0; i < count; ++i)
        packer.parts(StructureId::LINEFORWARD, first + i * size, first + i * size);
    packer.set(offsetof(LINEFORWARDLIST, dwNumEntries), count);
    packer.set(total_size_field, packer.used());
    return packer.take();
}

} // namespace

std::optional<std::uint32_t> version_of_filled(StructureId id, Bytes bytes) {
    const auto used = field_at(bytes, used_size_field);
    if (bytes.size() < triplet_size || used > bytes.size() || field_at(bytes, needed_size_field) < used)
        return {};
    return version_of(id, used, bytes);
}

std::optional<Buffer> filled_as_utf8(StructureId id, Bytes bytes, std::uint32_t room) {
    const auto version = version_of_filled(id, bytes);
    if (!version || abi::fixed_size(id, *version) > room) return {};
    const auto source = bytes.first(field_at(bytes, used_size_field));
    Packer packer(source, *version, into_utf8, room);
    const auto fixed = abi::fixed_size(id, *version);
    packer.begin(fixed);
    set_string_format(packer, id, source, fixed, into_utf8);
    packer.parts(id, 0, 0);
    // What was left out already is not known: a character of UTF-16 takes at most half as much again in
    // UTF-8.
    const std::size_t missing = field_at(bytes, needed_size_field) - source.size();
    packer.set(total_size_field, room);
    packer.set(needed_size_field, packer.needed() + missing + missing / 2);
    packer.set(used_size_field, packer.used());
    return packer.take();
}

std::optional<Buffer> passed_as_utf16(StructureId id, Bytes bytes) {
    if (id == StructureId::LINEFORWARDLIST) {
        if (bytes.size() < abi::fixed_size(id, newest_version)) return {};
        return forward_list(bytes, into_utf16);
    }
    const auto version = version_of(id, static_cast<std::uint32_t>(bytes.size()), bytes);
    if (!version) return {};
    Packer packer(bytes, *version, into_utf16, SIZE_MAX);
    packer.begin(abi::fixed_size(id, *version));
    packer.parts(id, 0, 0);
    packer.set(total_size_field, packer.used());
    return packer.take();
}

} // namespace offhook::client
