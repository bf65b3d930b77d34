// SPDX-License-Identifier: Apache-2.0
//
// What providers do, and must not do, in a real host: each ends in a clear and bounded way.
#include "tests/host/host_process.h"

#include "wire/dialog.h"
#include "wire/events.h"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace offhook::host {
namespace {

using abi::Tspi;
using Configuration = std::map<std::string, std::string>;

// A host whose provider is initialized and has line 1 open.
class Session {
  public:
    Session(const char* library, Configuration configuration, std::string needs = "")
        : host(hello(std::move(configuration), library, std::move(needs))) {
        EXPECT_TRUE(host.next(wire::FrameKind::welcome));
    }

    LONG initialize() {
        return host.result_of(
            Inputs(Tspi::providerInit).number("dwTSPIVersion", 0x20002).number("dwPermanentProviderID", 7),
            0);
    }
    LONG open() { return host.result_of(Inputs(Tspi::lineOpen).number("htLine", 0x51)); }
    void begin() {
        ASSERT_EQ(initialize(), 0);
        ASSERT_EQ(open(), 0);
    }

    HostProcess host;

  private:
    static wire::HostHello hello(Configuration configuration, const char* library, std::string needs) {
        auto hello = hello_for(library, std::move(configuration));
        hello.needs = std::move(needs);
        return hello;
    }
};

Inputs make_call(std::uint32_t request) {
    return std::move(Inputs(Tspi::lineMakeCall).number("dwRequestID", request));
}
Inputs get_caps(std::uint32_t total = 300) {
    return std::move(Inputs(Tspi::lineGetDevCaps).number("lpLineDevCaps", total));
}
Inputs park(std::uint32_t request) {
    return std::move(Inputs(Tspi::linePark).number("dwRequestID", request).number("lpNonDirAddress", 100));
}
Inputs close_line() { return Inputs(Tspi::lineClose); }
Inputs address_count() { return Inputs(Tspi::lineGetNumAddressIDs); }

bool killed_by(int status, int signal) {
    return status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == signal;
}

// ---- The end

TEST(Host, R007_EndOfFileShutsTheProviderDown) {
    Session session(UNRULY_PROVIDER, {});
    session.begin();
    session.host.leave();
    EXPECT_TRUE(log_line(session.host, "shut down 131074 7"));
    EXPECT_EQ(session.host.wait_for_exit(), 0);
}

TEST(Host, GoodbyeShutsTheProviderDown) {
    Session session(UNRULY_PROVIDER, {});
    session.begin();
    std::vector<std::byte> frame;
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::goodbye});
    to.utf8("enough");
    to.finish();
    session.host.send(frame);
    EXPECT_TRUE(log_line(session.host, "shut down"));
    EXPECT_EQ(session.host.wait_for_exit(), 0);
}

TEST(Host, R007_ShutdownIsNotOwedBeforeInit) {
    Session session(UNRULY_PROVIDER, {});
    session.host.leave();
    EXPECT_FALSE(log_line(session.host, "shut down"));
    EXPECT_EQ(session.host.wait_for_exit(), 0);
}

TEST(Host, R007_ShutdownIsNotOwedTwice) {
    Session session(UNRULY_PROVIDER, {});
    session.begin();
    EXPECT_EQ(session.host.result_of(Inputs(Tspi::providerShutdown), 0), 0);
    session.host.passed.clear();
    session.host.leave();
    EXPECT_FALSE(log_line(session.host, "shut down"));
    EXPECT_EQ(session.host.wait_for_exit(), 0);
}

TEST(Host, R007_ShutdownIsNotOwedAfterInitFailed) {
    Session session(UNRULY_PROVIDER, {{"TSPI_providerInit", "refuse"}});
    EXPECT_EQ(session.initialize(), static_cast<LONG>(LINEERR_RESOURCEUNAVAIL));
    session.host.leave();
    EXPECT_FALSE(log_line(session.host, "shut down"));
    EXPECT_EQ(session.host.wait_for_exit(), 0);
}

