// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/jitter_buffer.h"
#include "tests/support/tone.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace offhook::sip::media {
namespace {

// A sender whose packets carry a tone on its time line.
class Sender {
  public:
    explicit Sender(std::uint32_t timestamp = 0xFFFFFF00) : timestamp_(timestamp) {} // it wraps soon
    std::pair<std::uint32_t, std::vector<Sample>> packet() {
        const auto at = timestamp_;
        timestamp_ += static_cast<std::uint32_t>(frame_samples);
        return {at, tone_.next(frame_samples)};
    }
    void skip(std::uint32_t samples) { timestamp_ += samples; }

  private:
    std::uint32_t timestamp_;
    testing::Tone tone_{500};
};

std::vector<Sample> pull(JitterBuffer& buffer, int frames) {
    std::vector<Sample> all;
    for (int i = 0; i < frames; ++i) {
        std::array<Sample, frame_samples> frame{};
        buffer.pull(frame);
        all.insert(all.end(), frame.begin(), frame.end());
    }
    return all;
}

TEST(JitterBuffer, PlaysAnEvenStreamUnchanged) {
    JitterBuffer buffer;
    Sender sender;
    testing::Tone expected(500);
    std::vector<Sample> heard;
    for (int i = 0; i < 50; ++i) {
        const auto [at, samples] = sender.packet();
        buffer.push(1, at, samples);
        const auto frame = pull(buffer, 1);
        heard.insert(heard.end(), frame.begin(), frame.end());
    }
    const auto sent = expected.next(48 * frame_samples);
    EXPECT_TRUE(
        std::equal(sent.begin(), sent.end(), heard.begin() + 2 * frame_samples)); // two frames of delay
    EXPECT_EQ(buffer.statistics().concealed, 0U);
}

TEST(JitterBuffer, PutsPacketsBackInOrder) {
    JitterBuffer buffer;
    Sender sender;
    for (int i = 0; i < 20; ++i) {
        const auto first = sender.packet(), second = sender.packet();
        buffer.push(1, i == 0 ? first.first : second.first, i == 0 ? first.second : second.second);
        pull(buffer, 1);
        buffer.push(1, i == 0 ? second.first : first.first, i == 0 ? second.second : first.second);
        pull(buffer, 1);
    }
    EXPECT_EQ(buffer.statistics().concealed, 0U);
}

TEST(JitterBuffer, LearnsTheDelayThatJitterNeeds) {
    JitterBuffer buffer;
    Sender sender;
    std::mt19937 random(7);
    std::multimap<int, std::pair<std::uint32_t, std::vector<Sample>>> on_the_way; // by tick of arrival
    std::uint64_t concealed_early = 0;
    for (int tick = 0; tick < 1000; ++tick) {
        on_the_way.emplace(tick + static_cast<int>(random() % 5), sender.packet()); // up to 80 ms late
        while (!on_the_way.empty() && on_the_way.begin()->first <= tick) {
            const auto [at, samples] = on_the_way.begin()->second;
            buffer.push(1, at, samples);
            on_the_way.erase(on_the_way.begin());
        }
        pull(buffer, 1);
        if (tick == 200) concealed_early = buffer.statistics().concealed;
    }
    EXPECT_GT(buffer.statistics().inserted, 0U);
    EXPECT_LT(buffer.statistics().concealed - concealed_early, 20 * frame_samples); // of 800 frames
    EXPECT_LT(buffer.depth(), static_cast<std::int64_t>(10 * frame_samples));
}

TEST(JitterBuffer, ShrinksAgainWhenTheNetworkIsCalm) {
    JitterBuffer buffer;
    Sender sender;
    std::vector<std::pair<std::uint32_t, std::vector<Sample>>> burst;
    for (int i = 0; i < 8; ++i) burst.push_back(sender.packet());
    buffer.push(1, burst[0].first, burst[0].second);
    pull(buffer, 8); // the rest is late
    for (const auto& [at, samples] : burst) buffer.push(1, at, samples);
    for (int i = 0; i < 1500; ++i) {
        const auto [at, samples] = sender.packet();
        buffer.push(1, at, samples);
        pull(buffer, 1);
    }
    EXPECT_GT(buffer.statistics().removed, 0U);
    EXPECT_LE(buffer.depth(), static_cast<std::int64_t>(4 * frame_samples));
}

TEST(JitterBuffer, ALostPacketIsConcealedAndALongGapIsSilent) {
    JitterBuffer buffer;
    Sender sender;
    for (int i = 0; i < 10; ++i) {
        const auto [at, samples] = sender.packet();
        buffer.push(1, at, samples);
        pull(buffer, 1);
    }
    const auto gap = pull(buffer, 20);
    const auto loudest = [&](std::size_t frame) {
        const auto begin = gap.begin() + static_cast<std::ptrdiff_t>(frame * frame_samples);
        return *std::max_element(begin, begin + frame_samples);
    };
    EXPECT_GT(loudest(2), 0); // behind the two frames of delay: the last one again
    EXPECT_EQ(loudest(19), 0);
}

TEST(JitterBuffer, AJumpOrANewSourceStartsANewTimeLine) {
    JitterBuffer buffer;
    Sender sender;
    const auto first = sender.packet();
    buffer.push(1, first.first, first.second);
    sender.skip(80'000); // ten seconds
    const auto later = sender.packet();
    buffer.push(1, later.first, later.second);
    EXPECT_EQ(buffer.statistics().resets, 2U);
    buffer.push(2, 5, later.second);
    EXPECT_EQ(buffer.statistics().resets, 3U);
    const auto heard = pull(buffer, 3);
    EXPECT_TRUE(std::equal(later.second.begin(), later.second.end(), heard.begin() + 2 * frame_samples));
}

TEST(JitterBuffer, AnyTimestampIsBearable) {
    JitterBuffer buffer;
    std::mt19937 random(3);
    const std::vector<Sample> samples(400, 1);
    for (int i = 0; i < 20'000; ++i) {
        buffer.push(static_cast<std::uint32_t>(random() % 2), static_cast<std::uint32_t>(random()),
                    std::span(samples).first(random() % samples.size()));
        if (i % 3 == 0) pull(buffer, 1);
    }
    SUCCEED();
}

} // namespace
} // namespace offhook::sip::media
