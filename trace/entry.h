// SPDX-License-Identifier: Apache-2.0
//
// What the trace keeps: the bytes of a frame that passed the service, or a note of what is no frame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace offhook::trace {

// Where it passed, and which way.
enum class Boundary : std::uint8_t {
    to_host,
    from_host,
    to_application, // results
    to_channel,     // events
    from_application,
    note, // the bytes are a Note (note.h)
};
inline constexpr std::uint8_t last_boundary = static_cast<std::uint8_t>(Boundary::note);

// In front of the bytes, in the ring and on the way to who reads it. Entries begin at multiples of
// `entry_alignment`.
struct EntryHeader {
    std::uint64_t number = 0;  // counts all entries, also those that have been overwritten
    std::uint64_t time_us = 0; // since 1970
    std::uint32_t session = 0;
    std::uint32_t application = 0;
    std::uint32_t user = 0;  // of the application
    std::uint32_t size = 0;  // bytes that are kept
    std::uint32_t whole = 0; // bytes that the frame had
    Boundary boundary{};
    std::uint8_t reserved[3]{};
};
static_assert(sizeof(EntryHeader) == 40);

inline constexpr std::size_t entry_alignment = 8;

constexpr std::size_t entry_size(std::size_t bytes) {
    return (sizeof(EntryHeader) + bytes + entry_alignment - 1) / entry_alignment * entry_alignment;
}

struct Entry {
    EntryHeader header;
    std::span<const std::byte> bytes;
};

} // namespace offhook::trace