TEST(Host, ACallThatHangsDoesNotKeepTheProviderFromItsShutdown) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "hang"}});
    session.begin();
    session.host.call(close_line());
    ASSERT_TRUE(log_line(session.host, "hanging"));
    session.host.leave();
    EXPECT_TRUE(log_line(session.host, "shut down"));
    EXPECT_EQ(session.host.wait_for_exit(std::chrono::seconds(5)), 0);
}

TEST(Host, AProviderThatHangsInItsShutdownIsKilledInTime) {
    Session session(UNRULY_PROVIDER, {{"TSPI_providerShutdown", "hang"}});
    session.begin();
    session.host.leave();
    EXPECT_TRUE(killed_by(session.host.wait_for_exit(std::chrono::seconds(5)), SIGKILL));
}

TEST(Host, AProviderThatHangsInItsAttachIsKilledInTime) {
    HostProcess host(hello_for(UNRULY_PROVIDER, {{"OFFHOOK_providerAttach", "hang"}}));
    ASSERT_TRUE(log_line(host, "hanging"));
    host.leave();
    EXPECT_TRUE(killed_by(host.wait_for_exit(std::chrono::seconds(5)), SIGKILL));
}

TEST(Host, AProviderThatRefusesToAttachIsReported) {
    HostProcess host(hello_for(UNRULY_PROVIDER, {{"OFFHOOK_providerAttach", "refuse"}}));
    expect_fault(host, "OFFHOOK_providerAttach");
}

TEST(Host, SignalsThatAskToEndAreTheServicesBusiness) {
    Session session(UNRULY_PROVIDER, {});
    session.begin();
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::kill(session.host.pid(), signal);
    EXPECT_EQ(session.host.result_of(close_line()), 0);
}

TEST(Host, ACrashEndsTheProcess) {
    for (const auto& [action, signal] :
         {std::pair{"abort", SIGABRT}, {"touch_null", SIGSEGV}, {"throw", SIGABRT}}) {
        Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", action}});
        session.begin();
        session.host.call(close_line());
        EXPECT_FALSE(session.host.next(wire::FrameKind::result));
        const auto status = session.host.wait_for_exit();
        // A sanitizer turns the signal into its own exit.
        EXPECT_TRUE(killed_by(status, signal) || (WIFEXITED(status) && WEXITSTATUS(status) != 0))
            << action << status;
    }
}

TEST(Host, TheLastWordsBeforeAnAbortReachTheLog) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "fail_assertion"}});
    session.begin();
    session.host.call(close_line());
    EXPECT_TRUE(log_line(session.host, "assertion failed: about to abort"));
}

// ---- Outputs

TEST(Host, R030_WritingPastAStructureIsReported) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineGetDevCaps", "overrun"}});
    session.begin();
    session.host.call(get_caps());
    expect_fault(session.host, "R030: TSPI_lineGetDevCaps wrote past the end");
}

TEST(Host, R030_WritingPastANumberIsReported) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineGetNumAddressIDs", "overrun_number"}});
    session.begin();
    session.host.call(address_count());
    expect_fault(session.host, "R030: TSPI_lineGetNumAddressIDs wrote past the end");
}

TEST(Host, R030_WritingPastALateOutputIsReported) {
    Session session(UNRULY_PROVIDER, {{"TSPI_linePark", "overrun complete_later"}});
    session.begin();
    session.host.call(park(9));
    expect_fault(session.host, "R030: TSPI_linePark wrote past the end");
}

TEST(Host, R030_UsingMoreThanThereIsIsReported) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineGetDevCaps", "use_too_much"}});
    session.begin();
    session.host.call(get_caps());
    expect_fault(session.host, "R030: TSPI_lineGetDevCaps gave a dwUsedSize");
}

