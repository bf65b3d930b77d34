// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <new>
#include <span>

namespace offhook::test_support {

// Memory with a page behind it that nobody may touch: whoever reads or writes past its end dies.
class GuardedMemory {
  public:
    explicit GuardedMemory(std::size_t size) {
        const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        const auto before = (size + page - 1) / page * page;
        length_ = before + page;
        base_ = ::mmap(nullptr, length_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (base_ == MAP_FAILED || ::mprotect(at(before), page, PROT_NONE) != 0) throw std::bad_alloc();
        bytes_ = {at(before - size), size};
    }
    GuardedMemory(const GuardedMemory&) = delete;
    GuardedMemory& operator=(const GuardedMemory&) = delete;
    ~GuardedMemory() { ::munmap(base_, length_); }

    std::span<std::byte> bytes() const { return bytes_; }

  private:
    std::byte* at(std::size_t offset) const { return static_cast<std::byte*>(base_) + offset; }

    void* base_ = nullptr;
    std::size_t length_ = 0;
    std::span<std::byte> bytes_;
};

} // namespace offhook::test_support
