// SPDX-License-Identifier: Apache-2.0
//
// An application is killed with calls up: the other party sees them end, and the service has everything back.
#include "tests/system/application.h"
#include "tests/system/child.h"
#include "tests/system/service.h"
#include "tests/system/sip_accounts.h"

#include <gmock/gmock.h>

namespace {

using namespace offhook;
using namespace offhook::system_test;
using wire::ServiceFunction;

[[noreturn]] void wait_to_be_killed() {
    for (;;) ::pause();
}

class ApplicationKilled : public ::testing::Test {
  protected:
    ApplicationKilled() {
        service_.install_sip("phones", two_accounts("alice", "bob"));
        service_.install_sip("others", two_accounts("otto", "olga"));
        application_.emplace();
        others_ = application_->connect(application_->open("otto"), application_->open("olga"), "olga");
    }

    // The party at the other end hears of it.
    void expect_ended(HCALL call) {
        application_->wait_for_state(call, LINECALLSTATE_DISCONNECTED);
        DWORD state = 0;
        EXPECT_EQ(Application::state(call, state), 0);
        if (state != LINECALLSTATE_IDLE) application_->drop(call);
        else good(lineDeallocateCall(call), "lineDeallocateCall");
    }

    // Nothing of the application is left, and others go on.
    void expect_all_given_back(pid_t killed, const char* its_line) {
        EXPECT_TRUE(listed(ServiceFunction::status, "applications", "pid", killed).empty());
        while (!listed(ServiceFunction::calls, "calls", "provider", "phones").empty()) {
            // A call is there until its provider has closed it.
        }
        EXPECT_EQ(listed(ServiceFunction::lines, "lines", "name", its_line).at(0).at("opens"), 0);
        EXPECT_EQ(application_->states_of(others_.out).back(), LINECALLSTATE_CONNECTED);
        application_->drop(others_.out);
    }

    Service service_;
    std::optional<Application> application_;
    Application::Pair others_;
};

TEST_F(ApplicationKilled, TheCallsItMadeEnd) {
    const auto bob = application_->open("bob");
    Child child([](const Child::Say& say) {
        Application caller;
        const auto line = caller.open("alice");
        caller.wait_for_state(caller.call(line, "bob"), LINECALLSTATE_CONNECTED);
        say();
        wait_to_be_killed();
    });
    const auto call = application_->offered(bob);
    application_->answer(call);
    child.wait_for_step();
    const auto killed = child.kill();
    expect_ended(call);
    expect_all_given_back(killed, "alice");
    // The line is free for the next one.
    const auto alice = application_->open("alice");
    application_->forget_messages();
    application_->drop(application_->connect(alice, bob, "bob").out);
}

TEST_F(ApplicationKilled, TheCallsItAnsweredEnd) {
    const auto alice = application_->open("alice");
    Child child([](const Child::Say& say) {
        Application called;
        const auto line = called.open("bob");
        say();
        called.answer(called.offered(line));
        wait_to_be_killed();
    });
    child.wait_for_step();
    const auto call = application_->call(alice, "bob");
    application_->wait_for_state(call, LINECALLSTATE_CONNECTED);
    const auto killed = child.kill();
    expect_ended(call);
    expect_all_given_back(killed, "bob");
}

TEST_F(ApplicationKilled, ACallThatIsStillRingingEnds) {
    const auto bob = application_->open("bob");
    Child child([](const Child::Say& say) {
        Application caller;
        const auto line = caller.open("alice");
        caller.wait_for_state(caller.call(line, "bob"), LINECALLSTATE_RINGBACK);
        say();
        wait_to_be_killed();
    });
    const auto call = application_->offered(bob);
    child.wait_for_step();
    const auto killed = child.kill();
    expect_ended(call);
    expect_all_given_back(killed, "alice");
}

} // namespace
