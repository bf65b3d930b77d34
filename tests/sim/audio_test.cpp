// SPDX-License-Identifier: Apache-2.0
//
// The audio of calls, as applications hear it: known by its frequencies.

#include "providers/sim/audio/audio.h"
#include "tests/sim/sim_host.h"
#include "tests/support/audio_peer.h"

#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <initializer_list>
#include <numeric>

namespace offhook::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t second = 8000; // samples

class SimAudio : public SimTest {
  protected:
    AudioPeer peer(HDRVCALL call, double hertz, DWORD direction = OFFHOOK_AUDIO_HEAR | OFFHOOK_AUDIO_SPEAK) {
        return {host().audio(call, direction), hertz};
    }
    // A call that says nothing; what it hears is what matters.
    AudioPeer listener(HDRVCALL call) { return {host().audio(call, OFFHOOK_AUDIO_HEAR), 0}; }

    TspHost::OutgoingCall dialed(DWORD from, const std::u16string& number) {
        const auto call = host().make_call(line(from), number);
        EXPECT_TRUE(succeeded(call.result));
        return call;
    }
    // A call of the line that has drawn dial tone and waits for digits.
    TspHost::OutgoingCall with_dial_tone(DWORD from) { return dialed(from, u""); }

    // Does this end hear such sounds together for a while, and next to nothing else?
    static bool hears(const AudioPeer& peer, std::initializer_list<double> hertz) {
        constexpr std::size_t samples = second * 2 / 5;
        const auto heard = peer.last(samples);
        if (heard.size() < samples) return false;
        const auto share = [&](double sum, double one) { return sum + share_of(one, heard); };
        return std::accumulate(hertz.begin(), hertz.end(), 0.0, share) > 0.9 &&
               std::all_of(hertz.begin(), hertz.end(), [&](double one) {
                   return share_of(one, heard) > 0.5 / static_cast<double>(hertz.size());
               });
    }
    static bool hears_nothing(const AudioPeer& peer) {
        constexpr std::size_t samples = second * 2 / 5;
        const auto heard = peer.last(samples);
        return heard.size() == samples &&
               std::all_of(heard.begin(), heard.end(), [](auto sample) { return sample == 0; });
    }
    // What is heard in the first seconds, tick by tick: '#' is a tone of this frequency, '.' silence.
    static std::string cadence(AudioPeer& peer, double hertz, int ticks) {
        std::string heard;
        for (int tick = 0; tick < ticks && peer.exchange(); ++tick) {
            const auto block = peer.last(160);
            const bool silent =
                std::all_of(block.begin(), block.end(), [](auto sample) { return sample == 0; });
            heard += silent ? '.' : share_of(hertz, block) > 0.9 ? '#' : '?';
        }
        return heard;
    }
    static std::string times(std::size_t count, char what) { return std::string(count, what); }
};

TEST_F(SimAudio, DialToneSoundsUntilADigitIsDialed) {
    begin();
    const auto call = with_dial_tone(0);
    ASSERT_EQ(state(call.name), LINECALLSTATE_DIALTONE);
    AudioPeer caller = listener(call.call);
    EXPECT_TRUE(testing::talk({&caller}, [&] { return hears(caller, {425}); }));
    EXPECT_TRUE(succeeded(TSP(host(), lineDial)(host().next_request(), call.call, u"1;", 0)));
    EXPECT_TRUE(testing::talk({&caller}, [&] { return hears_nothing(caller); }));
}

TEST_F(SimAudio, RingingAndBusyToneHaveTheirCadences) {
    begin({{"outside", "busy"}, {"outside.1", "ring"}, {"outside.2", "congestion"}});
    const auto rings = dialed(0, u"91");
    ASSERT_EQ(state(rings.name), LINECALLSTATE_RINGBACK);
    AudioPeer ringing = listener(rings.call);
    EXPECT_EQ(cadence(ringing, 425, 75), times(50, '#') + times(25, '.'));

    const auto busy = dialed(1, u"93");
    ASSERT_EQ(state(busy.name), LINECALLSTATE_BUSY);
    AudioPeer engaged = listener(busy.call);
    EXPECT_EQ(cadence(engaged, 425, 75), times(25, '#') + times(25, '.') + times(25, '#'));

    const auto congested = dialed(2, u"92");
    ASSERT_EQ(state(congested.name), LINECALLSTATE_DISCONNECTED);
    AudioPeer turned_away = listener(congested.call);
    const auto heard = cadence(turned_away, 425, 25); // the edges lie within ticks
    EXPECT_EQ(heard.substr(0, 12), times(12, '#'));
    EXPECT_EQ(heard.substr(13, 12), times(12, '.'));
}

