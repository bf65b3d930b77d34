// SPDX-License-Identifier: Apache-2.0
//
// The simulated exchange is configured anew and removed while applications use it (R102, R104, R237).
#include "tests/system/application.h"
#include "tests/system/service.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace {

using namespace offhook;
using namespace offhook::system_test;
using nlohmann::json;
using wire::ServiceFunction;

class Changeover : public testing::Test {
  protected:
    Changeover() { service.install_sim("sim", {{"extensions", "101-103"}}); }

    static json configure(const json& keys, const char* when) {
        return ask(ServiceFunction::provider_config,
                   {{"name", "sim"}, {"configuration", keys}, {"apply", when}});
    }
    static json shown() { return listed(ServiceFunction::provider_list, "providers", "name", "sim").at(0); }
    pid_t host() { return service.host("sim").id(); }
    static bool asks_to_reinitialise(const LINEMESSAGE& message) {
        return message.dwMessageID == LINE_LINEDEVSTATE && message.dwParam1 == LINEDEVSTATE_REINIT;
    }

    Service service;
};

TEST_F(Changeover, R090_R092_R102_LinesComeAndGoBesideACallThatGoesOn) {
    Application application;
    const auto pair =
        application.connect(application.open("Extension 101"), application.open("Extension 102"), "102");
    const auto before = host();
    const auto third = application.device("Extension 103");
    const auto answer = configure({{"extensions", "101,102,104"}}, "when-unused");
    EXPECT_EQ(answer["effect"], "now");
    application.wait_for("LINE_CREATE", [](const LINEMESSAGE& m) { return m.dwMessageID == LINE_CREATE; });
    application.wait_for("LINE_REMOVE", [&](const LINEMESSAGE& m) {
        return m.dwMessageID == LINE_REMOVE && m.dwParam1 == third;
    });
    EXPECT_EQ(host(), before);
    EXPECT_TRUE(shown()["pending"].is_null());
    DWORD state = 0;
    EXPECT_EQ(Application::state(pair.in, state), 0);
    EXPECT_EQ(state, DWORD{LINECALLSTATE_CONNECTED});
    // What the session took over is what a session begins with.
    service.kill();
    service.start();
    Application later;
    later.open("Extension 104");
    EXPECT_EQ(shown()["lines"], 3);
}

TEST_F(Changeover, R102_R104_AChangeThatNeedsANewSessionWaitsAndSaysForWhom) {
    Application application;
    const auto line = application.open("Extension 101");
    const auto first = application.device("Extension 101"), second = application.device("Extension 102");
    const auto before = host();
    const auto answer = configure({{"trunks", "5"}}, "when-unused");
    EXPECT_EQ(answer["effect"], "waits");
    const auto change = shown()["change"];
    EXPECT_EQ(change["stage"], "waiting");
    EXPECT_EQ(change["used_by"][0]["pid"], ::getpid());
    EXPECT_EQ(change["used_by"][0]["devices"], 1);
    application.wait_for("REINIT", asks_to_reinitialise);
    EXPECT_EQ(host(), before);
    HLINE refused = 0;
    EXPECT_EQ(application.try_open(second, refused),
              static_cast<LONG>(LINEERR_REINIT)); // R237
    ASSERT_EQ(lineClose(line), 0);
    application.wait_for_create(first);
    EXPECT_NE(host(), before);
    EXPECT_TRUE(shown()["change"].is_null());
    EXPECT_TRUE(shown()["pending"].is_null());
    application.open("Extension 101");
}

TEST_F(Changeover, R102_DrainingWaitsForTheLastCall) {
    Application application;
    const auto first = application.open("Extension 101");
    const auto pair = application.connect(first, application.open("Extension 102"), "102");
    const auto device = application.device("Extension 101");
    const auto before = host();
    EXPECT_EQ(configure({{"trunks", "5"}}, "when-calls-end")["effect"], "waits");
    EXPECT_EQ(shown()["change"]["stage"], "draining");
    HCALL refused = 0;
    EXPECT_EQ(lineMakeCallA(first, &refused, "103", 0, nullptr), static_cast<LONG>(LINEERR_RESOURCEUNAVAIL));
    EXPECT_EQ(host(), before);
    application.drop(pair.out);
    EXPECT_EQ(host(), before);
    application.end(pair.in); // nobody deallocates it
    application.wait_for_close(first);
    application.wait_for_create(device);
    EXPECT_NE(host(), before);
}

TEST_F(Changeover, R102_DrainingIsShownForWhatIsNotIdle) {
    Application application, idle;
    const auto second = application.open("Extension 102"), third = idle.open("Extension 103");
    const auto ended = idle.call(third, "101");
    idle.end(ended);
    const auto call = application.call(second, "101");
    EXPECT_EQ(configure({{"trunks", "5"}}, "when-calls-end")["effect"], "waits");
    const auto users = shown()["change"]["used_by"];
    ASSERT_EQ(users.size(), 1u);
    EXPECT_EQ(users[0]["calls"], 1);
    application.end(call);
    application.wait_for_close(second);
    idle.wait_for_close(third);
}

