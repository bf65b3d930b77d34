// SPDX-License-Identifier: Apache-2.0
//
// Messages: the three ways of delivery, their order among results, and the outputs that come with them.
#include "program.h"

#include "offhook/completion.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

namespace offhook::client_test {
namespace {

Event call_state(std::uint32_t call, std::uint64_t state) {
    return {.message = LINE_CALLSTATE, .fields = {call, 0xABCD, state, 0, 0}};
}

std::vector<std::byte> number_bytes(std::uint32_t value) {
    std::vector<std::byte> bytes(sizeof value);
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

Event line_reply(std::uint32_t request, LONG result, std::uint64_t after_results,
                 std::vector<std::byte> outputs = {}) {
    return {.message = LINE_REPLY,
            .fields = {0, 0, request, static_cast<std::uint64_t>(std::int64_t{result}), 0},
            .request = request,
            .after_results = after_results,
            .outputs = std::move(outputs)};
}

TEST(Events, R239_TheEventIsSignaledWhileMessagesWait) {
    FakeService service;
    const Program program;
    EXPECT_FALSE(program.signaled());
    service.send(program.channel, call_state(5, LINECALLSTATE_OFFERING));
    service.send(program.channel, call_state(5, LINECALLSTATE_CONNECTED));
    EXPECT_TRUE(program.signaled(-1));
    const auto first = program.next();
    EXPECT_EQ(first.hDevice, 5u);
    EXPECT_EQ(first.dwMessageID, static_cast<DWORD>(LINE_CALLSTATE));
    EXPECT_EQ(first.dwCallbackInstance, 0xABCDu);
    EXPECT_EQ(first.dwParam1, LINECALLSTATE_OFFERING);
    EXPECT_TRUE(program.signaled(-1)); // the second lies in the library's buffer
    EXPECT_EQ(program.next().dwParam1, LINECALLSTATE_CONNECTED);
    EXPECT_FALSE(program.signaled());
}

TEST(Events, R240_ATimeoutIsOperationFailed) {
    FakeService service;
    const Program program;
    LINEMESSAGE message{};
    EXPECT_EQ(lineGetMessage(program.application, &message, 0), LINEERR_OPERATIONFAILED);
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ(lineGetMessage(program.application, &message, 30), LINEERR_OPERATIONFAILED);
    EXPECT_GE(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(30));
    EXPECT_EQ(lineGetMessage(program.application, nullptr, 0), LINEERR_INVALPOINTER);
    EXPECT_EQ(lineGetMessage(program.application + 1, &message, 0), LINEERR_INVALAPPHANDLE);
}

TEST(Events, R240_ShutdownEndsTheWaitOfOthers) {
    FakeService service;
    const Program other;
    Program program;
    std::vector<std::thread> threads;
    std::atomic<int> entered = 0;
    for (int t = 0; t < 3; ++t)
        threads.emplace_back([&] {
            ++entered;
            LINEMESSAGE message{};
            EXPECT_EQ(lineGetMessage(program.application, &message, for_ever), LINEERR_INVALAPPHANDLE);
        });
    while (entered < 3) std::this_thread::yield();
    EXPECT_EQ(lineShutdown(program.application), 0);
    for (auto& thread : threads) thread.join();
    LINEMESSAGE message{};
    EXPECT_EQ(lineGetMessage(std::exchange(program.application, 0), &message, 0), LINEERR_INVALAPPHANDLE);
}

// The reply is on its way before the function has returned, and still it is not delivered earlier.
TEST(Events, R048_AReplyNeverOvertakesTheReturn) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineHold, [&](const Request& request) {
        service.send(program.channel, line_reply(21, 0, service.results_sent() + 1));
        // Long enough for the event to lie in the socket before there is a result.
        EXPECT_TRUE(program.signaled(-1));
        LINEMESSAGE message{};
        EXPECT_EQ(lineGetMessage(program.application, &message, 0), LINEERR_OPERATIONFAILED);
        service.reply(request, 21);
    });
    std::thread listening([&] {
        const auto message = program.next();
        EXPECT_EQ(message.dwMessageID, static_cast<DWORD>(LINE_REPLY));
        EXPECT_EQ(message.dwParam1, 21u);
    });
    EXPECT_EQ(lineHold(1), 21);
    listening.join();
}

TEST(Events, R056_OutputsAreThereWhenTheReplyIs) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineMakeCall, [&](const Request& request) {
        const auto results = service.reply(request, 31);
        service.send(program.channel, line_reply(31, 0, results, number_bytes(0x5001)));
        service.send(program.channel, call_state(0x5001, LINECALLSTATE_DIALING));
    });
    HCALL call = 0xFFFF;
    ASSERT_EQ(lineMakeCallA(1, &call, "4711", 0, nullptr), 31);
    EXPECT_EQ(call, 0xFFFFu); // not at return
    EXPECT_EQ(program.next().dwParam1, 31u);
    EXPECT_EQ(call, 0x5001u);
    EXPECT_EQ(program.next().hDevice, 0x5001u);
}

