// SPDX-License-Identifier: Apache-2.0
//
// Install, config and remove, and the sessions of what is installed, through the socket of a whole service.
#include "client.h"
#include "service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>

namespace {

using namespace offhook;
using namespace offhook::daemon;
using nlohmann::json;
using test::Client;
using testing::HasSubstr;
using wire::ServiceFunction;

class ProviderChangesTest : public testing::Test {
  protected:
    ProviderChangesTest() { connect(); }
    void connect() {
        client_.emplace(service_->configuration().socket);
        client_->hello();
    }
    void restart() {
        client_.reset();
        service_->stop();
        service_->start();
        connect();
    }
    void replace(const test::Service::Change& change) {
        client_.reset();
        service_.reset();
        service_ = std::make_unique<test::Service>(change);
        connect();
    }

    Client::Answer install(const std::string& behaviour, json more = json::object()) {
        more["library"] = "/fake/" + behaviour;
        if (!more.contains("approve")) more["approve"] = "network";
        return client_->ask(ServiceFunction::provider_install, more);
    }
    json providers() { return client_->ask(ServiceFunction::provider_list).body["providers"]; }
    Client::Answer remove(const std::string& name) {
        return client_->ask(ServiceFunction::provider_remove, {{"name", name}, {"apply", "when-unused"}});
    }
    // Asks until it is so; each answer is a new state of the service.
    json provider_once(const std::function<bool(const json&)>& is_so) {
        for (int i = 0; i < 100'000; ++i)
            if (const auto list = providers(); !list.empty() && is_so(list[0])) return list[0];
        return {{"it never was so", providers()}};
    }
    std::string log() {
        std::ifstream file(service_->configuration().log_to);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::unique_ptr<test::Service> service_ = std::make_unique<test::Service>();
    std::optional<Client> client_;
};

TEST_F(ProviderChangesTest, AnInstalledProviderIsListedAndStaysAfterARestart) {
    const auto answer =
        install("plain", {{"name", "office"}, {"configuration", {{"a.password", "x"}, {"to.remove", "x"}}}});
    ASSERT_EQ(answer.error(), "");
    EXPECT_EQ(answer.body, (json{{"id", 1}, {"name", "office"}}));
    for (int i = 0; i < 2; ++i) {
        const auto list = providers();
        ASSERT_EQ(list.size(), 1u);
        EXPECT_EQ(list[0]["id"], 1);
        EXPECT_EQ(list[0]["name"], "office");
        EXPECT_EQ(list[0]["library"], "/fake/plain");
        EXPECT_EQ(list[0]["needs"], "network");
        // What the provider wrote and removed in TSPI_providerInstall, and no secret.
        EXPECT_EQ(list[0]["settings"],
                  (json{{"a.password", "********"}, {"written.by", "TSPI_providerInstall"}}));
        EXPECT_EQ(list[0]["pending"], json());
        restart();
    }
}

TEST_F(ProviderChangesTest, ExactlyWhatItNeedsIsApproved) {
    EXPECT_THAT(install("plain", {{"approve", ""}}).error(), HasSubstr("needs \"network\""));
    EXPECT_THAT(install("plain", {{"approve", "network,devices"}}).error(), HasSubstr("exactly that"));
    EXPECT_EQ(providers().size(), 0u);
    EXPECT_EQ(install("plain", {{"approve", " network, "}}).error(), "");
}

TEST_F(ProviderChangesTest, R101_ARefusalReachesTheUserWithItsReasonAndChangesNothing) {
    const auto answer = install("refuses");
    EXPECT_EQ(answer.result, LINEERR_INVALPARAM);
    EXPECT_THAT(answer.error(), HasSubstr("TSPI_providerInstall"));
    EXPECT_THAT(answer.error(), HasSubstr("the account needs a server"));
    EXPECT_THAT(install("says-why").error(), HasSubstr("made for a clarinet"));
    EXPECT_THAT(install("dies-in-install").error(), HasSubstr("SIGSYS"));
    EXPECT_THAT(client_->ask(ServiceFunction::provider_install, {{"library", "/broken/x"}}).error(),
                HasSubstr("no note of Offhook"));
    EXPECT_THAT(client_->ask(ServiceFunction::provider_install, {{"library", "fake"}}).error(),
                HasSubstr("absolute path"));
    EXPECT_THAT(client_->ask(ServiceFunction::provider_install, json::object()).error(),
                HasSubstr("library"));
    EXPECT_THAT(install("plain", {{"name", "a b"}}).error(), HasSubstr("letters, digits"));
    EXPECT_EQ(providers().size(), 0u);
}

TEST_F(ProviderChangesTest, TheLogSaysWhoChangedWhatAndWhatWasRefused) {
    const auto user = "user " + std::to_string(::getuid());
    install("refuses");
    EXPECT_THAT(log(), HasSubstr("info: " + user + " has not installed"));
    EXPECT_THAT(log(), HasSubstr("the account needs a server"));
    remove("nowhere");
    EXPECT_THAT(log(), HasSubstr(user + " has not removed nowhere: no provider named"));
    install("plain", {{"name", "office"}});
    EXPECT_THAT(log(), HasSubstr("info: " + user + " has installed office (/fake/plain)"));
    remove("office");
    EXPECT_THAT(log(), HasSubstr("info: " + user + " has removed office"));
}

TEST_F(ProviderChangesTest, AProviderThatHangsInInstallIsEndedAtTheDeadline) {
    replace([](Configuration& c) { c.provider.call_deadline = 200; });
    EXPECT_THAT(install("hangs-in-install").error(), HasSubstr("did not return in 200 ms"));
    EXPECT_EQ(providers().size(), 0u);
}

TEST_F(ProviderChangesTest, OneThatDoesNotExportInstallIsInstalledAllTheSame) {
    EXPECT_EQ(install("exports-nothing", {{"configuration", {{"k", "v"}}}}).error(), "");
    EXPECT_EQ(providers()[0]["settings"], (json{{"k", "v"}}));
}

TEST_F(ProviderChangesTest, R100_ALibraryIsInstalledSeveralTimesUnderDifferentNames) {
    EXPECT_EQ(install("plain").error(), "");
    EXPECT_EQ(install("plain", {{"name", "second"}}).body["id"], 2);
    EXPECT_THAT(install("plain").error(), HasSubstr("already"));
    EXPECT_EQ(providers().size(), 2u);
}

TEST_F(ProviderChangesTest, R100_TwoChangesOfOneProviderDoNotOverlap) {
    client_->request(ServiceFunction::provider_install, {{"library", "/fake/plain"}, {"approve", "network"}},
                     1);
    client_->request(ServiceFunction::provider_install, {{"library", "/fake/plain"}, {"approve", "network"}},
                     2);
    const auto one = client_->answer(), two = client_->answer();
    EXPECT_NE(one.result == 0, two.result == 0);
    EXPECT_THAT(one.error() + two.error(), HasSubstr("is being changed"));
    EXPECT_EQ(providers().size(), 1u);
}

// R102: what is configured is pending until a session begins.
TEST_F(ProviderChangesTest, R102_AConfigurationIsPendingUntilASessionBegins) {
    ASSERT_EQ(install("plain", {{"configuration", {{"a", "1"}, {"b", "1"}}}}).error(), "");
    const auto answer = client_->ask(
        ServiceFunction::provider_config,
        {{"name", "plain"}, {"configuration", {{"a", nullptr}, {"c", "3"}}}, {"apply", "when-unused"}});
    EXPECT_EQ(answer.body["effect"], "next-session") << "no session runs, so nothing has to wait";
    EXPECT_EQ(providers()[0]["settings"],
              (json{{"a", "1"}, {"b", "1"}, {"written.by", "TSPI_providerInstall"}}))
        << "what is in force";
    EXPECT_EQ(providers()[0]["pending"],
              (json{{"b", "1"}, {"c", "3"}, {"written.by", "TSPI_providerConfig"}}));
    EXPECT_THAT(
        client_->ask(ServiceFunction::provider_config, {{"name", "other"}, {"configuration", json::object()}})
            .error(),
        HasSubstr("no provider named"));
    EXPECT_THAT(client_
                    ->ask(ServiceFunction::provider_config,
                          {{"name", "plain"}, {"configuration", json::object()}, {"apply", "soon"}})
                    .error(),
                HasSubstr("when-unused"));
}

TEST_F(ProviderChangesTest, EveryChangeIsKeptAndCanBeGoneBackTo) {
    ASSERT_EQ(install("plain", {{"configuration", {{"a", "1"}, {"the.password", "hunter2"}}}}).error(), "");
    ASSERT_EQ(client_
                  ->ask(ServiceFunction::provider_config,
                        {{"name", "plain"}, {"configuration", {{"a", nullptr}, {"the.password", "other"}}}})
                  .error(),
              "");
    restart();
    const auto changes = client_->ask(ServiceFunction::provider_history, {{"name", "plain"}}).body["changes"];
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_THAT(changes[0]["change"].get<std::string>(), HasSubstr("installed"));
    EXPECT_EQ(changes[1]["author"], ::getuid());
    EXPECT_EQ(changes.dump().find("hunter2"), std::string::npos);
    EXPECT_EQ(client_->ask(ServiceFunction::provider_history, {{"name", "other"}}).body["changes"].size(),
              0u);

    const auto back_to = [&](const json& number) {
        return client_->ask(ServiceFunction::provider_config, {{"name", "plain"}, {"back_to", number}});
    };
    EXPECT_THAT(back_to(99).error(), HasSubstr("provider history plain"));
    EXPECT_EQ(back_to(changes[0]["number"]).error(), "");
    EXPECT_EQ(providers()[0]["pending"]["a"], "1");
    EXPECT_EQ(client_->ask(ServiceFunction::provider_history).body["changes"].size(), 3u);
}

TEST_F(ProviderChangesTest, R103_AProviderIsRemovedUnlessItRefuses) {
    ASSERT_EQ(install("plain").error(), "");
    ASSERT_EQ(install("refuses-removal").error(), "");
    EXPECT_EQ(remove("plain").body["effect"], "next-session");
    EXPECT_THAT(remove("refuses-removal").error(), HasSubstr("the account needs a server"));
    ASSERT_EQ(providers().size(), 1u);
    EXPECT_EQ(providers()[0]["name"], "refuses-removal");
    EXPECT_EQ(install("plain").body["id"], 3) << "an id is never given again";
}

// Its host is not even started for it any more, so nothing it does can keep it installed.
TEST_F(ProviderChangesTest, AProviderWhoseLibraryIsBrokenCanBeRemoved) {
    ASSERT_EQ(install("plain").error(), "");
    const auto state = service_->configuration().state;
    service_->stop();
    Database(state + "/registry.sqlite").execute("UPDATE provider SET library = '/fake/says-why'");
    service_->start();
    connect();
    EXPECT_EQ(remove("plain").error(), "");
    EXPECT_THAT(log(), HasSubstr("made for a clarinet"));
    EXPECT_EQ(providers().size(), 0u);
}

TEST_F(ProviderChangesTest, AnUnprivilegedUserMayLookButNeitherChangeNorWatch) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root to be somebody else";
    const auto& path = service_->configuration().socket;
    ::chmod(service_->folder().c_str(), 0755);
    ::chmod(path.c_str(), 0666);
    // The kernel notes who connects at that moment.
    ASSERT_EQ(::seteuid(4242), 0);
    Client other(path);
    ASSERT_EQ(::seteuid(0), 0);
    other.hello();
    EXPECT_EQ(other.ask(ServiceFunction::provider_list).result, 0);
    for (const auto function : {ServiceFunction::provider_install, ServiceFunction::provider_config,
                                ServiceFunction::provider_remove, ServiceFunction::watch})
        EXPECT_THAT(other.ask(function, {{"library", "/fake/plain"}, {"name", "plain"}}).error(),
                    HasSubstr("offhook-admin"));
    EXPECT_EQ(providers().size(), 0u);
}

class SessionsTest : public ProviderChangesTest {
  protected:
    SessionsTest() {
        replace([](Configuration& c) {
            c.provider.sessions = core::Sessions::always;
            c.provider.first_backoff = 60'000;
        });
    }
};

// The fake host fails every TSPI call of a session, so each session is lost at its first step.
TEST_F(SessionsTest, ALostSessionIsListedWithItsReasonAndWhenItIsTriedAgain) {
    ASSERT_EQ(install("plain").error(), "");
    const auto lost = provider_once([](const json& p) { return p.value("last_error", "") != ""; });
    EXPECT_GT(lost.value("retry_in_ms", 0), 0) << lost;
    EXPECT_EQ(lost.value("host_pid", 1), 0) << lost;
}

TEST_F(SessionsTest, AHostThatDiesOrSaysWhyEndsItsSessionWithThat) {
    ASSERT_EQ(install("plain").error(), "");
    const auto state = service_->configuration().state;
    for (const auto& [behaviour, reason] :
         {std::pair{"aborts", "SIGABRT"}, {"says-why", "made for a clarinet"}, {"exits", "status 42"}}) {
        client_.reset();
        service_->stop();
        Database(state + "/registry.sqlite")
            .execute(std::string("UPDATE provider SET library = '/fake/") + behaviour + "'");
        service_->start();
        connect();
        const auto lost = provider_once([](const json& p) { return p.value("last_error", "") != ""; });
        EXPECT_THAT(lost.value("last_error", ""), HasSubstr(reason)) << lost;
    }
}

TEST_F(SessionsTest, WatchStreamsTheTraceInOrder) {
    EXPECT_EQ(client_->ask(ServiceFunction::watch).body, json::object());
    Client other(service_->configuration().socket);
    other.hello();
    other.ask(ServiceFunction::provider_install, {{"library", "/fake/plain"}, {"approve", "network"}});
    std::uint64_t last = 0;
    for (;;) {
        const auto record = client_->answer();
        EXPECT_EQ(record.result, 0);
        EXPECT_GE(record.body["time_ms"].get<std::uint64_t>(), last);
        last = record.body["time_ms"];
        EXPECT_EQ(record.body["provider"], "plain");
        if (record.body["kind"] == "provider_return") break;
    }
}

} // namespace
