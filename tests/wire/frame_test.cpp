// SPDX-License-Identifier: Apache-2.0
#include "wire/handshake.h"

#include "tests/support/random.h"

#include <gtest/gtest.h>

namespace {

using namespace offhook::wire;

std::vector<std::byte> frame_with(std::string_view text) {
    std::vector<std::byte> buffer;
    FrameWriter writer(buffer, {.kind = FrameKind::goodbye});
    writer.utf8(text);
    writer.finish();
    return buffer;
}

TEST(Frame, AFrameIsTakenOnlyWhenItIsWhole) {
    const auto bytes = frame_with("the reason");
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto parsed = parse_frame(std::span(bytes).first(size));
        EXPECT_FALSE(parsed.frame) << size;
        EXPECT_EQ(parsed.error, FrameError::none) << size;
    }
    const auto parsed = parse_frame(bytes);
    ASSERT_TRUE(parsed.frame);
    PayloadReader payload(parsed.frame->payload);
    EXPECT_EQ(payload.utf8(), "the reason");
    EXPECT_TRUE(payload.finished());
}

TEST(Frame, LimitsAreNamedWhenTheyAreBroken) {
    auto bytes = frame_with("");
    const auto with_size = [&](std::uint32_t size) {
        std::memcpy(bytes.data(), &size, sizeof size);
        return parse_frame(bytes).error;
    };
    EXPECT_EQ(with_size(sizeof(FrameHeader) - 1), FrameError::too_short);
    EXPECT_EQ(with_size(max_frame_size + 1), FrameError::too_long);
    EXPECT_EQ(with_size(max_frame_size), FrameError::none);
    bytes = frame_with("");
    bytes[offsetof(FrameHeader, kind)] = std::byte{0};
    EXPECT_EQ(parse_frame(bytes).error, FrameError::unknown_kind);
    bytes[offsetof(FrameHeader, kind)] = std::byte{last_frame_kind + 1};
    EXPECT_EQ(parse_frame(bytes).error, FrameError::unknown_kind);
}

TEST(Frame, ReadingBeyondTheEndGivesZeroAndIsRemembered) {
    const std::vector<std::byte> three(3);
    PayloadReader reader(three);
    EXPECT_EQ(reader.number(), 0u);
    EXPECT_FALSE(reader.ok());
    EXPECT_TRUE(reader.block().null);
}

TEST(Frame, BlocksArePaddedWithZerosToAMultipleOfFour) {
    std::vector<std::byte> buffer;
    FrameWriter writer(buffer, {});
    writer.utf8("abcde");
    writer.number(7);
    writer.finish();
    EXPECT_EQ(buffer.size(), sizeof(FrameHeader) + 4 + 8 + 4);
    const auto read = [&] {
        const std::span<const std::byte> bytes(buffer);
        PayloadReader reader(bytes.subspan(sizeof(FrameHeader)));
        const auto text = reader.utf8();
        return text == "abcde" && reader.number() == 7 && reader.finished();
    };
    EXPECT_TRUE(read());
    buffer[sizeof(FrameHeader) + 4 + 5] = std::byte{1};
    EXPECT_FALSE(read());
}

TEST(Frame, RandomBytesNeverReadOutside) {
    const auto seed = offhook::test_support::seed();
    SCOPED_TRACE(offhook::test_support::describe_seed(seed));
    std::mt19937_64 random(seed);
    for (std::uint64_t i = 0; i < offhook::test_support::rounds(20'000); ++i) {
        std::vector<std::byte> bytes(random() % 64);
        for (auto& b : bytes) b = static_cast<std::byte>(random());
        const auto parsed = parse_frame(bytes);
        if (parsed.frame) {
            EXPECT_LE(parsed.frame->payload.size() + sizeof(FrameHeader), bytes.size());
        }
        Hello hello;
        Welcome welcome;
        read(std::span<const std::byte>(bytes), hello);
        read(std::span<const std::byte>(bytes), welcome);
    }
}

TEST(Handshake, AHelloOfAnotherByteOrderIsRefused) {
    std::vector<std::byte> buffer;
    FrameWriter writer(buffer, {.kind = FrameKind::hello});
    Hello foreign;
    foreign.byte_order = 0x04030201;
    write(writer, foreign);
    writer.finish();
    Hello hello;
    EXPECT_FALSE(read(parse_frame(buffer).frame->payload, hello));
}

} // namespace
