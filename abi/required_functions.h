// SPDX-License-Identifier: Apache-2.0
//
// The functions that a provider has to export (the pages of TSPI say of each whether it must be implemented).
#pragma once

#include "abi/function_table.h"

namespace offhook::abi {

// Who has phones alone needs no functions of lines.
constexpr bool has_to_export(const TspiFunction& row, std::size_t lines) {
    return row.need == Need::required && (row.scope == Scope::provider || lines != 0);
}

} // namespace offhook::abi