TEST(Host, R030_ChangingTheTotalSizeIsReported) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineGetDevCaps", "change_total"}});
    session.begin();
    session.host.call(get_caps());
    expect_fault(session.host, "R030: TSPI_lineGetDevCaps changed dwTotalSize");
}

TEST(Host, R031_AStructureTooSmallForItsSizesDoesNotReachTheProvider) {
    Session session(UNRULY_PROVIDER, {});
    session.begin();
    for (const std::uint32_t total : {0u, 3u, 11u})
        EXPECT_EQ(session.host.result_of(get_caps(total)), static_cast<LONG>(LINEERR_STRUCTURETOOSMALL))
            << total;
    EXPECT_EQ(session.host.result_of(get_caps(300)), 0);
}

TEST(Host, AnOutputLargerThanAFrameIsLimited) {
    Session session(UNRULY_PROVIDER, {});
    session.begin();
    session.host.call(get_caps(0x7FFFFFFF));
    const auto result = session.host.next(wire::FrameKind::result);
    ASSERT_TRUE(result);
    wire::Values outputs;
    ASSERT_TRUE(
        wire::decode_up(abi::row(Tspi::lineGetDevCaps), abi::Fill::at_return, result->payload, outputs));
    EXPECT_GT(outputs[3].bytes.size(), 1'000'000u);
}

// ---- Requests

TEST(Host, R047_ACompletionInsideTheFunctionComesBeforeItsResult) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineMakeCall", "complete"}});
    session.begin();
    session.host.passed.clear();
    EXPECT_EQ(session.host.result_of(make_call(5)), 5);
    ASSERT_EQ(session.host.passed.size(), 1u);
    EXPECT_EQ(session.host.passed[0].header.kind, wire::FrameKind::completion);
    EXPECT_EQ(session.host.passed[0].header.correlation, 5u);
}

TEST(Host, R046_ASecondCompletionIsToldApart) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineMakeCall", "complete complete complete_other"}});
    session.begin();
    session.host.passed.clear();
    EXPECT_EQ(session.host.result_of(make_call(5)), 5);
    ASSERT_EQ(session.host.passed.size(), 3u);
    EXPECT_EQ(session.host.passed[0].header.function, static_cast<std::uint16_t>(Tspi::lineMakeCall));
    EXPECT_EQ(session.host.passed[1].header.function, 0xFFFF);
    EXPECT_EQ(session.host.passed[2].header.function, 0xFFFF);
    EXPECT_EQ(session.host.passed[2].header.correlation, 4711u);
}

TEST(Host, R051_ARequestThatFailedAtOnceIsForgotten) {
    for (const auto& [action, function] :
         {std::pair{"fail", std::uint16_t{0xFFFF}}, {"", static_cast<std::uint16_t>(Tspi::lineMakeCall)}}) {
        Session session(UNRULY_PROVIDER,
                        {{"TSPI_lineMakeCall", action}, {"TSPI_lineClose", "complete_other"}});
        session.begin();
        EXPECT_EQ(session.host.result_of(make_call(4711)) < 0, std::string_view(action) == "fail");
        session.host.call(close_line());
        const auto completion = session.host.next(wire::FrameKind::completion);
        ASSERT_TRUE(completion);
        EXPECT_EQ(completion->header.function, function);
    }
}

TEST(Host, R056_ALateOutputTravelsWithTheCompletion) {
    Session session(UNRULY_PROVIDER, {{"TSPI_linePark", "fill_address complete_later"}});
    session.begin();
    session.host.call(park(6));
    const auto completion = session.host.next(wire::FrameKind::completion);
    ASSERT_TRUE(completion);
    EXPECT_EQ(completion->header.correlation, 6u);
    EXPECT_EQ(completion->header.function, static_cast<std::uint16_t>(Tspi::linePark));
    wire::Values outputs;
    const auto& row = abi::row(Tspi::linePark);
    ASSERT_TRUE(wire::decode_up(row, abi::Fill::at_reply, completion->payload, outputs));
    const auto& address = outputs[row.index_of("lpNonDirAddress")].bytes;
    ASSERT_EQ(address.size(), sizeof(VARSTRING) + 6);
    EXPECT_EQ(std::memcmp(address.data() + sizeof(VARSTRING), u"42", 6), 0);
}

