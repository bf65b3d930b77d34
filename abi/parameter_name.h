// SPDX-License-Identifier: Apache-2.0
//
// The name of a parameter of TSPI functions, resolved when the program is built: a name that no function has
// does not compile, and where a function has the parameter is read from a table.
#pragma once

#include "abi/function_table.h"

#include <limits>

namespace offhook::abi {

namespace detail {

struct DistinctNames {
    std::array<std::string_view, tspi_functions.size() * 4> names{};
    std::size_t count = 0;

    constexpr std::size_t find(std::string_view name) const {
        std::size_t i = 0;
        while (i < count && names[i] != name) ++i;
        return i;
    }
};

inline constexpr DistinctNames tspi_parameter_names = [] {
    DistinctNames distinct;
    for (const auto& row : tspi_functions)
        for (std::size_t i = 0; i < row.count; ++i)
            if (distinct.find(row.parameters[i].name) == distinct.count)
                distinct.names[distinct.count++] = row.parameters[i].name;
    return distinct;
}();

inline constexpr std::uint8_t no_place = std::numeric_limits<std::uint8_t>::max();

inline constexpr auto tspi_parameter_places = [] {
    std::array<std::array<std::uint8_t, tspi_functions.size()>, tspi_parameter_names.count> places{};
    for (auto& of_name : places) of_name.fill(no_place);
    for (std::size_t function = 0; function < tspi_functions.size(); ++function)
        for (std::size_t i = 0; i < tspi_functions[function].count; ++i)
            places[tspi_parameter_names.find(tspi_functions[function].parameters[i].name)][function] =
                static_cast<std::uint8_t>(i);
    return places;
}();

} // namespace detail

class TspiParameter {
  public:
    // NOLINTNEXTLINE(google-explicit-constructor): a literal stands for itself
    consteval TspiParameter(const char* name) : of_(detail::tspi_parameter_names.find(name)) {
        if (of_ == detail::tspi_parameter_names.count) throw "no TSPI function has a parameter of that name";
    }

    // Its place among the function's parameters; at least max_parameters when there is none of that name.
    constexpr std::size_t place_in(Tspi function) const {
        return detail::tspi_parameter_places[of_][static_cast<std::size_t>(function)];
    }

  private:
    std::size_t of_;
};

} // namespace offhook::abi
