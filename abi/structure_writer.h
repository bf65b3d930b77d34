// SPDX-License-Identifier: Apache-2.0
//
// Fills a variably sized structure without ever writing past what its caller provided.
#pragma once

#include "abi/structure_table.h"

#include <cstring>
#include <string>
#include <type_traits>

namespace offhook::abi {

// empty: the structure is filled from nothing. filled: another has filled it, and parts are added behind
// (R039).
enum class Start : std::uint8_t { empty, filled };

// Usage: check begin(), fill the fixed fields through ->, append the variable parts, return finish().
//
// The fixed part is edited in a copy, so fields newer than the negotiated version stay in the copy, and the
// caller's memory need not be aligned. Variable parts go right behind the fixed part, contiguous (R037),
// whole or not at all (R033), and are counted in dwNeededSize either way (R034). T has the size of
// version 3.1.
template <class T> class StructureWriter {
  public:
    // `target` holds dwTotalSize and as many bytes; it may be null, which begin() reports.
    StructureWriter(T* target, std::uint32_t version, Start start = Start::empty)
        : target_(reinterpret_cast<std::byte*>(target)) {
        static_assert(std::is_trivially_copyable_v<T>);
        if (target_ == nullptr)
            return;
        std::memcpy(&total_, target_, sizeof total_);
        fixed_ = fixed_size<T>(version);
        if (fixed_ == 0 || total_ < fixed_)
            return;
        std::memcpy(&copy_, target_, fixed_);
        if (start == Start::empty || copy_.dwUsedSize < fixed_ || copy_.dwUsedSize > total_) {
            copy_.dwNeededSize = fixed_;
            copy_.dwUsedSize = fixed_;
        }
        usable_ = true;
    }

    // 0, LINEERR_INVALPOINTER, or LINEERR_STRUCTURETOOSMALL (R031).
    [[nodiscard]] LONG begin() const {
        if (target_ == nullptr)
            return static_cast<LONG>(LINEERR_INVALPOINTER);
        return usable_ ? 0 : static_cast<LONG>(LINEERR_STRUCTURETOOSMALL);
    }

    T* operator->() { return &copy_; }

    // Is the field at this offset part of the negotiated version?
    [[nodiscard]] bool has(std::size_t offset) const { return offset < fixed_; }

    // Appends bytes and points a size and offset pair at them. An empty part has size and offset zero (R035).
    // A part that does not fit is left out, and later ones are still tried: the caller gets as much as fits.
    template <class Size, class Offset>
    void bytes(Size T::*size, Offset T::*offset, const void* data, std::size_t length) {
        copy_.*size = 0;
        copy_.*offset = 0;
        if (length == 0 || !usable_)
            return;
        const std::uint32_t room = total_ - copy_.dwUsedSize;
        copy_.dwNeededSize += static_cast<DWORD>(length);
        if (length > room)
            return;
        std::memcpy(target_ + copy_.dwUsedSize, data, length);
        copy_.*size = static_cast<DWORD>(length);
        copy_.*offset = copy_.dwUsedSize;
        copy_.dwUsedSize += static_cast<DWORD>(length);
    }

    // Appends text in UTF-16 with its NUL (R040).
    template <class Size, class Offset>
    void text(Size T::*size, Offset T::*offset, std::u16string_view value) {
        const std::u16string terminated(value);
        bytes(size, offset, terminated.c_str(), value.empty() ? 0 : (value.size() + 1) * sizeof(char16_t));
    }

    [[nodiscard]] LONG finish() {
        if (const LONG error = begin(); error != 0)
            return error;
        copy_.dwTotalSize = total_;
        std::memcpy(target_, &copy_, fixed_);
        return 0;
    }

  private:
    std::byte* target_;
    std::uint32_t total_ = 0;
    std::uint32_t fixed_ = 0;
    bool usable_ = false;
    T copy_{};
};

} // namespace offhook::abi
