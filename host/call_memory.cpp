// SPDX-License-Identifier: Apache-2.0
#include "host/call_memory.h"

#include "abi/structure_reader.h"

#include <algorithm>
#include <cstring>

namespace offhook::host {
namespace {

using abi::Direction;
using abi::Fill;
using abi::Kind;
using abi::Parameter;

constexpr std::size_t alignment = 16;
constexpr std::size_t guard_size = 64;
constexpr std::byte guard_byte{0xA5};
constexpr std::size_t triplet_size = 3 * sizeof(std::uint32_t); // dwTotalSize, dwNeededSize, dwUsedSize
constexpr std::size_t used_size_field = 8;

constexpr bool is_scalar(const Parameter& p) { return p.kind == Kind::number || p.kind == Kind::wide; }
constexpr bool is_output(const Parameter& p) { return p.direction != Direction::in; }
constexpr bool is_pointer(const Parameter& p) {
    return p.kind != Kind::local && (!is_scalar(p) || is_output(p));
}
constexpr std::size_t aligned(std::size_t size) { return (size + alignment - 1) & ~(alignment - 1); }

// A number that is the length of an output is limited as the output is, so that the provider sees its true
// length.
bool counts_output(const abi::TspiFunction& row, const Parameter& number) {
    return std::any_of(
        row.parameters.begin(), row.parameters.begin() + static_cast<std::ptrdiff_t>(row.count),
        [&](const Parameter& p) { return p.count_name == number.name && p.direction == Direction::out; });
}

std::uint64_t limited(std::uint64_t size) { return std::min<std::uint64_t>(size, CallMemory::max_output); }

} // namespace

CallMemory::CallMemory(const abi::TspiFunction& row, const wire::Values& inputs) : row_(row) {
    reserve(inputs);
    for (std::size_t i = 0; i < row_.count; ++i) {
        const auto& p = row_.parameters[i];
        if (places_[i]) fill(i, inputs[i]);
        else if (is_scalar(p))
            arguments_[i].number = counts_output(row_, p) ? limited(inputs[i].number) : inputs[i].number;
    }
}

std::size_t CallMemory::output_size(const Parameter& p, const wire::Values& inputs) const {
    switch (p.kind) {
    case Kind::number: return sizeof(std::uint32_t);
    case Kind::wide: return sizeof(std::uint64_t);
    case Kind::fixed: return p.size;
    case Kind::sized: return limited(inputs[row_.index_of(p.name)].number);
    case Kind::text:
        if (p.count_name.empty()) return p.size * sizeof(char16_t);
        // One more for the NUL behind the digits that were asked for.
        if (const auto digits = limited(inputs[row_.index_of(p.count_name)].number); digits != 0)
            return (digits + std::size_t{1}) * sizeof(char16_t);
        return 0;
    case Kind::bytes:
    case Kind::counted_text:
    case Kind::array: return limited(inputs[row_.index_of(p.count_name)].number);
    case Kind::local: break;
    }
    return 0;
}

// Everything lies in one block, which stays where it is: one allocation for a call.
void CallMemory::reserve(const wire::Values& inputs) {
    std::size_t end = 0;
    for (std::size_t i = 0; i < row_.count; ++i) {
        const auto& p = row_.parameters[i];
        if (!is_pointer(p)) continue;
        const bool sized_output = p.kind == Kind::sized && p.direction == Direction::out;
        const bool has_input = p.direction != Direction::out && !is_scalar(p);
        if ((sized_output || has_input) && inputs[i].null) continue;
        const auto size = has_input ? inputs[i].bytes.size() : output_size(p, inputs);
        // A buffer of no characters is none: lineGatherDigits is cancelled with NULL.
        if (p.fill == Fill::at_message && size == 0) continue;
        places_[i] = Place{end, size};
        end += aligned(size + guard_size);
    }
    memory_.resize(end);
}

void CallMemory::fill(std::size_t index, const wire::Value& input) {
    const auto& p = row_.parameters[index];
    const auto [offset, size] = *places_[index];
    std::byte* const at = memory_.data() + offset;
    arguments_[index].pointer = at;
    if (!input.bytes.empty()) std::memcpy(at, input.bytes.data(), input.bytes.size());
    if (p.kind == Kind::sized && is_output(p)) {
        const auto total = static_cast<std::uint32_t>(size);
        std::memcpy(at, &total, std::min(size, sizeof total));
    }
    if (is_scalar(p) && p.direction == Direction::inout) std::memcpy(at, &input.number, size);
    // What follows an input is zero: the end of its text.
    if (is_output(p)) std::memset(at + size, static_cast<int>(guard_byte), guard_size);
}

std::uint64_t CallMemory::number(std::string_view parameter) const {
    const auto index = row_.index_of(parameter);
    return index < row_.count ? arguments_[index].number : 0;
}

std::optional<Fault> CallMemory::fault(std::uint32_t rule, const Parameter& p, std::string_view what) const {
    const auto number = std::to_string(rule);
    return Fault{"R" + std::string(3 - std::min<std::size_t>(3, number.size()), '0') + number + ": " +
                 std::string(row_.name) + " " + std::string(what) + " (" + std::string(p.name) + ")"};
}

std::optional<Fault> CallMemory::overrun() const {
    for (std::size_t i = 0; i < row_.count; ++i) {
        if (!places_[i] || !is_output(row_.parameters[i])) continue;
        const auto* guard = memory_.data() + places_[i]->offset + places_[i]->size;
        if (std::any_of(guard, guard + guard_size, [](std::byte b) { return b != guard_byte; }))
            return fault(30, row_.parameters[i], "wrote past the end of an output");
    }
    return std::nullopt;
}

std::optional<Fault> CallMemory::take_sized(std::size_t index, wire::Value& value) const {
    const auto& p = row_.parameters[index];
    const auto whole = std::span(memory_).subspan(places_[index]->offset, places_[index]->size);
    if (abi::field_at(whole, 0) != whole.size()) return fault(30, p, "changed dwTotalSize");
    const auto used = abi::field_at(whole, used_size_field);
    if (used > whole.size()) return fault(30, p, "gave a dwUsedSize larger than dwTotalSize");
    value.bytes = whole.first(std::min(whole.size(), std::max<std::size_t>(used, triplet_size)));
    return std::nullopt;
}

std::optional<Fault> CallMemory::outputs(Fill when, wire::Values& values) const {
    for (std::size_t i = 0; i < row_.count; ++i) {
        const auto& p = row_.parameters[i];
        if (!is_output(p) || p.fill != when) continue;
        auto& value = values[i];
        value = {};
        if (!places_[i]) continue;
        value.null = false;
        const auto whole = std::span(memory_).subspan(places_[i]->offset, places_[i]->size);
        if (is_scalar(p)) {
            std::memcpy(&value.number, whole.data(), whole.size());
        } else if (p.kind == Kind::sized) {
            if (auto fault = take_sized(i, value)) return fault;
        } else if (p.kind == Kind::text) {
            const auto* text = reinterpret_cast<const char16_t*>(whole.data());
            const auto* end = std::find(text, text + whole.size() / sizeof(char16_t), u'\0');
            value.bytes = whole.first(static_cast<std::size_t>(end - text) * sizeof(char16_t));
        } else {
            value.bytes = whole;
        }
    }
    return std::nullopt;
}

} // namespace offhook::host
