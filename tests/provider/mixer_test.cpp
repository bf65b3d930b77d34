// SPDX-License-Identifier: Apache-2.0

#include "provider/mixer.h"
#include "tests/support/tone.h"

#include <gtest/gtest.h>

#include <sys/socket.h>

#include <array>
#include <cstring>

namespace offhook::provider {
namespace {

class Application {
  public:
    explicit Application(Mixer& mixer, std::uint32_t direction = OFFHOOK_AUDIO_HEAR | OFFHOOK_AUDIO_SPEAK) {
        std::array<int, 2> ends{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
        socket_.reset(ends[0]);
        mixer.add(AudioPort({wire::UniqueFd(ends[1]), direction}));
    }
    void say(std::span<const Sample> samples) {
        ASSERT_EQ(::send(socket_.get(), samples.data(), samples.size_bytes(), 0),
                  static_cast<ssize_t>(samples.size_bytes()));
    }
    std::vector<Sample> hear() {
        std::vector<Sample> heard(100'000);
        const auto size = ::recv(socket_.get(), heard.data(), heard.size() * 2, 0);
        heard.resize(size > 0 ? static_cast<std::size_t>(size) / 2 : 0);
        return heard;
    }
    bool reads_the_end() {
        std::byte one{};
        return ::recv(socket_.get(), &one, 1, 0) == 0;
    }
    void hang_up() { socket_.reset(); }

  private:
    wire::UniqueFd socket_;
};

// One tick in which the far end says `remote`; what it hears.
Frame tick(Mixer& mixer, const Frame& remote = {}) {
    const Frame said = mixer.take();
    mixer.give(remote);
    return said;
}

std::vector<Sample> said(Mixer& mixer, int frames) {
    std::vector<Sample> all;
    for (int i = 0; i < frames; ++i) {
        const Frame frame = tick(mixer);
        all.insert(all.end(), frame.begin(), frame.end());
    }
    return all;
}

TEST(Mixer, WhatIsSaidIsPlayedInOrderAndWhole) {
    Mixer mixer;
    Application speaker(mixer);
    const auto tone = testing::Tone(700).next(800);
    speaker.say(tone);
    EXPECT_EQ(said(mixer, 5), tone);
    EXPECT_EQ(said(mixer, 3), std::vector<Sample>(480)); // then comfort silence
}

TEST(Mixer, AShortWordIsNotHeldBack) {
    Mixer mixer;
    Application speaker(mixer);
    speaker.say(std::vector<Sample>(10, 5));
    const auto heard = said(mixer, 2);
    EXPECT_EQ(std::count(heard.begin(), heard.end(), 5), 10);
}

TEST(Mixer, SpeakersAreMixedAndNobodyHearsItself) {
    Mixer mixer;
    Application first(mixer), second(mixer), monitor(mixer, OFFHOOK_AUDIO_HEAR);
    first.say(std::vector<Sample>(320, 100));
    second.say(std::vector<Sample>(320, 20));
    monitor.say(std::vector<Sample>(320, 7)); // it may not speak
    Frame remote;
    remote.fill(3);
    const Frame out = tick(mixer, remote);
    EXPECT_EQ(out[0], 120);
    EXPECT_EQ(first.hear().at(0), 23);
    EXPECT_EQ(second.hear().at(0), 103);
    EXPECT_EQ(monitor.hear().at(0), 123);
}

TEST(Mixer, LoudSpeakersSaturate) {
    Mixer mixer;
    Application first(mixer), second(mixer);
    first.say(std::vector<Sample>(320, 30'000));
    second.say(std::vector<Sample>(320, 30'000));
    EXPECT_EQ(tick(mixer)[0], 32'767);
}

TEST(Mixer, ASlowReaderLosesTheOldestWholeFrames) {
    Mixer mixer;
    Application slow(mixer);
    for (Sample frame = 0; frame < 500; ++frame) {
        Frame remote;
        remote.fill(frame);
        tick(mixer, remote);
    }
    EXPECT_GT(mixer.frames_lost(), 300U);
    std::vector<Sample> heard;
    for (int i = 0; i < 200; ++i) { // drain the socket, then the backlog
        const auto more = slow.hear();
        heard.insert(heard.end(), more.begin(), more.end());
        tick(mixer);
    }
    ASSERT_EQ(heard.size() % frame_samples, 0U);
    EXPECT_NE(std::find(heard.begin(), heard.end(), 499), heard.end()); // the newest was kept
    for (std::size_t at = 0; at < heard.size(); at += frame_samples)
        EXPECT_EQ(heard[at], heard[at + frame_samples - 1]); // no frame is torn
}

TEST(Mixer, AnApplicationThatLeftIsForgotten) {
    Mixer mixer;
    Application gone(mixer), stays(mixer);
    gone.hang_up();
    for (int i = 0; i < 3; ++i) tick(mixer);
    EXPECT_EQ(stays.hear().size(), 3 * frame_samples);
}

TEST(Mixer, TheEndIsAnEndOfFileAlsoForOneWhoWasSpeaking) {
    Mixer mixer;
    Application speaker(mixer);
    speaker.say(std::vector<Sample>(2000, 1));
    static_cast<void>(mixer.take());
    mixer.clear();
    EXPECT_TRUE(speaker.reads_the_end());
}

} // namespace
} // namespace offhook::provider