TEST(Events, R056_AFailedRequestWritesNothing) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineMakeCall, [&](const Request& request) {
        const auto results = service.reply(request, 32);
        service.send(program.channel, line_reply(32, LINEERR_CALLUNAVAIL, results));
    });
    HCALL call = 0xFFFF;
    ASSERT_EQ(lineMakeCallA(1, &call, "4711", 0, nullptr), 32);
    EXPECT_EQ(static_cast<LONG>(program.next().dwParam2), LINEERR_CALLUNAVAIL);
    EXPECT_EQ(call, 0xFFFFu);
}

TEST(Events, R055_RepliesComeInAnyOrder) {
    FakeService service;
    const Program program;
    std::uint32_t next_request = 40;
    service.on(Tapi::lineMakeCall, [&](const Request& request) {
        const auto id = next_request++;
        const auto results = service.reply(request, static_cast<std::int32_t>(id));
        if (id != 42) return;
        for (const std::uint32_t done : {41u, 42u, 40u})
            service.send(program.channel, line_reply(done, 0, results, number_bytes(done * 10)));
    });
    HCALL calls[3]{};
    for (int i = 0; i < 3; ++i) ASSERT_EQ(lineMakeCallW(1, &calls[i], u"1", 0, nullptr), 40 + i);
    for (const DWORD expected : {41u, 42u, 40u}) EXPECT_EQ(program.next().dwParam1, expected);
    for (DWORD i = 0; i < 3; ++i) EXPECT_EQ(calls[i], 400 + i * 10);
}

// The memory is the application's again after lineShutdown; a late reply finds nothing to write to.
TEST(Events, R242_NothingIsWrittenAfterShutdown) {
    FakeService service;
    HCALL call = 0xFFFF;
    {
        const Program program;
        service.on(Tapi::lineMakeCall, [&](const Request& request) { service.reply(request, 51); });
        ASSERT_EQ(lineMakeCallA(1, &call, "1", 0, nullptr), 51);
    }
    const Program other;
    service.send(other.channel, line_reply(51, 0, 0, number_bytes(1)));
    EXPECT_EQ(other.next().dwParam1, 51u);
    EXPECT_EQ(call, 0xFFFFu);
}

TEST(Events, DigitsAreThereWhenTheirMessageIs) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineGatherDigits, [&](const Request& request) { service.reply(request, 0); });
    char first[4] = "...";
    char16_t second[5] = u"....";
    EXPECT_EQ(lineGatherDigitsA(5, LINEDIGITMODE_DTMF, first, 3, nullptr, 0, 0), 0);
    EXPECT_EQ(lineGatherDigitsW(5, LINEDIGITMODE_DTMF, second, 4, nullptr, 0, 0), 0);
    const auto digits = [](std::u16string_view text) {
        auto bytes = number_bytes(static_cast<std::uint32_t>(text.size() * 2));
        const auto raw = std::as_bytes(std::span(text));
        bytes.insert(bytes.end(), raw.begin(), raw.end());
        return bytes;
    };
    // R230: the new gathering cancels the old, whose message comes first.
    service.send(program.channel, {.message = LINE_GATHERDIGITS,
                                   .fields = {5, 0, LINEGATHERTERM_CANCEL, 0, 0},
                                   .outputs = digits(u"12")});
    service.send(program.channel, {.message = LINE_GATHERDIGITS,
                                   .fields = {5, 0, LINEGATHERTERM_BUFFERFULL, 0, 0},
                                   .outputs = digits(u"3456")});
    EXPECT_EQ(program.next().dwParam1, LINEGATHERTERM_CANCEL);
    EXPECT_STREQ(first, "12");
    EXPECT_EQ(std::u16string(second), u"....");
    EXPECT_EQ(program.next().dwParam1, LINEGATHERTERM_BUFFERFULL);
    EXPECT_EQ(std::u16string(second), u"3456");
}

HLINE open_line(FakeService& service, HLINEAPP application, HLINE handle, DWORD_PTR instance) {
    service.on(Tapi::lineOpen, [&, handle](const Request& request) {
        service.reply(request, 0, Outputs().number("lphLine", handle));
    });
    HLINE line = 0;
    EXPECT_EQ(lineOpenA(application, 0, &line, 0x20002, 0, instance, LINECALLPRIVILEGE_OWNER,
                        LINEMEDIAMODE_INTERACTIVEVOICE, nullptr),
              0);
    return line;
}

