// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <new>
#include <type_traits>

namespace offhook::core {

// What to do when an operation is answered. It holds names (handles, numbers), never pointers to objects that
// may be gone by then, so it is trivially copyable and needs no memory of its own.
template <class... Args> class Continuation {
  public:
    Continuation() = default;

    template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, Continuation>) Continuation(
        F f) { // NOLINT(google-explicit-constructor): a lambda is given where a continuation is expected
        static_assert(std::is_trivially_copyable_v<F> && sizeof(F) <= capacity, "capture names, by value");
        ::new (static_cast<void*>(storage_.data())) F(f);
        invoke_ = [](void* storage, Args... args) {
            (*std::launder(reinterpret_cast<F*>(storage)))(args...);
        };
    }

    void operator()(Args... args) {
        if (invoke_ != nullptr) invoke_(storage_.data(), args...);
    }

  private:
    static constexpr std::size_t capacity = 48;
    alignas(8) std::array<std::byte, capacity> storage_{};
    void (*invoke_)(void*, Args...) = nullptr;
};

} // namespace offhook::core
