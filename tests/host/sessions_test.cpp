// SPDX-License-Identifier: Apache-2.0
//
// Several sessions in one load of a library: what a provider keeps is found, and nothing of one session is
// visible in the next.
#include "tests/host/host_process.h"

#include "wire/events.h"

#include <gtest/gtest.h>

#include <sys/wait.h>

#include <algorithm>
#include <csignal>

namespace offhook::host {
namespace {

using abi::Tspi;
using wire::RetainedKind;
using Configuration = std::map<std::string, std::string>;

wire::HostHello unruly(Configuration configuration = {}) {
    return hello_for(UNRULY_PROVIDER, std::move(configuration));
}

// A load with one session after the other; in each the provider is initialised and has a line open.
class HostSessions : public testing::Test {
  protected:
    HostProcess& first_session(const wire::HostHello& hello = unruly()) {
        host_.emplace(hello);
        EXPECT_TRUE(host_->next(wire::FrameKind::welcome));
        begin();
        return *host_;
    }
    // What was kept of the session that ends.
    wire::HostRetained next_session(const wire::HostHello& hello = unruly()) {
        shut_down();
        const auto retained = host_->next_session(hello);
        EXPECT_TRUE(retained);
        begin();
        return retained.value_or(wire::HostRetained{});
    }
    HostProcess& second_session() {
        HostProcess& host = first_session();
        next_session();
        return host;
    }
    void shut_down() { ASSERT_EQ(host_->result_of(Inputs(Tspi::providerShutdown), 0), 0); }
    LONG close_line() { return host_->result_of(Inputs(Tspi::lineClose)); }

    // What is kept of a session in which TSPI_lineClose takes an action.
    wire::HostRetained kept_by(const std::string& action) {
        first_session(unruly({{"TSPI_lineClose", action}}));
        EXPECT_EQ(close_line(), 0);
        return next_session();
    }

  private:
    void begin() {
        ASSERT_EQ(host_->result_of(Inputs(Tspi::providerInit).number("dwTSPIVersion", 0x20002), 0), 0);
        ASSERT_EQ(host_->result_of(Inputs(Tspi::lineOpen).number("htLine", 0x51)), 0);
    }

