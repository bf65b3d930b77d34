// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/g711.h"
#include "tests/support/tone.h"

#include <gtest/gtest.h>

namespace offhook::sip::media {
namespace {

// Values of ITU-T G.711, tables 1 and 2, in 16-bit samples.
TEST(G711, KnownValues) {
    const std::array<Sample, 4> samples{0, 32767, -32768, 1000};
    std::array<std::uint8_t, 4> octets{};
    encode(Codec::pcmu, samples, octets);
    EXPECT_EQ(octets, (std::array<std::uint8_t, 4>{0xFF, 0x80, 0x00, 0xCE}));
    encode(Codec::pcma, samples, octets);
    EXPECT_EQ(octets, (std::array<std::uint8_t, 4>{0xD5, 0xAA, 0x2A, 0xFA}));
}

TEST(G711, AToneSurvivesBothLaws) {
    const auto tone = testing::Tone(1000).next(800);
    for (const Codec codec : {Codec::pcmu, Codec::pcma}) {
        std::vector<std::uint8_t> octets(tone.size());
        std::vector<Sample> back(tone.size());
        encode(codec, tone, octets);
        decode(codec, octets, back);
        EXPECT_GT(testing::share_of(1000, back), 0.99);
    }
}

} // namespace
} // namespace offhook::sip::media
