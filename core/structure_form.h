// SPDX-License-Identifier: Apache-2.0
//
// A structure that a provider fills for an application: the two may see different versions of it.
#pragma once

#include "abi/structure_reader.h"
#include "abi/structure_table.h"
#include "abi/structure_versions.h"

#include <algorithm>
#include <cstring>

namespace offhook::core {

// What is asked of a provider at most, however much an application offers.
inline constexpr std::uint32_t largest_structure = 256 * 1024;

struct StructureForm {
    std::uint32_t total = 0;            // dwTotalSize of the application's structure
    std::uint32_t version = 0;          // of the application
    std::uint32_t provider_version = 0; // of the interface

    // How many bytes of it are used.
    std::uint32_t room() const { return std::min(total, largest_structure); }

    // How much the provider may fill so that the answer fits the application's structure; 0: it is too small
    // (R031).
    std::uint32_t room_at_provider(abi::StructureId id) const {
        const auto fixed = abi::fixed_size(id, version);
        if (fixed == 0 || total < fixed) return 0;
        return room() - fixed + abi::fixed_size(id, provider_version);
    }

    // Brings what the provider filled into the application's form. `filled` has passed abi::check_filled.
    std::vector<std::byte> to_application(abi::StructureId id, std::span<const std::byte> filled) const {
        auto bytes = abi::for_version(id, provider_version, version, filled);
        set_total(bytes);
        return bytes;
    }

    void set_total(std::span<std::byte> bytes) const { std::memcpy(bytes.data(), &total, sizeof total); }
};

} // namespace offhook::core
