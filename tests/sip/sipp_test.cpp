// SPDX-License-Identifier: Apache-2.0
//
// Calls with SIPp: a peer that nobody here wrote, and that says exactly what its scenario wants.

#include "tests/sip/program.h"
#include "tests/support/audio_peer.h"
#include "tests/support/port.h"
#include "tests/support/tsp_host.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>

namespace offhook::testing {
namespace {

constexpr auto patience = std::chrono::seconds(40);

class Sipp : public ::testing::Test {
  protected:
    void SetUp() override {
        SKIP_WITHOUT("sipp", "sip-tester");
        ours_ = free_port();
        theirs_ = free_port();
        host_ = std::make_unique<TspHost>(
            SIP_TSP, TspHost::Keys{{"bind", "127.0.0.1"},
                                   {"port", std::to_string(ours_)},
                                   {"account.1.user", "1001"},
                                   {"account.1.peer", "127.0.0.1:" + std::to_string(theirs_)}});
        ASSERT_EQ(host_->start(), 0) << host_->logged();
        line_ = host_->open(0);
    }

    // `options` name the scenario; SIPp ends by itself after `calls`.
    void start_sipp(std::vector<std::string> options, int calls = 1) {
        std::vector<std::string> command{*installed("sipp"),
                                         "127.0.0.1:" + std::to_string(ours_),
                                         "-i",
                                         "127.0.0.1",
                                         "-p",
                                         std::to_string(theirs_),
                                         "-mi",
                                         "127.0.0.1",
                                         "-mp",
                                         std::to_string(free_port()),
                                         "-m",
                                         std::to_string(calls),
                                         "-nostdin",
                                         "-trace_err",
                                         "-timeout",
                                         "60s",
                                         "-timeout_error"};
        command.insert(command.end(), options.begin(), options.end());
        sipp_ = std::make_unique<Program>(scratch_, command);
    }
    void start_scenario(const std::string& name, int calls = 1) {
        start_sipp({"-sf", std::string(SCENARIOS "/") + name + ".xml"}, calls);
        ASSERT_TRUE(listening(theirs_, std::chrono::seconds(10))) << sipp_->output();
    }

    void expect_end_of(const TspHost::OutgoingCall& call, DWORD mode) {
        const auto end = host_->wait_for_state(call.name, LINECALLSTATE_DISCONNECTED, patience);
        ASSERT_TRUE(end);
        EXPECT_EQ(end->p2, mode);
        EXPECT_TRUE(host_->wait_for_state(call.name, LINECALLSTATE_IDLE));
        EXPECT_EQ(sipp_->wait(patience), 0) << sipp_->output();
    }