// ---- Events

TEST(Host, R072_NewCallsUseGrantedHandlesAndAreRefusedWithoutOne) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "new_call new_call"}});
    session.begin();
    session.host.grant(std::array<std::uint32_t, 1>{0x77});
    session.host.passed.clear();
    EXPECT_EQ(session.host.result_of(close_line()), 0);
    std::vector<Received> events;
    for (const auto& frame : session.host.passed)
        if (frame.header.kind == wire::FrameKind::event) events.push_back(frame);
    ASSERT_EQ(events.size(), 2u); // of the first call alone
    wire::EventFromHost event;
    EXPECT_EQ(events[0].header.function, LINE_NEWCALL);
    ASSERT_TRUE(wire::read(events[0].payload, event));
    EXPECT_EQ(event.line, 0x51u);
    EXPECT_EQ(event.call, 0x77u);
    EXPECT_EQ(event.parameter1, 0xABCDu);
    EXPECT_EQ(events[1].header.function, LINE_CALLSTATE);
    EXPECT_TRUE(log_line(session.host, "new call 119"));
    EXPECT_TRUE(log_line(session.host, "new call 0"));
}

std::vector<Received> events_of(const std::vector<Received>& frames) {
    std::vector<Received> events;
    std::copy_if(frames.begin(), frames.end(), std::back_inserter(events),
                 [](const Received& frame) { return frame.header.kind == wire::FrameKind::event; });
    return events;
}

TEST(Host, R107_R109_BlocksOfDialogsTravelWithTheirMessages) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "new_dialog"}});
    session.begin();
    session.host.grant(std::array<std::uint32_t, 1>{0x99}, LINE_CREATEDIALOGINSTANCE);
    session.host.passed.clear();
    EXPECT_EQ(session.host.result_of(close_line()), 0);
    const auto events = events_of(session.host.passed);
    ASSERT_EQ(events.size(), 3u);
    wire::EventFromHost event;
    wire::DialogBlocks blocks;
    EXPECT_EQ(events[0].header.function, LINE_CREATEDIALOGINSTANCE);
    ASSERT_TRUE(wire::read(events[0].payload, event) && wire::read(event.late, blocks));
    EXPECT_EQ(event.parameter1, 5u);
    EXPECT_EQ(event.parameter2, 0xD1u);
    EXPECT_EQ(event.parameter3, 0x99u);
    EXPECT_EQ(std::memcmp(blocks.library.data(), u"ui.so", 10), 0);
    EXPECT_EQ(std::memcmp(blocks.parameters.bytes.data(), "first", 5), 0);
    for (const std::size_t i : {1u, 2u}) {
        EXPECT_EQ(events[i].header.function, LINE_SENDDIALOGINSTANCEDATA);
        ASSERT_TRUE(wire::read(events[i].payload, event));
        EXPECT_EQ(event.parameter3, 0x99u);
        EXPECT_EQ(wire::PayloadReader(event.late).block().null, i == 2);
    }
    EXPECT_TRUE(log_line(session.host, "new dialog 153"));
    EXPECT_TRUE(log_line(session.host, "without its parameters"));
    EXPECT_TRUE(log_line(session.host, "too long"));
}

TEST(Host, R107_WithoutAGrantedHandleADialogIsRefused) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "new_dialog"}});
    session.begin();
    EXPECT_EQ(session.host.result_of(close_line()), 0);
    EXPECT_TRUE(log_line(session.host, "new dialog 0"));
}