TEST(Events, WhenTheServiceIsLostEachOpenLineIsClosed) {
    FakeService service;
    const Program program;
    open_line(service, program.application, 61, 6100);
    open_line(service, program.application, 62, 6200);
    open_line(service, program.application, 63, 6300);
    open_line(service, program.application, 64, 6400);
    EXPECT_EQ(lineClose(62), 0);
    service.send(program.channel, {.message = LINE_CLOSE, .fields = {64, 6400, 0, 0, 0}});
    EXPECT_EQ(program.next().hDevice, 64u);
    service.hang_up();
    EXPECT_TRUE(program.signaled(-1));
    for (const DWORD line : {61u, 63u}) {
        const auto message = program.next();
        EXPECT_EQ(message.dwMessageID, static_cast<DWORD>(LINE_CLOSE));
        EXPECT_EQ(message.hDevice, line);
        EXPECT_EQ(message.dwCallbackInstance, line * 100);
    }
    LINEMESSAGE message{};
    EXPECT_EQ(lineGetMessage(program.application, &message, for_ever), LINEERR_SERVICE_NOT_RUNNING);
    EXPECT_FALSE(program.signaled());
}

// A stalled reader loses its events connection alone.
TEST(Events, ALostEventsConnectionLosesItsApplicationOnly) {
    FakeService service;
    const Program stalled, other;
    open_line(service, stalled.application, 71, 7100);
    service.hang_up(stalled.channel);
    EXPECT_EQ(stalled.next().hDevice, 71u);
    service.send(other.channel, call_state(5, LINECALLSTATE_IDLE));
    EXPECT_EQ(other.next().hDevice, 5u);
    EXPECT_EQ(lineHold(1), LINEERR_OPERATIONUNAVAIL);
}

TEST(Events, WhatIsNoEventEndsTheConnection) {
    FakeService service;
    const Program program;
    wire::FrameHeader header;
    header.kind = wire::FrameKind::event;
    header.function = LINE_CALLSTATE;
    service.send_raw(program.channel, frame_of(header, std::vector<std::byte>(10)));
    LINEMESSAGE message{};
    EXPECT_EQ(lineGetMessage(program.application, &message, for_ever), LINEERR_SERVICE_NOT_RUNNING);
    EXPECT_NE(service.goodbye().find("no event"), std::string::npos);
}

// A reply whose outputs are not what the row says is a failed one.
TEST(Events, MalformedOutputsFailTheirRequest) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineMakeCall, [&](const Request& request) {
        const auto results = service.reply(request, 81);
        service.send(program.channel, line_reply(81, 0, results, std::vector<std::byte>(3)));
    });
    HCALL call = 0xFFFF;
    ASSERT_EQ(lineMakeCallA(1, &call, "1", 0, nullptr), 81);
    EXPECT_EQ(static_cast<LONG>(program.next().dwParam2), LINEERR_OPERATIONFAILED);
    EXPECT_EQ(call, 0xFFFFu);
}

// ---- By callback

struct Heard {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<LINEMESSAGE> messages;
    std::string thread;

    LINEMESSAGE wait_for(std::size_t index) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return messages.size() > index; });
        return messages[index];
    }
};

void CALLBACK hear(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1, DWORD_PTR p2,
                   DWORD_PTR p3) {
    auto& heard = *reinterpret_cast<Heard*>(instance);
    const std::scoped_lock lock(heard.mutex);
    char name[16] = "";
    ::pthread_getname_np(::pthread_self(), name, sizeof name);
    heard.thread = name;
    heard.messages.push_back({device, message, instance, p1, p2, p3});
    heard.changed.notify_all();
}

TEST(Events, CallbacksRunOnTheLibrarysThread) {
    FakeService service;
    Heard heard;
    HLINEAPP application = 0;
    DWORD devices = 0, version = 0x00020002;
    EXPECT_EQ(lineInitializeExA(&application, nullptr, nullptr, "x", &devices, &version, nullptr),
              LINEERR_INVALPOINTER); // no callback
    ASSERT_EQ(lineInitializeExA(&application, nullptr, hear, "x", &devices, &version, nullptr), 0);
    EXPECT_EQ(devices, 2u);
    auto event = call_state(5, LINECALLSTATE_OFFERING);
    event.fields.instance = reinterpret_cast<std::uintptr_t>(&heard);
    const auto channel = application - FakeService::application_of(0);
    service.send(channel, event);
    EXPECT_EQ(heard.wait_for(0).dwParam1, LINECALLSTATE_OFFERING);
    EXPECT_EQ(heard.thread, "offhook-events");
    LINEMESSAGE message{};
    EXPECT_EQ(lineGetMessage(application, &message, 0), LINEERR_INVALAPPHANDLE);
    EXPECT_EQ(lineShutdown(application), 0);
}

