// SPDX-License-Identifier: Apache-2.0
//
// The parameters of a table's function by name, checked at compile time.
#pragma once

#include "wire/codec.h"

#include <algorithm>
#include <span>

namespace offhook::core {

// A LINEERR_ constant (unsigned in tapi.h) as the result that functions return.
constexpr std::int32_t as_result(std::uint32_t error) { return static_cast<std::int32_t>(error); }

// A parameter's name as a template argument.
template <std::size_t N> struct Name {
    char text[N]{};
    consteval Name(
        const char (&value)[N]) { // NOLINT(google-explicit-constructor): a literal is what callers write
        std::copy_n(value, N, text);
    }
    constexpr std::string_view view() const { return {text, N - 1}; }
};

template <auto F, Name N> consteval std::size_t place_of() {
    constexpr auto index = abi::row<F>().index_of(N.view());
    static_assert(index < abi::row<F>().count, "the function has no parameter of that name");
    return index;
}

template <auto F, Name N> const wire::Value& value_of(const wire::Values& values) {
    return values[place_of<F, N>()];
}
template <auto F, Name N> std::uint32_t number_of(const wire::Values& values) {
    return static_cast<std::uint32_t>(value_of<F, N>(values).number);
}
template <auto F, Name N> std::uint64_t wide_of(const wire::Values& values) {
    return value_of<F, N>(values).number;
}

inline wire::Value number_value(std::uint64_t number) { return {number, {}, false}; }
inline wire::Value bytes_value(std::span<const std::byte> bytes) { return {0, bytes, false}; }

// Builds the values of a function's parameters; those that are not named stay 0 or NULL.
template <auto F> class Arguments {
  public:
    Arguments() = default;
    explicit Arguments(const wire::Values& values) : values_(values) {}
    template <Name N> Arguments& with(std::uint64_t number) { return with<N>(number_value(number)); }
    template <Name N> Arguments& with(const wire::Value& value) {
        values_[place_of<F, N>()] = value;
        return *this;
    }
    const wire::Values& values() const { return values_; }

  private:
    wire::Values values_{};
};

} // namespace offhook::core