TEST_F(SimAudio, ANumberThatNobodyHasGivesTheSpecialInformationTone) {
    begin();
    const auto call = dialed(0, u"555");
    ASSERT_EQ(mode(call.name), LINEDISCONNECTMODE_BADADDRESS);
    AudioPeer caller = listener(call.call);
    for (const double hertz : {950, 1400, 1800}) {
        for (int tick = 0; tick < 16; ++tick) ASSERT_TRUE(caller.exchange());
        EXPECT_GT(share_of(hertz, caller.last(15 * 160)), 0.9) << hertz;
    }
}

TEST_F(SimAudio, WhatOneEndSpeaksTheOtherHears) {
    begin();
    const Talk call = talk(0, 1);
    AudioPeer caller = peer(call.call, 600), called = peer(call.other, 1000);
    EXPECT_TRUE(
        testing::talk({&caller, &called}, [&] { return hears(caller, {1000}) && hears(called, {600}); }));
}

TEST_F(SimAudio, AHeldCallIsSilentInBothDirections) {
    begin();
    const Talk call = talk(0, 1);
    AudioPeer caller = peer(call.call, 600), called = peer(call.other, 1000);
    const auto connected = [&] { return hears(caller, {1000}) && hears(called, {600}); };
    EXPECT_TRUE(testing::talk({&caller, &called}, connected));
    EXPECT_TRUE(succeeded(ask(TSP(host(), lineHold), call.call)));
    EXPECT_TRUE(
        testing::talk({&caller, &called}, [&] { return hears_nothing(caller) && hears_nothing(called); }));
    EXPECT_TRUE(succeeded(ask(TSP(host(), lineUnhold), call.call)));
    EXPECT_TRUE(testing::talk({&caller, &called}, connected));
}

TEST_F(SimAudio, InAConferenceEverybodyHearsAllTheOthers) {
    begin();
    const Talk first = talk(0, 1);
    HDRVCALL conference = nullptr, consultation = nullptr;
    const LONG set_up =
        TSP(host(), lineSetupConference)(host().next_request(), first.call, first.line, host().new_name(),
                                         &conference, host().new_name(), &consultation, 3, nullptr);
    ASSERT_TRUE(succeeded(set_up));
    line(2);
    ASSERT_TRUE(succeeded(TSP(host(), lineDial)(host().next_request(), consultation, u"103", 0)));
    const HDRVCALL third = newest().second;
    ASSERT_TRUE(succeeded(host().answer(third)));

    AudioPeer owner = peer(conference, 600), guest = peer(first.other, 1000), joins = peer(third, 1700);
    // While the owner consults, the first guest waits alone.
    EXPECT_TRUE(testing::talk({&owner, &guest, &joins},
                              [&] { return hears_nothing(owner) && hears_nothing(guest); }));
    ASSERT_TRUE(succeeded(TSP(host(), lineAddToConference)(host().next_request(), conference, consultation)));
    EXPECT_TRUE(testing::talk({&owner, &guest, &joins}, [&] {
        return hears(owner, {1000, 1700}) && hears(guest, {600, 1700}) && hears(joins, {600, 1000});
    }));
    // The guests go on when the owner leaves for a while.
    ASSERT_TRUE(succeeded(ask(TSP(host(), lineHold), conference)));
    EXPECT_TRUE(testing::talk({&owner, &guest, &joins}, [&] {
        return hears_nothing(owner) && hears(guest, {1700}) && hears(joins, {1000});
    }));
}

TEST_F(SimAudio, AMonitorHearsBothSidesAndIsNotHeard) {
    begin();
    const Talk call = talk(0, 1);
    AudioPeer caller = peer(call.call, 600), called = peer(call.other, 1000);
    AudioPeer monitor = peer(call.call, 1700, OFFHOOK_AUDIO_HEAR);
    EXPECT_TRUE(testing::talk({&caller, &called, &monitor}, [&] {
        return hears(monitor, {600, 1000}) && hears(caller, {1000}) && hears(called, {600});
    }));
}

TEST_F(SimAudio, R231_DigitsAndTonesThatOneEndGeneratesAreHeardAtTheOther) {
    begin();
    const Talk call = talk(0, 1);
    AudioPeer called = listener(call.other);
    ASSERT_TRUE(called.exchange());
    TSP(host(), lineGenerateDigits)(call.call, 1, LINEDIGITMODE_DTMF, u"5", 1000);
    EXPECT_TRUE(testing::talk({&called}, [&] { return hears(called, {770, 1336}); }));
    LINEGENERATETONE tone{700, 0, 0, 0xFFFF};
    TSP(host(), lineGenerateTone)(call.call, 2, LINETONEMODE_CUSTOM, 0, 1, &tone);
    EXPECT_TRUE(testing::talk({&called}, [&] { return hears(called, {700}); }));
    TSP(host(), lineGenerateTone)(call.call, 3, 0, 0, 0, nullptr);
    EXPECT_TRUE(testing::talk({&called}, [&] { return hears_nothing(called); }));
}

