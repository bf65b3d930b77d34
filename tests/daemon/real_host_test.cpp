// SPDX-License-Identifier: Apache-2.0
//
// The service with the real host and a real library: what the fake host leaves open is whether the two
// understand each other.
#include "client.h"
#include "host/provider_note.h"
#include "service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace offhook;
using namespace offhook::daemon;
using nlohmann::json;
using testing::HasSubstr;
using wire::ServiceFunction;

ProviderNote real_note(const std::string& library) {
    const auto result = host::read_provider_note(library);
    if (!result.note) throw std::runtime_error(library + ": " + result.error);
    return {.name = result.note->name,
            .version = result.note->version,
            .title = result.note->title,
            .needs = result.note->needs_text};
}

class RealHostTest : public testing::Test {
  protected:
    RealHostTest() { client_.hello(); }
    json providers() { return client_.ask(ServiceFunction::provider_list).body["providers"]; }
    std::string install(const json& configuration) {
        return client_
            .ask(ServiceFunction::provider_install,
                 {{"library", UNRULY_PROVIDER}, {"configuration", configuration}})
            .error();
    }
    test::Service service_{[](Configuration& c) {
                               c.host_program = OFFHOOK_HOST;
                               c.provider.sessions = core::Sessions::always;
                           },
                           real_note};
    test::Client client_{service_.configuration().socket};
};

TEST_F(RealHostTest, AProviderIsInstalledConfiguredAndRemoved) {
    ASSERT_EQ(install({{"a", "1"}}), "");
    ASSERT_EQ(providers().size(), 1u);
    EXPECT_EQ(providers()[0]["name"], "unruly");
    EXPECT_EQ(
        client_.ask(ServiceFunction::provider_config, {{"name", "unruly"}, {"configuration", {{"a", "2"}}}})
            .error(),
        "");
    EXPECT_EQ(providers()[0]["settings"]["a"], "1");
    EXPECT_EQ(providers()[0]["pending"]["a"], "2");
    EXPECT_EQ(
        client_.ask(ServiceFunction::provider_remove, {{"name", "unruly"}, {"apply", "at-once"}}).error(),
        "");
    EXPECT_EQ(providers().size(), 0u);
}

TEST_F(RealHostTest, ARefusalOrACrashInInstallReachesTheUser) {
    const auto refused = install({{"TSPI_providerInstall", "fail"}});
    EXPECT_THAT(refused, HasSubstr("TSPI_providerInstall"));
    EXPECT_THAT(install({{"TSPI_providerInstall", "abort"}}), HasSubstr("SIGABRT"));
    EXPECT_EQ(providers().size(), 0u);
}

TEST_F(RealHostTest, WhatIsNoProviderIsNamed) {
    const auto answer = client_.ask(ServiceFunction::provider_install, {{"library", "/bin/true"}});
    EXPECT_THAT(answer.error(), HasSubstr("/bin/true"));
}

} // namespace
