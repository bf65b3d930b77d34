// SPDX-License-Identifier: Apache-2.0
//
// The process of a provider's session is killed in each state of a call, while a call on another installation
// of the same provider goes on.
#include "tests/system/application.h"
#include "tests/system/conversation.h"
#include "tests/system/service.h"
#include "tests/system/sip_accounts.h"

#include <gmock/gmock.h>

#include <csignal>

namespace {

using namespace offhook;
using namespace offhook::system_test;
using ::testing::UnorderedElementsAre;
using wire::ServiceFunction;

class ProviderKilled : public ::testing::Test {
  protected:
    ProviderKilled() {
        auto keys = two_accounts("alice", "bob");
        silent_peer_.add_account(keys, "carol");
        service_.install_sip("victim", keys);
        service_.install_sip("other", two_accounts("otto", "olga"));
        application_.emplace();
        for (const auto* line : {"alice", "bob", "carol"}) devices_.push_back(application_->device(line));
        open_lines();
        const auto otto = application_->open("otto"), olga = application_->open("olga");
        others_ = application_->connect(otto, olga, "olga");
        conversation_.emplace(application_->audio(others_.out), application_->audio(others_.in));
        application_->forget_messages();
    }

    void open_lines() {
        lines_.clear();
        for (const auto device : devices_)
            good(application_->try_open(device, lines_.emplace_back()), "lineOpen");
    }
    HLINE alice() const { return lines_[0]; }
    HLINE bob() const { return lines_[1]; }
    HLINE carol() const { return lines_[2]; }

    void kill() { service_.host("victim").kill(SIGKILL); }

    // A call that was up: DISCONNECTED, then IDLE, and nothing after it (R210).
    void expect_ended(HCALL call, std::vector<DWORD> before) {
        const auto end = application_->wait_for_state(call, LINECALLSTATE_DISCONNECTED);
        EXPECT_EQ(end.dwParam2, DWORD_PTR{LINEDISCONNECTMODE_OUTOFORDER});
        application_->wait_for_state(call, LINECALLSTATE_IDLE);
        before.push_back(LINECALLSTATE_DISCONNECTED);
        before.push_back(LINECALLSTATE_IDLE);
        ended_.emplace_back(call, std::move(before));
    }

    // The lines close, come back with the same identifiers, and carry calls again; the other call never
    // noticed.
    void expect_recovery() {
        for (const auto line : lines_) application_->wait_for_close(line);
        for (const auto& [call, states] : ended_) {
            EXPECT_EQ(application_->states_of(call), states);
            DWORD state = 0;
            EXPECT_EQ(Application::state(call, state), LINEERR_INVALCALLHANDLE); // R086
        }
        EXPECT_EQ(lineClose(alice()), LINEERR_INVALLINEHANDLE);
        // Until the session is back.
        HLINE early = 0;
        const auto opened = application_->try_open(devices_[0], early);
        EXPECT_TRUE(opened == LINEERR_RESOURCEUNAVAIL || opened == 0) << opened;
        if (opened == 0) lineClose(early);
        for (const auto device : devices_) application_->wait_for_create(device);
        // Each line closed once.
        std::vector<DWORD> closed;
        for (const auto& message : application_->messages())
            if (message.dwMessageID == LINE_CLOSE) closed.push_back(message.hDevice);
        EXPECT_THAT(closed, UnorderedElementsAre(lines_[0], lines_[1], lines_[2]));

        open_lines();
        const auto pair = application_->connect(alice(), bob(), "bob");
        application_->drop(pair.out);
        application_->wait_for_state(pair.in, LINECALLSTATE_DISCONNECTED);
        expect_the_other_undisturbed();
    }

    void expect_the_other_undisturbed() {
        EXPECT_EQ(conversation_->finish(), "");
        for (const auto call : {others_.out, others_.in}) {
            DWORD state = 0;
            EXPECT_EQ(Application::state(call, state), 0);
            EXPECT_EQ(state, LINECALLSTATE_CONNECTED);
            EXPECT_THAT(application_->states_of(call), ::testing::IsEmpty());
        }
        application_->drop(others_.out);
        application_->wait_for_state(others_.in, LINECALLSTATE_DISCONNECTED);
    }

