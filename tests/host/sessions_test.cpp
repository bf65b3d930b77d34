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

void begin(HostProcess& host) {
    ASSERT_EQ(host.result_of(Inputs(Tspi::providerInit).number("dwTSPIVersion", 0x20002), 0), 0);
    ASSERT_EQ(host.result_of(Inputs(Tspi::lineOpen).number("htLine", 0x51)), 0);
}
LONG close_line(HostProcess& host) { return host.result_of(Inputs(Tspi::lineClose)); }
void shut_down(HostProcess& host) { ASSERT_EQ(host.result_of(Inputs(Tspi::providerShutdown), 0), 0); }

// What is kept of a session in which TSPI_lineClose takes an action.
wire::HostRetained kept_by(const std::string& action) {
    HostProcess host(unruly({{"TSPI_lineClose", action}}));
    EXPECT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    EXPECT_EQ(close_line(host), 0);
    shut_down(host);
    const auto retained = host.next_session(unruly());
    EXPECT_TRUE(retained);
    return retained.value_or(wire::HostRetained{});
}

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

void expect_fault(HostProcess& host, std::string_view reason) {
    const auto goodbye = host.next(wire::FrameKind::goodbye);
    ASSERT_TRUE(goodbye);
    EXPECT_NE(goodbye->text().find(reason), std::string::npos) << goodbye->text();
    const auto status = host.wait_for_exit();
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 1) << status;
}

TEST(HostSessions, R001_AThreadThatStillRunsIsFound) {
    const auto retained = faults(kept_by("keep_thread"));
    EXPECT_EQ(kinds(retained), std::vector{RetainedKind::thread});
    EXPECT_TRUE(names(retained, RetainedKind::thread, "(offhook-host)"));
}
TEST(HostSessions, R001_ADescriptorThatIsLeftOpenIsFound) {
    const auto retained = faults(kept_by("keep_descriptor"));
    EXPECT_EQ(kinds(retained), std::vector{RetainedKind::descriptor});
    EXPECT_TRUE(names(retained, RetainedKind::descriptor, "(/dev/null)"));
}
TEST(HostSessions, R001_TimersThatAreLeftAreFound) {
    const auto retained = faults(kept_by("keep_timer keep_interval"));
    EXPECT_EQ(kinds(retained), (std::vector{RetainedKind::timer, RetainedKind::timer}));
    EXPECT_TRUE(names(retained, RetainedKind::timer, "ITIMER_VIRTUAL"));
    EXPECT_TRUE(names(retained, RetainedKind::timer, "of timer_create"));
}
TEST(HostSessions, R001_StaticDataThatChangedIsNamed) {
    const auto retained = kept_by("keep_count");
    EXPECT_TRUE(names(retained, RetainedKind::static_data, "sessions_so_far"));
    EXPECT_TRUE(faults(retained).things.empty());
    EXPECT_FALSE(names(kept_by(""), RetainedKind::static_data, "sessions_so_far"));
}

TEST(HostSessions, R001_MemoryThatGrowsFromSessionToSessionIsFound) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's allocator counts otherwise";
#endif
    const auto leaking = unruly({{"TSPI_lineClose", "keep_memory"}});
    HostProcess host(leaking);
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    std::vector<bool> grown;
    for (int session = 0; session < 3; ++session) {
        begin(host);
        ASSERT_EQ(close_line(host), 0);
        shut_down(host);
        const auto retained = host.next_session(leaking);
        ASSERT_TRUE(retained);
        grown.push_back(names(*retained, RetainedKind::heap, "KiB more"));
    }
    EXPECT_EQ(grown, (std::vector{false, true, true})); // the first may have filled caches
}

