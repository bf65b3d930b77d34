// SPDX-License-Identifier: Apache-2.0
#include "trace/structure_form.h"

#include "abi/structure_reader.h"

#include <algorithm>

namespace offhook::trace {

std::uint32_t fixed_part(abi::StructureId id, std::span<const std::byte> structure) {
    const auto& sizes = abi::structure(id).sizes;
    const auto oldest = *std::ranges::find_if(sizes, [](std::uint32_t size) { return size != 0; });
    auto limit = static_cast<std::uint32_t>(structure.size());
    for (const auto& part : known_parts(id)) {
        if (part.kind == abi::PartKind::inline_array || !abi::has_field(oldest, part.offset_field)) continue;
        const auto offset = abi::field_at(structure, part.offset_field);
        if (offset >= oldest) limit = std::min(limit, offset);
    }
    auto fixed = std::min(oldest, static_cast<std::uint32_t>(structure.size()));
    for (const auto version : {abi::v2_2, abi::v2_0, abi::v1_4, abi::v1_3})
        if (const auto size = abi::fixed_size(id, version); size > fixed && size <= limit) return size;
    return fixed;
}

} // namespace offhook::trace
