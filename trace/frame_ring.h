// SPDX-License-Identifier: Apache-2.0
//
// The last entries of the trace in a fixed amount of memory: the newest overwrite the oldest. Adding copies
// bytes and does nothing else; the memory is touched only as far as it has been used.
#pragma once

#include "trace/entry.h"

#include <initializer_list>
#include <memory>
#include <optional>

namespace offhook::trace {

class FrameRing {
  public:
    using Bytes = std::span<const std::byte>;

    explicit FrameRing(std::size_t memory);

    // Keeps the parts, one behind the other, under the next number; the header's size and number are set
    // here. What is too large for the whole ring is not kept. Returns the kept bytes, to be changed before
    // anything else is added.
    std::span<std::byte> add(EntryHeader, std::initializer_list<Bytes> parts);

    std::uint64_t first() const { return first_; } // number of the oldest entry
    std::uint64_t end() const { return end_; }     // the next entry's
    std::size_t memory() const { return memory_; }

    // A reader's place. One that was overtaken by the newest entries goes on with the oldest.
    struct Cursor {
        std::uint64_t number = 0;
        std::size_t offset = 0;
    };
    Cursor oldest() const { return {first_, tail_}; }
    Cursor newest() const { return {end_, head_}; } // behind the last entry
    // The entry there, and the place behind it; nothing: there is none yet. The bytes are valid until
    // something is added.
    std::optional<Entry> read(Cursor&) const;

  private:
    bool make_room(std::size_t size);
    void drop_oldest();
    EntryHeader header_at(std::size_t offset) const;

    std::size_t memory_;
    std::unique_ptr<std::byte[]> bytes_;
    std::size_t head_ = 0; // where the next entry begins
    std::size_t tail_ = 0; // where the oldest begins
    std::size_t
        lap_end_; // behind it nothing is kept: while tail is a lap behind, where that lap's entries end
    std::uint64_t first_ = 0, end_ = 0;
};

} // namespace offhook::trace
