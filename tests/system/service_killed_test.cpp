// SPDX-License-Identifier: Apache-2.0
//
// The service is killed and started again on the same folder.
#include "tests/system/application.h"
#include "tests/system/service.h"
#include "tests/system/sip_accounts.h"

#include <gmock/gmock.h>

#include <csignal>
#include <thread>

namespace {

using namespace offhook;
using namespace offhook::system_test;
using ::testing::AnyOf;
using ::testing::Eq;
using wire::ServiceFunction;

constexpr std::chrono::seconds hosts_are_gone_after{5};

// What is installed: that which does not depend on a session.
nlohmann::json installed() {
    auto providers = ask(ServiceFunction::provider_list).at("providers");
    for (auto& provider : providers)
        for (const auto* live : {"stage", "host_pid", "lines", "last_error", "retry_in_ms"})
            provider.erase(live);
    return providers;
}

class ServiceKilled : public ::testing::Test {
  protected:
    // LINE_CLOSE for each line, then nothing more; and each function says so.
    static void expect_loss(Application& application, const std::vector<HLINE>& lines) {
        std::vector<DWORD> closed;
        LINEMESSAGE message{};
        LONG result = 0;
        while ((result = application.next(message, 30'000)) == 0)
            if (message.dwMessageID == LINE_CLOSE) closed.push_back(message.hDevice);
        EXPECT_EQ(result, LINEERR_SERVICE_NOT_RUNNING);
        EXPECT_THAT(closed, ::testing::UnorderedElementsAreArray(lines));
        HCALL call = 0;
        EXPECT_THAT(lineMakeCallA(lines.front(), &call, "bob", 0, nullptr),
                    AnyOf(Eq(LINEERR_SERVICE_NOT_RUNNING), Eq(LINEERR_OPERATIONFAILED)));
        EXPECT_EQ(lineMakeCallA(lines.front(), &call, "bob", 0, nullptr), LINEERR_SERVICE_NOT_RUNNING);
    }
    static void expect_no_service() { EXPECT_THROW(Application(), std::runtime_error); }

    Service service_;
};

TEST_F(ServiceKilled, TheRegistryIsIntactAndApplicationsBeginAnew) {
    service_.install_sip("phones", two_accounts("alice", "bob"));
    service_.install_patient("patient");
    const auto before = installed();
    Application application;
    const auto alice = application.open("alice"), bob = application.open("bob");
    const auto pair = application.connect(alice, bob, "bob");
    const auto phones = service_.host("phones"), patient = service_.host("patient");

    service_.kill();
    EXPECT_TRUE(phones.ends_within(hosts_are_gone_after));
    EXPECT_TRUE(patient.ends_within(hosts_are_gone_after));
    expect_loss(application, {alice, bob});
    DWORD state = 0;
    EXPECT_EQ(Application::state(pair.out, state), LINEERR_SERVICE_NOT_RUNNING);
    expect_no_service();

    service_.start();
    EXPECT_EQ(installed(), before);
    Application next;
    const auto again = next.connect(next.open("alice"), next.open("bob"), "bob");
    next.drop(again.out);
    next.drop(next.call(next.open("patient"), "somebody"));
    // What belonged to the service before means nothing to this one.
    EXPECT_LT(Application::state(pair.out, state), 0);
}

TEST_F(ServiceKilled, AHostWhoseProviderHangsEndsAsWell) {
    service_.install_patient("stuck", std::chrono::minutes(1));
    Application application;
    const auto line = application.open("stuck");
    const auto host = service_.host("stuck");
    LONG result = 0;
    std::thread waiting([&] {
        HCALL call = 0;
        result = lineMakeCallA(line, &call, "somebody", 0, nullptr);
    });
    while (listed(ServiceFunction::calls, "calls", "provider", "stuck").empty()) {
    }
    service_.kill();
    waiting.join();
    EXPECT_EQ(result, LINEERR_OPERATIONFAILED); // a call that was waiting
    EXPECT_TRUE(host.ends_within(hosts_are_gone_after));
    expect_loss(application, {line});
    service_.start();
    Application next;
    next.open("stuck");
}

} // namespace
