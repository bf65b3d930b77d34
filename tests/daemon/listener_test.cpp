// SPDX-License-Identifier: Apache-2.0
#include "daemon/listener.h"

#include "client.h"
#include "daemon/token.h"
#include "temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/stat.h>

#include <fstream>

namespace {

using namespace offhook;
using namespace offhook::daemon;
using test::message_of;
using testing::HasSubstr;

class EndpointTest : public testing::Test {
  protected:
    test::TemporaryFolder folder_;
    std::string path_ = folder_ / "socket";
};

TEST_F(EndpointTest, TheSocketHasTheRightsThatWereAskedFor) {
    for (const mode_t mode : {0600u, 0660u, 0666u}) {
        const UnixEndpoint endpoint(path_, mode, "");
        struct stat status {};
        ASSERT_EQ(::stat(path_.c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777, mode);
    }
    EXPECT_FALSE(std::filesystem::exists(path_));
    EXPECT_THAT(message_of([&] { UnixEndpoint(path_, 0660, "no-such-group"); }), HasSubstr("no-such-group"));
}

TEST_F(EndpointTest, ASocketThatNobodyListensOnIsReplaced) {
    {
        const wire::UniqueFd stale(::socket(AF_UNIX, SOCK_STREAM, 0));
        sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
        std::strcpy(address.sun_path, path_.c_str());
        ASSERT_EQ(::bind(stale.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    }
    const UnixEndpoint endpoint(path_, 0600, "");
    EXPECT_TRUE(test::connect_unix(path_));
}

TEST_F(EndpointTest, WhatIsInUseOrNoSocketIsLeftAlone) {
    {
        const wire::UniqueFd other(::socket(AF_UNIX, SOCK_STREAM, 0));
        sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
        std::strcpy(address.sun_path, path_.c_str());
        ASSERT_EQ(::bind(other.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        ASSERT_EQ(::listen(other.get(), 1), 0);
        EXPECT_THAT(message_of([&] { UnixEndpoint(path_, 0600, ""); }), HasSubstr("another program listens"));
        EXPECT_TRUE(test::connect_unix(path_));
    }
    const auto file = folder_ / "file";
    std::ofstream(file) << "precious";
    EXPECT_THAT(message_of([&] { UnixEndpoint(file, 0600, ""); }), HasSubstr("is no socket"));
    EXPECT_TRUE(std::filesystem::is_regular_file(file));
    EXPECT_THAT(message_of([&] { UnixEndpoint(std::string(200, 'x'), 0600, ""); }), HasSubstr("characters"));
}

// With no descriptor left, a connection is refused instead of waking the loop for ever; afterwards it goes
// on.
TEST_F(EndpointTest, RunningOutOfDescriptorsRefusesConnectionsAndNothingElse) {
    EventLoop loop;
    UnixEndpoint endpoint(path_, 0600, "");
    std::vector<wire::UniqueFd> accepted;
    const Listener listener(loop, endpoint.take_socket(),
                            [&](wire::UniqueFd fd) { accepted.push_back(std::move(fd)); });
    const auto waiting = test::connect_unix(path_);
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{.rlim_cur = static_cast<rlim_t>(::dup(0)), .rlim_max = before.rlim_max};
    ::close(static_cast<int>(none.rlim_cur));
    ::setrlimit(RLIMIT_NOFILE, &none);
    loop.run_once();
    ::setrlimit(RLIMIT_NOFILE, &before);
    EXPECT_TRUE(accepted.empty());
    char byte = 0;
    EXPECT_EQ(::read(waiting.get(), &byte, 1), 0); // refused
    const auto next = test::connect_unix(path_);
    while (accepted.empty()) loop.run_once();
    EXPECT_EQ(accepted.size(), 1u);
}

TEST(Peer, AdministratorsAreRootTheServicesUserAndTheGroup) {
    const Peer stranger{.user = 4242, .process = 1, .groups = {100, 200}, .name = ""};
    EXPECT_FALSE(may_administer(stranger, {}));
    EXPECT_FALSE(may_administer(stranger, 300));
    EXPECT_TRUE(may_administer(stranger, 200));
    EXPECT_TRUE(may_administer({.user = 0, .process = 1, .groups = {}, .name = ""}, {}));
    EXPECT_TRUE(may_administer({.user = ::geteuid(), .process = 1, .groups = {}, .name = ""}, {}));
}

TEST(Peer, IsWhatTheKernelSays) {
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    const wire::UniqueFd left(ends[0]), right(ends[1]);
    const auto peer = peer_of(left.get());
    ASSERT_TRUE(peer);
    EXPECT_EQ(peer->user, ::geteuid());
    EXPECT_EQ(peer->process, ::getpid());
    EXPECT_THAT(peer->groups, testing::Contains(::getegid()));
    EXPECT_EQ(peer->name, "daemon_test");
}

class TokenTest : public testing::Test {
  protected:
    void write(const std::string& text, mode_t mode) {
        std::ofstream(folder_ / "alice") << text;
        ::chmod((folder_ / "alice").c_str(), mode);
    }
    std::string error() {
        return message_of([&] { UserTokens(folder_.path()); });
    }
    test::TemporaryFolder folder_;
};

TEST_F(TokenTest, ATokenStandsForTheOwnerOfItsFile) {
    write("0123456789abcdef00000000000000ff\n", 0640);
    if (::chown((folder_ / "alice").c_str(), 4242, static_cast<gid_t>(-1)) != 0) GTEST_SKIP() << "needs root";
    const UserTokens tokens(folder_.path());
    EXPECT_EQ(tokens.user({0x0123456789abcdef, 0xff}), 4242u);
    EXPECT_FALSE(tokens.user({0x0123456789abcdef, 0xfe}));
    EXPECT_FALSE(tokens.user({}));
}

TEST_F(TokenTest, WhatOthersCouldReadOrWriteIsRefused) {
    write("0123456789abcdef00000000000000ff\n", 0644);
    EXPECT_THAT(error(), HasSubstr("accessible to everybody"));
    write("0123456789abcdef\n", 0600);
    EXPECT_THAT(error(), HasSubstr("32 hexadecimal digits"));
    write("", 0600);
    EXPECT_THAT(error(), HasSubstr("32 hexadecimal digits"));
    write("0123456789abcdef00000000000000ff\n", 0600);
    EXPECT_EQ(error(), "");
    ::chmod(folder_.path().c_str(), 0777);
    EXPECT_THAT(error(), HasSubstr("nobody else may write"));
}

} // namespace
