// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "abi/structure_table.h"

#include <cstddef>
#include <span>
#include <vector>

namespace offhook::abi {

// The same structure as another version lays it out: the fixed fields that both have, zero for those that
// only `to` has, and the variable parts moved as a whole behind the fixed part, with every offset, those in
// entries of arrays too. dwTotalSize, dwNeededSize and dwUsedSize change by the difference of the fixed
// parts. `bytes` has been checked (check_filled, check_passed) for `from`; both versions have the structure.
[[nodiscard]] std::vector<std::byte> for_version(StructureId, std::uint32_t from, std::uint32_t to,
                                                 std::span<const std::byte> bytes);

} // namespace offhook::abi