// What the caller plays goes on or not as the called presses.
TEST_F(SimAudio, MediaControlPausesAndResumesWhatIsPlayed) {
    begin();
    const Talk call = talk(0, 1);
    AudioPeer caller = peer(call.call, 600), called = peer(call.other, 1000);
    const auto entry = [](char digit, DWORD action) {
        return LINEMEDIACONTROLDIGIT{static_cast<unsigned char>(digit), LINEDIGITMODE_DTMF, action};
    };
    std::array digits{entry('1', LINEMEDIACONTROL_PAUSE), entry('2', LINEMEDIACONTROL_RESUME),
                      entry('3', LINEMEDIACONTROL_RESET), entry('4', LINEMEDIACONTROL_START)};
    const auto control = [&](std::size_t entries) {
        return TSP(host(), lineSetMediaControl)(nullptr, 0, call.call, LINECALLSELECT_CALL, digits.data(),
                                                static_cast<DWORD>(entries), nullptr, 0, nullptr, 0, nullptr,
                                                0);
    };
    ASSERT_EQ(control(digits.size()), 0);
    enum class Playing : std::uint8_t { goes_on, rests };
    const auto after = [&](const char* pressed, Playing expected) {
        command(std::string("digits 101 ") + pressed);
        return testing::talk({&caller, &called}, [&] {
            return hears(caller, {1000}) &&
                   (expected == Playing::goes_on ? hears(called, {600}) : hears_nothing(called));
        });
    };
    EXPECT_TRUE(after("1", Playing::rests));
    EXPECT_TRUE(after("2", Playing::goes_on));
    EXPECT_TRUE(after("3", Playing::rests));
    EXPECT_TRUE(after("2", Playing::goes_on)); // it is the same as starting
    EXPECT_TRUE(after("3", Playing::rests));
    EXPECT_TRUE(after("4", Playing::goes_on));
    ASSERT_EQ(control(0), 0); // none any more
    EXPECT_TRUE(after("1", Playing::goes_on));
}

TEST_F(SimAudio, MediaControlOfALineIsThatOfItsCallsAndSpeedsThereAreNone) {
    begin();
    LINEMEDIACONTROLCALLSTATE at_once{LINECALLSTATE_CONNECTED, LINEMEDIACONTROL_RATEUP};
    const auto control = [&] {
        return TSP(host(), lineSetMediaControl)(line(0), 0, nullptr, LINECALLSELECT_LINE, nullptr, 0, nullptr,
                                                0, nullptr, 0, &at_once, 1);
    };
    EXPECT_EQ(control(), LINEERR_INVALCALLSTATELIST);
    at_once.dwMediaControl = LINEMEDIACONTROL_VOLUMEDOWN;
    ASSERT_EQ(control(), 0);
    const Talk call = talk(0, 1);
    AudioPeer caller = peer(call.call, 600), called = peer(call.other, 1000);
    EXPECT_TRUE(
        testing::talk({&caller, &called}, [&] { return hears(caller, {1000}) && hears(called, {600}); }));
    const auto loudest = [](const AudioPeer& one) { return *std::ranges::max_element(one.last(800)); };
    EXPECT_NEAR(loudest(called), loudest(caller) / 2, 20); // 6 dB
    LINEMEDIACONTROLTONE tone{0, 0, 440, 0, 0, LINEMEDIACONTROL_PAUSE};
    ASSERT_EQ(TSP(host(), lineSetMediaControl)(nullptr, 0, call.call, LINECALLSELECT_CALL, nullptr, 0,
                                               nullptr, 0, &tone, 1, nullptr, 0),
              0);
    command("tone 101 440");
    EXPECT_TRUE(testing::talk({&caller, &called}, [&] { return hears_nothing(called); }));
}

TEST_F(SimAudio, DigitsStandApart) {
    begin({{"time", "virtual"}}); // the audio's time is real all the same
    const Talk call = talk(0, 1);
    AudioPeer called = listener(call.other);
    ASSERT_TRUE(called.exchange());
    command("digits 102 11");
    std::string heard = cadence(called, 697, 30); // half of each digit is another tone
    heard.erase(0, heard.find('?'));
    EXPECT_EQ(heard.substr(0, 20), times(5, '?') + times(5, '.') + times(5, '?') + times(5, '.'));
}

TEST_F(SimAudio, TonesOfTheOutsideAreHeardUntilSilence) {
    begin();
    const auto call = dialed(0, u"95");
    ASSERT_EQ(state(call.name), LINECALLSTATE_CONNECTED);
    command("tone 101 1100");
    AudioPeer caller = listener(call.call); // which comes when the tone is there already
    EXPECT_TRUE(testing::talk({&caller}, [&] { return hears(caller, {1100}); }));
    command("silence 101");
    EXPECT_TRUE(testing::talk({&caller}, [&] { return hears_nothing(caller); }));
}

