// SPDX-License-Identifier: Apache-2.0
//
// Two accounts of one installation call each other on loopback, through SIP and RTP and back.

#include "tests/support/audio_peer.h"
#include "tests/support/port.h"
#include "tests/support/tsp_host.h"

#include <gtest/gtest.h>

#include <cstring>

namespace offhook::testing {
namespace {

TspHost::Keys two_accounts() {
    const std::string first = std::to_string(free_port()), second = std::to_string(free_port());
    return {{"bind", "127.0.0.1"},
            {"account.1.user", "1001"},
            {"account.1.display", "First"},
            {"account.1.port", first},
            {"account.1.peer", "127.0.0.1:" + second},
            {"account.2.user", "1002"},
            {"account.2.port", second},
            {"account.2.peer", "127.0.0.1:" + first}};
}

class TwoAccounts : public ::testing::Test {
  protected:
    TwoAccounts() : host_(SIP_TSP, two_accounts()) {
        EXPECT_EQ(host_.start(), 0) << host_.logged();
        first_ = host_.open(0);
        second_ = host_.open(1);
    }

    struct Pair {
        TspHost::OutgoingCall out;
        TspHost::IncomingCall in;
    };
    Pair ringing() {
        Pair pair;
        pair.out = host_.make_call(first_, u"1002");
        EXPECT_GT(pair.out.result, 0);
        EXPECT_EQ(host_.wait_for_reply(pair.out.result), 0);
        const auto in = host_.wait_for_call();
        EXPECT_TRUE(in.has_value());
        pair.in = in.value_or(TspHost::IncomingCall{});
        EXPECT_TRUE(host_.wait_for_state(pair.out.name, LINECALLSTATE_RINGBACK));
        return pair;
    }
    Pair connected() {
        Pair pair = ringing();
        const LONG request = host_.answer(pair.in.call);
        EXPECT_EQ(host_.wait_for_reply(request), 0);
        EXPECT_TRUE(host_.wait_for_state(pair.out.name, LINECALLSTATE_CONNECTED));
        EXPECT_TRUE(host_.wait_for_state(pair.in.name, LINECALLSTATE_CONNECTED));
        return pair;
    }

    TspHost host_;
    HDRVLINE first_ = nullptr;
    HDRVLINE second_ = nullptr;
};

std::u16string text_of(const std::vector<std::byte>& memory, DWORD size, DWORD offset) {
    std::u16string text(size / 2, u'\0');
    std::memcpy(text.data(), memory.data() + offset, size);
    if (!text.empty()) text.pop_back();
    return text;
}

TEST_F(TwoAccounts, AudioReachesEachOther) {
    const Pair pair = connected();
    AudioPeer caller(host_.audio(pair.out.call), 440), called(host_.audio(pair.in.call), 1000);
    // Nothing but the other's tone: nobody hears itself.
    EXPECT_TRUE(talk({&caller, &called}, [&] { return caller.hears(1000) && called.hears(440); }));
}

TEST_F(TwoAccounts, StatesAreInOrderAtBothEnds) {
    const Pair pair = connected();
    const LONG request = host_.drop(pair.out.call);
    EXPECT_EQ(host_.wait_for_reply(request), 0);
    EXPECT_TRUE(host_.wait_for_state(pair.in.name, LINECALLSTATE_IDLE));
    const auto out = host_.states_of(pair.out.name);
    ASSERT_GE(out.size(), 4U);
    EXPECT_EQ(out.front(), static_cast<DWORD>(LINECALLSTATE_DIALING));
    EXPECT_EQ(out.back(), static_cast<DWORD>(LINECALLSTATE_IDLE));
    EXPECT_EQ(host_.states_of(pair.in.name),
              (std::vector<DWORD>{LINECALLSTATE_OFFERING, LINECALLSTATE_CONNECTED, LINECALLSTATE_DISCONNECTED,
                                  LINECALLSTATE_IDLE}));
    EXPECT_EQ(TSP(host_, lineCloseCall)(pair.out.call), 0);
    EXPECT_EQ(TSP(host_, lineCloseCall)(pair.in.call), 0);
    EXPECT_EQ(TSP(host_, lineCloseCall)(pair.in.call), static_cast<LONG>(LINEERR_INVALCALLHANDLE));
}

TEST_F(TwoAccounts, TheCalledSeesWhoCalls) {
    const Pair pair = ringing();
    std::vector<std::byte> memory(2048);
    auto* info = reinterpret_cast<LINECALLINFO*>(memory.data());
    info->dwTotalSize = static_cast<DWORD>(memory.size());
    ASSERT_EQ(TSP(host_, lineGetCallInfo)(pair.in.call, info), 0);
    EXPECT_EQ(text_of(memory, info->dwCallerIDSize, info->dwCallerIDOffset), u"1001");
    EXPECT_EQ(text_of(memory, info->dwCallerIDNameSize, info->dwCallerIDNameOffset), u"First");
    EXPECT_EQ(text_of(memory, info->dwCalledIDSize, info->dwCalledIDOffset), u"1002");
    EXPECT_EQ(info->dwLineDeviceID, 1U);
    EXPECT_EQ(info->dwNeededSize, info->dwUsedSize);
}

TEST_F(TwoAccounts, DroppingARingingCallIsBusyForTheCaller) {
    const Pair pair = ringing();
    EXPECT_EQ(host_.wait_for_reply(host_.drop(pair.in.call)), 0);
    const auto end = host_.wait_for_state(pair.out.name, LINECALLSTATE_DISCONNECTED);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->p2, static_cast<DWORD_PTR>(LINEDISCONNECTMODE_BUSY));
    EXPECT_TRUE(host_.wait_for_state(pair.out.name, LINECALLSTATE_IDLE));
}

TEST_F(TwoAccounts, GivingUpBeforeTheAnswerEndsTheOffer) {
    const Pair pair = ringing();
    EXPECT_EQ(host_.wait_for_reply(host_.drop(pair.out.call)), 0);
    const auto end = host_.wait_for_state(pair.in.name, LINECALLSTATE_DISCONNECTED);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->p2, static_cast<DWORD_PTR>(LINEDISCONNECTMODE_CANCELLED));
    EXPECT_TRUE(host_.wait_for_state(pair.in.name, LINECALLSTATE_IDLE));
    EXPECT_EQ(host_.answer(pair.in.call), static_cast<LONG>(LINEERR_INVALCALLSTATE));
}

