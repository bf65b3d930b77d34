// SPDX-License-Identifier: Apache-2.0
//
// Any bytes become text, and from then on nothing is lost.
#include "abi/utf16.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>

using namespace offhook::abi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = to_utf16(std::string_view(reinterpret_cast<const char*>(data), size));
    if (to_utf16(to_utf8(text)) != text) std::abort();
    std::u16string units(size / sizeof(char16_t), u'\0');
    if (!units.empty()) std::memcpy(units.data(), data, units.size() * sizeof(char16_t));
    const auto utf8 = to_utf8(units);
    if (to_utf8(to_utf16(utf8)) != utf8) std::abort();
    return 0;
}