bool tells_of_broken_rule(const Received& frame) {
    return frame.header.kind == wire::FrameKind::service && frame.header.function == wire::host_broke;
}

TEST(Host, R053_CallbacksFromManyThreadsArriveWholeAndInEachThreadsOrder) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "events_from_threads"}});
    session.begin();
    session.host.passed.clear();
    EXPECT_EQ(session.host.result_of(close_line()), 0);
    // That several were inside at once is told, and once.
    EXPECT_LE(std::erase_if(session.host.passed, tells_of_broken_rule), 1u);
    std::array<std::uint64_t, 8> next{};
    for (const auto& frame : session.host.passed) {
        wire::EventFromHost event;
        ASSERT_EQ(frame.header.kind, wire::FrameKind::event);
        ASSERT_TRUE(wire::read(frame.payload, event));
        ASSERT_LT(event.parameter1, next.size());
        ASSERT_EQ(event.parameter2, next[event.parameter1]++);
        ASSERT_EQ(event.parameter3, event.parameter1 * event.parameter2);
    }
    EXPECT_EQ(session.host.passed.size(), 8'000u);
}

TEST(Host, R054_NothingIsCalledInsideOfACallback) {
    for (const char* reentrant : {"yes", "no"}) {
        Session session(UNRULY_PROVIDER,
                        {{"TSPI_lineClose", "events_under_calls"}, {"reentrant", reentrant}});
        session.begin();
        session.host.passed.clear();
        constexpr std::uint64_t lanes = 20;
        for (std::uint64_t lane = 1; lane <= lanes; ++lane) session.host.call(close_line(), lane);
        for (std::uint64_t lane = 1; lane <= lanes; ++lane)
            ASSERT_TRUE(session.host.next(wire::FrameKind::result));
        EXPECT_LE(std::erase_if(session.host.passed, tells_of_broken_rule), 1u); // R053
        for (const auto& frame : session.host.passed) ASSERT_EQ(frame.header.kind, wire::FrameKind::event);
    }
}

TEST(Host, AnEventInsideACallThatHangsStillArrives) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "event hang"}});
    session.begin();
    session.host.call(close_line());
    EXPECT_TRUE(session.host.next(wire::FrameKind::event));
}

TEST(Host, AMessageThatHasNoNumberOnTheWireIsIgnoredWithAWarning) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "strange_event"}});
    session.begin();
    EXPECT_EQ(session.host.result_of(close_line()), 0);
    EXPECT_TRUE(log_line(session.host, "message 305419896"));
}

// ---- Concurrency

std::vector<LONG> results(HostProcess& host, std::size_t count) {
    std::vector<LONG> found;
    while (found.size() < count) {
        const auto frame = host.next(wire::FrameKind::result);
        if (!frame) break;
        found.push_back(frame->header.result);
    }
    return found;
}

TEST(Host, R012_CallsOfDifferentLanesEnterConcurrently) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "meet"}});
    session.begin();
    session.host.call(close_line(), 1);
    session.host.call(close_line(), 2);
    EXPECT_EQ(results(session.host, 2), (std::vector<LONG>{0, 0}));
}

TEST(Host, CallsOfOneLaneEnterOneAtATime) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "meet_briefly"}});
    session.begin();
    session.host.call(close_line(), 3);
    session.host.call(close_line(), 3);
    const LONG alone = static_cast<LONG>(LINEERR_OPERATIONFAILED);
    EXPECT_EQ(results(session.host, 2), (std::vector<LONG>{alone, alone}));
}

TEST(Host, R011_AProviderThatIsNotReentrantIsEnteredByOneCallAtATime) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "meet_briefly"}, {"reentrant", "no"}});
    session.begin();
    session.host.call(close_line(), 1);
    session.host.call(close_line(), 2);
    const LONG alone = static_cast<LONG>(LINEERR_OPERATIONFAILED);
    EXPECT_EQ(results(session.host, 2), (std::vector<LONG>{alone, alone}));
}

