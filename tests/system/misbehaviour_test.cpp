// SPDX-License-Identifier: Apache-2.0
//
// A provider that breaks any rule at all ends nothing but itself: the service goes on, calls of other
// providers do, and once the provider behaves again, so do its own.
#include "tests/system/application.h"
#include "tests/system/service.h"

#include <gmock/gmock.h>

#include <array>
#include <sstream>

namespace {

using namespace offhook;
using namespace offhook::system_test;

// What the provider can be told to break, by the words that it lists.
std::vector<std::string> misbehaviours(const Service& service) {
    std::vector<std::string> words;
    std::istringstream list(service.command("sim", "misbehaviours"));
    for (std::string line; std::getline(list, line);) words.push_back(line.substr(0, line.find(' ')));
    return words;
}

// A bit of everything, whatever comes of it.
void use(Application& application) {
    HLINE first = 0, second = 0;
    // With the extension, which device-specific functions need (R255).
    lineOpenA(application.handle(), 0, &first, 0x00020002, 0x00010000, 0, LINECALLPRIVILEGE_OWNER,
              LINEMEDIAMODE_INTERACTIVEVOICE, nullptr);
    application.try_open(1, second);
    HCALL call = 0, consultation = 0;
    const auto listen = [&] {
        LINEMESSAGE message{};
        while (application.next(message, 20) == 0)
            if (message.dwMessageID == LINE_APPNEWCALL)
                lineAnswer(static_cast<HCALL>(message.dwParam2), nullptr, 0);
    };
    lineMakeCallA(first, &call, "102", 0, nullptr);
    listen();
    struct {
        LINECALLINFO info;
        std::array<std::byte, 2'000> room;
    } found{};
    found.info.dwTotalSize = sizeof found;
    lineGetCallInfoA(call, &found.info);
    lineHold(call);
    lineUnhold(call);
    lineSetupTransferA(call, &consultation, nullptr);
    lineGenerateDigitsA(call, LINEDIGITMODE_DTMF, "1", 0);
    std::array<DWORD, 2> block{1, 0};
    lineDevSpecific(first, 0, call, block.data(), sizeof block);
    listen();
    lineDrop(call, nullptr, 0);
    lineDeallocateCall(call);
    lineClose(first);
    lineClose(second);
    listen();
}

// Whether a whole call is possible, once the session that was lost is there again.
bool works(Application& application) {
    for (int tries = 0; tries < 100; ++tries) {
        HLINE first = 0, second = 0;
        LINEMESSAGE message{};
        if (application.try_open(0, first) != 0 || application.try_open(1, second) != 0) {
            lineClose(first);
            application.next(message, 100); // a message says when the lines are there again
            continue;
        }
        application.forget_messages();
        const auto pair = application.connect(first, second, "102");
        application.drop(pair.out);
        lineClose(first);
        lineClose(second);
        return true;
    }
    return false;
}

TEST(Misbehaviour, OfEveryKindEndsNothingButItself) {
    Service service;
    service.install_sim("sim");
    service.install_patient("other");
    Application witness;
    const auto call = witness.call(witness.open("other"), "somebody");
    witness.wait_for_state(call, LINECALLSTATE_CONNECTED);
    Application application;
    ASSERT_TRUE(works(application));
    const auto words = misbehaviours(service);
    ASSERT_GT(words.size(), 50u);
    for (const auto& word : words) {
        if (word == "block") continue; // until the deadline: SlowProvider shows what it keeps waiting
        SCOPED_TRACE(word);
        service.command("sim", "misbehave " + word + " 3");
        use(application);
        DWORD state = 0;
        EXPECT_EQ(Application::state(call, state), 0);
        EXPECT_EQ(state, DWORD{LINECALLSTATE_CONNECTED});
        service.try_command("sim", "behave"); // its session may be over
        EXPECT_TRUE(works(application));
        if (HasFailure()) break;
    }
    EXPECT_EQ(service.stop(), 0);
}

// Nothing more comes from the provider that the rule could be seen by.
TEST(Misbehaviour, R080_WhatIsOwedForTooLongIsNamedWhileTheServiceRuns) {
    Service service("[provider]\noverdue_s = 1\n");
    service.install_sim("sim");
    Application application;
    ASSERT_TRUE(works(application));
    HLINE first = 0, second = 0;
    ASSERT_EQ(application.try_open(0, first), 0);
    ASSERT_EQ(application.try_open(1, second), 0);
    const auto pair = application.connect(first, second, "102");
    service.command("sim", "misbehave R080");
    ASSERT_GT(lineDrop(pair.out, nullptr, 0), 0);
    auto broken = nlohmann::json::array();
    for (LINEMESSAGE message{}; broken.empty(); application.next(message, 100))
        broken = ask(wire::ServiceFunction::dump).at("violations");
    EXPECT_EQ(broken[0].at("rule"), 80) << broken.dump();
    EXPECT_THAT(broken[0].at("text"), testing::HasSubstr("TSPI_lineDrop has succeeded"));
    EXPECT_EQ(broken.size(), 1u) << "each is named once";
}

} // namespace
