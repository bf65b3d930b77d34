// SPDX-License-Identifier: Apache-2.0
#include "daemon/registry.h"

#include "temporary_folder.h"
#include "wire/unique_fd.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <random>

namespace {

using namespace offhook::daemon;
using test::message_of;
using testing::HasSubstr;

Provider provider(std::uint32_t id, const std::string& name, Settings active = {}) {
    return {.id = id,
            .name = name,
            .library = "/lib/" + name + ".tsp",
            .title = "A provider",
            .version = "1",
            .needs = "network",
            .active = std::move(active),
            .pending = {}};
}

class RegistryTest : public testing::Test {
  protected:
    test::TemporaryFolder folder_;
    std::string path_ = folder_ / "registry.sqlite";
};

TEST_F(RegistryTest, WhatWasWrittenIsThereWhenItIsOpenedAgain) {
    auto one = provider(7, "sip", {{"account.1.user", "alice"}, {"account.1.password", "s3cret"}});
    {
        Registry registry(path_);
        registry.add(one, 1000);
        registry.set_pending(7, {{"account.1.user", "bob"}}, 1000);
    }
    one.pending = Settings{{"account.1.user", "bob"}};
    EXPECT_EQ(Registry(path_).providers(), std::vector{one});
}

TEST_F(RegistryTest, OnlyItsOwnerMayReadIt) {
    std::ofstream(path_).close();
    ::chmod(path_.c_str(), 0666);
    Registry registry(path_);
    registry.reserve_id();
    for (const char* suffix : {"", "-wal", "-shm"}) {
        struct stat status {};
        ASSERT_EQ(::stat((path_ + suffix).c_str(), &status), 0) << suffix;
        EXPECT_EQ(status.st_mode & 0777, 0600u) << suffix;
    }
}

// R102: changes wait until a session begins.
TEST_F(RegistryTest, R102_PendingBecomesActiveAsAWhole) {
    Registry registry(path_);
    registry.add(provider(1, "sip", {{"a", "1"}, {"b", "1"}}), 0);
    registry.activate(1); // nothing is pending
    EXPECT_EQ(registry.providers()[0].active, (Settings{{"a", "1"}, {"b", "1"}}));
    registry.set_pending(1, {{"a", "2"}}, 0);
    EXPECT_EQ(registry.providers()[0].active, (Settings{{"a", "1"}, {"b", "1"}}));
    registry.activate(1);
    EXPECT_EQ(registry.providers()[0].active, (Settings{{"a", "2"}}));
    EXPECT_FALSE(registry.providers()[0].pending);
    registry.set_pending(1, {}, 0); // an empty configuration is one, too
    EXPECT_TRUE(registry.providers()[0].pending);
    registry.activate(1);
    EXPECT_EQ(registry.providers()[0].active, Settings{});
}

TEST_F(RegistryTest, AnIdIsNeverGivenAgain) {
    std::uint32_t first = 0;
    {
        Registry registry(path_);
        first = registry.reserve_id();
        registry.add(provider(first, "sip"), 0);
        registry.remove(first, 0);
    }
    EXPECT_GT(Registry(path_).reserve_id(), first);
}

TEST_F(RegistryTest, ANameIsGivenOnce) {
    Registry registry(path_);
    registry.add(provider(1, "sip"), 0);
    EXPECT_THAT(message_of([&] { registry.add(provider(2, "sip"), 0); }), HasSubstr("UNIQUE"));
    EXPECT_EQ(registry.providers().size(), 1u);
}

TEST_F(RegistryTest, TheHistorySaysWhoDidWhatAndNoSecret) {
    Registry registry(path_);
    registry.add(provider(1, "sip", {{"account.password", "hunter2"}, {"server", "example"}}), 1001);
    registry.set_pending(1, {{"token.secret", "hunter2"}}, 1002);
    registry.remove(1, 0);
    const auto history = registry.history();
    ASSERT_EQ(history.size(), 3u);
    EXPECT_EQ(history[0].author, 1001u);
    EXPECT_THAT(history[0].text, HasSubstr("example"));
    EXPECT_EQ(history[1].author, 1002u);
    EXPECT_EQ(history[2].text, "removed");
    for (const auto& change : history) EXPECT_THAT(change.text, testing::Not(HasSubstr("hunter2")));
}

TEST_F(RegistryTest, AChangesConfigurationIsKeptWhole) {
    Registry registry(path_);
    const Settings first{{"account.password", "hunter2"}, {"server", "example"}};
    registry.add(provider(1, "sip", first), 0);
    registry.set_pending(1, {}, 0);
    const auto history = registry.history();
    EXPECT_EQ(registry.settings_of_change("sip", history[0].number), first);
    EXPECT_EQ(registry.settings_of_change("sip", history[1].number), Settings{});
    EXPECT_THAT(message_of([&] { registry.settings_of_change("other", history[0].number); }),
                HasSubstr("has no change"));
    registry.remove(1, 0);
    EXPECT_THAT(message_of([&] { registry.settings_of_change("sip", registry.history()[2].number); }),
                HasSubstr("choose another"));
}

TEST_F(RegistryTest, ANewerOneIsRefusedAndLeftAlone) {
    { Registry registry(path_); }
    Database(path_).execute("PRAGMA user_version = 99");
    EXPECT_THAT(message_of([&] { Registry registry(path_); }), HasSubstr("schema version 99"));
    EXPECT_EQ(Database(path_).number("PRAGMA user_version"), 99);
}

constexpr const char* migrations[] = {"CREATE TABLE one (value); INSERT INTO one VALUES ('old')",
                                      "CREATE TABLE two (value); UPDATE one SET value = 'new'"};
constexpr const char* failing_migrations[] = {
    "SELECT 1", "UPDATE one SET value = 'half'; INSERT INTO missing VALUES (1)"};

TEST_F(RegistryTest, AnOlderOneIsBackedUpAndBroughtUpToDate) {
    { Registry registry(path_, std::span(migrations).first(1)); }
    { Registry registry(path_, migrations); }
    EXPECT_EQ(Database(path_).text("SELECT value FROM one"), "new");
    std::vector<std::string> backups;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
        if (entry.path().string().find(".version-1.") != std::string::npos) backups.push_back(entry.path());
    ASSERT_EQ(backups.size(), 1u);
    struct stat status {};
    ::stat(backups[0].c_str(), &status);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    EXPECT_EQ(Database(backups[0]).text("SELECT value FROM one"), "old");
}

TEST_F(RegistryTest, AMigrationThatFailsChangesNothing) {
    { Registry registry(path_, std::span(migrations).first(1)); }
    EXPECT_NE(message_of([&] { Registry registry(path_, failing_migrations); }), "");
    EXPECT_EQ(Database(path_).number("PRAGMA user_version"), 1);
    EXPECT_EQ(Database(path_).text("SELECT value FROM one"), "old");
}

TEST_F(RegistryTest, WhatIsNoRegistryIsRefusedAndLeftAlone) {
    const std::string text(5000, 'x');
    std::ofstream(path_) << text;
    EXPECT_THAT(message_of([&] { Registry registry(path_); }), HasSubstr("is damaged"));
    std::ifstream file(path_);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), text);

    const auto other = folder_ / "other.sqlite";
    Database(other).execute("CREATE TABLE bookmarks (url)");
    EXPECT_THAT(message_of([&] { Registry registry(other); }), HasSubstr("no registry of Offhook"));
}

