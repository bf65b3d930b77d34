// SPDX-License-Identifier: Apache-2.0
//
// Builds frames at the end of a buffer, and reads their payloads back. Neither knows any function.
#pragma once

#include "wire/frame.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace offhook::wire {

// The length of a block that stands for a NULL pointer.
inline constexpr std::uint32_t null_block = 0xFFFFFFFF;

// Everything in a frame begins at a multiple of this, so that text and structures can be looked at where they
// lie: a block is followed by zeros up to the next one.
inline constexpr std::size_t frame_alignment = 4;

constexpr std::size_t padding_after(std::size_t size) {
    return (frame_alignment - size % frame_alignment) % frame_alignment;
}

// Appends one frame to `buffer`. finish() must be called; it sets the frame's size. Until then the buffer's
// end is the writer's: short parts are gathered before they go there, for growing it costs more than writing
// them.
class FrameWriter {
  public:
    FrameWriter(std::vector<std::byte>& buffer, FrameHeader header) : buffer_(buffer), start_(buffer.size()) {
        append(&header, sizeof header);
    }
    FrameWriter(const FrameWriter&) = delete;
    FrameWriter& operator=(const FrameWriter&) = delete;

    void number(std::uint32_t value) { append(&value, sizeof value); }
    void wide(std::uint64_t value) { append(&value, sizeof value); }
    void block(std::span<const std::byte> bytes) {
        number(static_cast<std::uint32_t>(bytes.size()));
        append(bytes.data(), bytes.size());
        constexpr std::array<std::byte, frame_alignment> zeros{};
        append(zeros.data(), padding_after(bytes.size()));
    }
    void null() { number(null_block); }
    void text(std::u16string_view value) { block(std::as_bytes(std::span(value))); }
    void utf8(std::string_view value) { block(std::as_bytes(std::span(value))); }
    // A part of another frame's payload, as it was.
    void raw(std::span<const std::byte> bytes) { append(bytes.data(), bytes.size()); }

    void finish() {
        flush();
        const auto size = static_cast<std::uint32_t>(buffer_.size() - start_);
        std::memcpy(buffer_.data() + start_, &size, sizeof size);
    }

  private:
    void append(const void* data, std::size_t size) {
        if (size > gathered_.size() - gathered_size_) flush();
        if (size > gathered_.size()) {
            const auto* bytes = static_cast<const std::byte*>(data);
            buffer_.insert(buffer_.end(), bytes, bytes + size);
        } else if (size != 0) {
            std::memcpy(gathered_.data() + gathered_size_, data, size);
            gathered_size_ += size;
        }
    }

    void flush() {
        buffer_.insert(buffer_.end(), gathered_.data(), gathered_.data() + gathered_size_);
        gathered_size_ = 0;
    }

    std::vector<std::byte>& buffer_;
    std::size_t start_;
    std::array<std::byte, 192> gathered_; // not initialised: only what was gathered is read
    std::size_t gathered_size_ = 0;
};

struct Block {
    std::span<const std::byte> bytes;
    bool null = false;
};

// Reads a payload from its start. After the first read beyond the end, every read gives zero and ok() is
// false.
class PayloadReader {
  public:
    explicit PayloadReader(std::span<const std::byte> payload) : rest_(payload) {}

    std::uint32_t number() { return scalar<std::uint32_t>(); }
    std::uint64_t wide() { return scalar<std::uint64_t>(); }
    Block block() {
        const auto size = number();
        if (!ok_ || size == null_block) return {{}, true};
        const auto padded = std::size_t{size} + padding_after(size);
        if (padded > rest_.size()) {
            ok_ = false;
            return {{}, true};
        }
        const auto bytes = rest_.first(size);
        const auto padding = rest_.subspan(size, padded - size);
        if (std::ranges::any_of(padding, [](std::byte byte) { return byte != std::byte{0}; })) ok_ = false;
        rest_ = rest_.subspan(padded);
        return {bytes, false};
    }
    std::string_view utf8() {
        const auto b = block();
        return {reinterpret_cast<const char*>(b.bytes.data()), b.bytes.size()};
    }
    std::span<const std::byte> rest() { return std::exchange(rest_, {}); }
    bool ok() const { return ok_; }
    bool finished() const { return ok_ && rest_.empty(); }

  private:
    template <class T> T scalar() {
        T value{};
        if (rest_.size() < sizeof value) {
            ok_ = false;
            rest_ = {};
            return value;
        }
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_ = rest_.subspan(sizeof value);
        return value;
    }

    std::span<const std::byte> rest_;
    bool ok_ = true;
};

enum class FrameError : std::uint8_t { none, too_short, too_long, unknown_kind };

constexpr std::string_view describe(FrameError error) {
    switch (error) {
    case FrameError::none: return "no error";
    case FrameError::too_short: return "a frame is shorter than its header";
    case FrameError::too_long: return "a frame is longer than 1 MiB";
    case FrameError::unknown_kind: return "a frame is of a kind that this version does not know";
    }
    return "unknown";
}

struct Parsed {
    std::optional<Frame> frame; // absent: more bytes are needed, or `error`
    FrameError error = FrameError::none;
};

// The first frame of `bytes`, if it is whole and within the limits.
inline Parsed parse_frame(std::span<const std::byte> bytes) {
    if (bytes.size() < sizeof(std::uint32_t)) return {};
    std::uint32_t size = 0;
    std::memcpy(&size, bytes.data(), sizeof size);
    if (size < sizeof(FrameHeader)) return {{}, FrameError::too_short};
    if (size > max_frame_size) return {{}, FrameError::too_long};
    if (bytes.size() < sizeof(FrameHeader)) return {};
    const auto kind = static_cast<std::uint8_t>(bytes[offsetof(FrameHeader, kind)]);
    if (kind == 0 || kind > last_frame_kind) return {{}, FrameError::unknown_kind};
    if (bytes.size() < size) return {};
    Frame frame;
    std::memcpy(&frame.header, bytes.data(), sizeof frame.header);
    frame.payload = bytes.subspan(sizeof(FrameHeader), size - sizeof(FrameHeader));
    return {frame, FrameError::none};
}

} // namespace offhook::wire
