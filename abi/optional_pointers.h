// SPDX-License-Identifier: Apache-2.0
//
// Which pointers of the TAPI functions may be NULL, from abi/table/optional_pointers.def.
#pragma once

#include "abi/function_table.h"

#include <algorithm>

namespace offhook::abi {

struct OptionalPointer {
    Tapi function;
    std::string_view parameter;
};

#define OPTIONAL(function, parameter) OptionalPointer{Tapi::function, #parameter},
inline constexpr auto optional_pointers = std::to_array<OptionalPointer>({
#include "abi/table/optional_pointers.def"
});
#undef OPTIONAL

constexpr bool may_be_null(Tapi function, std::string_view parameter) {
    return std::any_of(optional_pointers.begin(), optional_pointers.end(), [&](const OptionalPointer& row) {
        return row.function == function && row.parameter == parameter;
    });
}

static_assert(std::all_of(optional_pointers.begin(), optional_pointers.end(),
                          [](const OptionalPointer& p) {
                              return row(p.function).index_of(p.parameter) < row(p.function).count;
                          }),
              "optional_pointers.def names a parameter that its function has not");

} // namespace offhook::abi