TEST_F(RegistryTest, ADamagedPageIsFoundWhenItIsOpened) {
    {
        Registry registry(path_);
        for (std::uint32_t i = 1; i < 200; ++i)
            registry.add(provider(i, "p" + std::to_string(i), {{"key", std::string(200, 'v')}}), 0);
    }
    ASSERT_FALSE(std::filesystem::exists(path_ + "-wal"));
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    for (int page = 4; page < 40; ++page) file.seekp(page * 4096 + 8) << std::string(64, '\xA5');
    file.close();
    EXPECT_THAT(message_of([&] { Registry registry(path_); }), HasSubstr("is damaged"));
}

TEST_F(RegistryTest, AFolderThatIsNotThereIsNamed) {
    EXPECT_THAT(message_of([&] { Registry registry(folder_ / "missing/registry.sqlite"); }),
                HasSubstr("missing/registry.sqlite"));
}

// A limit on the size of files does what a full disk does: a write fails half way.
TEST_F(RegistryTest, AFullDiskLosesNothing) {
    std::signal(SIGXFSZ, SIG_IGN);
    Registry registry(path_);
    registry.add(provider(1, "sip", {{"a", "1"}}), 0);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit full{.rlim_cur = 64 * 1024, .rlim_max = before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &full);
    const auto message = message_of([&] {
        registry.set_pending(1, {{"a", std::string(1'000'000, 'x')}}, 0);
    });
    ::setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_THAT(message, HasSubstr("Nothing was changed"));
    EXPECT_FALSE(registry.providers()[0].pending);
    registry.set_pending(1, {{"a", "2"}}, 0);
    EXPECT_EQ(Registry(path_).providers()[0].pending, (Settings{{"a", "2"}}));
}