    std::optional<HostProcess> host_;
};

std::vector<RetainedKind> kinds(const wire::HostRetained& retained) {
    std::vector<RetainedKind> found;
    for (const auto& [kind, name] : retained.things) found.push_back(kind);
    return found;
}

// The unruly provider keeps a few pointers by its nature: hints.
wire::HostRetained faults(wire::HostRetained retained) {
    std::erase_if(retained.things, [](const wire::RetainedThing& thing) {
        return wire::row(thing.kind).weight == wire::RetainedWeight::hint;
    });
    return retained;
}

bool names(const wire::HostRetained& retained, RetainedKind kind, std::string_view part) {
    return std::ranges::any_of(retained.things, [&](const wire::RetainedThing& thing) {
        return thing.kind == kind && thing.name.find(part) != std::string::npos;
    });
}

TEST_F(HostSessions, R001_AThreadThatStillRunsIsFound) {
    const auto retained = faults(kept_by("keep_thread"));
    EXPECT_EQ(kinds(retained), std::vector{RetainedKind::thread});
    EXPECT_TRUE(names(retained, RetainedKind::thread, "(offhook-host)"));
}
TEST_F(HostSessions, R001_ADescriptorThatIsLeftOpenIsFound) {
    const auto retained = faults(kept_by("keep_descriptor"));
    EXPECT_EQ(kinds(retained), std::vector{RetainedKind::descriptor});
    EXPECT_TRUE(names(retained, RetainedKind::descriptor, "(/dev/null)"));
}
TEST_F(HostSessions, R001_TimersThatAreLeftAreFound) {
    const auto retained = faults(kept_by("keep_timer keep_interval"));
    EXPECT_EQ(kinds(retained), (std::vector{RetainedKind::timer, RetainedKind::timer}));
    EXPECT_TRUE(names(retained, RetainedKind::timer, "ITIMER_VIRTUAL"));
    EXPECT_TRUE(names(retained, RetainedKind::timer, "of timer_create"));
}
TEST_F(HostSessions, R001_StaticDataThatChangedIsNamed) {
    const auto retained = kept_by("keep_count");
    EXPECT_TRUE(names(retained, RetainedKind::static_data, "sessions_so_far"));
    EXPECT_TRUE(faults(retained).things.empty());
    EXPECT_FALSE(names(kept_by(""), RetainedKind::static_data, "sessions_so_far"));
}

TEST_F(HostSessions, R001_MemoryThatGrowsFromSessionToSessionIsFound) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's allocator counts otherwise";
#endif
    const auto leaking = unruly({{"TSPI_lineClose", "keep_memory"}});
    first_session(leaking);
    std::vector<bool> grown;
    for (int session = 0; session < 3; ++session) {
        ASSERT_EQ(close_line(), 0);
        grown.push_back(names(next_session(leaking), RetainedKind::heap, "KiB more"));
    }
    EXPECT_EQ(grown, (std::vector{false, true, true})); // the first may have filled caches
}

TEST_F(HostSessions, R001_WhatWasReportedOnceIsNotReportedAgain) {
    ASSERT_FALSE(kept_by("keep_thread keep_descriptor keep_count").things.empty());
    const auto retained = next_session();
    EXPECT_TRUE(faults(retained).things.empty());
    EXPECT_FALSE(names(retained, RetainedKind::static_data, "sessions_so_far"));
}

TEST_F(HostSessions, R001_AProviderThatKeepsNothingIsClean) {
    first_session(hello_for(ECHO_PROVIDER));
    for (int session = 0; session < 10; ++session) {
        const auto retained = next_session(hello_for(ECHO_PROVIDER));
        for (const auto& [kind, name] : retained.things)
            ADD_FAILURE() << session << ": " << wire::row(kind).what << ": " << name;
    }
}

// ---- Nothing of one session is visible in the next

TEST_F(HostSessions, R001_R003_EachSessionHasItsOwnConfiguration) {
    HostProcess& host = first_session(unruly({{"TSPI_lineClose", "read_configuration"}, {"only", "first"}}));
    ASSERT_EQ(close_line(), 0);
    EXPECT_TRUE(log_line(host, "only=first;"));
    host.passed.clear();
    next_session(unruly({{"TSPI_lineClose", "read_configuration"}, {"other", "second"}}));
    ASSERT_EQ(close_line(), 0);
    EXPECT_TRUE(log_line(host, "configuration TSPI_lineClose=read_configuration;other=second;"));
}

TEST_F(HostSessions, R001_R072_HandlesOfOneSessionAreNotUsedInTheNext) {
    const auto announcing = unruly({{"TSPI_lineClose", "new_call"}});
    HostProcess& host = first_session(announcing);
    host.grant(std::array<std::uint32_t, 2>{0x77, 0x78});
    ASSERT_EQ(close_line(), 0);
    EXPECT_TRUE(log_line(host, "new call 119"));
    next_session(announcing);
    ASSERT_EQ(close_line(), 0);
    EXPECT_TRUE(log_line(host, "new call 0"));
}

TEST_F(HostSessions, R001_ARequestOfTheSessionBeforeIsUnknown) {
    HostProcess& host = first_session();
    EXPECT_EQ(host.result_of(Inputs(Tspi::lineMakeCall).number("dwRequestID", 4711)), 4711);
    next_session(unruly({{"TSPI_lineClose", "complete_other"}}));
    host.call(Inputs(Tspi::lineClose));
    const auto completion = host.next(wire::FrameKind::completion);
    ASSERT_TRUE(completion);
    EXPECT_EQ(completion->header.correlation, 4711u);
    EXPECT_EQ(completion->header.function, 0xFFFF);
}

// Even when a request of the new session has the same number.
TEST_F(HostSessions, R001_R002_ALateCompletionOfTheSessionBeforeIsRefused) {
    HostProcess& host = first_session(unruly({{"TSPI_lineClose", "keep_completion"}}));
    ASSERT_EQ(close_line(), 0);
    next_session(unruly({{"TSPI_linePark", "complete_by_kept"}}));
    host.call(Inputs(Tspi::linePark).number("dwRequestID", 6).number("lpNonDirAddress", 100));
    host.passed.clear();
    expect_fault(host, "R002: a completion came after TSPI_providerShutdown");
    for (const auto& frame : host.passed) EXPECT_NE(frame.header.kind, wire::FrameKind::completion);
}

TEST_F(HostSessions, R002_AnEventAfterTheShutdownIsAFault) {
    HostProcess& host = first_session(unruly({{"TSPI_lineClose", "events_without_end"}}));
    ASSERT_EQ(close_line(), 0);
    ASSERT_TRUE(host.next(wire::FrameKind::event));
    host.call(Inputs(Tspi::providerShutdown), 0);
    expect_fault(host, "R002: an event came after TSPI_providerShutdown");
}

// ---- What is no next session

TEST_F(HostSessions, R002_AHelloWhileASessionRunsIsAFault) {
    HostProcess& host = first_session();
    host.hello(unruly());
    expect_fault(host, "a hello while a session still runs");
}

TEST_F(HostSessions, AHelloForAnotherLibraryOrModeIsAFault) {
    auto another_library = hello_for(ECHO_PROVIDER), other_needs = unruly(), other_mode = unruly(),
         other_provider = unruly();
    other_needs.needs = "network";
    other_mode.mode = wire::HostMode::change;
    ++other_provider.provider;
    for (const auto& [hello, reason] : {std::pair{another_library, "another provider, library or needs"},
                                        std::pair{other_needs, "another provider, library or needs"},
                                        std::pair{other_provider, "another provider, library or needs"},
                                        std::pair{other_mode, "another mode"}}) {
        HostProcess& host = first_session();
        shut_down();
        host.hello(hello);
        expect_fault(host, reason);
    }
}

TEST_F(HostSessions, ALoadHasSoManySessionsAndNoMore) {
    HostProcess& host = first_session();
    for (std::size_t session = 1; session < wire::max_sessions_per_load; ++session)
        EXPECT_TRUE(faults(next_session()).things.empty()) << session;
    shut_down();
    host.hello(unruly());
    expect_fault(host, "at most 64 sessions");
}

// ---- The end

TEST_F(HostSessions, ACallThatHangsOverTheShutdownKeepsTheNextSessionFromBeginning) {
    HostProcess& host = first_session(unruly({{"TSPI_lineClose", "hang"}}));
    host.call(Inputs(Tspi::lineClose));
    ASSERT_TRUE(log_line(host, "hanging"));
    shut_down();
    host.hello(unruly());
    expect_fault(host, "a call of the session before has not returned");
}

TEST_F(HostSessions, TheServicesEndIsSeenWhileTheNextSessionHangsInItsAttach) {
    HostProcess& host = first_session();
    shut_down();
    host.hello(unruly({{"OFFHOOK_providerAttach", "hang"}}));
    ASSERT_TRUE(log_line(host, "hanging"));
    host.leave();
    EXPECT_EQ(host.wait_for_exit(std::chrono::seconds(5)), 0);
}

TEST_F(HostSessions, R007_EndOfFileInTheSecondSessionShutsItDown) {
    HostProcess& host = second_session();
    host.passed.clear();
    host.leave();
    EXPECT_TRUE(log_line(host, "shut down"));
    EXPECT_EQ(host.wait_for_exit(), 0);
}

TEST_F(HostSessions, EndOfFileBetweenTwoSessionsEndsTheHost) {
    HostProcess& host = first_session();
    shut_down();
    host.passed.clear();
    host.leave();
    EXPECT_FALSE(log_line(host, "shut down"));
    EXPECT_EQ(host.wait_for_exit(), 0);
}

TEST_F(HostSessions, AKillInTheSecondSessionEndsIt) {
    HostProcess& host = second_session();
    ::kill(host.pid(), SIGKILL);
    EXPECT_FALSE(host.next());
    const auto status = host.wait_for_exit();
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
}

} // namespace
} // namespace offhook::host
