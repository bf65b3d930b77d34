// SPDX-License-Identifier: Apache-2.0
#include "trace/frame_ring.h"

#include <cstring>

namespace offhook::trace {

FrameRing::FrameRing(std::size_t memory)
    : memory_(memory / entry_alignment * entry_alignment),
      bytes_(std::make_unique_for_overwrite<std::byte[]>(memory_)),
      lap_end_(memory_) {}

EntryHeader FrameRing::header_at(std::size_t offset) const {
    EntryHeader header;
    std::memcpy(&header, bytes_.get() + offset, sizeof header);
    return header;
}

void FrameRing::drop_oldest() {
    tail_ += entry_size(header_at(tail_).size);
    ++first_;
    if (tail_ != lap_end_ || tail_ == head_) return;
    tail_ = 0; // head has begun the next lap before
    lap_end_ = memory_;
}

// Entries lie from tail to head; when head is in front of tail, from tail to lap_end and from 0 to head.
bool FrameRing::make_room(std::size_t size) {
    if (size > memory_) return false;
    for (;;) {
        if (first_ == end_) { // nothing is kept
            head_ = tail_ = 0;
            lap_end_ = memory_;
            return true;
        }
        if (head_ > tail_) {
            if (memory_ - head_ >= size) return true;
            lap_end_ = head_; // the rest stays empty
            head_ = 0;
        }
        if (tail_ - head_ >= size) return true;
        drop_oldest();
    }
}

std::span<std::byte> FrameRing::add(EntryHeader header, std::initializer_list<Bytes> parts) {
    std::size_t size = 0;
    for (const auto part : parts) size += part.size();
    header.number = end_;
    header.size = static_cast<std::uint32_t>(size);
    if (!make_room(entry_size(size))) return {};
    auto* to = bytes_.get() + head_;
    std::memcpy(to, &header, sizeof header);
    to += sizeof header;
    for (const auto part : parts) {
        if (!part.empty()) std::memcpy(to, part.data(), part.size());
        to += part.size();
    }
    head_ += entry_size(size);
    ++end_;
    return {to - size, size};
}

std::optional<Entry> FrameRing::read(Cursor& cursor) const {
    if (cursor.number >= end_) return {};
    if (cursor.number <= first_) cursor = oldest();
    if (cursor.offset == lap_end_) cursor.offset = 0; // the next entry begins a lap
    const auto header = header_at(cursor.offset);
    const Entry entry{header, {bytes_.get() + cursor.offset + sizeof header, header.size}};
    cursor = {cursor.number + 1, cursor.offset + entry_size(header.size)};
    return entry;
}

} // namespace offhook::trace