TEST(HostSessions, R001_WhatWasReportedOnceIsNotReportedAgain) {
    HostProcess host(unruly({{"TSPI_lineClose", "keep_thread keep_descriptor keep_count"}}));
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    ASSERT_EQ(close_line(host), 0);
    shut_down(host);
    ASSERT_FALSE(host.next_session(unruly()).value().things.empty());
    begin(host);
    shut_down(host);
    const auto retained = host.next_session(unruly());
    ASSERT_TRUE(retained);
    EXPECT_TRUE(faults(*retained).things.empty());
    EXPECT_FALSE(names(*retained, RetainedKind::static_data, "sessions_so_far"));
}

TEST(HostSessions, R001_AProviderThatKeepsNothingIsClean) {
    HostProcess host(hello_for(ECHO_PROVIDER));
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    for (int session = 0; session < 10; ++session) {
        begin(host);
        shut_down(host);
        const auto retained = host.next_session(hello_for(ECHO_PROVIDER));
        ASSERT_TRUE(retained);
        for (const auto& [kind, name] : retained->things)
            ADD_FAILURE() << session << ": " << wire::row(kind).what << ": " << name;
    }
}

// ---- Nothing of one session is visible in the next

TEST(HostSessions, R001_R003_EachSessionHasItsOwnConfiguration) {
    HostProcess host(unruly({{"TSPI_lineClose", "read_configuration"}, {"only", "first"}}));
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    ASSERT_EQ(close_line(host), 0);
    EXPECT_TRUE(log_line(host, "only=first;"));
    shut_down(host);
    host.passed.clear();
    ASSERT_TRUE(host.next_session(unruly({{"TSPI_lineClose", "read_configuration"}, {"other", "second"}})));
    begin(host);
    ASSERT_EQ(close_line(host), 0);
    EXPECT_TRUE(log_line(host, "configuration TSPI_lineClose=read_configuration;other=second;"));
}

TEST(HostSessions, R001_R072_HandlesOfOneSessionAreNotUsedInTheNext) {
    const auto announcing = unruly({{"TSPI_lineClose", "new_call"}});
    HostProcess host(announcing);
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    host.grant(std::array<std::uint32_t, 2>{0x77, 0x78});
    ASSERT_EQ(close_line(host), 0);
    EXPECT_TRUE(log_line(host, "new call 119"));
    shut_down(host);
    ASSERT_TRUE(host.next_session(announcing));
    begin(host);
    ASSERT_EQ(close_line(host), 0);
    EXPECT_TRUE(log_line(host, "new call 0"));
}

TEST(HostSessions, R001_ARequestOfTheSessionBeforeIsUnknown) {
    HostProcess host(unruly());
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    EXPECT_EQ(host.result_of(Inputs(Tspi::lineMakeCall).number("dwRequestID", 4711)), 4711);
    shut_down(host);
    ASSERT_TRUE(host.next_session(unruly({{"TSPI_lineClose", "complete_other"}})));
    begin(host);
    host.call(Inputs(Tspi::lineClose));
    const auto completion = host.next(wire::FrameKind::completion);
    ASSERT_TRUE(completion);
    EXPECT_EQ(completion->header.correlation, 4711u);
    EXPECT_EQ(completion->header.function, 0xFFFF);
}

// Even when a request of the new session has the same number.
TEST(HostSessions, R001_R002_ALateCompletionOfTheSessionBeforeIsRefused) {
    const auto keeping = unruly({{"TSPI_lineClose", "keep_completion"}});
    HostProcess host(keeping);
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    ASSERT_EQ(close_line(host), 0);
    shut_down(host);
    ASSERT_TRUE(host.next_session(unruly({{"TSPI_linePark", "complete_by_kept"}})));
    begin(host);
    host.call(Inputs(Tspi::linePark).number("dwRequestID", 6).number("lpNonDirAddress", 100));
    host.passed.clear();
    expect_fault(host, "R002: a completion came after TSPI_providerShutdown");
    for (const auto& frame : host.passed) EXPECT_NE(frame.header.kind, wire::FrameKind::completion);
}

