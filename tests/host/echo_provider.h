// SPDX-License-Identifier: Apache-2.0
//
// The body of every function of the echo provider: logs what came down, fills every output, completes every
// request.
#pragma once

#include "host/trampoline.h"
#include "tests/host/echo.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace offhook::host::echo {

inline const OFFHOOK_PROVIDER_SERVICES* services = nullptr;
inline ASYNC_COMPLETION completion = nullptr;

template <class T> std::uint64_t as_number(T value) {
    if constexpr (std::is_pointer_v<T>) return reinterpret_cast<std::uintptr_t>(value);
    else return static_cast<std::uint64_t>(value);
}

inline std::span<const std::byte> memory(std::uint64_t address, std::size_t size) {
    return {reinterpret_cast<const std::byte*>(address), size};
}

inline std::size_t length(const abi::TspiFunction& row, const abi::Parameter& p,
                          const std::array<std::uint64_t, 13>& raw, std::uint64_t address) {
    if (p.kind == abi::Kind::fixed) return p.size;
    if (p.kind == abi::Kind::sized) return *reinterpret_cast<const DWORD*>(address);
    if (p.kind == abi::Kind::text && p.direction == abi::Direction::in)
        return std::u16string_view(reinterpret_cast<const char16_t*>(address)).size() * sizeof(char16_t);
    if (p.kind == abi::Kind::text) return text.size() * sizeof(char16_t);
    const auto count = raw[row.index_of(p.count_name)];
    return p.kind == abi::Kind::array ? count * p.size : count;
}

inline wire::Values inputs(const abi::TspiFunction& row, const std::array<std::uint64_t, 13>& raw) {
    wire::Values values;
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (!wire::detail::goes_down(p)) continue;
        auto& value = values[i];
        value.number = raw[i];
        value.null = false;
        if (wire::detail::is_scalar(p)) continue;
        value.null = raw[i] == 0;
        if (value.null) continue;
        value.bytes = memory(raw[i], length(row, p, raw, raw[i]));
        value.number = value.bytes.size();
    }
    return values;
}

inline void fill(const abi::TspiFunction& row, std::size_t i, const std::array<std::uint64_t, 13>& raw) {
    const auto& p = row.parameters[i];
    auto* const at = reinterpret_cast<std::byte*>(raw[i]);
    if (p.direction == abi::Direction::in || p.kind == abi::Kind::local || at == nullptr) return;
    if (p.kind == abi::Kind::number || p.kind == abi::Kind::wide) {
        const auto value = p.kind == abi::Kind::wide ? wide(i) : number(i);
        std::memcpy(at, &value, p.kind == abi::Kind::wide ? 8 : 4);
        return;
    }
    if (p.fill == abi::Fill::at_message) return; // later, when digits arrive
    if (p.kind == abi::Kind::text) {
        std::memcpy(at, text.data(), text.size() * sizeof(char16_t));
        return;
    }
    const auto size = length(row, p, raw, raw[i]);
    if (p.kind == abi::Kind::sized) {
        const auto rest = memory(raw[i] + 4, size - 4);
        if (std::any_of(rest.begin(), rest.end(), [](std::byte b) { return b != std::byte{}; }))
            services->log(services->context, OFFHOOK_LOG_ERROR, "R036 is broken: an output is not zero");
        auto* structure = reinterpret_cast<DWORD*>(at);
        structure[1] = structure[2] = static_cast<DWORD>(size);
    }
    for (std::size_t k = p.kind == abi::Kind::sized ? 12 : 0; k < size; ++k) at[k] = byte_at(i, k);
}

template <abi::Tspi F, class... T> LONG call(T... arguments) {
    constexpr const auto& row = abi::row<F>();
    const std::array<std::uint64_t, 13> raw{as_number(arguments)...};
    services->log(services->context, OFFHOOK_LOG_DEBUG, describe(row, inputs(row, raw)).c_str());
    for (std::size_t i = 0; i < row.count; ++i) fill(row, i, raw);
    if constexpr (F == abi::Tspi::providerInit) {
        completion = [](auto... all) {
            ASYNC_COMPLETION found = nullptr;
            (
                [&] {
                    if constexpr (std::is_same_v<decltype(all), ASYNC_COMPLETION>) found = all;
                }(),
                ...);
            return found;
        }(arguments...);
    }
    if constexpr (F == abi::Tspi::providerShutdown) completion = nullptr;
    if constexpr (row.mode == abi::Mode::async) {
        if (completion != nullptr) completion(static_cast<DRV_REQUESTID>(raw[0]), 0);
        return static_cast<LONG>(raw[0]);
    } else {
        return 0;
    }
}

} // namespace offhook::host::echo
