// SPDX-License-Identifier: Apache-2.0
//
// What one exported function is: its row in the table, and what only its C prototype tells (which encoding
// its text has, which structures its pointers name). Derived at compile time; everything that works with it
// is written once, for all functions.
#pragma once

#include "abi/optional_pointers.h"
#include "abi/structure_table.h"
#include "wire/codec.h"

#include <array>
#include <cstdint>
#include <type_traits>

namespace offhook::client {

enum class Text : std::uint8_t { none, utf8, utf16 };
enum class Null : std::uint8_t { refused, allowed };

struct CParameter {
    Text text = Text::none;                               // of a text parameter
    abi::StructureId structure = abi::StructureId::count; // of a pointer to a variably sized structure
    Null null = Null::refused;
};

struct Signature {
    abi::Tapi function{};
    Text structures = Text::utf16; // the encoding of text inside structures
    void (*encode)(wire::FrameWriter&, const wire::Values&) = nullptr;
    std::array<CParameter, abi::max_parameters> parameters{};

    constexpr const abi::TapiFunction& row() const { return abi::row(function); }
};

namespace detail {

template <class T> constexpr CParameter describe_type() {
    CParameter described;
    if constexpr (std::is_pointer_v<T>) {
        using Target = std::remove_cv_t<std::remove_pointer_t<T>>;
        if constexpr (std::is_same_v<Target, char>) described.text = Text::utf8;
        else if constexpr (std::is_same_v<Target, char16_t>) described.text = Text::utf16;
        else if constexpr (std::is_class_v<Target>) described.structure = abi::structure_id<Target>;
    }
    return described;
}

template <abi::Tapi F, Text Structures, class... A> constexpr Signature describe(LONG (*)(A...)) {
    static_assert(sizeof...(A) == abi::row<F>().count,
                  "the row and the prototype differ in their parameters");
    Signature signature{F, Structures, &wire::encode_down<F>, {describe_type<A>()...}};
    for (std::size_t i = 0; i < sizeof...(A); ++i)
        if (abi::may_be_null(F, abi::row<F>().parameters[i].name))
            signature.parameters[i].null = Null::allowed;
    return signature;
}

} // namespace detail

// The signature of an exported function: its row and one of its prototypes.
template <abi::Tapi F, Text Structures, auto* Prototype>
inline constexpr Signature signature = detail::describe<F, Structures>(Prototype);

// One argument as the caller gave it. Of an output structure `number` is the dwTotalSize that it had then:
// what the caller promised, whatever happens to the memory later.
struct Argument {
    std::uint64_t number = 0;
    void* pointer = nullptr;
};

using Arguments = std::array<Argument, abi::max_parameters>;

template <class T> Argument argument(T value) {
    if constexpr (std::is_pointer_v<T>) {
        if constexpr (std::is_function_v<std::remove_pointer_t<T>>) return {}; // a callback: local
        else return {0, const_cast<void*>(static_cast<const void*>(value))};
    } else {
        return {static_cast<std::uint64_t>(value), nullptr};
    }
}

} // namespace offhook::client
