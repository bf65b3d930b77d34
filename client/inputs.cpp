// SPDX-License-Identifier: Apache-2.0
#include "client/failure.h"
#include "client/marshal.h"
#include "client/structure_text.h"

#include "abi/utf16.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace offhook::client {
namespace {

using wire::Direction;
using wire::Kind;
using wire::Parameter;

// Larger than any frame: no such block can travel.
constexpr std::uint64_t too_long = wire::max_frame_size;

// What is asked of the service for an output structure, at most: the answer has to fit into a frame.
constexpr std::uint64_t most_structure_bytes = wire::max_frame_size - 64 * 1024;

std::span<const std::byte> memory(const void* pointer, std::size_t size) {
    return {static_cast<const std::byte*>(pointer), size};
}

std::uint32_t number_at(const void* pointer) {
    std::uint32_t number = 0;
    std::memcpy(&number, pointer, sizeof number);
    return number;
}

// Of the oldest version that has the structure: less is too small for any.
std::uint32_t smallest_size(abi::StructureId id) {
    if (id == abi::StructureId::count) return 3 * sizeof(std::uint32_t);
    const auto& sizes = abi::structure(id).sizes;
    const auto first = std::ranges::find_if(sizes, [](std::uint32_t size) { return size != 0; });
    return first == sizes.end() ? 0 : *first;
}

bool is_output(const Parameter& parameter) { return parameter.direction != Direction::in; }

} // namespace

Inputs::Inputs(const Signature& signature, Arguments& arguments) {
    const auto& row = signature.row();
    for (std::size_t i = 0; i < row.count; ++i) read(signature, arguments, i);
}

void Inputs::read(const Signature& signature, Arguments& arguments, std::size_t index) {
    const auto& parameter = signature.row().parameters[index];
    const auto& described = signature.parameters[index];
    auto& argument = arguments[index];
    auto& value = values_[index];
    const bool scalar = parameter.kind == Kind::number || parameter.kind == Kind::wide;
    if (parameter.kind == Kind::local) return;
    if (scalar && !is_output(parameter)) {
        // The number of a counted text that was converted is known better than the caller's.
        if (value.null) value.number = argument.number;
        value.null = false;
        return;
    }
    // From here on it is a pointer.
    if (parameter.kind == Kind::bytes || parameter.kind == Kind::array ||
        parameter.kind == Kind::counted_text)
        return counted(signature, arguments, index);
    if (argument.pointer == nullptr) {
        if (described.null == Null::refused) throw Failure{LINEERR_INVALPOINTER, {}};
        value.number = wire::null_block;
        if (parameter.fill == abi::Fill::at_message) { // no buffer: the gathering of digits is cancelled
            auto& count = values_[signature.row().index_of(parameter.count_name)];
            count.number = 0;
            count.null = false;
        }
        return;
    }
    if (parameter.fill == abi::Fill::at_message &&
        arguments[signature.row().index_of(parameter.count_name)].number == 0)
        throw Failure{LINEERR_INVALPARAM, "a buffer for no digits"};
    switch (parameter.kind) {
    case Kind::number:
        if (parameter.direction == Direction::inout) value.number = number_at(argument.pointer);
        return;
    case Kind::text:
        if (parameter.direction == Direction::in) text(described, argument, index);
        return;
    case Kind::fixed:
        if (parameter.direction == Direction::in) keep(index, memory(argument.pointer, parameter.size));
        return;
    case Kind::sized:
        if (is_output(parameter)) filled_structure(signature, argument, index);
        else passed_structure(signature, argument, index);
        return;
    case Kind::local:
    case Kind::wide:
    case Kind::counted_text:
    case Kind::bytes:
    case Kind::array: return;
    }
}

// A copy: what the service checks must not change while it is sent.
void Inputs::keep(std::size_t index, std::span<const std::byte> bytes) {
    storage_[index].assign(bytes.begin(), bytes.end());
    values_[index].bytes = storage_[index];
    values_[index].null = false;
}

void Inputs::text(const CParameter& described, const Argument& argument, std::size_t index) {
    if (described.text == Text::utf16) {
        const std::u16string_view whole(static_cast<const char16_t*>(argument.pointer));
        if (whole.size() * sizeof(char16_t) >= too_long) throw Failure{LINEERR_INVALPARAM, {}};
        return keep(index, std::as_bytes(std::span(whole)));
    }
    const std::string_view whole(static_cast<const char*>(argument.pointer));
    if (whole.size() >= too_long) throw Failure{LINEERR_INVALPARAM, {}};
    const auto converted = abi::to_utf16(whole);
    keep(index, std::as_bytes(std::span(converted)));
}

void Inputs::counted(const Signature& signature, const Arguments& arguments, std::size_t index) {
    const auto& row = signature.row();
    const auto& parameter = row.parameters[index];
    const auto count_index = row.index_of(parameter.count_name);
    const std::uint64_t count = arguments[count_index].number;
    const auto* pointer = arguments[index].pointer;
    if (pointer == nullptr) {
        if (parameter.kind != Kind::array && count != 0) throw Failure{LINEERR_INVALPOINTER, {}};
        return;
    }
    if (parameter.direction == Direction::out) return;
    const std::uint64_t size = parameter.kind == Kind::array ? count * parameter.size : count;
    if (size >= too_long) throw Failure{LINEERR_INVALPARAM, {}};
    const auto bytes = memory(pointer, size);
    if (parameter.kind != Kind::counted_text) return keep(index, bytes);

    if (signature.parameters[index].text == Text::utf8) {
        const auto converted = abi::to_utf16({static_cast<const char*>(pointer), size});
        keep(index, std::as_bytes(std::span(converted)));
    } else {
        if (size % sizeof(char16_t) != 0) throw Failure{LINEERR_INVALPARAM, {}};
        keep(index, bytes);
    }
    values_[count_index].number = values_[index].bytes.size();
    values_[count_index].null = false;
}

void Inputs::passed_structure(const Signature& signature, const Argument& argument, std::size_t index) {
    const auto id = signature.parameters[index].structure;
    const auto total = number_at(argument.pointer);
    if (total < smallest_size(id)) throw Failure{LINEERR_STRUCTURETOOSMALL, {}};
    if (total >= too_long) throw Failure{LINEERR_INVALPARAM, {}};
    keep(index, memory(argument.pointer, total));
    std::memcpy(storage_[index].data(), &total, sizeof total);
    if (signature.structures == Text::utf16 || id == abi::StructureId::count) return;
    auto converted = passed_as_utf16(id, storage_[index]);
    if (!converted) throw Failure{LINEERR_INVALPARAM, {}};
    storage_[index] = std::move(*converted);
    values_[index].bytes = storage_[index];
}

void Inputs::filled_structure(const Signature& signature, Argument& argument, std::size_t index) {
    const auto total = number_at(argument.pointer);
    if (total < smallest_size(signature.parameters[index].structure))
        throw Failure{LINEERR_STRUCTURETOOSMALL, {}};
    argument.number = total;
    // UTF-8 takes at least half of what UTF-16 takes: what fits into the caller's memory fits into twice as
    // much.
    const std::uint64_t asked = signature.structures == Text::utf8 ? std::uint64_t{total} * 2 : total;
    values_[index].number = std::min(asked, most_structure_bytes);
    values_[index].null = false;
}

} // namespace offhook::client
