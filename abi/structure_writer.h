// SPDX-License-Identifier: Apache-2.0
//
// Fills a variably sized structure without ever writing past what its caller provided.
#pragma once

#include "abi/structure_table.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <type_traits>

namespace offhook::abi {

// empty: the structure is filled from nothing. filled: another has filled it, and it passed check_filled;
// parts are added behind (R039), and may take the place of parts that it has (R042).
enum class Start : std::uint8_t { empty, filled };

// Usage: check begin(), fill the fixed fields through ->, append the variable parts, return finish().
//
// The fixed part is edited in a copy that begins as zeros, so that no field is left as the caller had it
// (R032), fields newer than the negotiated version stay in the copy (R029), and the caller's memory need not
// be aligned. Variable parts go right behind the fixed part in the order in which they are appended (R037),
// whole or not at all (R033), and are counted in dwNeededSize either way (R034). T has the size of
// version 3.1.
template <class T> class StructureWriter {
  public:
    // `target` holds dwTotalSize and as many bytes; it may be null, which begin() reports.
    StructureWriter(T* target, std::uint32_t version, Start start = Start::empty)
        : target_(reinterpret_cast<std::byte*>(target)) {
        static_assert(std::is_trivially_copyable_v<T>);
        if (target_ == nullptr) return;
        std::memcpy(&total_, target_, sizeof total_);
        fixed_ = fixed_size<T>(version);
        if (fixed_ == 0 || total_ < fixed_) return;
        usable_ = true;
        if (start == Start::filled) std::memcpy(&copy_, target_, fixed_);
        if (copy_.dwUsedSize < fixed_ || copy_.dwUsedSize > total_ || copy_.dwNeededSize < copy_.dwUsedSize)
            copy_.dwNeededSize = copy_.dwUsedSize = fixed_;
        needed_ = copy_.dwNeededSize;
    }

    // 0, LINEERR_INVALPOINTER, or LINEERR_STRUCTURETOOSMALL (R031); the phone's errors for a phone's
    // structure.
    [[nodiscard]] LONG begin() const {
        if (target_ == nullptr)
            return static_cast<LONG>(of_phone ? PHONEERR_INVALPOINTER : LINEERR_INVALPOINTER);
        if (usable_) return 0;
        return static_cast<LONG>(of_phone ? PHONEERR_STRUCTURETOOSMALL : LINEERR_STRUCTURETOOSMALL);
    }

    T* operator->() { return &copy_; }

    // Is the field at this offset part of the negotiated version?
    [[nodiscard]] bool has(std::size_t offset) const { return has_field(fixed_, offset); }

    // Appends bytes and points a size and offset pair at them. An empty part has size and offset zero (R035).
    // A part that does not fit is left out, and later ones are still tried: the caller gets as much as fits.
    // One that the negotiated version does not have is neither written nor counted.
    template <class Size, class Offset>
    void bytes(Size T::*size, Offset T::*offset, const void* data, std::size_t length,
               std::uint32_t alignment = 1) {
        append(size, offset, data, length, alignment);
    }

    // Where the next part of this alignment will lie, for one that points into itself.
    [[nodiscard]] std::uint32_t next_place(std::uint32_t alignment) const {
        return static_cast<std::uint32_t>(aligned(copy_.dwUsedSize, alignment));
    }

    // Appends text in UTF-16 with its NUL (R040), at an even offset so that a program may point at it.
    template <class Size, class Offset>
    void text(Size T::*size, Offset T::*offset, std::u16string_view value) {
        const std::u16string terminated(value);
        append(size, offset, terminated.c_str(), value.empty() ? 0 : (value.size() + 1) * sizeof(char16_t),
               sizeof(char16_t));
    }

    [[nodiscard]] LONG finish() {
        if (const LONG error = begin(); error != 0) return error;
        copy_.dwTotalSize = total_;
        std::memcpy(target_, &copy_, fixed_);
        return 0;
    }

  private:
    static constexpr bool of_phone = structure(structure_id<T>).name.starts_with("PHONE");

    static constexpr std::uint64_t aligned(std::uint64_t at, std::uint32_t alignment) {
        return (at + alignment - 1) / alignment * alignment;
    }

    template <class Size, class Offset>
    void append(Size T::*size, Offset T::*offset, const void* data, std::size_t length,
                std::uint32_t alignment) {
        static_assert(sizeof(Size) == sizeof(DWORD) && sizeof(Offset) == sizeof(DWORD));
        copy_.*size = 0;
        copy_.*offset = 0;
        if (length == 0 || !usable_ || !has(place_of(size)) || !has(place_of(offset))) return;
        needed_ = aligned(needed_, alignment) + length;
        copy_.dwNeededSize = static_cast<DWORD>(std::min<std::uint64_t>(needed_, UINT32_MAX));
        const auto at = aligned(copy_.dwUsedSize, alignment);
        if (at > total_ || length > total_ - at) return;
        std::memset(target_ + copy_.dwUsedSize, 0, at - copy_.dwUsedSize);
        std::memcpy(target_ + at, data, length);
        copy_.*size = static_cast<DWORD>(length);
        copy_.*offset = static_cast<DWORD>(at);
        copy_.dwUsedSize = static_cast<DWORD>(at + length);
    }

    template <class Field> std::size_t place_of(Field T::*field) const {
        return static_cast<std::size_t>(reinterpret_cast<const std::byte*>(&(copy_.*field)) -
                                        reinterpret_cast<const std::byte*>(&copy_));
    }

    std::byte* target_;
    std::uint32_t total_ = 0;
    std::uint32_t fixed_ = 0;
    std::uint64_t needed_ = 0; // may be more than a DWORD can say
    bool usable_ = false;
    alignas(8) T copy_{}; // aligned, because packed structures are not and their fields are pointed at
};

} // namespace offhook::abi
