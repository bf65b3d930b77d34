// SPDX-License-Identifier: Apache-2.0
#include "trace/frame_ring.h"

#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <vector>

namespace offhook::trace {
namespace {

std::vector<std::byte> bytes_of(std::size_t size, unsigned seed) {
    return std::vector(size, std::byte(seed & 0xFF));
}

std::vector<std::uint64_t> numbers_from(const FrameRing& ring, FrameRing::Cursor cursor) {
    std::vector<std::uint64_t> numbers;
    while (const auto entry = ring.read(cursor)) numbers.push_back(entry->header.number);
    return numbers;
}

TEST(FrameRing, KeepsNothingAtFirst) {
    const FrameRing ring(1024);
    auto cursor = ring.oldest();
    EXPECT_FALSE(ring.read(cursor));
    EXPECT_EQ(ring.end(), 0u);
}

TEST(FrameRing, PartsLieOneBehindTheOther) {
    FrameRing ring(1024);
    const auto a = bytes_of(3, 1), b = bytes_of(2, 2);
    const auto kept = ring.add({.time_us = 7, .session = 9, .boundary = Boundary::to_host}, {a, b});
    EXPECT_EQ(kept.size(), 5u);
    kept[0] = std::byte{5}; // as masking does
    auto cursor = ring.oldest();
    const auto entry = ring.read(cursor);
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->header.time_us, 7u);
    EXPECT_EQ(entry->header.session, 9u);
    EXPECT_EQ(entry->header.size, 5u);
    EXPECT_EQ(std::vector(entry->bytes.begin(), entry->bytes.end()),
              (std::vector{std::byte{5}, std::byte{1}, std::byte{1}, std::byte{2}, std::byte{2}}));
}

TEST(FrameRing, WhatIsLargerThanTheRingIsNotKept) {
    FrameRing ring(256);
    ring.add({}, {bytes_of(8, 1)});
    EXPECT_TRUE(ring.add({}, {bytes_of(300, 1)}).empty());
    EXPECT_EQ(numbers_from(ring, ring.oldest()), std::vector<std::uint64_t>{0});
    FrameRing none(0);
    EXPECT_TRUE(none.add({}, {bytes_of(1, 1)}).empty());
}

TEST(FrameRing, AReaderThatWasOvertakenGoesOnWithTheOldest) {
    FrameRing ring(entry_size(8) * 4);
    const auto start = ring.newest();
    for (unsigned i = 0; i < 10; ++i) ring.add({}, {bytes_of(8, i)});
    EXPECT_EQ(ring.first(), 6u);
    EXPECT_EQ(numbers_from(ring, start), (std::vector<std::uint64_t>{6, 7, 8, 9}));
}

// Against a model that keeps every entry, with readers that stop anywhere.
TEST(FrameRing, EveryEntryFromTheOldestOnIsReadAsItWasAdded) {
    std::mt19937 random(1); // NOLINT: the same each time
    for (const std::size_t memory : {256u, 1000u, 5000u}) {
        FrameRing ring(memory);
        std::deque<std::vector<std::byte>> model;
        std::vector<FrameRing::Cursor> readers(5, ring.newest());
        for (unsigned i = 0; i < 20'000; ++i) {
            model.push_back(bytes_of(random() % 150, i));
            ASSERT_EQ(ring.add({}, {model.back()}).size(), model.back().size());
            ASSERT_EQ(ring.end(), i + 1);
            while (model.size() > ring.end() - ring.first()) model.pop_front();
            auto& reader = readers[random() % readers.size()];
            for (auto steps = random() % 10; steps != 0; --steps) {
                const auto expected = std::max(reader.number, ring.first());
                const auto entry = ring.read(reader);
                if (!entry) {
                    ASSERT_EQ(expected, ring.end());
                    break;
                }
                ASSERT_EQ(entry->header.number, expected);
                const auto& kept = model[expected - ring.first()];
                ASSERT_TRUE(std::ranges::equal(entry->bytes, kept));
            }
        }
        EXPECT_EQ(numbers_from(ring, ring.oldest()).size(), model.size());
    }
}

} // namespace
} // namespace offhook::trace
