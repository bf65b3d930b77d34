// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace offhook::core {

using Handle = std::uint32_t;

inline constexpr std::uint32_t handle_generations = 2'047;

// Objects named by non-zero handles of index and generation, 31 bits so that one can be a request id (R045).
// A handle that was given back names nothing until its slot has been used 2,047 times again. Objects do not
// move while they live.
template <class T> class HandleTable {
  public:
    // Handles of another first generation, 1 to `handle_generations`, name nothing here for as long as can
    // be.
    explicit HandleTable(std::uint32_t first_generation = 1) : first_generation_(first_generation) {}

    // A new object, whose member `handle` is set; null when the table is full (a million objects).
    template <class... Args> T* add(Args&&... args) {
        std::uint32_t index = 0;
        if (!free_.empty()) {
            index = free_.back();
            free_.pop_back();
        } else if (slots_.size() < index_mask) {
            index = static_cast<std::uint32_t>(slots_.size());
            slots_.emplace_back().generation = first_generation_;
        } else {
            return nullptr;
        }
        Slot& slot = slots_[index];
        slot.object.emplace(std::forward<Args>(args)...);
        slot.object->handle = slot.generation << index_bits | index;
        ++size_;
        return &*slot.object;
    }

    T* find(std::uint64_t handle) {
        const auto index = static_cast<std::uint32_t>(handle) & index_mask;
        if (index >= slots_.size()) return nullptr;
        Slot& slot = slots_[index];
        return slot.object && slot.object->handle == handle ? &*slot.object : nullptr;
    }
    const T* find(std::uint64_t handle) const { return const_cast<HandleTable*>(this)->find(handle); }

    void remove(Handle handle) {
        if (find(handle) == nullptr) return;
        const auto index = handle & index_mask;
        Slot& slot = slots_[index];
        slot.object.reset();
        slot.generation = slot.generation == last_generation ? 1 : slot.generation + 1;
        free_.push_back(index);
        --size_;
    }

    std::size_t size() const { return size_; }

    // Calls f for every object; f may remove the one it is given, and objects that f adds may be visited too.
    template <class F> void for_each(F&& f) {
        for (std::size_t index = 0; index < slots_.size(); ++index)
            if (slots_[index].object) f(*slots_[index].object);
    }
    template <class F> void for_each(F&& f) const {
        for (const auto& slot : slots_)
            if (slot.object) f(*slot.object);
    }

  private:
    static constexpr std::uint32_t index_bits = 20;
    static constexpr std::uint32_t index_mask = (1u << index_bits) - 1;
    static constexpr std::uint32_t last_generation = handle_generations;
    static_assert(last_generation == (1u << (31 - index_bits)) - 1);

    struct Slot {
        std::uint32_t generation = 0;
        std::optional<T> object;
    };
    std::deque<Slot> slots_;
    std::vector<std::uint32_t> free_;
    std::size_t size_ = 0;
    std::uint32_t first_generation_;
};

} // namespace offhook::core
