// SPDX-License-Identifier: Apache-2.0
//
// Checks a variably sized structure that another program filled, and reads its parts safely.
#pragma once

#include "abi/structure_table.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace offhook::abi {

// Which rule a structure breaks; `rule` 0: none.
struct StructureFault {
    std::uint32_t rule = 0;
    std::string_view field;
    std::string_view what;
    explicit operator bool() const { return rule != 0; }
};

// Checks the bytes of a structure that a provider filled for `version`: `bytes` starts with dwTotalSize and
// holds at least what dwUsedSize says. After this, whoever follows a size and offset pair or a number of
// entries stays inside of it. Gaps between parts are let pass (R037 wants none, but a part may need
// alignment). Never reads outside of `bytes`.
[[nodiscard]] StructureFault check_filled(StructureId, std::uint32_t version,
                                          std::span<const std::byte> bytes);

// The same for one that a caller passes in (LINECALLPARAMS, LINEFORWARDLIST, …): dwTotalSize is its length,
// dwNeededSize and dwUsedSize are unused.
[[nodiscard]] StructureFault check_passed(StructureId, std::uint32_t version,
                                          std::span<const std::byte> bytes);

// A field of 32 bits, or 0 when it lies outside.
[[nodiscard]] std::uint32_t field_at(std::span<const std::byte> bytes, std::size_t offset);

// The bytes of a part, empty when it is absent or lies outside.
[[nodiscard]] std::span<const std::byte> part_at(std::span<const std::byte> bytes, std::size_t size_field,
                                                 std::size_t offset_field);

// The entries of an array part of a structure whose fields begin at `base`: as many as are counted and lie in
// the part whole. Texts of the entries may follow them in the part.
[[nodiscard]] std::span<const std::byte> entries_at(std::span<const std::byte> bytes, const Part&,
                                                    std::uint32_t version, std::size_t base = 0);

// The text of a part, without its NUL.
[[nodiscard]] std::u16string text_at(std::span<const std::byte> bytes, std::size_t size_field,
                                     std::size_t offset_field);

} // namespace offhook::abi
