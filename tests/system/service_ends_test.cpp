// SPDX-License-Identifier: Apache-2.0
//
// SIGTERM: the service shuts its sessions down in order, and ends well.
#include "tests/system/application.h"
#include "tests/system/service.h"
#include "tests/system/sip_accounts.h"

#include <gmock/gmock.h>

#include <sys/wait.h>

namespace {

using namespace offhook;
using namespace offhook::system_test;

TEST(ServiceEnds, R007_SessionsAreShutDownInOrder) {
    Service service;
    service.install_sip("phones", two_accounts("alice", "bob"));
    service.install_patient("patient");
    Application application;
    const auto line = application.open("patient");
    const auto call = application.call(line, "somebody");
    const auto alice = application.open("alice"), bob = application.open("bob");
    application.connect(alice, bob, "bob");
    const auto phones = service.host("phones"), patient = service.host("patient");

    const auto status = service.stop();
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    EXPECT_TRUE(phones.ends_within({})); // the service has waited for them
    EXPECT_TRUE(patient.ends_within({}));
    const auto log = service.log();
    const auto init = log.find("TSPI_providerInit"), closed = log.find("TSPI_lineClose"),
               shut_down = log.find("TSPI_providerShutdown"), ended = log.find("offhookd has ended");
    for (const auto step : {init, closed, shut_down, ended}) EXPECT_NE(step, std::string::npos) << log;
    EXPECT_TRUE(init < closed && closed < shut_down && shut_down < ended) << log;
    EXPECT_EQ(log.rfind("TSPI_providerInit"), init) << log; // once each
    EXPECT_EQ(log.rfind("TSPI_providerShutdown"), shut_down) << log;
    EXPECT_EQ(log.find("was lost"), std::string::npos) << log;

    for (const auto opened : {line, alice, bob}) application.wait_for_close(opened);
    DWORD state = 0;
    EXPECT_LT(Application::state(call, state), 0);
}

} // namespace