    SilentPeer silent_peer_;
    Service service_;
    std::optional<Application> application_;
    std::vector<DWORD> devices_;
    std::vector<HLINE> lines_;
    Application::Pair others_;
    std::optional<Conversation> conversation_;
    std::vector<std::pair<HCALL, std::vector<DWORD>>> ended_;
};

TEST_F(ProviderKilled, R086_WhileDialing) {
    const auto call = application_->call(carol(), "nobody");
    application_->wait_for_state(call, LINECALLSTATE_DIALING);
    const auto before = application_->states_of(call);
    kill();
    expect_ended(call, before);
    expect_recovery();
}

TEST_F(ProviderKilled, R086_WhileOneRingsAndTheOtherIsOffered) {
    const auto out = application_->call(alice(), "bob");
    const auto in = application_->offered(bob());
    application_->wait_for_state(out, LINECALLSTATE_RINGBACK);
    const auto before = application_->states_of(out);
    kill();
    expect_ended(out, before);
    expect_ended(in, {LINECALLSTATE_OFFERING});
    expect_recovery();
}

TEST_F(ProviderKilled, R086_WhileConnected) {
    const auto pair = application_->connect(alice(), bob(), "bob");
    const auto before = application_->states_of(pair.out);
    const auto its_audio = application_->audio(pair.out);
    kill();
    expect_ended(pair.out, before);
    expect_ended(pair.in, {LINECALLSTATE_OFFERING, LINECALLSTATE_CONNECTED});
    // Its audio has ended, and says so.
    std::array<char, 4'096> room{};
    ssize_t got = 1;
    while (got > 0) got = ::recv(its_audio.get(), room.data(), room.size(), 0);
    EXPECT_LE(got, 0);
    expect_recovery();
}

TEST_F(ProviderKilled, R210_AfterADrop) {
    const auto pair = application_->connect(alice(), bob(), "bob");
    good(application_->wait_for_reply(good(lineDrop(pair.out, nullptr, 0), "lineDrop")), "lineDrop");
    application_->wait_for_state(pair.out, LINECALLSTATE_IDLE);
    application_->wait_for_state(pair.in, LINECALLSTATE_IDLE);
    // Idle already: they are not ended once more.
    for (const auto call : {pair.out, pair.in}) ended_.emplace_back(call, application_->states_of(call));
    kill();
    expect_recovery();
}

// Requests that the provider has accepted are answered; one that it had not even returned from is refused.
TEST_F(ProviderKilled, R046_OutstandingRequestsAreAnsweredOnce) {
    service_.install_patient("patient");
    Application second; // it knows the new line
    const auto device = second.device("patient");
    const auto line = second.open("patient");
    const auto connected = second.call(line, "somebody");
    HCALL call = 0;
    const auto request = good(lineMakeCallA(line, &call, "nobody", 0, nullptr), "lineMakeCall");
    service_.host("patient").kill(SIGKILL);
    EXPECT_LT(second.wait_for_reply(request), 0);
    EXPECT_EQ(call, 0u); // a failed request made no call
    second.wait_for_state(connected, LINECALLSTATE_DISCONNECTED);
    second.wait_for_state(connected, LINECALLSTATE_IDLE);
    second.wait_for_close(line);
    second.wait_for_create(device);
    const auto replies = std::ranges::count_if(second.messages(), [&](const LINEMESSAGE& message) {
        return message.dwMessageID == LINE_REPLY && message.dwParam1 == static_cast<DWORD_PTR>(request);
    });
    EXPECT_EQ(replies, 1);
    const auto again = second.open("patient");
    second.drop(second.call(again, "somebody"));
    expect_the_other_undisturbed();
}

// A provider that does not even answer any more.
TEST_F(ProviderKilled, ARequestThatItHasNotReturnedFromFails) {
    const auto pair = application_->connect(alice(), bob(), "bob");
    const auto before = application_->states_of(pair.out);
    const auto host = service_.host("victim");
    host.stop();
    LONG result = 0;
    std::thread waiting([&] { result = lineDrop(pair.out, nullptr, 0); });
    // The service has the request.
    while (listed(ServiceFunction::calls, "calls", "requests", 1).empty()) {
    }
    host.kill(SIGKILL);
    waiting.join();
    EXPECT_EQ(result, LINEERR_OPERATIONFAILED);
    expect_ended(pair.out, before);
    expect_ended(pair.in, {LINECALLSTATE_OFFERING, LINECALLSTATE_CONNECTED});
    expect_recovery();
}

} // namespace
