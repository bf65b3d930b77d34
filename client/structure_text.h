// SPDX-License-Identifier: Apache-2.0
//
// Variably sized structures between UTF-16, as they travel, and UTF-8, as the A forms of the functions have
// them. Texts change their size, so a structure is packed anew: its parts follow the fixed part without gaps
// (R037), each whole or not at all (R033).
#pragma once

#include "abi/structure_table.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace offhook::client {

// Of a structure that was filled: the newest version in which all its parts lie behind the fixed part and
// inside of what it says is used. None: it is malformed. The version was negotiated elsewhere; the layout
// tells it well enough, because parts begin where the fixed part ends.
std::optional<std::uint32_t> version_of_filled(abi::StructureId, std::span<const std::byte> bytes);

// A filled structure with UTF-8 texts in at most `room` bytes. None: not even its fixed part fits, or it is
// malformed (version_of_filled).
std::optional<std::vector<std::byte>> filled_as_utf8(abi::StructureId, std::span<const std::byte> bytes,
                                                     std::uint32_t room);

// A structure that an application passes in, with UTF-16 texts. None: it is malformed.
std::optional<std::vector<std::byte>> passed_as_utf16(abi::StructureId, std::span<const std::byte> bytes);

} // namespace offhook::client
