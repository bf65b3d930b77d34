// SPDX-License-Identifier: Apache-2.0
//
// Where hosts.sessions_per_load allows, the next session of a provider has the process of the one before.
#include "client.h"
#include "service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

namespace {

using namespace offhook;
using namespace offhook::daemon;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using wire::ServiceFunction;

class SessionsPerLoad : public testing::Test {
  protected:
    // Installs the provider, whose first session runs then.
    void start(std::uint32_t sessions_per_load) {
        service_.emplace(
            [&](Configuration& c) {
                c.host_program = OFFHOOK_HOST;
                c.provider.sessions = core::Sessions::always;
                c.provider.first_backoff = 10;
                c.sessions_per_load = sessions_per_load;
            },
            [](const std::string&) {
                return ProviderNote{.name = "sim", .version = "1", .title = {}, .needs = {}};
            });
        const auto& socket = service_->configuration().socket;
        client_.emplace(socket);
        client_->hello();
        watcher_.emplace(socket);
        watcher_->hello();
        watcher_->ask(ServiceFunction::watch);
        ASSERT_EQ(client_->ask(ServiceFunction::provider_install, {{"library", SIM_TSP}}).error(), "");
        await_running();
    }
    void await_running() {
        while (const auto frame = watcher_->receive()) {
            const auto record = json::parse(frame->text());
            if (record.value("kind", "") == "session" && record.value("what", "") == "running") return;
        }
        FAIL() << "no session runs";
    }
    // Ends the session, which cannot take over other trunks; the next one has this configuration.
    void next_session(const std::string& extensions) {
        const auto answer = client_->ask(
            ServiceFunction::provider_config,
            {{"name", "sim"},
             {"configuration", {{"extensions", extensions}, {"trunks", std::to_string(++trunks_)}}},
             {"apply", "at-once"}});
        ASSERT_EQ(answer.error(), "");
        await_running();
    }
    void command(const std::string& text) {
        const auto answer =
            client_->ask(ServiceFunction::provider_command, {{"name", "sim"}, {"command", text}});
        ASSERT_EQ(answer.error(), "");
    }
    json provider() { return client_->ask(ServiceFunction::provider_list).body["providers"][0]; }
    pid_t process() { return provider()["host_pid"].get<pid_t>(); }
    std::string log() {
        std::ifstream file(service_->folder() + "/log");
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::optional<test::Service> service_;
    std::optional<test::Client> client_, watcher_;
    unsigned trunks_ = 2;
};

TEST_F(SessionsPerLoad, OneIsTheRule) {
    start(1);
    const auto first = process();
    next_session("101-105");
    EXPECT_NE(process(), first);
}

TEST_F(SessionsPerLoad, R001_MoreKeepTheProcessAndSayWhatIsRetained) {
    start(3);
    const auto first = process();
    command("misbehave R001");
    next_session("101-105");
    EXPECT_EQ(process(), first);
    EXPECT_EQ(provider()["lines"], 5u); // its own configuration
    EXPECT_THAT(log(), HasSubstr("sim breaks rule R001: it keeps a descriptor that is still open"));
    next_session("101-107");
    EXPECT_EQ(process(), first);
    EXPECT_EQ(provider()["lines"], 7u);
    next_session("101-103"); // the fourth
    EXPECT_NE(process(), first);
    EXPECT_EQ(provider()["lines"], 3u);
}

TEST_F(SessionsPerLoad, ABehavedProviderIsNotNamed) {
    start(2);
    const auto first = process();
    next_session("101-105");
    EXPECT_EQ(process(), first);
    EXPECT_THAT(log(), Not(HasSubstr("R001")));
}

TEST_F(SessionsPerLoad, AProcessThatIsKilledInItsSecondSessionIsReplaced) {
    start(8);
    const auto first = process();
    next_session("101-105");
    ASSERT_EQ(process(), first);
    ::kill(first, SIGKILL);
    await_running();
    EXPECT_NE(process(), first);
    EXPECT_EQ(provider()["lines"], 5u);
}

} // namespace