TEST(Events, TheOldInitialisationIsByCallback) {
    FakeService service;
    std::atomic<DWORD> version = 0;
    service.on(Tapi::lineInitializeEx, [&](const Request& request) {
        version = static_cast<DWORD>(request.number("lpdwAPIVersion"));
        EXPECT_EQ(request.text("lpszFriendlyAppName"), u"old");
        service.reply(request, 0,
                      Outputs()
                          .number("lphLineApp", FakeService::application_of(request.header.sequence))
                          .number("lpdwNumDevs", 3));
    });
    Heard heard;
    HLINEAPP application = 0;
    DWORD devices = 0;
    ASSERT_EQ(lineInitialize(&application, nullptr, hear, "old", &devices), 0);
    EXPECT_EQ(devices, 3u);
    EXPECT_EQ(version, 0x00010004u);
    EXPECT_EQ(lineShutdown(application), 0);
}

HLINEAPP shut_down_by_callback = 0;
void CALLBACK shut_down(DWORD, DWORD, DWORD_PTR instance, DWORD_PTR, DWORD_PTR, DWORD_PTR) {
    reinterpret_cast<std::promise<LONG>*>(instance)->set_value(lineShutdown(shut_down_by_callback));
}

TEST(Events, ACallbackMayShutDown) {
    FakeService service;
    DWORD devices = 0, version = 0x00020002;
    ASSERT_EQ(lineInitializeExA(&shut_down_by_callback, nullptr, shut_down, "x", &devices, &version, nullptr),
              0);
    std::promise<LONG> result;
    auto event = call_state(5, LINECALLSTATE_IDLE);
    event.fields.instance = reinterpret_cast<std::uintptr_t>(&result);
    service.send(shut_down_by_callback - FakeService::application_of(0), event);
    EXPECT_EQ(result.get_future().get(), 0);
}

// ---- By completion port

TEST(Events, ACompletionPortIsAPipeOfRecords) {
    FakeService service;
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_DIRECT | O_CLOEXEC), 0);
    const wire::UniqueFd reading(ends[0]);
    wire::UniqueFd writing(ends[1]);
    LINEINITIALIZEEXPARAMS wanted{};
    wanted.dwTotalSize = sizeof wanted;
    wanted.dwOptions = LINEINITIALIZEEXOPTION_USECOMPLETIONPORT;
    wanted.Handles.hCompletionPort = reinterpret_cast<HANDLE>(static_cast<std::intptr_t>(writing.get()));
    wanted.dwCompletionKey = 99;
    HLINEAPP application = 0;
    DWORD devices = 0, version = 0x00020002;
    ASSERT_EQ(lineInitializeExW(&application, nullptr, nullptr, nullptr, &devices, &version, &wanted), 0);
    const auto channel = application - FakeService::application_of(0);
    service.send(channel, call_state(5, LINECALLSTATE_OFFERING));
    service.send(channel, call_state(6, LINECALLSTATE_IDLE));
    OFFHOOK_COMPLETION record{};
    ASSERT_EQ(::read(reading.get(), &record, sizeof record), static_cast<ssize_t>(sizeof record));
    EXPECT_EQ(record.dwCompletionKey, 99u);
    EXPECT_EQ(record.Message.hDevice, 5u);
    ASSERT_EQ(::read(reading.get(), &record, sizeof record), static_cast<ssize_t>(sizeof record));
    EXPECT_EQ(record.Message.hDevice, 6u);
    EXPECT_EQ(lineShutdown(application), 0);
    writing.reset();
    EXPECT_EQ(::read(reading.get(), &record, sizeof record), 0); // the library's copy is closed
}

TEST(Events, APipeThatNobodyReadsDoesNotKillTheProgram) {
    FakeService service;
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_DIRECT | O_CLOEXEC), 0);
    ::close(ends[0]);
    const wire::UniqueFd writing(ends[1]);
    LINEINITIALIZEEXPARAMS wanted{};
    wanted.dwTotalSize = sizeof wanted;
    wanted.dwOptions = LINEINITIALIZEEXOPTION_USECOMPLETIONPORT;
    wanted.Handles.hCompletionPort = reinterpret_cast<HANDLE>(static_cast<std::intptr_t>(writing.get()));
    HLINEAPP application = 0;
    DWORD devices = 0, version = 0x00020002;
    ASSERT_EQ(lineInitializeExW(&application, nullptr, nullptr, nullptr, &devices, &version, &wanted), 0);
    service.send(application - FakeService::application_of(0), call_state(5, LINECALLSTATE_OFFERING));
    EXPECT_EQ(lineHold(1), LINEERR_OPERATIONUNAVAIL);
    EXPECT_EQ(lineShutdown(application), 0);
}

