// SPDX-License-Identifier: Apache-2.0
//
// The life cycle of requests and calls, moment by moment, with a stack that says only what the test tells it
// to.

#include "abi/function_table.h"
#include "providers/sip/tsp/session.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <stdexcept>
#include <unistd.h>

namespace offhook::sip {
namespace {

// Writes down what it is asked; the test speaks for the peer.
class ScriptedStack : public Stack {
  public:
    ScriptedStack(StackEvents& to, std::vector<std::string>& asked) : events(to), asked_(asked) {}
    LegId invite(std::size_t, const std::string& uri, const std::string& sdp) override {
        if (memory == Memory::none) throw std::bad_alloc();
        asked_.push_back("invite " + uri);
        offer = sdp;
        return static_cast<LegId>(++last);
    }
    void ring(LegId) override { asked_.push_back("ring"); }
    void answer(LegId, const std::string&) override { asked_.push_back("answer"); }
    void refuse(LegId, int status) override { asked_.push_back("refuse " + std::to_string(status)); }
    void hang_up(LegId) override { asked_.push_back("hang up"); }
    void reconfigure(const Accounts& accounts) override {
        if (address == Address::taken) throw std::runtime_error("the port is in use");
        asked_.push_back(std::to_string(accounts.size()) + " accounts");
    }

    StackEvents& events;
    enum class Address : std::uint8_t { free, taken } address = Address::free;
    enum class Memory : std::uint8_t { enough, none } memory = Memory::enough;
    std::uint64_t last = 100;
    std::string offer;

  private:
    std::vector<std::string>& asked_;
};

struct Said {
    DWORD message = 0; // LINE_REPLY: a completion
    DWORD_PTR p1 = 0, p2 = 0;
    friend bool operator==(const Said&, const Said&) = default;
};

std::vector<Said> said;
HTAPICALL next_name;

void on_event(HTAPILINE, HTAPICALL, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR) {
    if (message == LINE_NEWCALL) *std::bit_cast<HTAPICALL*>(p2) = next_name;
    said.push_back({message, p1, message == LINE_NEWCALL ? 0 : p2});
}

void on_completion(DRV_REQUESTID request, LONG result) {
    said.push_back({LINE_REPLY, request, static_cast<DWORD_PTR>(static_cast<DWORD>(result))});
}

Said reply(DRV_REQUESTID request, LONG result) { return {LINE_REPLY, request, static_cast<DWORD>(result)}; }
Said state(DWORD name, DWORD mode = 0) { return {LINE_CALLSTATE, name, mode}; }

class SessionTest : public ::testing::Test {
  protected:
    // Of four pairs that no other process of these tests takes.
    static int first_port() { return 40'000 + ::getpid() % 1'000 * 8; }

    SessionTest() {
        said.clear();
        next_name = std::bit_cast<HTAPICALL>(std::uintptr_t{0x77});
        SessionStart start;
        Problems problems;
        start.configuration = read_configuration({{"account.1.user", "1001"},
                                                  {"account.1.peer", "127.0.0.1:9"},
                                                  {"rtp.first", std::to_string(first_port())},
                                                  {"rtp.last", std::to_string(first_port() + 7)}},
                                                 "127.0.0.1", problems);
        configuration = start.configuration;
        start.completion = on_completion;
        start.creation = {std::bit_cast<HPROVIDER>(std::uintptr_t{0x99}), on_event, nullptr};
        start.make_stack = [this](const Accounts&, StackEvents& events) {
            auto made = std::make_unique<ScriptedStack>(events, asked);
            stack = made.get();
            return made;
        };
        EXPECT_EQ(module().start([&] { return std::make_shared<Session>(std::move(start)); }), 0);
        EXPECT_EQ(TSPI_lineOpen(0, std::bit_cast<HTAPILINE>(std::uintptr_t{1}), &line, abi::v2_2, on_event),
                  0);
        EXPECT_EQ(TSPI_lineSetDefaultMediaDetection(line, LINEMEDIAMODE_INTERACTIVEVOICE), 0);
    }
    ~SessionTest() override { module().stop(); }