TEST_F(TwoAccounts, R072_ARefusedNewCallIsNeverMentionedAgain) {
    host_.on_new_call(NewCalls::refuse);
    const auto out = host_.make_call(first_, u"1002");
    const auto end = host_.wait_for_state(out.name, LINECALLSTATE_DISCONNECTED);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->p2, static_cast<DWORD_PTR>(LINEDISCONNECTMODE_UNREACHABLE)); // 503
    ASSERT_TRUE(host_.wait_for_state(out.name, LINECALLSTATE_IDLE));
    for (const Said& said : host_.everything())
        EXPECT_TRUE(said.message == LINE_NEWCALL || said.call != nullptr || said.message == LINE_REPLY);
}

TEST_F(TwoAccounts, R089_CallsThatNobodyWantsAreNotAnnounced) {
    EXPECT_EQ(TSP(host_, lineSetDefaultMediaDetection)(second_, 0), 0);
    const auto out = host_.make_call(first_, u"1002");
    const auto end = host_.wait_for_state(out.name, LINECALLSTATE_DISCONNECTED);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->p2, static_cast<DWORD_PTR>(LINEDISCONNECTMODE_NOANSWER)); // 480
    for (const Said& said : host_.everything()) EXPECT_NE(said.message, static_cast<DWORD>(LINE_NEWCALL));
}

TEST_F(TwoAccounts, DigitsArriveWithBeginAndEnd) {
    const Pair pair = connected();
    ASSERT_EQ(TSP(host_, lineMonitorDigits)(pair.in.call, LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND), 0);
    ASSERT_EQ(TSP(host_, lineGenerateDigits)(pair.out.call, 7, LINEDIGITMODE_DTMF, u"5#", 60), 0);
    for (const char digit : {'5', '#'})
        for (const DWORD mode : {LINEDIGITMODE_DTMF, LINEDIGITMODE_DTMFEND}) {
            const auto heard =
                host_.wait_for([&](const Said& said) { return said.message == LINE_MONITORDIGITS; });
            ASSERT_TRUE(heard);
            EXPECT_EQ(static_cast<char>(heard->p1), digit);
            EXPECT_EQ(heard->p2, mode);
        }
    const auto done = host_.wait_for([](const Said& said) { return said.message == LINE_GENERATE; });
    ASSERT_TRUE(done);
    EXPECT_EQ(done->p1, static_cast<DWORD_PTR>(LINEGENERATETERM_DONE));
    EXPECT_EQ(done->p2, 7U);
}

TEST_F(TwoAccounts, EndOfFileSaysThatTheAudioEnded) {
    const Pair pair = connected();
    AudioPeer caller(host_.audio(pair.out.call), 440);
    ASSERT_TRUE(caller.exchange());
    host_.drop(pair.in.call);
    ASSERT_TRUE(host_.wait_for_state(pair.out.name, LINECALLSTATE_IDLE));
    while (caller.exchange()) {
    }
    // What it could not answer any more may be left to hear.
    char byte = 0;
    ssize_t heard = 1;
    while (heard > 0) heard = ::recv(caller.descriptor(), &byte, 1, 0);
    EXPECT_EQ(heard, 0);
}

TEST_F(TwoAccounts, R083_ClosingTheLineEndsItsCallsWithoutAnotherWord) {
    const Pair pair = connected();
    const std::size_t before = host_.states_of(pair.out.name).size();
    EXPECT_EQ(TSP(host_, lineClose)(first_), 0);
    EXPECT_TRUE(host_.wait_for_state(pair.in.name, LINECALLSTATE_IDLE));
    EXPECT_EQ(host_.states_of(pair.out.name).size(), before);
    LINECALLSTATUS status{};
    status.dwTotalSize = sizeof status;
    EXPECT_EQ(TSP(host_, lineGetCallStatus)(pair.out.call, &status),
              static_cast<LONG>(LINEERR_INVALCALLHANDLE));
}

TEST_F(TwoAccounts, AnUnreachablePeerIsReportedAsSuch) {
    const auto out = host_.make_call(
        first_, u"x@127.0.0.1:" + [] {
            const std::string port = std::to_string(free_port());
            return std::u16string(port.begin(), port.end());
        }());
    const auto end = host_.wait_for_state(out.name, LINECALLSTATE_DISCONNECTED, std::chrono::seconds(40));
    ASSERT_TRUE(end);
    EXPECT_EQ(end->p2, static_cast<DWORD_PTR>(LINEDISCONNECTMODE_UNREACHABLE));
}

} // namespace
} // namespace offhook::testing
