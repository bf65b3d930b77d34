// SPDX-License-Identifier: Apache-2.0
//
// The writable static data of a loaded library, and what of it has changed since a moment: a hint at what a
// provider keeps from session to session (R001).
#pragma once

#include <link.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace offhook::host {

class StaticData {
  public:
    // image: where the library lies in memory; it stays loaded as long as this exists. Null: there is none to
    // look at.
    explicit StaticData(const link_map* image);

    void remember();
    // The variables that differ from what was remembered, by their names where the library has them; without
    // those that may (see the table in static_data.cpp). Other threads may still write to them.
    std::vector<std::string> changed() const;

  private:
    struct Segment {
        std::uint64_t address = 0; // in the file's own terms
        std::span<const std::byte> memory;
        std::vector<std::byte> remembered;
    };

    const link_map* image_;
    std::vector<Segment> segments_;
};

} // namespace offhook::host
