// SPDX-License-Identifier: Apache-2.0
//
// The identifiers that the service gives to a provider's devices (R098), by their places: the provider's own
// numbers for them, which begin with 0 and are not used again.
#pragma once

#include <cstddef>
#include <map>
#include <optional>

#include "tspi.h"

namespace offhook::provider {

// Of lines or of phones. Not thread-safe: the owner's lock protects it.
class Devices {
  public:
    // As many as TSPI_providerEnumDevices has named.
    Devices(DWORD first, std::size_t count) {
        for (std::size_t place = 0; place < count; ++place) created(add(), first + static_cast<DWORD>(place));
    }

    // A place for a device that comes later: LINE_CREATE takes the place to the service,
    // TSPI_providerCreateLineDevice brings the identifier back (R090).
    std::size_t add() {
        devices_.emplace(places_, std::nullopt);
        return places_++;
    }

    // False: there is no such place, or its device is there already.
    bool created(std::size_t place, DWORD device) {
        const auto found = devices_.find(place);
        if (found == devices_.end() || found->second) return false;
        found->second = device;
        places_of_.emplace(device, place);
        return true;
    }

    // The identifier that was its own, for LINE_REMOVE; none if it never had one.
    std::optional<DWORD> remove(std::size_t place) {
        const auto node = devices_.extract(place);
        const auto device = node ? node.mapped() : std::nullopt;
        if (device) places_of_.erase(*device);
        return device;
    }

    [[nodiscard]] std::size_t places() const { return places_; } // that there have ever been
    [[nodiscard]] std::optional<std::size_t> place_of(DWORD device) const {
        const auto found = places_of_.find(device);
        return found == places_of_.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] std::optional<DWORD> device_of(std::size_t place) const {
        const auto found = devices_.find(place);
        return found == devices_.end() ? std::nullopt : found->second;
    }

  private:
    std::map<std::size_t, std::optional<DWORD>> devices_; // by place
    std::map<DWORD, std::size_t> places_of_;
    std::size_t places_ = 0;
};

// Where devices that come later are announced: what TSPI_providerEnumDevices brought.
struct DeviceCreation {
    HPROVIDER provider = nullptr; // the service's name for us
    LINEEVENT line = nullptr;
    PHONEEVENT phone = nullptr;
};

} // namespace offhook::provider
