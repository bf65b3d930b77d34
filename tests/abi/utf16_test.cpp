// SPDX-License-Identifier: Apache-2.0
#include "abi/utf16.h"
#include "tests/support/random.h"

#include <gtest/gtest.h>

namespace offhook::abi {
namespace {

TEST(Utf16, EveryLengthOfUtf8ComesBack) {
    const std::string text = "a\u00e9\u20ac\U0001F4DE";
    EXPECT_EQ(to_utf16(text), u"a\u00e9\u20ac\U0001F4DE");
    EXPECT_EQ(to_utf8(u"a\u00e9\u20ac\U0001F4DE"), text);
    EXPECT_EQ(to_utf16(""), u"");
    EXPECT_EQ(to_utf8(u""), "");
}

TEST(Utf16, EveryCharacterComesBack) {
    for (char32_t character = 0; character <= 0x10FFFF; ++character) {
        if (character >= 0xD800 && character <= 0xDFFF) continue;
        std::u16string text;
        if (character < 0x10000) text = {static_cast<char16_t>(character)};
        else
            text = {static_cast<char16_t>(0xD800 + ((character - 0x10000) >> 10)),
                    static_cast<char16_t>(0xDC00 + ((character - 0x10000) & 0x3FF))};
        ASSERT_EQ(to_utf16(to_utf8(text)), text) << std::hex << static_cast<std::uint32_t>(character);
    }
}

TEST(Utf16, MalformedInputBecomesTheReplacementCharacter) {
    EXPECT_EQ(to_utf16("a\xFFz"), u"a\uFFFDz");
    EXPECT_EQ(to_utf16("\xC3"), u"\uFFFD") << "cut off";
    EXPECT_EQ(to_utf16("\xC0\xAF"), u"\uFFFD\uFFFD") << "an overlong slash";
    EXPECT_EQ(to_utf16("\xED\xA0\x80"), u"\uFFFD\uFFFD\uFFFD") << "a surrogate";
    EXPECT_EQ(to_utf16("\xF4\x90\x80\x80"), u"\uFFFD\uFFFD\uFFFD\uFFFD") << "above U+10FFFF";
    EXPECT_EQ(to_utf8(std::u16string{0xD800}), "\uFFFD");
    EXPECT_EQ(to_utf8(std::u16string{0xDC00, 0xD800, u'x'}), "\uFFFD\uFFFDx");
}

TEST(Utf16, AnyBytesBecomeTextThatComesBack) {
    const auto seed = test_support::seed();
    SCOPED_TRACE(test_support::describe_seed(seed));
    std::mt19937_64 random(seed);
    for (std::uint64_t round = 0; round < test_support::rounds(50'000); ++round) {
        std::string bytes(random() % 24, '\0');
        for (auto& byte : bytes) byte = static_cast<char>(random());
        const auto text = to_utf16(bytes);
        ASSERT_EQ(to_utf16(to_utf8(text)), text);
        std::u16string units(random() % 12, u'\0');
        for (auto& unit : units) unit = static_cast<char16_t>(0xD700 + random() % 0xA00);
        const auto utf8 = to_utf8(units);
        ASSERT_EQ(to_utf8(to_utf16(utf8)), utf8);
    }
}

} // namespace
} // namespace offhook::abi