TEST_F(SimAudio, AnApplicationThatDoesNotReadLosesAudioAndHoldsUpNobody) {
    begin();
    const Talk call = talk(0, 1);
    const wire::UniqueFd stalled = host().audio(call.call, OFFHOOK_AUDIO_HEAR);
    AudioPeer caller = peer(call.call, 600), called = peer(call.other, 1000);
    const auto frames_lost = [&] {
        command("list");
        return host().answer_text().find("with 102, audio streams 2, frames lost 0") == std::string::npos;
    };
    EXPECT_TRUE(testing::talk({&caller, &called}, [&] { return frames_lost(); }));
    EXPECT_NE(host().answer_text().find("with 102, audio streams 2, frames lost "), std::string::npos);
    EXPECT_TRUE(hears(caller, {1000}) && hears(called, {600}));
    EXPECT_TRUE(succeeded(host().drop(call.call)));
}

TEST_F(SimAudio, StreamsEndWithTheCall) {
    begin();
    const Talk call = talk(0, 1);
    const auto read_the_end = [](const wire::UniqueFd& stream) {
        std::array<char, 4096> room{};
        const auto deadline = std::chrono::steady_clock::now() + 5s;
        for (pollfd ready{stream.get(), POLLIN, 0};
             ::poll(&ready, 1, 5000) == 1 && std::chrono::steady_clock::now() < deadline;)
            if (const auto size = ::recv(stream.get(), room.data(), room.size(), 0); size <= 0)
                return size == 0;
        return false;
    };
    const auto caller = host().audio(call.call), called = host().audio(call.other);
    std::array<char, 4000> unheard{};
    ASSERT_GT(::send(caller.get(), unheard.data(), unheard.size(), 0), 0);
    EXPECT_TRUE(succeeded(host().drop(call.call)));
    EXPECT_TRUE(read_the_end(caller));
    // The other end has been hung up on, and hears that; it ends when it is closed.
    AudioPeer left = listener(call.other);
    EXPECT_TRUE(testing::talk({&left}, [&] { return hears(left, {425}); }));
    EXPECT_EQ(TSP(host(), lineCloseCall)(call.other), 0);
    EXPECT_TRUE(read_the_end(called));
    EXPECT_FALSE(left.exchange());
}

TEST_F(SimAudio, IsOfCallsAloneAndOnlyAsLongAsTheyLast) {
    begin();
    const Talk call = talk(0, 1);
    const auto ask_for = [&](HDRVCALL of, DWORD select, DWORD room) {
        return filled<VARSTRING>(
            [&](auto* out) {
                return TSP(host(), lineGetID)(call.line, 0, of, select, out, u"Offhook/AUDIO", nullptr);
            },
            room);
    };
    const auto error = [](LONG value) { return value; };
    EXPECT_EQ(ask_for(nullptr, LINECALLSELECT_LINE, 2048).result, error(LINEERR_INVALCALLSELECT));
    EXPECT_EQ(ask_for(call.call, LINECALLSELECT_CALL, 2048).result, error(LINEERR_RESOURCEUNAVAIL));
    auto small = ask_for(call.call, LINECALLSELECT_CALL, sizeof(VARSTRING));
    EXPECT_EQ(small.result, 0);
    EXPECT_EQ(small->dwNeededSize, sizeof(VARSTRING) + sizeof(OFFHOOK_AUDIO_DEVICE));
    EXPECT_TRUE(succeeded(host().drop(call.call)));
    EXPECT_EQ(ask_for(call.call, LINECALLSELECT_CALL, 2048).result, error(LINEERR_INVALCALLSTATE));
}

TEST(SimAudioThread, SleepsWhenNobodyListens) {
    const auto listen = [](sim::Audio& audio) {
        std::array<int, 2> ends{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
        audio.attach(1, {wire::UniqueFd(ends[1]), OFFHOOK_AUDIO_HEAR});
        return AudioPeer(wire::UniqueFd(ends[0]), 0);
    };
    const auto call_one = [] { return std::vector<sim::Mix>{{1, sim::ProgressTone::dial, {}}}; };
    sim::Audio running([&](auto) { return call_one(); });
    AudioPeer clock = listen(running);

    std::atomic<int> looks = 0;
    sim::Audio ended([&](auto) {
        ++looks;
        return call_one();
    });
    EXPECT_TRUE(listen(ended).exchange());
    ended.end(1);
    const int looks_until_then = looks;
    for (int tick = 0; tick < 10; ++tick) ASSERT_TRUE(clock.exchange());
    EXPECT_LE(looks, looks_until_then + 1); // one that was under way
    EXPECT_TRUE(listen(ended).exchange());  // and it wakes up again
}

} // namespace
} // namespace offhook::testing
