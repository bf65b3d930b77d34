// SPDX-License-Identifier: Apache-2.0

// Text crosses TSPI in UTF-16 and everything below it in UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace offhook::abi {

// Malformed input becomes U+FFFD: text from the network or an application is never a reason to fail.
[[nodiscard]] std::u16string to_utf16(std::string_view text);
[[nodiscard]] std::string to_utf8(std::u16string_view text);

} // namespace offhook::abi
