// SPDX-License-Identifier: Apache-2.0
//
// Marshalling by the function tables: which parameters a frame carries, and in which form, follows from the
// function's row at compile time. A function costs one line in the tables and none here.
//
//   down: the inputs, from the caller to the callee. Of an output structure only dwTotalSize travels down.
//   up:   the outputs, at return, at the reply, or with a message.
#pragma once

#include "abi/function_table.h"
#include "wire/writer.h"

#include <array>
#include <bit>
#include <type_traits>
#include <utility>

namespace offhook::wire {

using abi::Direction;
using abi::Fill;
using abi::Kind;
using abi::Parameter;

// A parameter's value as it lies in a frame. Numbers use `number` (for an output structure: its dwTotalSize,
// of which null_block stands for a NULL pointer); everything else uses `bytes`, and `null` for a NULL
// pointer.
struct Value {
    std::uint64_t number = 0;
    std::span<const std::byte> bytes;
    bool null = true;

    // Of text that decode_down or decode_up let pass.
    std::u16string_view text() const {
        return {reinterpret_cast<const char16_t*>(bytes.data()), bytes.size() / sizeof(char16_t)};
    }
};

using Values = std::array<Value, abi::max_parameters>;

namespace detail {

constexpr bool is_scalar(const Parameter& p) { return p.kind == Kind::number || p.kind == Kind::wide; }
constexpr bool carries_total_size(const Parameter& p) {
    return p.kind == Kind::sized && p.direction == Direction::out;
}
constexpr bool goes_down(const Parameter& p) {
    return p.kind != Kind::local && (p.direction != Direction::out || carries_total_size(p));
}
constexpr bool goes_up(const Parameter& p, Fill when) {
    return p.kind != Kind::local && p.direction != Direction::in && p.fill == when;
}

inline void read(PayloadReader& from, const Parameter& p, Value& value) {
    value.null = false;
    if (p.kind == Kind::wide) value.number = from.wide();
    else if (p.kind == Kind::number) value.number = from.number();
    else {
        const auto block = from.block();
        value.bytes = block.bytes;
        value.null = block.null;
    }
}

// Whole characters, and where a program may point at them: a frame of an odd length may have come before.
inline bool is_text(std::span<const std::byte> bytes) {
    return bytes.size() % sizeof(char16_t) == 0 &&
           reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(char16_t) == 0;
}

// What a block must look like, given what was read before it; count parameters are checked once all are read.
inline bool block_is_sound(const Parameter& p, const Value& value) {
    if (value.null) return true;
    switch (p.kind) {
    case Kind::text:
    case Kind::counted_text: return is_text(value.bytes);
    case Kind::array: return value.bytes.size() % p.size == 0;
    case Kind::fixed: return value.bytes.size() == p.size;
    case Kind::sized: {
        if (value.bytes.size() < sizeof(std::uint32_t)) return false;
        std::uint32_t total = 0;
        std::memcpy(&total, value.bytes.data(), sizeof total);
        return p.direction == Direction::out ? value.bytes.size() <= total : value.bytes.size() == total;
    }
    case Kind::local:
    case Kind::number:
    case Kind::wide:
    case Kind::bytes: return true;
    }
    return false;
}

// bytes, array and counted_text: the block's length is what the counting parameter says.
inline bool counts_agree(const abi::Function& row, const Values& values) {
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (p.count_name.empty() || p.direction == Direction::out || values[i].null) continue;
        const auto count = values[row.index_of(p.count_name)].number;
        const auto expected = p.kind == Kind::array ? count * p.size : count;
        if (values[i].bytes.size() != expected) return false;
    }
    return true;
}

} // namespace detail

// Writes the inputs of function F.
template <auto F> void encode_down(FrameWriter& to, const Values& values) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (
            [&] {
                constexpr const Parameter& p = abi::row<F>().parameters[I];
                if constexpr (!detail::goes_down(p)) return;
                else if constexpr (detail::carries_total_size(p))
                    to.number(static_cast<std::uint32_t>(values[I].number));
                else if constexpr (p.kind == Kind::wide) to.wide(values[I].number);
                else if constexpr (p.kind == Kind::number)
                    to.number(static_cast<std::uint32_t>(values[I].number));
                else if (values[I].null) to.null();
                else to.block(values[I].bytes);
            }(),
            ...);
    }
    (std::make_index_sequence<abi::row<F>().count>{});
}

// The same for a function that is known at run time only.
inline void encode_down(const abi::Function& row, FrameWriter& to, const Values& values) {
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (!detail::goes_down(p)) continue;
        if (p.kind == Kind::wide) to.wide(values[i].number);
        else if (detail::is_scalar(p) || detail::carries_total_size(p))
            to.number(static_cast<std::uint32_t>(values[i].number));
        else if (values[i].null) to.null();
        else to.block(values[i].bytes);
    }
}

// Reads the inputs of a function. False: the payload is malformed.
inline bool decode_down(const abi::Function& row, std::span<const std::byte> payload, Values& values) {
    PayloadReader from(payload);
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (!detail::goes_down(p)) continue;
        if (detail::carries_total_size(p)) {
            values[i].number = from.number();
            values[i].null = values[i].number == null_block;
            continue;
        }
        detail::read(from, p, values[i]);
        if (!detail::is_scalar(p) && !detail::block_is_sound(p, values[i])) return false;
    }
    return from.finished() && detail::counts_agree(row, values);
}

template <auto F> bool decode_down(std::span<const std::byte> payload, Values& values) {
    return decode_down(abi::row<F>(), payload, values);
}

// Writes those outputs of a function that are filled at `when`.
inline void encode_up(const abi::Function& row, Fill when, FrameWriter& to, const Values& values) {
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (!detail::goes_up(p, when)) continue;
        if (p.kind == Kind::wide) to.wide(values[i].number);
        else if (p.kind == Kind::number) to.number(static_cast<std::uint32_t>(values[i].number));
        else if (values[i].null) to.null();
        else to.block(values[i].bytes);
    }
}

// Reads those outputs. A failed call carries none: its payload is empty.
inline bool decode_up(const abi::Function& row, Fill when, std::span<const std::byte> payload,
                      Values& values) {
    PayloadReader from(payload);
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (!detail::goes_up(p, when)) continue;
        detail::read(from, p, values[i]);
        if (!detail::is_scalar(p) && !detail::block_is_sound(p, values[i])) return false;
    }
    return from.finished();
}

} // namespace offhook::wire