TEST(Host, R010_TheOptionsBeginAsZeroAndOnlyOneIsDefined) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "meet"}, {"reentrant", "perhaps"}});
    session.begin();
    EXPECT_TRUE(log_line(session.host, "options 0"));
    session.host.call(close_line(), 1);
    session.host.call(close_line(), 2);
    EXPECT_EQ(results(session.host, 2), (std::vector<LONG>{0, 0}));
}

TEST(Host, R013_ADialogWaitsForNobody) {
    Session session(UNRULY_PROVIDER,
                    {{"TSPI_lineClose", "meet"}, {"TUISPI_lineConfigDialog", "meet"}, {"reentrant", "no"}});
    session.begin();
    session.host.call(Inputs(Tspi::ui_lineConfigDialog), 1);
    session.host.call(close_line(), 1);
    EXPECT_EQ(results(session.host, 2), (std::vector<LONG>{0, 0}));
}

TEST(Host, SixtyFourCallsThatHangDoNotHideTheServicesEnd) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "hang"}});
    session.begin();
    for (std::uint64_t lane = 1; lane <= 80; ++lane) session.host.call(close_line(), lane);
    for (int i = 0; i < 64; ++i) {
        const auto frame = session.host.next(wire::FrameKind::log);
        ASSERT_TRUE(frame);
        EXPECT_EQ(frame->text(), "hanging");
    }
    session.host.leave();
    EXPECT_TRUE(log_line(session.host, "shut down"));
    EXPECT_EQ(session.host.wait_for_exit(std::chrono::seconds(5)), 0);
}

// ---- Services

TEST(Host, R003_TheConfigurationIsReadAsItWasGiven) {
    Session session(UNRULY_PROVIDER,
                    {{"TSPI_lineClose", "read_configuration"}, {"long", "12345"}, {"a.1", "ä"}});
    session.begin();
    EXPECT_EQ(session.host.result_of(close_line()), 0);
    EXPECT_TRUE(
        log_line(session.host, "configuration TSPI_lineClose=read_configuration;a.1=ä;long=12345; 1 6 1"));
}

TEST(Host, TheConfigurationIsNotWrittenInASession) {
    Session session(UNRULY_PROVIDER,
                    {{"TSPI_lineClose", "write_configuration"}, {"OFFHOOK_providerAttach", ""}});
    session.begin();
    EXPECT_EQ(session.host.result_of(close_line()), static_cast<LONG>(LINEERR_OPERATIONUNAVAIL));
}

TEST(Host, TheConfigurationIsWrittenWhileTheProviderIsInstalled) {
    auto hello = hello_for(UNRULY_PROVIDER, {{"TSPI_providerInstall", "write_configuration"}});
    hello.mode = wire::HostMode::change;
    HostProcess host(hello);
    EXPECT_EQ(host.result_of(Inputs(Tspi::providerInstall)), 0);
    std::vector<wire::HostConfigSet> sets;
    for (const auto& frame : host.passed) {
        if (frame.header.kind != wire::FrameKind::service) continue;
        EXPECT_EQ(frame.header.function, wire::host_config_set);
        ASSERT_TRUE(wire::read(frame.payload, sets.emplace_back()));
    }
    ASSERT_EQ(sets.size(), 2u);
    EXPECT_EQ(sets[0].key, "written");
    EXPECT_EQ(sets[0].value, "value");
    EXPECT_EQ(sets[1].key, "removed");
    EXPECT_FALSE(sets[1].value);
    // A host of this kind never operates the provider.
    EXPECT_EQ(host.result_of(Inputs(Tspi::providerInit)), static_cast<LONG>(LINEERR_OPERATIONUNAVAIL));
}

