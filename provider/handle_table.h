// SPDX-License-Identifier: Apache-2.0
//
// Handles that can be checked: the values a provider gives out as HDRVLINE and HDRVCALL.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace offhook::provider {

// Maps handle values to objects. A value is an index and a generation, never an address: a stale or invented
// one is found out instead of followed. Zero is never given out (R060). Not thread-safe: the owner's lock
// protects it. A generation has 32 bits, so a stale value is mistaken only after four thousand million reuses
// of its slot.
template <typename T> class HandleTable {
  public:
    using Value = std::uint64_t;

    Value add(std::shared_ptr<T> object) {
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(slots_.size()));
            slots_.emplace_back();
        }
        const std::uint32_t index = free_.back();
        free_.pop_back();
        slots_[index].object = std::move(object);
        return value_of(index);
    }

    [[nodiscard]] std::shared_ptr<T> find(Value value) const {
        const std::size_t index = index_of(value);
        if (index >= slots_.size() || value_of(static_cast<std::uint32_t>(index)) != value) return nullptr;
        return slots_[index].object;
    }

    std::shared_ptr<T> remove(Value value) {
        std::shared_ptr<T> object = find(value);
        if (object) {
            Slot& slot = slots_[index_of(value)];
            slot.object.reset();
            if (++slot.generation == 0) slot.generation = 1;
            free_.push_back(static_cast<std::uint32_t>(index_of(value)));
        }
        return object;
    }

    // A snapshot, so that the table may change while the caller goes through it.
    [[nodiscard]] std::vector<std::shared_ptr<T>> all() const {
        std::vector<std::shared_ptr<T>> objects;
        for (const Slot& slot : slots_)
            if (slot.object) objects.push_back(slot.object);
        return objects;
    }

    [[nodiscard]] std::size_t size() const { return slots_.size() - free_.size(); }

  private:
    struct Slot {
        std::shared_ptr<T> object;
        std::uint32_t generation = 1;
    };

    static std::size_t index_of(Value value) { return static_cast<std::uint32_t>(value); }
    [[nodiscard]] Value value_of(std::uint32_t index) const {
        return (static_cast<Value>(slots_[index].generation) << 32U) | index;
    }

    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_;
};

// Between a handle of the interface (an opaque pointer type) and the value behind it.
template <typename Handle> [[nodiscard]] std::uint64_t handle_value(Handle handle) {
    return static_cast<std::uint64_t>(std::bit_cast<std::uintptr_t>(handle));
}

template <typename Handle> [[nodiscard]] Handle to_handle(std::uint64_t value) {
    return std::bit_cast<Handle>(static_cast<std::uintptr_t>(value));
}

} // namespace offhook::provider