// Writes round after round of settings that belong together, and says after each that it is committed.
[[noreturn]] void write_for_ever(const std::string& path, int acknowledge) {
    Registry registry(path);
    for (std::uint32_t round = 1;; ++round) {
        const auto value = std::to_string(round);
        registry.set_pending(1, {{"a", value}, {"b", value}, {"c", value}}, 0);
        registry.activate(1);
        if (::write(acknowledge, &round, sizeof round) != sizeof round) ::_exit(1);
    }
}

TEST_F(RegistryTest, AWriterThatIsKilledLeavesTheOldStateOrTheNewOne) {
    Registry(path_).add(provider(1, "sip", {{"a", "0"}, {"b", "0"}, {"c", "0"}}), 0);
    std::mt19937 random(20240501);
    for (int i = 0; i < 25; ++i) {
        int pipe[2];
        ASSERT_EQ(::pipe(pipe), 0);
        offhook::wire::UniqueFd from(pipe[0]), to(pipe[1]);
        const auto child = ::fork();
        if (child == 0) write_for_ever(path_, to.get());
        to.reset();
        std::uint32_t round = 0;
        // Killed after a number of rounds, and then at any point of the next one.
        using Clock = std::chrono::steady_clock;
        auto begin = Clock::now(), end = begin;
        for (auto rounds = 2 + random() % 10; rounds > 0; --rounds) {
            begin = std::exchange(end, Clock::now());
            ASSERT_EQ(::read(from.get(), &round, sizeof round), static_cast<ssize_t>(sizeof round));
        }
        const auto length = (Clock::now() - begin) / 2;
        for (const auto when = Clock::now() + length * static_cast<int>(random() % 100) / 100;
             Clock::now() < when;)
            continue;
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        while (::read(from.get(), &round, sizeof round) == sizeof round)
            continue; // what it acknowledged until the end

        const auto after = Registry(path_).providers().at(0);
        const auto& a = after.active.at("a");
        EXPECT_EQ(after.active, (Settings{{"a", a}, {"b", a}, {"c", a}}));
        const auto active = std::stoul(a);
        EXPECT_TRUE(active == round || active == round + 1) << active << " after " << round;
        if (after.pending) {
            const auto& p = after.pending->at("a");
            EXPECT_EQ(*after.pending, (Settings{{"a", p}, {"b", p}, {"c", p}}));
            EXPECT_EQ(std::stoul(p), active + 1);
        }
    }
}

TEST(Masked, HidesPasswordsAndSecretsOnly) {
    const Settings settings{
        {"account.1.password", "x"}, {"token.secret", "x"}, {"password", "x"}, {"user", "alice"}};
    for (const auto& [key, value] : masked(settings))
        EXPECT_EQ(value, key == "user" ? "alice" : "********") << key;
}

} // namespace