TEST(Host, AFunctionThatIsNotExportedIsUnavailable) {
    Session session(UNRULY_PROVIDER, {});
    EXPECT_EQ(session.host.result_of(Inputs(Tspi::lineHold)), static_cast<LONG>(LINEERR_OPERATIONUNAVAIL));
    EXPECT_EQ(session.host.result_of(Inputs(Tspi::phoneClose)), static_cast<LONG>(PHONEERR_OPERATIONUNAVAIL));
    EXPECT_EQ(session.host.result_of(Inputs(Tspi::providerInstall)),
              static_cast<LONG>(LINEERR_OPERATIONUNAVAIL));
}

std::string heard(std::uint8_t flags) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineGetID", "speak"}});
    session.begin();
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    const wire::UniqueFd ours(ends[0]);
    session.host.call_with_audio(Inputs(Tspi::lineGetID).number("lpDeviceID", 100), wire::UniqueFd(ends[1]),
                                 flags);
    EXPECT_TRUE(session.host.next(wire::FrameKind::result));
    std::array<char, 100> text{};
    const auto got = ::recv(ours.get(), text.data(), text.size(), 0);
    EXPECT_EQ(::recv(ours.get(), text.data() + got, 1, 0),
              0); // the provider closed its end: nobody else holds one
    return {text.data(), static_cast<std::size_t>(got)};
}

TEST(Host, AudioIsTakenOnceByTheCallItCameWith) {
    EXPECT_EQ(heard(wire::flag_descriptor), "audio 1 once");
    EXPECT_EQ(heard(wire::flag_descriptor | wire::flag_speak), "audio 3 once");
    Session session(UNRULY_PROVIDER, {{"TSPI_lineGetID", "speak"}});
    session.begin();
    EXPECT_EQ(session.host.result_of(Inputs(Tspi::lineGetID).number("lpDeviceID", 100)),
              static_cast<LONG>(LINEERR_RESOURCEUNAVAIL));
}

TEST(Host, WhatAProviderPrintsBecomesLinesOfTheLog) {
    Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", "print"}});
    session.begin();
    session.host.call(close_line());
    EXPECT_EQ(log_line(session.host, "printed to standard output"), "printed to standard output");
    session.host.leave();
    EXPECT_EQ(log_line(session.host, "printed to standard error"),
              "printed to standard error, \xEF\xBF\xBD without end");
}

// ---- Confinement

TEST(Host, AProviderReachesNothingThatItDidNotDeclare) {
    // A kernel without Landlock cannot confine files; the host says so in the log.
    const bool has_landlock = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, 1) > 0;
    for (const auto& [action, line] : {std::pair{"execve", "execve: refused with 1"},
                                       {"fork", "fork: refused with 1"},
                                       {"shell", "system: refused with 1"},
                                       {"internet", "internet: refused with 1"},
                                       {"internet6", "internet6: refused with 1"},
                                       {"local_socket", "local socket: refused with 1"},
                                       {"ptrace", "ptrace: refused with 1"},
                                       {"signal_parent", "signal: refused with 1"},
                                       {"passwords", "passwords: refused with 13"},
                                       {"write", "file: refused with 13"},
                                       {"terminal", "terminal: refused with 13"},
                                       {"pair", "pair: succeeded"},
                                       {"signal_self", "own signal: succeeded"},
                                       {"hosts", "hosts: succeeded"},
                                       {"thread", "thread: succeeded"}}) {
        Session session(UNRULY_PROVIDER, {{"TSPI_lineClose", action}});
        session.begin();
        EXPECT_EQ(session.host.result_of(close_line()), 0) << action;
        const auto said =
            log_line(session.host, std::string(line).substr(0, std::string(line).find(':')) + ":");
        ASSERT_TRUE(said) << action;
        if (!has_landlock && std::string_view(line).ends_with("with 13")) {
            EXPECT_TRUE(log_line(session.host, "files are not confined"));
            continue;
        }
        EXPECT_EQ(*said, line);
    }
}