    std::uint16_t ours_ = 0, theirs_ = 0;
    Scratch scratch_;
    std::unique_ptr<TspHost> host_;
    std::unique_ptr<Program> sipp_;
    HDRVLINE line_ = nullptr;
};

TEST_F(Sipp, AnsweredCallEchoesOurAudio) {
    start_sipp({"-sn", "uas", "-rtp_echo"});
    ASSERT_TRUE(listening(theirs_, std::chrono::seconds(10)));
    const auto out = host_->make_call(line_, u"1002");
    ASSERT_TRUE(host_->wait_for_state(out.name, LINECALLSTATE_CONNECTED, patience));
    AudioPeer audio(host_->audio(out.call), 600);
    EXPECT_TRUE(talk({&audio}, [&] { return audio.hears(600); }));
    EXPECT_EQ(host_->wait_for_reply(host_->drop(out.call)), 0);
    EXPECT_EQ(sipp_->wait(patience), 0) << sipp_->output();
}

TEST_F(Sipp, Busy) {
    start_scenario("busy");
    const auto out = host_->make_call(line_, u"1002");
    EXPECT_TRUE(host_->wait_for_state(out.name, LINECALLSTATE_BUSY, patience));
    expect_end_of(out, LINEDISCONNECTMODE_BUSY);
}

TEST_F(Sipp, Rejected) {
    start_scenario("reject");
    expect_end_of(host_->make_call(line_, u"1002"), LINEDISCONNECTMODE_REJECT);
}

TEST_F(Sipp, UnknownNumber) {
    start_scenario("unknown");
    expect_end_of(host_->make_call(line_, u"1002"), LINEDISCONNECTMODE_UNREACHABLE);
}

TEST_F(Sipp, Overloaded) {
    start_scenario("overload");
    expect_end_of(host_->make_call(line_, u"1002"), LINEDISCONNECTMODE_UNREACHABLE);
}

TEST_F(Sipp, R224_NoAnswerInTimeIsCancelled) {
    start_scenario("no_answer");
    LINECALLPARAMS parameters{};
    parameters.dwTotalSize = sizeof parameters;
    parameters.dwNoAnswerTimeout = 1;
    const auto out = host_->make_call(line_, u"1002", &parameters);
    EXPECT_TRUE(host_->wait_for_state(out.name, LINECALLSTATE_RINGBACK, patience));
    expect_end_of(out, LINEDISCONNECTMODE_NOANSWER);
}

TEST_F(Sipp, DroppingARingingCallCancelsIt) {
    start_scenario("no_answer");
    const auto out = host_->make_call(line_, u"1002");
    ASSERT_TRUE(host_->wait_for_state(out.name, LINECALLSTATE_RINGBACK, patience));
    EXPECT_EQ(host_->wait_for_reply(host_->drop(out.call)), 0);
    EXPECT_EQ(sipp_->wait(patience), 0) << sipp_->output();
}

TEST_F(Sipp, DroppingAtOnceStillReachesThePeer) {
    start_scenario("no_answer");
    const auto out = host_->make_call(line_, u"1002");
    ASSERT_EQ(host_->wait_for_reply(out.result), 0);
    EXPECT_EQ(host_->wait_for_reply(host_->drop(out.call)), 0);
    EXPECT_EQ(sipp_->wait(patience), 0) << sipp_->output();
}

TEST_F(Sipp, EarlyMediaIsHeardBeforeTheAnswer) {
    start_scenario("early_media");
    const auto out = host_->make_call(line_, u"1002");
    ASSERT_TRUE(host_->wait_for_state(out.name, LINECALLSTATE_PROCEEDING, patience));
    AudioPeer audio(host_->audio(out.call), 600); // ticks as soon as the early description is known
    ASSERT_TRUE(audio.exchange());
    EXPECT_EQ(host_->states_of(out.name).back(), static_cast<DWORD>(LINECALLSTATE_PROCEEDING));
    ASSERT_TRUE(host_->wait_for_state(out.name, LINECALLSTATE_CONNECTED, patience));
    EXPECT_EQ(host_->wait_for_reply(host_->drop(out.call)), 0);
    EXPECT_EQ(sipp_->wait(patience), 0) << sipp_->output();
}

TEST_F(Sipp, TheCallerIsWhoTheProxyAsserts) {
    start_sipp({"-sf", SCENARIOS "/caller_gives_up.xml", "-s", "1001"});
    const auto in = host_->wait_for_call(patience);
    ASSERT_TRUE(in) << sipp_->output();
    alignas(8) std::array<std::byte, 2048> memory{};
    auto* info = reinterpret_cast<LINECALLINFO*>(memory.data());
    info->dwTotalSize = memory.size();
    ASSERT_EQ(TSP(*host_, lineGetCallInfo)(in->call, info), 0);
    std::u16string caller(info->dwCallerIDSize / 2, u'\0');
    std::memcpy(caller.data(), memory.data() + info->dwCallerIDOffset, info->dwCallerIDSize);
    EXPECT_EQ(std::u16string(caller.c_str()), u"+4989123");
    EXPECT_TRUE(host_->wait_for_state(in->name, LINECALLSTATE_DISCONNECTED, patience));
    EXPECT_TRUE(host_->wait_for_state(in->name, LINECALLSTATE_IDLE));
    EXPECT_EQ(sipp_->wait(patience), 0) << sipp_->output();
}

// SIPp sends and forgets a quarter of its messages: every one must be repeated until it arrives.
TEST_F(Sipp, LostMessagesAreRepeated) {
    constexpr int calls = 10;
    start_sipp({"-sf", SCENARIOS "/answer.xml", "-lost", "25"}, calls);
    ASSERT_TRUE(listening(theirs_, std::chrono::seconds(10)));
    std::vector<TspHost::OutgoingCall> made;
    for (int i = 0; i < calls; ++i) made.push_back(host_->make_call(line_, u"1002"));
    for (const auto& call : made) {
        ASSERT_TRUE(host_->wait_for_state(call.name, LINECALLSTATE_CONNECTED, patience));
        EXPECT_EQ(host_->wait_for_reply(host_->drop(call.call)), 0);
    }
}

TEST_F(Sipp, TwoHundredOutgoingCallsAtOnce) {
    constexpr DWORD calls = 200;
    start_scenario("answer", calls);
    std::vector<TspHost::OutgoingCall> made;
    for (DWORD i = 0; i < calls; ++i) made.push_back(host_->make_call(line_, u"1002"));
    for (const auto& call : made)
        ASSERT_TRUE(host_->wait_for_state(call.name, LINECALLSTATE_CONNECTED, patience))
            << host_->story_of(call.name) << sipp_->output();
    LINEDEVSTATUS status{};
    status.dwTotalSize = sizeof status;
    ASSERT_EQ(TSP(*host_, lineGetLineDevStatus)(line_, &status), 0);
    EXPECT_EQ(status.dwNumActiveCalls, calls);
    for (const auto& call : made) EXPECT_EQ(host_->wait_for_reply(host_->drop(call.call)), 0);
    EXPECT_EQ(sipp_->wait(patience), 0) << sipp_->output();
}

TEST_F(Sipp, TwoHundredIncomingCallsAtOnce) {
    constexpr int calls = 200;
    start_sipp({"-sn", "uac", "-s", "1001", "-r", "200", "-l", "200", "-d", "4000"}, calls);
    std::set<HDRVCALL> answered;
    for (int i = 0; i < calls; ++i) {
        const auto in = host_->wait_for_call(patience);
        ASSERT_TRUE(in) << i << " calls came";
        EXPECT_TRUE(answered.insert(in->call).second);
        ASSERT_GT(host_->answer(in->call), 0);
    }
    for (int i = 0; i < calls; ++i) ASSERT_TRUE(host_->wait_for_state(nullptr, LINECALLSTATE_IDLE, patience));
    EXPECT_EQ(sipp_->wait(patience), 0) << sipp_->output();
}

} // namespace
} // namespace offhook::testing
