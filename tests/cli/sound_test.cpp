// SPDX-License-Identifier: Apache-2.0
#include "cli/problem.h"
#include "cli/sound.h"

#include <gtest/gtest.h>

#include <sndfile.h>

#include <array>
#include <filesystem>
#include <numeric>
#include <vector>

namespace offhook::cli {
namespace {

std::string file(const char* name) { return (std::filesystem::path(testing::TempDir()) / name).string(); }

TEST(Sound, WhatIsRecordedIsPlayedAgain) {
    std::vector<std::int16_t> samples(1'000);
    std::iota(samples.begin(), samples.end(), std::int16_t{-500});
    { Recorder(file("recorded.wav")).write(samples); }
    const auto sound = sound_file(file("recorded.wav"));
    std::vector<std::int16_t> block(600);
    EXPECT_TRUE(sound->read(block));
    EXPECT_TRUE(std::equal(block.begin(), block.end(), samples.begin()));
    EXPECT_TRUE(sound->read(block));
    EXPECT_EQ(block[399], samples[999]);
    EXPECT_EQ(block[400], 0); // silence after the end
    EXPECT_FALSE(sound->read(block));
}

TEST(Sound, AToneHasItsFrequency) {
    std::vector<std::int16_t> second(samples_per_second);
    tone(440)->read(second);
    int crossings = 0;
    for (std::size_t i = 1; i < second.size(); ++i) crossings += second[i - 1] < 0 && second[i] >= 0;
    EXPECT_NEAR(crossings, 440, 1);
}

TEST(Sound, AToneGoesOnWithoutAGapBetweenBlocks) {
    const auto whole = tone(440), halves = tone(440);
    std::array<std::int16_t, 200> once{};
    std::array<std::int16_t, 100> twice{};
    whole->read(once);
    halves->read(twice);
    halves->read(twice);
    EXPECT_EQ(once[150], twice[50]);
}

TEST(Sound, AFileThatIsNoneIsRefusedWithItsName) {
    try {
        sound_file("/nowhere/at all.wav");
        FAIL();
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.exit, Exit::usage);
        EXPECT_NE(std::string(problem.what()).find("/nowhere/at all.wav"), std::string::npos);
    }
    EXPECT_THROW(Recorder("/nowhere/at all.wav"), Problem);
}

TEST(Sound, AFileOfAnotherRateIsRefused) {
    SF_INFO info{};
    info.channels = 2;
    info.samplerate = 44'100;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    sf_close(sf_open(file("music.wav").c_str(), SFM_WRITE, &info));
    try {
        sound_file(file("music.wav"));
        FAIL();
    } catch (const Problem& problem) {
        EXPECT_NE(std::string(problem.what()).find("44100"), std::string::npos) << problem.what();
        EXPECT_NE(problem.next_step.find("sox"), std::string::npos);
    }
}

} // namespace
} // namespace offhook::cli
