// SPDX-License-Identifier: Apache-2.0
//
// From a row and a prototype to a call: see library.h.
#pragma once

#include "host/library.h"

#include <cstdint>
#include <type_traits>
#include <utility>

namespace offhook::host {

// The C prototype of each function, from tspi.h.
template <abi::Tspi F> struct Prototype;
#define TSPI_FUNCTION(name, ...)                                                                             \
    template <> struct Prototype<abi::Tspi::name> { using Type = decltype(&::TSPI_##name); };
#define TUISPI_FUNCTION(name, ...)                                                                           \
    template <> struct Prototype<abi::Tspi::ui_##name> { using Type = decltype(&::TUISPI_##name); };
#include "abi/table/tspi.def"
#undef TSPI_FUNCTION
#undef TUISPI_FUNCTION

namespace detail {

// A LOCAL parameter has a meaning in this process only: the procedures are ours, and nothing stands behind a
// window or a process.
template <class T> T local(const Procedures& procedures) {
    if constexpr (std::is_same_v<T, LINEEVENT>) return procedures.line_event;
    else if constexpr (std::is_same_v<T, PHONEEVENT>) return procedures.phone_event;
    else if constexpr (std::is_same_v<T, ASYNC_COMPLETION>) return procedures.completion;
    else if constexpr (std::is_same_v<T, TUISPIDLLCALLBACK>) return procedures.dialog;
    else return T{};
}

template <abi::Tspi F, std::size_t I, class T>
T argument(const Argument& value, const Procedures& procedures) {
    constexpr const abi::Parameter& p = abi::row<F>().parameters[I];
    constexpr bool scalar = p.kind == abi::Kind::number || p.kind == abi::Kind::wide;
    if constexpr (p.name == "hEvent") {
        return procedures.ready; // its type is that of a window too
    } else if constexpr (p.kind == abi::Kind::local) {
        return local<T>(procedures);
    } else if constexpr (scalar && p.direction == abi::Direction::in) {
        // T may be a handle, which is a pointer to a structure. NOLINTNEXTLINE(bugprone-sizeof-expression)
        static_assert(sizeof(T) == (p.kind == abi::Kind::wide ? 8 : 4),
                      "the row and the prototype differ in width");
        if constexpr (std::is_pointer_v<T>)
            return reinterpret_cast<T>(static_cast<std::uintptr_t>(value.number));
        else return static_cast<T>(value.number);
    } else {
        static_assert(std::is_pointer_v<T>, "the row says pointer, the prototype does not");
        return static_cast<T>(value.pointer);
    }
}

template <abi::Tspi F, class... T, std::size_t... I>
LONG invoke(LONG (*function)(T...), const Arguments& arguments, const Procedures& procedures,
            std::index_sequence<I...>) {
    return function(argument<F, I, T>(arguments[I], procedures)...);
}

template <abi::Tspi F, class... T>
LONG call(LONG (*function)(T...), const Arguments& arguments, const Procedures& procedures) {
    static_assert(sizeof...(T) == abi::row<F>().count,
                  "the row and the prototype differ in their parameters");
    return invoke<F>(function, arguments, procedures, std::index_sequence_for<T...>{});
}

} // namespace detail

// Calls `symbol`, which is function F of a provider.
template <abi::Tspi F>
LONG trampoline(void* symbol, const Arguments& arguments, const Procedures& procedures) {
    return detail::call<F>(reinterpret_cast<typename Prototype<F>::Type>(symbol), arguments, procedures);
}

} // namespace offhook::host