TEST(Host, AProviderReachesWhatWasApproved) {
    Session session(NETWORK_PROVIDER, {{"TSPI_lineClose", "internet internet6 local_socket terminal execve"}},
                    "devices, network");
    session.begin();
    EXPECT_EQ(session.host.result_of(close_line()), 0);
    EXPECT_TRUE(log_line(session.host, "internet: succeeded"));
    EXPECT_TRUE(log_line(session.host, "internet6: succeeded"));
    EXPECT_TRUE(log_line(session.host, "terminal: succeeded"));
    EXPECT_TRUE(log_line(session.host, "local socket: refused"));
    EXPECT_TRUE(log_line(session.host, "execve: refused"));
}

TEST(Host, AProviderThatNeedsMoreThanWasApprovedIsRefused) {
    auto hello = hello_for(NETWORK_PROVIDER);
    hello.needs = "devices";
    HostProcess host(hello);
    expect_fault(host, "needs network, which was not approved");
}

// ---- What is no provider, and what is no service

TEST(Host, WhatIsNoProviderIsRefusedWithAReason) {
    for (const auto& [path, reason] : {std::pair{"/none.tsp", "cannot be read"},
                                       {"/etc", "not a regular file"},
                                       {"/etc/passwd", "not a shared object"},
                                       {OFFHOOK_HOST, "OFFHOOK_PROVIDER_NOTE"}}) {
        HostProcess host(hello_for(path));
        expect_fault(host, reason);
    }
}

TEST(Host, AFrameThatBreaksTheProtocolEndsTheSessionWithAReason) {
    const auto with = [](wire::FrameHeader header, std::size_t payload, std::string_view reason) {
        SCOPED_TRACE(reason);
        Session session(UNRULY_PROVIDER, {});
        session.begin();
        header.size = static_cast<std::uint32_t>(sizeof header + payload);
        std::vector<std::byte> frame(header.size);
        std::memcpy(frame.data(), &header, sizeof header);
        session.host.send(frame);
        const auto goodbye = session.host.next(wire::FrameKind::goodbye);
        ASSERT_TRUE(goodbye);
        EXPECT_NE(goodbye->text().find(reason), std::string::npos) << goodbye->text();
        EXPECT_NE(session.host.wait_for_exit(), -1);
    };
    with({.kind = wire::FrameKind::call, .function = 5000}, 0, "not in the table");
    with({.kind = wire::FrameKind::call, .function = 3}, 1, "TSPI_lineBlindTransfer are malformed");
    with({.kind = wire::FrameKind::call,
          .flags = wire::flag_descriptor,
          .function = static_cast<std::uint16_t>(Tspi::lineClose)},
         8, "without the descriptor");
    with({.kind = wire::FrameKind::grant, .function = LINE_NEWCALL}, 5, "grant");
    with({.kind = wire::FrameKind::grant, .function = LINE_NEWCALL}, 8, "grant"); // handles of zero
    with({.kind = wire::FrameKind::grant, .function = LINE_REPLY}, 4, "grant");   // of nothing
    with({.kind = wire::FrameKind::result}, 0, "does not take");
    with({.kind = static_cast<wire::FrameKind>(99)}, 0, "does not know");
}

TEST(Host, AServiceOfAnotherVersionIsRefused) {
    auto hello = hello_for(UNRULY_PROVIDER);
    hello.version = wire::protocol_version + 1;
    HostProcess host(hello);
    expect_fault(host, "another version");
}

TEST(Host, CallsThatArriveBeforeTheWelcomeWaitForIt) {
    HostProcess host(hello_for(UNRULY_PROVIDER));
    host.call(Inputs(Tspi::providerInit).number("dwTSPIVersion", 0x20002), 0);
    EXPECT_TRUE(host.next(wire::FrameKind::result));
    ASSERT_FALSE(host.passed.empty());
    EXPECT_EQ(host.passed.front().header.kind, wire::FrameKind::welcome);
}

} // namespace
} // namespace offhook::host
