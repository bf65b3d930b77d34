// SPDX-License-Identifier: Apache-2.0
//
// R005: the service is started when it is needed and not running.
#include "program.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

namespace offhook::client_test {
namespace {

constexpr LONG answered = LINEERR_OPERATIONUNAVAIL; // by the service that was started

class Start : public testing::Test {
  protected:
    void SetUp() override {
        char folder[] = "/tmp/offhook-start-XXXXXX";
        ASSERT_NE(::mkdtemp(folder), nullptr);
        folder_ = folder;
        ::unsetenv("OFFHOOK_SOCKET");
        ::unsetenv("OFFHOOK_START");
        ::setenv("XDG_RUNTIME_DIR", folder, 1);
        ::setenv("OFFHOOK_DAEMON", FAKE_OFFHOOKD, 1);
    }
    void TearDown() override {
        std::filesystem::remove_all(folder_);
        // What was started ends now; the next test finds nobody.
        ::setenv("OFFHOOK_START", "never", 1);
        while (list() == answered) {
        }
    }

    LONG list() const {
        LINEPROVIDERLIST list{};
        list.dwTotalSize = sizeof list;
        return lineGetProviderListA(0x20002, &list);
    }

    std::filesystem::path folder_;
};

TEST_F(Start, R005_AServiceOfTheUsersOwnIsStarted) {
    EXPECT_EQ(list(), answered);
    EXPECT_TRUE(std::filesystem::exists(folder_ / "offhook/offhook.sock"));
    struct stat status {};
    ASSERT_EQ(::stat((folder_ / "offhook").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0700u);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "the service is no child of the application";
}

TEST_F(Start, OnlyIfItIsAllowed) {
    ::setenv("OFFHOOK_START", "never", 1);
    EXPECT_EQ(list(), LINEERR_SERVICE_NOT_RUNNING);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "offhook"));
}

TEST_F(Start, NotInAFolderThatOthersCanWriteTo) {
    std::filesystem::create_directory(folder_ / "offhook");
    std::filesystem::permissions(folder_ / "offhook", std::filesystem::perms::all);
    EXPECT_EQ(list(), LINEERR_SERVICE_NOT_RUNNING);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "offhook/offhook.sock"));
}

TEST_F(Start, AServiceThatEndsAtOnceIsNotWaitedFor) {
    ::setenv("FAKE_OFFHOOKD_FAILS", "1", 1);
    EXPECT_EQ(list(), LINEERR_SERVICE_NOT_RUNNING);
    ::unsetenv("FAKE_OFFHOOKD_FAILS");
    ::setenv("OFFHOOK_DAEMON", "/nonexistent/offhookd", 1);
    EXPECT_EQ(list(), LINEERR_SERVICE_NOT_RUNNING);
}

TEST_F(Start, AnAddressThatCannotBeUnderstoodIsAnError) {
    for (const char* address : {"offhook.sock", "tcp:127.0.0.1:", "tcp:127.0.0.1:99999", "tcp:127.0.0.1:1"}) {
        ::setenv("OFFHOOK_SOCKET", address, 1);
        EXPECT_EQ(list(), LINEERR_INVALPARAM) << address;
    }
    ::setenv("OFFHOOK_SOCKET", ("/" + std::string(200, 'x')).c_str(), 1);
    EXPECT_EQ(list(), LINEERR_INVALPARAM);
}

} // namespace
} // namespace offhook::client_test
