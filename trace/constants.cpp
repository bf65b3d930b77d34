// SPDX-License-Identifier: Apache-2.0
#include "trace/constants.h"

#include "trace/hexadecimal.h"

#include <algorithm>
#include <bit>

namespace offhook::trace {

const Family* family_named(std::string_view prefix) {
    const auto* found = std::ranges::lower_bound(families, prefix, {}, &Family::prefix);
    return found != std::end(families) && found->prefix == prefix ? found : nullptr;
}

std::string text_of(const Family& family, std::uint64_t value) {
    const auto same = [&](const Constant& constant) {
        return static_cast<std::uint32_t>(constant.value) == static_cast<std::uint32_t>(value);
    };
    const auto exact = std::ranges::find_if(family.constants, same);
    if (exact != family.constants.end()) return std::string(exact->name);
    std::string text;
    const auto add = [&](std::string_view part) { text.append(text.empty() ? "" : "|").append(part); };
    for (const auto& constant : family.constants) {
        const auto bit = static_cast<std::uint32_t>(constant.value);
        if (!std::has_single_bit(bit) || (value & bit) == 0) continue;
        add(constant.name);
        value &= ~std::uint64_t{bit};
    }
    if (value != 0) add(hexadecimal(value));
    return text;
}

std::string error_name(std::int64_t error) {
    const auto* named = find(lineerr_constants, error);
    if (named == nullptr) named = find(phoneerr_constants, error);
    return named != nullptr ? std::string(named->name) : hexadecimal(static_cast<std::uint32_t>(error));
}

} // namespace offhook::trace
