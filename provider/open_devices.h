// SPDX-License-Identifier: Apache-2.0
//
// The lines, or the phones, that are open: each under a handle, and at its place (devices.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "provider/handle_table.h"

namespace offhook::provider {

// A T has a `handle` and a `place`. Not thread-safe: the owner's lock protects it.
template <class T> class OpenDevices {
  public:
    using Pointer = std::shared_ptr<T>;

    // There must be none at its place yet: one open serves all applications.
    void add(const Pointer& device) {
        by_place_.emplace(device->place, device);
        try {
            device->handle = devices_.add(device);
        } catch (...) { // without memory, nothing has been opened
            by_place_.erase(device->place);
            throw;
        }
    }
    void remove(const T& device) {
        by_place_.erase(device.place);
        devices_.remove(device.handle);
    }

    // Null: there is none.
    [[nodiscard]] Pointer find(std::uint64_t handle) const { return devices_.find(handle); }
    [[nodiscard]] Pointer at(std::size_t place) const {
        const auto found = by_place_.find(place);
        return found == by_place_.end() ? nullptr : found->second;
    }
    [[nodiscard]] std::vector<Pointer> all() const { return devices_.all(); }

  private:
    HandleTable<T> devices_;
    std::map<std::size_t, Pointer> by_place_;
};

} // namespace offhook::provider