TEST(Events, WrongParametersAreRefused) {
    FakeService service;
    HLINEAPP application = 0;
    DWORD devices = 0, version = 0x00020002;
    LINEINITIALIZEEXPARAMS wanted{};
    wanted.dwTotalSize = sizeof wanted - 1;
    EXPECT_EQ(lineInitializeExA(&application, nullptr, hear, "x", &devices, &version, &wanted),
              LINEERR_STRUCTURETOOSMALL);
    wanted.dwTotalSize = sizeof wanted;
    wanted.dwOptions = 77;
    EXPECT_EQ(lineInitializeExA(&application, nullptr, hear, "x", &devices, &version, &wanted),
              LINEERR_INVALPARAM);
    wanted.dwOptions = LINEINITIALIZEEXOPTION_USECOMPLETIONPORT;
    wanted.Handles.hCompletionPort = reinterpret_cast<HANDLE>(std::intptr_t{100000});
    EXPECT_EQ(lineInitializeExA(&application, nullptr, hear, "x", &devices, &version, &wanted),
              LINEERR_INVALPARAM);
}

TEST(Events, PhonesHaveTheSameThreeWays) {
    FakeService service;
    PHONEINITIALIZEEXPARAMS wanted{};
    wanted.dwTotalSize = sizeof wanted;
    wanted.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
    HPHONEAPP application = 0;
    DWORD devices = 0, version = 0x00020002;
    ASSERT_EQ(phoneInitializeExA(&application, nullptr, nullptr, "x", &devices, &version, &wanted), 0);
    EXPECT_EQ(devices, 1u);
    const auto channel = application - FakeService::application_of(0);
    service.on(Tapi::phoneSetGain, [&](const Request& request) {
        const auto results = service.reply(request, 91);
        auto reply = line_reply(91, LINEERR_NODEVICE, results);
        reply.message = PHONE_REPLY;
        service.send(channel, reply);
    });
    EXPECT_EQ(phoneSetGain(1, 1, 1), 91);
    PHONEMESSAGE message{};
    ASSERT_EQ(phoneGetMessage(application, &message, for_ever), 0);
    EXPECT_EQ(message.dwMessageID, static_cast<DWORD>(PHONE_REPLY));
    EXPECT_EQ(static_cast<LONG>(message.dwParam2), PHONEERR_NODEVICE);
    EXPECT_EQ(phoneGetMessage(application, &message, 0), PHONEERR_OPERATIONFAILED);
    EXPECT_EQ(phoneShutdown(application), 0);
}

// Calls and messages of several threads at once: for the thread sanitizer, and for the order of things.
TEST(Events, RepliesAndMessagesUnderLoad) {
    FakeService service;
    const Program program;
    std::atomic<std::int32_t> last_request = 0;
    service.on(Tapi::lineMakeCall, [&](const Request& request) {
        const auto id = ++last_request;
        service.send(program.channel,
                     line_reply(static_cast<std::uint32_t>(id), 0, service.results_sent() + 1,
                                number_bytes(static_cast<std::uint32_t>(id) + 100000)));
        service.reply(request, id);
    });
    constexpr int callers = 4, each = 200;
    std::vector<std::vector<HCALL>> written(callers, std::vector<HCALL>(each));
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < callers; ++t)
        threads.emplace_back([&, t] {
            for (auto& call : written[t]) EXPECT_GT(lineMakeCallW(1, &call, u"1", 0, nullptr), 0);
        });
    std::vector<std::thread> listeners;
    std::atomic<int> replies = 0;
    for (int l = 0; l < 2; ++l)
        listeners.emplace_back([&] {
            LINEMESSAGE message{};
            while (lineGetMessage(program.application, &message, for_ever) == 0 &&
                   message.dwMessageID == LINE_REPLY)
                ++replies;
        });
    for (auto& thread : threads) thread.join();
    for (int l = 0; l < 2; ++l) service.send(program.channel, call_state(1, LINECALLSTATE_IDLE));
    for (auto& listener : listeners) listener.join();
    EXPECT_EQ(replies, callers * each);
    for (const auto& of_caller : written)
        for (const HCALL call : of_caller) EXPECT_GT(call, 100000u);
}

} // namespace
} // namespace offhook::client_test
