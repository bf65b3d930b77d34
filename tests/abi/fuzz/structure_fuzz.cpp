// SPDX-License-Identifier: Apache-2.0
//
// The checks read nothing outside of what they are given, and what passes them points at nothing outside. An
// input is the structure's number, the version's, who wrote it, and the structure.
#include "abi/structure_reader.h"
#include "tests/abi/structure_walk.h"

#include <cstdlib>
#include <vector>

using namespace offhook::abi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const auto id = static_cast<StructureId>(data[0] % structures.size());
    const auto version = versions[data[1] % versions.size()];
    const bool of_caller = data[2] % 2 == 1;
    const std::span input(reinterpret_cast<const std::byte*>(data) + 3, size - 3);
    const std::vector<std::byte> bytes(input.begin(),
                                       input.end()); // of its exact size: a read beyond is seen
    const auto fault = of_caller ? check_passed(id, version, bytes) : check_filled(id, version, bytes);
    for (const auto& part : parts_of(id)) {
        (void)part_at(bytes, part.size_field, part.offset_field);
        (void)text_at(bytes, part.size_field, part.offset_field);
    }
    const std::span whole(bytes);
    if (!fault && !all_inside(id, version, of_caller ? whole : whole.first(field_at(bytes, 8)))) std::abort();
    return 0;
}