TEST_F(Changeover, R237_AProviderThatAsksForItIsInitialisedAnew) {
    Application application;
    const auto device = application.device("Extension 101");
    EXPECT_EQ(service.command("sim", "reinit"), "ok");
    const auto told = application.wait_for("REINIT", asks_to_reinitialise);
    EXPECT_EQ(told.hDevice, 0u);
    EXPECT_EQ(told.dwCallbackInstance, 0u);
    EXPECT_EQ(told.dwParam2, 0u); // a real one
    HLINE refused = 0;
    EXPECT_EQ(application.try_open(device, refused), static_cast<LONG>(LINEERR_REINIT));
    EXPECT_THROW(Application(), std::runtime_error); // LINEERR_REINIT
    ASSERT_EQ(lineShutdown(application.handle()), 0);
    Application anew;
    anew.open("Extension 101");
}

// The number of a device that a device class names.
template <class Get> DWORD number_of(Get get) {
    struct {
        VARSTRING header;
        std::array<std::byte, 100> room;
    } found{};
    found.header.dwTotalSize = sizeof found;
    good(get(&found.header), "lineGetID, phoneGetID");
    DWORD number = 0xFFFFFFFF;
    EXPECT_EQ(found.header.dwStringSize, sizeof number);
    std::memcpy(&number, reinterpret_cast<const std::byte*>(&found) + found.header.dwStringOffset,
                sizeof number);
    return number;
}

// Its numbers at the service are 3 to 7 then.
TEST_F(Changeover, R098_DevicesAreNamedByTheApplicationsOwnNumbers) {
    Application().open("Extension 101");
    while (shown()["stage"] != "none") {
    }
    configure({{"extensions", "101-105"}}, "when-unused");
    Application application;
    const auto line = application.open("Extension 102");
    ASSERT_EQ(application.device("Extension 102"), 1u);
    struct {
        LINECALLINFO info;
        std::array<std::byte, 2'000> room;
    } found{};
    found.info.dwTotalSize = sizeof found;
    good(lineGetCallInfoA(application.call(line, "103"), &found.info), "lineGetCallInfo");
    EXPECT_EQ(found.info.dwLineDeviceID, 1u);
    const auto phone_of_line = [&] {
        return number_of([&](VARSTRING* number) {
            return lineGetIDA(line, 0, 0, LINECALLSELECT_LINE, number, "tapi/phone");
        });
    };
    EXPECT_EQ(phone_of_line(), 1u);
    HPHONEAPP phones = 0;
    HPHONE phone = 0;
    DWORD version = 0x00020002, count = 0;
    PHONEINITIALIZEEXPARAMS wanted{};
    wanted.dwTotalSize = sizeof wanted;
    wanted.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
    good(phoneInitializeExA(&phones, nullptr, nullptr, "system test", &count, &version, &wanted),
         "phoneInitializeEx");
    EXPECT_EQ(phone_of_line(), 1u);
    good(phoneOpen(phones, 1, &phone, version, 0, 0, PHONEPRIVILEGE_MONITOR), "phoneOpen");
    EXPECT_EQ(number_of([&](VARSTRING* number) { return phoneGetIDA(phone, number, "tapi/line"); }), 1u);
    EXPECT_EQ(phoneShutdown(phones), 0);
}

TEST_F(Changeover, R092_R102_ARemovedProviderIsListedUntilItsSessionHasEnded) {
    Application application;
    const auto first = application.open("Extension 101");
    const auto pair = application.connect(first, application.open("Extension 102"), "102");
    const auto removed = ask(ServiceFunction::provider_remove, {{"name", "sim"}});
    EXPECT_EQ(removed["effect"], "waits");
    EXPECT_EQ(shown()["change"]["what"], "removal");
    application.drop(pair.out); // the call is as good as before
    application.drop(pair.in);
    ASSERT_EQ(lineShutdown(application.handle()), 0);
    while (!ask(ServiceFunction::provider_list)["providers"].empty()) {
    }
}

TEST_F(Changeover, R102_ARemovalThatWaitsCanBeHurried) {
    Application application;
    const auto first = application.open("Extension 101");
    application.connect(first, application.open("Extension 102"), "102");
    EXPECT_EQ(ask(ServiceFunction::provider_remove, {{"name", "sim"}})["effect"], "waits");
    EXPECT_EQ(ask(ServiceFunction::provider_remove, {{"name", "sim"}, {"apply", "at-once"}})["effect"],
              "restart");
    application.wait_for_close(first);
    while (!ask(ServiceFunction::provider_list)["providers"].empty()) {
    }
}

TEST_F(Changeover, WhatAProviderDeclaresOfItsConfigurationIsShownAndChecked) {
    const auto fields = ask(ServiceFunction::provider_fields, {{"name", "sim"}})["fields"];
    const auto trunks = std::ranges::find_if(fields, [](const json& one) { return one["key"] == "trunks"; });
    ASSERT_NE(trunks, fields.end());
    EXPECT_EQ((*trunks)["type"], "integer");
    EXPECT_EQ((*trunks)["default"], "2");
    EXPECT_EQ(ask(ServiceFunction::provider_fields, {{"library", SIM_TSP}})["fields"].size(), fields.size());
    for (const auto& [keys, reason] :
         {std::pair{json{{"trunks", "many"}}, "write a whole number from 0 to 10000"},
          {json{{"trucks", "2"}}, "no key trucks"}})
        try {
            configure(keys, "when-unused");
            ADD_FAILURE() << keys;
        } catch (const std::runtime_error& refused) {
            EXPECT_NE(std::string(refused.what()).find(reason), std::string::npos) << refused.what();
        }
    EXPECT_TRUE(shown()["pending"].is_null());
}

} // namespace