    HDRVCALL make(DRV_REQUESTID request = 1, LINECALLPARAMS* parameters = nullptr) {
        HDRVCALL call = nullptr;
        EXPECT_EQ(TSPI_lineMakeCall(request, line, next_name, &call, u"1002", 0, parameters),
                  static_cast<LONG>(request));
        EXPECT_NE(call, nullptr); // R060, R061
        return call;
    }
    LegId leg() const { return static_cast<LegId>(stack->last); }
    Described answer_to_offer() const {
        return {media::answer_offer(stack->offer,
                                    [] {
                                        media::LocalMedia local;
                                        local.rtp = {*media::Address::parse("127.0.0.1"), 43000};
                                        return local;
                                    }())
                    ->text,
                std::nullopt};
    }
    int offer_call(const std::string& sdp = "") {
        Incoming incoming;
        incoming.leg = static_cast<LegId>(++stack->last);
        incoming.offer.text = sdp;
        const int refusal = stack->events.incoming(incoming);
        for (const Said& event : said)
            if (event.message == LINE_NEWCALL) incoming_call = std::bit_cast<HDRVCALL>(event.p1);
        return refusal;
    }

    static LONG reconfigure(const Configuration& wanted) {
        return module().in_session(__func__, [&](Session& session) { return session.reconfigure(wanted); });
    }
    Account account(unsigned number) const {
        Account another = configuration.accounts[0];
        another.number = number;
        return another;
    }

