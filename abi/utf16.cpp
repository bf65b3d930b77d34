// SPDX-License-Identifier: Apache-2.0

#include "abi/utf16.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace offhook::abi {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Decoded {
    char32_t character;
    std::size_t length;
};

// RFC 3629, section 4: no overlong forms, no surrogates, nothing above U+10FFFF.
Decoded decode_utf8(std::string_view text) {
    const auto byte = [&](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
    const std::uint8_t first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return {replacement, 1};
    char32_t character = first & (0x7FU >> length);
    for (std::size_t index = 1; index < length; ++index) {
        if ((byte(index) & 0xC0U) != 0x80U) return {replacement, 1};
        character = (character << 6U) | (byte(index) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> lowest{0, 0, 0x80, 0x800, 0x10000};
    if (character < lowest[length] || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
        return {replacement, 1};
    return {character, length};
}

void append_utf8(std::string& out, char32_t character) {
    const auto put = [&](char32_t value) {
        out.push_back(static_cast<char>(static_cast<std::uint8_t>(value)));
    };
    if (character < 0x80) {
        put(character);
    } else if (character < 0x800) {
        put(0xC0U | (character >> 6U));
        put(0x80U | (character & 0x3FU));
    } else if (character < 0x10000) {
        put(0xE0U | (character >> 12U));
        put(0x80U | ((character >> 6U) & 0x3FU));
        put(0x80U | (character & 0x3FU));
    } else {
        put(0xF0U | (character >> 18U));
        put(0x80U | ((character >> 12U) & 0x3FU));
        put(0x80U | ((character >> 6U) & 0x3FU));
        put(0x80U | (character & 0x3FU));
    }
}

} // namespace

std::u16string to_utf16(std::string_view text) {
    std::u16string out;
    while (!text.empty()) {
        const Decoded decoded = decode_utf8(text);
        text.remove_prefix(decoded.length);
        if (decoded.character < 0x10000) {
            out.push_back(static_cast<char16_t>(decoded.character));
        } else {
            out.push_back(static_cast<char16_t>(0xD800 + ((decoded.character - 0x10000) >> 10U)));
            out.push_back(static_cast<char16_t>(0xDC00 + ((decoded.character - 0x10000) & 0x3FFU)));
        }
    }
    return out;
}

std::string to_utf8(std::u16string_view text) {
    std::string out;
    for (std::size_t index = 0; index < text.size(); ++index) {
        char32_t character = text[index];
        if (character >= 0xD800 && character <= 0xDFFF) {
            const bool pair = character < 0xDC00 && index + 1 < text.size() && text[index + 1] >= 0xDC00 &&
                              text[index + 1] <= 0xDFFF;
            if (pair) character = 0x10000 + ((character - 0xD800) << 10U) + (text[++index] - 0xDC00U);
            else character = replacement;
        }
        append_utf8(out, character);
    }
    return out;
}

} // namespace offhook::abi
