// SPDX-License-Identifier: Apache-2.0
#include "daemon/host_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <csignal>
#include <filesystem>
#include <fstream>

namespace {

using namespace offhook;
using namespace offhook::daemon;
using testing::HasSubstr;

class HostProcessTest : public testing::Test, public HostProcess::Owner {
  protected:
    void host_welcomed(std::span<const std::byte> exported) override {
        exported_ = exported.size();
        if (at_welcome_) at_welcome_();
    }
    bool host_frame_arrived(const wire::Frame&, std::string&) override { return true; }
    void host_logged(std::uint32_t, std::string_view line) override { log_ += line; }
    void host_ended(const std::string& reason) override {
        EXPECT_EQ(reason_, "") << "told twice";
        reason_ = reason;
        host_.reset();
        loop_.stop();
    }

    void start(const std::string& behaviour, std::string program = OFFHOOK_FAKE_HOST) {
        limits_.program = std::move(program);
        host_.emplace(loop_, limits_,
                      wire::HostHello{.library = "/fake/" + behaviour, .needs = {}, .configuration = {}},
                      *this);
    }
    // How it ended.
    const std::string& reason_for(const std::string& behaviour) {
        start(behaviour);
        loop_.run();
        return reason_;
    }

    EventLoop loop_;
    HostLimits limits_{.program = {}, .welcome_ms = 10'000, .exit_ms = 10'000};
    std::optional<HostProcess> host_;
    std::function<void()> at_welcome_;
    std::size_t exported_ = 0;
    std::string reason_, log_;
};

TEST_F(HostProcessTest, IsWelcomedAndEndsInOrder) {
    at_welcome_ = [this] { host_->end_orderly(); };
    EXPECT_EQ(reason_for("talks-at-the-end"), "the host exited with status 0");
    EXPECT_EQ(exported_, 122u);
    EXPECT_EQ(log_, "good night");
}

TEST_F(HostProcessTest, TheReasonOfItsDeathIsReported) {
    EXPECT_EQ(reason_for("exits"), "the host exited with status 42");
}
TEST_F(HostProcessTest, TheSignalThatEndedItIsNamed) {
    EXPECT_THAT(reason_for("aborts"), testing::StartsWith("the host was ended by SIGABRT"));
}
TEST_F(HostProcessTest, WhatItSaysAtTheEndComesFirst) {
    EXPECT_EQ(reason_for("says-why"), "the library is made for a clarinet (the host exited with status 1)");
}
TEST_F(HostProcessTest, AllThatItSaidBeforeItEndedIsHeard) {
    start("talks-a-lot");
    loop_.run_once(); // the hello is sent
    // The loop looks again only when the process has ended.
    siginfo_t exit{};
    ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(host_->process()), &exit, WEXITED | WNOWAIT), 0);
    loop_.run();
    EXPECT_EQ(log_.size(), 90'000u);
}
TEST_F(HostProcessTest, OneThatSaysNoWelcomeIsKilled) {
    limits_.welcome_ms = 100;
    EXPECT_THAT(reason_for("silent"), HasSubstr("was not ready in 100 ms"));
    EXPECT_THAT(reason_, HasSubstr("SIGKILL"));
}
TEST_F(HostProcessTest, OneThatStaysIsKilled) {
    limits_.exit_ms = 100;
    at_welcome_ = [this] { host_->end_orderly(); };
    EXPECT_THAT(reason_for("stays"), HasSubstr("did not exit in 100 ms"));
}
TEST_F(HostProcessTest, OneThatBreaksTheFramingIsKilled) {
    EXPECT_THAT(reason_for("nonsense"), HasSubstr(describe(wire::FrameError::too_short)));
    EXPECT_THAT(reason_, HasSubstr("SIGKILL"));
}
TEST_F(HostProcessTest, OneThatSendsADescriptorIsKilled) {
    EXPECT_THAT(reason_for("sends-a-descriptor"), HasSubstr("descriptor"));
}
TEST_F(HostProcessTest, OneThatIsKilledFromOutsideIsReported) {
    at_welcome_ = [this] { ::kill(host_->process(), SIGKILL); };
    EXPECT_EQ(reason_for("stays"), "the host was ended by SIGKILL");
}
TEST_F(HostProcessTest, AProgramThatIsNotThereIsNamed) {
    start("", "/no/such/offhook-host");
    loop_.run();
    EXPECT_THAT(reason_, HasSubstr("cannot start /no/such/offhook-host"));
}

TEST_F(HostProcessTest, ItHasNoEnvironmentAndNoDescriptorsButItsOwn) {
    ASSERT_EQ(::setenv("OFFHOOK_TEST", "secret", 1), 0);
    at_welcome_ = [this] {
        const auto proc = "/proc/" + std::to_string(host_->process());
        std::ifstream environment(proc + "/environ");
        EXPECT_EQ(std::string(std::istreambuf_iterator<char>(environment), {}), "");
        for (const auto& fd : std::filesystem::directory_iterator(proc + "/fd"))
            EXPECT_LE(std::stoi(fd.path().filename()), 3) << std::filesystem::read_symlink(fd.path());
        EXPECT_EQ(::getpgid(host_->process()), host_->process());
        host_->kill("enough");
    };
    reason_for("stays");
}

// The service is killed: its host sees end of file and ends, so that none is left behind.
TEST_F(HostProcessTest, NoHostSurvivesAServiceThatIsKilled) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const auto service = ::fork();
    if (service == 0) {
        at_welcome_ = [&] {
            const auto process = host_->process();
            if (::write(pipe[1], &process, sizeof process) != sizeof process) ::_exit(1);
        };
        EventLoop loop;
        limits_.program = OFFHOOK_FAKE_HOST;
        host_.emplace(loop, limits_,
                      wire::HostHello{.library = "/fake/plain", .needs = {}, .configuration = {}}, *this);
        loop.run();
        ::_exit(0);
    }
    pid_t host = 0;
    ASSERT_EQ(::read(pipe[0], &host, sizeof host), static_cast<ssize_t>(sizeof host));
    const wire::UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, host, 0)));
    ASSERT_TRUE(pidfd);
    ::kill(service, SIGKILL);
    ::waitpid(service, nullptr, 0);
    pollfd ended{.fd = pidfd.get(), .events = POLLIN, .revents = 0};
    EXPECT_EQ(::poll(&ended, 1, 10'000), 1) << "the host is still there";
    ::close(pipe[0]);
    ::close(pipe[1]);
}

} // namespace
