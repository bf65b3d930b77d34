// SPDX-License-Identifier: Apache-2.0
//
// Text as the interface passes it.
#pragma once

#include <algorithm>
#include <string_view>

#include "tspi.h"

namespace offhook::provider {

// Names of device classes are compared without regard to case (R256).
[[nodiscard]] inline bool same_class(std::u16string_view given, std::u16string_view name) {
    const auto lower = [](char16_t c) { return c >= u'A' && c <= u'Z' ? static_cast<char16_t>(c + 32) : c; };
    return std::equal(given.begin(), given.end(), name.begin(), name.end(),
                      [&](char16_t a, char16_t b) { return lower(a) == lower(b); });
}

// Text of which its size in bytes, with its NUL, is passed as well: it ends with whichever comes first.
[[nodiscard]] inline std::u16string_view counted_text(LPCWSTR text, DWORD bytes) {
    const std::u16string_view all(text, bytes / sizeof(char16_t));
    return all.substr(0, all.find(u'\0'));
}

} // namespace offhook::provider