TEST(HostSessions, R002_AnEventAfterTheShutdownIsAFault) {
    HostProcess host(unruly({{"TSPI_lineClose", "events_without_end"}}));
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    ASSERT_EQ(close_line(host), 0);
    ASSERT_TRUE(host.next(wire::FrameKind::event));
    host.call(Inputs(Tspi::providerShutdown), 0);
    expect_fault(host, "R002: an event came after TSPI_providerShutdown");
}

// ---- What is no next session

TEST(HostSessions, R002_AHelloWhileASessionRunsIsAFault) {
    HostProcess host(unruly());
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    host.hello(unruly());
    expect_fault(host, "a hello while a session still runs");
}

TEST(HostSessions, AHelloForAnotherLibraryOrModeIsAFault) {
    auto another_library = hello_for(ECHO_PROVIDER), other_needs = unruly(), other_mode = unruly(),
         other_provider = unruly();
    other_needs.needs = "network";
    other_mode.mode = wire::HostMode::change;
    ++other_provider.provider;
    for (const auto& [hello, reason] : {std::pair{another_library, "another provider, library or needs"},
                                        std::pair{other_needs, "another provider, library or needs"},
                                        std::pair{other_provider, "another provider, library or needs"},
                                        std::pair{other_mode, "another mode"}}) {
        HostProcess host(unruly());
        ASSERT_TRUE(host.next(wire::FrameKind::welcome));
        begin(host);
        shut_down(host);
        host.hello(hello);
        expect_fault(host, reason);
    }
}

TEST(HostSessions, ALoadHasSoManySessionsAndNoMore) {
    HostProcess host(unruly());
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    for (std::size_t session = 1; session < wire::max_sessions_per_load; ++session) {
        begin(host);
        shut_down(host);
        const auto retained = host.next_session(unruly());
        ASSERT_TRUE(retained) << session;
        EXPECT_TRUE(faults(*retained).things.empty()) << session;
    }
    begin(host);
    shut_down(host);
    host.hello(unruly());
    expect_fault(host, "at most 64 sessions");
}

// ---- The end

TEST(HostSessions, ACallThatHangsOverTheShutdownKeepsTheNextSessionFromBeginning) {
    HostProcess host(unruly({{"TSPI_lineClose", "hang"}}));
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    host.call(Inputs(Tspi::lineClose));
    ASSERT_TRUE(log_line(host, "hanging"));
    shut_down(host);
    host.hello(unruly());
    expect_fault(host, "a call of the session before has not returned");
}

TEST(HostSessions, TheServicesEndIsSeenWhileTheNextSessionHangsInItsAttach) {
    HostProcess host(unruly());
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    shut_down(host);
    host.hello(unruly({{"OFFHOOK_providerAttach", "hang"}}));
    ASSERT_TRUE(log_line(host, "hanging"));
    host.leave();
    EXPECT_EQ(host.wait_for_exit(std::chrono::seconds(5)), 0);
}

TEST(HostSessions, R007_EndOfFileInTheSecondSessionShutsItDown) {
    HostProcess host(unruly());
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    shut_down(host);
    ASSERT_TRUE(host.next_session(unruly()));
    begin(host);
    host.passed.clear();
    host.leave();
    EXPECT_TRUE(log_line(host, "shut down"));
    EXPECT_EQ(host.wait_for_exit(), 0);
}

TEST(HostSessions, EndOfFileBetweenTwoSessionsEndsTheHost) {
    HostProcess host(unruly());
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    shut_down(host);
    host.passed.clear();
    host.leave();
    EXPECT_FALSE(log_line(host, "shut down"));
    EXPECT_EQ(host.wait_for_exit(), 0);
}

TEST(HostSessions, AKillInTheSecondSessionEndsIt) {
    HostProcess host(unruly());
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    begin(host);
    shut_down(host);
    ASSERT_TRUE(host.next_session(unruly()));
    begin(host);
    ::kill(host.pid(), SIGKILL);
    EXPECT_FALSE(host.next());
    const auto status = host.wait_for_exit();
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
}

} // namespace
} // namespace offhook::host