    Configuration configuration;
    std::vector<std::string> asked;
    ScriptedStack* stack = nullptr;
    HDRVLINE line = nullptr;
    HDRVCALL incoming_call = nullptr;
};

TEST_F(SessionTest, R057_R063_MakeCallCompletesBeforeAnyEventOfTheCall) {
    make();
    EXPECT_TRUE(said.empty());
    stack->events.sent(leg());
    stack->events.progress(leg(), 100, {});
    EXPECT_EQ(said,
              (std::vector{reply(1, 0), state(LINECALLSTATE_DIALING), state(LINECALLSTATE_PROCEEDING)}));
}

TEST_F(SessionTest, R062_APendingCallCannotBeUsed) {
    const HDRVCALL call = make();
    EXPECT_EQ(TSPI_lineDrop(2, call, nullptr, 0), LINEERR_INVALCALLHANDLE);
    EXPECT_EQ(TSPI_lineSetAppSpecific(call, 5), LINEERR_INVALCALLHANDLE);
    EXPECT_TRUE(said.empty());
    LINEDEVSTATUS status{};
    status.dwTotalSize = sizeof status;
    EXPECT_EQ(TSPI_lineGetLineDevStatus(line, &status), 0);
    EXPECT_EQ(status.dwNumActiveCalls, 0U); // nor is it counted (R063)
}

TEST_F(SessionTest, R065_ClosingAPendingCallFailsItsRequest) {
    const HDRVCALL call = make();
    EXPECT_EQ(TSPI_lineCloseCall(call), 0);
    EXPECT_EQ(said, std::vector{reply(1, LINEERR_OPERATIONFAILED)});
    stack->events.sent(leg()); // too late
    EXPECT_EQ(said.size(), 1U);
    EXPECT_EQ(asked.back(), "hang up");
}

TEST_F(SessionTest, R064_AFailedCallNeverWas) {
    const HDRVCALL call = make();
    stack->events.ended(leg(), {Ending::Cause::failed, 500});
    EXPECT_EQ(said, std::vector{reply(1, LINEERR_OPERATIONFAILED)});
    EXPECT_EQ(TSPI_lineCloseCall(call), LINEERR_INVALCALLHANDLE);
}

TEST_F(SessionTest, R083_ClosingTheLineFailsWhatIsPending) {
    make(1);
    make(2);
    EXPECT_EQ(TSPI_lineClose(line), 0);
    EXPECT_EQ(said, (std::vector{reply(1, LINEERR_OPERATIONFAILED), reply(2, LINEERR_OPERATIONFAILED)}));
}

TEST_F(SessionTest, R078_ClosingACallFailsItsAnswer) {
    EXPECT_EQ(offer_call(), 0);
    EXPECT_EQ(TSPI_lineAnswer(5, incoming_call, nullptr, 0), 5);
    said.clear();
    EXPECT_EQ(TSPI_lineCloseCall(incoming_call), 0);
    EXPECT_EQ(said, std::vector{reply(5, LINEERR_OPERATIONFAILED)});
}

TEST_F(SessionTest, R058_AnswerCompletesWhenTheCallerHasIt) {
    EXPECT_EQ(offer_call(), 0);
    EXPECT_EQ(TSPI_lineAnswer(5, incoming_call, nullptr, 0), 5);
    EXPECT_EQ(TSPI_lineAnswer(6, incoming_call, nullptr, 0), LINEERR_INVALCALLSTATE);
    said.clear();
    stack->events.answered(leg(), Described{});
    EXPECT_EQ(said, (std::vector{state(LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE), reply(5, 0)}));
}

TEST_F(SessionTest, R071_NewCallIsFirstAndItsStateNext) {
    EXPECT_EQ(offer_call(), 0);
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(said[0].message, static_cast<DWORD>(LINE_NEWCALL));
    EXPECT_NE(incoming_call, nullptr);
    EXPECT_EQ(said[1], state(LINECALLSTATE_OFFERING, LINEOFFERINGMODE_ACTIVE));
    EXPECT_EQ(asked.back(), "ring");
}

TEST_F(SessionTest, R072_ARefusedCallIsForgotten) {
    next_name = nullptr;
    EXPECT_EQ(offer_call(), 503);
    stack->events.ended(leg(), {Ending::Cause::cancelled, 487});
    EXPECT_EQ(said.size(), 1U);
    EXPECT_EQ(TSPI_lineAnswer(5, incoming_call, nullptr, 0), LINEERR_INVALCALLHANDLE);
}

TEST_F(SessionTest, R089_UnwantedCallsAreRefusedSilently) {
    TSPI_lineSetDefaultMediaDetection(line, 0);
    EXPECT_EQ(offer_call(), 480);
    EXPECT_TRUE(said.empty());
}

TEST_F(SessionTest, AnOfferWithoutACommonCodecIsNotAcceptable) {
    EXPECT_EQ(offer_call("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                         "m=audio 4000 RTP/AVP 18\r\n"),
              488);
    EXPECT_TRUE(said.empty());
}

TEST_F(SessionTest, R210_NothingFollowsIdle) {
    make();
    stack->events.sent(leg());
    stack->events.ended(leg(), {Ending::Cause::failed, 486});
    const auto until_idle = said;
    EXPECT_EQ(until_idle.back(), state(LINECALLSTATE_IDLE));
    stack->events.progress(leg(), 180, {});
    stack->events.answered(leg(), {});
    stack->events.ended(leg(), {Ending::Cause::hung_up, 0});
    EXPECT_EQ(said, until_idle);
}

TEST_F(SessionTest, R127_NoCallInfoAfterIdle) {
    const HDRVCALL call = make();
    stack->events.sent(leg());
    EXPECT_EQ(TSPI_lineDrop(2, call, nullptr, 0), 2);
    said.clear();
    EXPECT_EQ(TSPI_lineSetAppSpecific(call, 9), 0); // R068: it can still be used
    EXPECT_TRUE(said.empty());
}

TEST_F(SessionTest, R080_DropReportsIdleAndCompletes) {
    const HDRVCALL call = make();
    stack->events.sent(leg());
    said.clear();
    EXPECT_EQ(TSPI_lineDrop(2, call, nullptr, 0), 2);
    EXPECT_EQ(said, (std::vector{state(LINECALLSTATE_IDLE), reply(2, 0)}));
    EXPECT_EQ(asked.back(), "hang up");
    EXPECT_EQ(TSPI_lineDrop(3, call, nullptr, 0), LINEERR_INVALCALLSTATE);
}

TEST_F(SessionTest, AnAnswerWithoutUsableAudioEndsTheCall) {
    make();
    stack->events.sent(leg());
    stack->events.answered(leg(), {"v=0 nonsense", std::nullopt});
    EXPECT_EQ(said.back(), state(LINECALLSTATE_IDLE));
    EXPECT_EQ(said[said.size() - 2], state(LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_INCOMPATIBLE));
    EXPECT_EQ(asked.back(), "hang up");
}

TEST_F(SessionTest, WithoutAFreePortNoCallIsMade) {
    for (DRV_REQUESTID request = 1; request <= 4; ++request) make(request); // the range has four pairs
    HDRVCALL call = nullptr;
    EXPECT_EQ(TSPI_lineMakeCall(9, line, next_name, &call, u"1002", 0, nullptr), LINEERR_RESOURCEUNAVAIL);
    EXPECT_EQ(offer_call(), 503);
    EXPECT_TRUE(said.empty()); // R051
}

// Whatever was begun ends with it.
TEST_F(SessionTest, R051_WithoutMemoryMakingACallIsAnErrorAlone) {
    stack->memory = ScriptedStack::Memory::none;
    HDRVCALL call = nullptr;
    EXPECT_EQ(TSPI_lineMakeCall(1, line, next_name, &call, u"1002", 0, nullptr), LINEERR_NOMEM);
    EXPECT_TRUE(said.empty());
    stack->memory = ScriptedStack::Memory::enough;
    for (DRV_REQUESTID request = 2; request <= 5; ++request) make(request); // every port is free again
    EXPECT_EQ(offer_call(), 503);
    EXPECT_EQ(TSPI_lineClose(line), 0);
    EXPECT_EQ(said.size(), 4U); // one for each that was accepted
}

TEST_F(SessionTest, R142_OneMediaModeIsAskedForUnlessItIsUnknown) {
    LINECALLPARAMS parameters{};
    parameters.dwTotalSize = sizeof parameters;
    parameters.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE;
    HDRVCALL call = nullptr;
    EXPECT_EQ(TSPI_lineMakeCall(1, line, next_name, &call, u"1002", 0, &parameters), LINEERR_INVALMEDIAMODE);
    parameters.dwMediaMode |= LINEMEDIAMODE_UNKNOWN;
    make(1, &parameters);
}

TEST_F(SessionTest, R224_AnUnansweredCallIsGivenUpInTime) {
    LINECALLPARAMS parameters{};
    parameters.dwTotalSize = sizeof parameters;
    parameters.dwNoAnswerTimeout = 1;
    const HDRVCALL call = make(1, &parameters);
    stack->events.sent(leg());
    LINECALLSTATUS status{};
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    do {
        status.dwTotalSize = sizeof status;
        ASSERT_EQ(TSPI_lineGetCallStatus(call, &status), 0);
        std::this_thread::yield();
    } while (status.dwCallState != LINECALLSTATE_IDLE && std::chrono::steady_clock::now() < deadline);
    EXPECT_EQ(said.back(), state(LINECALLSTATE_IDLE));
    EXPECT_EQ(said[said.size() - 2], state(LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_NOANSWER));
}

TEST_F(SessionTest, ReInvitesAreAnsweredAndCounted) {
    make();
    stack->events.sent(leg());
    stack->events.answered(leg(), answer_to_offer());
    const auto held =
        stack->events.offered(leg(), {"v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\n"
                                      "t=0 0\r\nm=audio 4000 RTP/AVP 0\r\na=sendonly\r\n",
                                      std::nullopt});
    ASSERT_TRUE(held);
    EXPECT_NE(held->find("a=recvonly"), std::string::npos);
    EXPECT_FALSE(stack->events.offered(leg(), {"nonsense", std::nullopt}));
    const auto ours = stack->events.offered(leg(), {});
    ASSERT_TRUE(ours);
    EXPECT_NE(ours->find("a=sendrecv"), std::string::npos);
    EXPECT_NE(ours->find(" 4 IN IP4"), std::string::npos); // o= version, RFC 3264, section 8
}

// ---- Accounts that come, go and change

TEST_F(SessionTest, R090_AnAccountMoreIsALineMore) {
    Configuration wanted = configuration;
    wanted.accounts.push_back(account(2));
    EXPECT_EQ(reconfigure(wanted), 0);
    EXPECT_EQ(asked.back(), "2 accounts");
    EXPECT_EQ(said, (std::vector<Said>{{LINE_CREATE, 0x99, 1}}));
    HDRVLINE second = nullptr;
    const auto open = [&] { return TSPI_lineOpen(7, nullptr, &second, abi::v2_2, on_event); };
    EXPECT_EQ(open(), LINEERR_BADDEVICEID);
    const auto created = [](DWORD_PTR place) {
        return module().in_session("create",
                                   [&](Session& session) { return session.line_created(place, 7); });
    };
    EXPECT_EQ(created(2), LINEERR_BADDEVICEID);
    EXPECT_EQ(created(1), 0);
    EXPECT_EQ(open(), 0);
    EXPECT_EQ(reconfigure(configuration), LINEERR_INUSE);
    EXPECT_EQ(TSPI_lineClose(second), 0);
    said.clear();
    EXPECT_EQ(reconfigure(configuration), 0);
    EXPECT_EQ(asked.back(), "1 accounts");
    EXPECT_EQ(said, (std::vector<Said>{{LINE_REMOVE, 7, 0}}));
    EXPECT_EQ(open(), LINEERR_BADDEVICEID);
}

TEST_F(SessionTest, AnAccountWithCallsIsNotChangedAndPortsNeverAre) {
    Configuration wanted = configuration;
    wanted.accounts[0].display = "Alice";
    const HDRVCALL call = make();
    stack->events.sent(leg());
    EXPECT_EQ(reconfigure(wanted), LINEERR_INUSE);
    EXPECT_EQ(reconfigure(configuration), 0); // for it is the same
    EXPECT_EQ(TSPI_lineDrop(2, call, nullptr, 0), 2);
    said.clear();
    EXPECT_EQ(reconfigure(wanted), 0);
    EXPECT_TRUE(said.empty()); // the line stays
    EXPECT_EQ(TSPI_lineSetStatusMessages(line, LINEDEVSTATE_CAPSCHANGE, 0), 0);
    EXPECT_EQ(reconfigure(configuration), 0);
    ASSERT_EQ(said.size(), 1U); // with another name again
    EXPECT_EQ(said.front().message, DWORD{LINE_LINEDEVSTATE});
    EXPECT_EQ(said.front().p1, DWORD_PTR{LINEDEVSTATE_CAPSCHANGE});
    wanted.rtp.last += 2;
    EXPECT_EQ(reconfigure(wanted), LINEERR_OPERATIONUNAVAIL);
}

TEST_F(SessionTest, WhatCannotBeTakenOverChangesNothing) {
    Configuration wanted = configuration;
    wanted.accounts.push_back(account(2));
    stack->address = ScriptedStack::Address::taken;
    EXPECT_EQ(reconfigure(wanted), LINEERR_RESOURCEUNAVAIL);
    EXPECT_TRUE(said.empty());
    make();
}

TEST_F(SessionTest, R029_StructuresHaveTheSizeOfTheNegotiatedVersion) {
    for (const auto& [version, size] :
         {std::pair{abi::v1_3, 240U}, {abi::v1_4, 240U}, {abi::v2_0, 252U}, {abi::v2_2, 268U}}) {
        std::array<std::byte, 2048> memory{};
        memory.fill(std::byte{0xEE});
        auto* caps = reinterpret_cast<LINEDEVCAPS*>(memory.data());
        caps->dwTotalSize = size;
        ASSERT_EQ(TSPI_lineGetDevCaps(0, version, 0, caps), 0);
        EXPECT_EQ(caps->dwUsedSize, size);
        EXPECT_GT(caps->dwNeededSize, size);
        EXPECT_EQ(caps->dwLineNameSize, 0U);
        EXPECT_EQ(memory[size], std::byte{0xEE}); // R030
        caps->dwTotalSize = size - 4;
        EXPECT_EQ(TSPI_lineGetDevCaps(0, version, 0, caps), LINEERR_STRUCTURETOOSMALL); // R031
    }
}

} // namespace
} // namespace offhook::sip
