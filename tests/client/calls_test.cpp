// SPDX-License-Identifier: Apache-2.0
//
// Calls and their answers: arguments, results, errors, threads, and services that end or misbehave.
#include "program.h"

#include "offhook/audio.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace offhook::client_test {
namespace {

TEST(Calls, NothingWorksBeforeInitialisation) {
    FakeService service;
    LINECALLINFO info{};
    info.dwTotalSize = sizeof info;
    EXPECT_EQ(lineGetCallInfoW(1, &info), LINEERR_UNINITIALIZED);
    EXPECT_EQ(lineShutdown(1), LINEERR_UNINITIALIZED);
    EXPECT_EQ(phoneClose(1), PHONEERR_UNINITIALIZED);
}

TEST(Calls, AServiceThatIsNotThereIsNotRunning) {
    ::setenv("OFFHOOK_SOCKET", "/nonexistent/offhook/offhook.sock", 1);
    ::setenv("OFFHOOK_START", "never", 1);
    HLINEAPP application = 0;
    DWORD devices = 0, version = 0x00020002;
    LINEINITIALIZEEXPARAMS wanted{};
    wanted.dwTotalSize = sizeof wanted;
    wanted.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    EXPECT_EQ(lineInitializeExW(&application, nullptr, nullptr, u"x", &devices, &version, &wanted),
              LINEERR_SERVICE_NOT_RUNNING);
}

TEST(Calls, R041_PointersAreCheckedBeforeAnythingIsSent) {
    FakeService service;
    const Program program;
    LINEDEVCAPS caps{};
    EXPECT_EQ(lineGetDevCapsW(program.application, 0, 0x20002, 0, nullptr), LINEERR_INVALPOINTER);
    caps.dwTotalSize = 239; // 240 in version 1.3
    EXPECT_EQ(lineGetDevCapsW(program.application, 0, 0x20002, 0, &caps), LINEERR_STRUCTURETOOSMALL);
    EXPECT_EQ(lineMakeCallW(1, nullptr, u"1", 0, nullptr), LINEERR_INVALPOINTER);
    EXPECT_EQ(lineAnswer(1, nullptr, 3), LINEERR_INVALPOINTER);
    EXPECT_EQ(lineDialA(1, nullptr, 0), LINEERR_INVALPOINTER);
    EXPECT_EQ(phoneGetVolume(1, 0, nullptr), PHONEERR_INVALPOINTER);
    EXPECT_EQ(tapiRequestMakeCallA(nullptr, "", "", ""), TAPIERR_INVALPOINTER);
    LINECALLPARAMS small{};
    small.dwTotalSize = 4;
    HCALL call = 0;
    EXPECT_EQ(lineMakeCallA(1, &call, "1", 0, &small), LINEERR_STRUCTURETOOSMALL);
    // What may be NULL is sent.
    EXPECT_EQ(lineMakeCallA(1, &call, nullptr, 0, nullptr), LINEERR_OPERATIONUNAVAIL);
    EXPECT_EQ(lineAnswer(1, nullptr, 0), LINEERR_OPERATIONUNAVAIL);
    EXPECT_EQ(lineMonitorTones(1, nullptr, 0), LINEERR_OPERATIONUNAVAIL);
}

TEST(Calls, EachFamilyHasItsOwnErrors) {
    FakeService service;
    const Program program;
    service.on(Tapi::phoneGetVolume,
               [&](const Request& request) { service.reply(request, LINEERR_NODEVICE); });
    DWORD volume = 0;
    EXPECT_EQ(phoneGetVolume(1, 0, &volume), PHONEERR_NODEVICE);
    service.on(Tapi::phoneGetVolume,
               [&](const Request& request) { service.reply(request, PHONEERR_NOTOWNER); });
    EXPECT_EQ(phoneGetVolume(1, 0, &volume), PHONEERR_NOTOWNER);
    EXPECT_EQ(tapiRequestDrop(nullptr, 1), TAPIERR_REQUESTFAILED);
    service.on(Tapi::lineHold,
               [&](const Request& request) { service.reply(request, static_cast<LONG>(0xC0000005)); });
    EXPECT_EQ(lineHold(1), static_cast<LONG>(0xC0000005)); // a vendor's (R252)
}

TEST(Calls, ArgumentsArriveAsTheirRowsSay) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineGenerateTone, [&](const Request& request) {
        EXPECT_EQ(request.number("hCall"), 5u);
        EXPECT_EQ(request.number("dwNumTones"), 2u);
        EXPECT_EQ(request.bytes("lpTones").size(), 2 * sizeof(LINEGENERATETONE));
        LINEGENERATETONE second{};
        std::memcpy(&second, request.bytes("lpTones").data() + sizeof second, sizeof second);
        EXPECT_EQ(second.dwFrequency, 440u);
        service.reply(request, 0);
    });
    LINEGENERATETONE tones[2]{};
    tones[1].dwFrequency = 440;
    EXPECT_EQ(lineGenerateTone(5, LINETONEMODE_CUSTOM, 100, 2, tones), 0);

    service.on(Tapi::lineOpen, [&](const Request& request) {
        EXPECT_EQ(request.number("dwCallbackInstance"), 0x123456789ABCDEF0u);
        EXPECT_TRUE(request.null("lpCallParams"));
        service.reply(request, 0, Outputs().number("lphLine", 77));
    });
    HLINE line = 0;
    EXPECT_EQ(lineOpenA(program.application, 1, &line, 0x20002, 0, 0x123456789ABCDEF0u,
                        LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE, nullptr),
              0);
    EXPECT_EQ(line, 77u);

    service.on(Tapi::phoneGetData, [&](const Request& request) {
        EXPECT_EQ(request.number("dwSize"), 4u);
        service.reply(request, 0, Outputs().block("lpData", std::vector<std::byte>(3, std::byte{9})));
    });
    unsigned char data[4] = {1, 1, 1, 1};
    EXPECT_EQ(phoneGetData(1, 0, data, 4), 0);
    EXPECT_EQ(data[2], 9);
    EXPECT_EQ(data[3], 1);
}

TEST(Calls, R030_NothingIsWrittenPastTheCallersMemory) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineGetCallStatus, [&](const Request& request) {
        EXPECT_EQ(request.number("lpCallStatus"), sizeof(LINECALLSTATUS));
        service.reply(
            request, 0,
            Outputs().block("lpCallStatus", Filled<LINECALLSTATUS>(36, sizeof(LINECALLSTATUS)).bytes()));
    });
    struct {
        LINECALLSTATUS status;
        DWORD guard;
    } memory{{}, 0xCAFE};
    memory.status.dwTotalSize = sizeof memory.status;
    EXPECT_EQ(lineGetCallStatus(1, &memory.status), 0);
    EXPECT_EQ(memory.status.dwUsedSize, 36u);
    EXPECT_EQ(memory.status.dwTotalSize, sizeof memory.status);
    EXPECT_EQ(memory.guard, 0xCAFEu);
}

// Every caller gets its own answer, whoever reads it, and in whatever order they come.
TEST(Calls, ManyThreadsShareTheConnection) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineGetNumRings, [&](const Request& request) {
        service.reply(request, 0, Outputs().number("lpdwNumRings", request.number("hLine") + 1));
    });
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    for (DWORD t = 0; t < 8; ++t)
        threads.emplace_back([&right, t] {
            for (DWORD i = 0; i < 200; ++i) {
                const DWORD line = t * 1000 + i + 1;
                DWORD rings = 0;
                if (lineGetNumRings(line, 0, &rings) == 0 && rings == line + 1) ++right;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(right, 8 * 200);
}

TEST(Calls, ASlowCallBlocksItsCallerOnly) {
    FakeService service;
    const Program program;
    Request slow;
    std::mutex mutex;
    service.on(Tapi::lineGetNumRings, [&](const Request& request) {
        const std::scoped_lock lock(mutex);
        slow = request;
    });
    std::thread waiting([] {
        DWORD rings = 0;
        EXPECT_EQ(lineGetNumRings(1, 0, &rings), LINEERR_INVALADDRESSID);
    });
    service.wait_for_calls(Tapi::lineGetNumRings, 1);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(lineDeallocateCall(3), LINEERR_OPERATIONUNAVAIL);
    {
        const std::scoped_lock lock(mutex);
        service.reply(slow, LINEERR_INVALADDRESSID);
    }
    waiting.join();
}

TEST(Calls, TheServiceEndsDuringACall) {
    auto service = std::make_unique<FakeService>();
    const Program program;
    service->on(Tapi::lineHold, [first = service.get()](const Request&) { first->hang_up(); });
    EXPECT_EQ(lineHold(1), LINEERR_OPERATIONFAILED);
    EXPECT_EQ(lineHold(1), LINEERR_SERVICE_NOT_RUNNING);
    EXPECT_EQ(phoneClose(1), PHONEERR_SERVICE_NOT_RUNNING);
    LINEMESSAGE message{};
    EXPECT_EQ(lineGetMessage(program.application, &message, for_ever), LINEERR_SERVICE_NOT_RUNNING);
    // It starts again: a new application works, the old one is only shut down.
    service = std::make_unique<FakeService>();
    {
        const Program again;
        EXPECT_EQ(lineHold(1), LINEERR_OPERATIONUNAVAIL);
    }
}

TEST(Calls, AllWaitingCallersLearnThatTheServiceEnded) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineHold, [](const Request&) {});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) threads.emplace_back([] { EXPECT_EQ(lineHold(1), LINEERR_OPERATIONFAILED); });
    service.wait_for_calls(Tapi::lineHold, 4);
    service.hang_up();
    for (auto& thread : threads) thread.join();
}

TEST(Calls, ADescriptorArrivesInTheAudioDevice) {
    FakeService service;
    const Program program;
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    const wire::UniqueFd ours(ends[0]);
    wire::UniqueFd theirs(ends[1]);
    service.on(Tapi::lineGetID, [&](const Request& request) {
        EXPECT_EQ(request.text("lpszDeviceClass"), u"offhook/audio");
        OFFHOOK_AUDIO_DEVICE device{sizeof device, -1, 8000, 1, 16, 3};
        Filled<VARSTRING> id(24, static_cast<std::uint32_t>(request.number("lpDeviceID")));
        id->dwStringFormat = STRINGFORMAT_BINARY;
        id.part(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, std::as_bytes(std::span(&device, 1)));
        service.reply(request, 0, Outputs().block("lpDeviceID", id.bytes()),
                      wire::UniqueFd(::dup(theirs.get())));
    });
    struct {
        VARSTRING id;
        OFFHOOK_AUDIO_DEVICE room;
    } memory{};
    memory.id.dwTotalSize = sizeof memory;
    ASSERT_EQ(lineGetIDA(0, 0, 9, LINECALLSELECT_CALL, &memory.id, OFFHOOK_AUDIO_CLASS), 0);
    OFFHOOK_AUDIO_DEVICE device{};
    std::memcpy(&device, reinterpret_cast<char*>(&memory) + memory.id.dwStringOffset, sizeof device);
    const wire::UniqueFd received(device.lDescriptor);
    EXPECT_EQ(device.dwSampleRate, 8000u);
    EXPECT_NE(::fcntl(received.get(), F_GETFD) & FD_CLOEXEC, 0);
    ASSERT_EQ(::write(received.get(), "x", 1), 1);
    char byte = 0;
    EXPECT_EQ(::read(ours.get(), &byte, 1), 1);
}

// The stream ends at once when the caller's structure has no room for it.
TEST(Calls, ADescriptorThatCannotBeDeliveredIsClosed) {
    FakeService service;
    const Program program;
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    const wire::UniqueFd ours(ends[0]);
    wire::UniqueFd theirs(ends[1]);
    service.on(Tapi::lineGetID, [&](const Request& request) {
        auto filled = Filled<VARSTRING>(24, 24).bytes();
        const std::uint32_t needed = 24 + sizeof(OFFHOOK_AUDIO_DEVICE);
        std::memcpy(filled.data() + offsetof(VARSTRING, dwNeededSize), &needed, sizeof needed);
        service.reply(request, 0, Outputs().block("lpDeviceID", filled), std::move(theirs));
    });
    VARSTRING id{};
    id.dwTotalSize = sizeof id;
    ASSERT_EQ(lineGetIDW(0, 0, 9, LINECALLSELECT_CALL, &id, OFFHOOK_AUDIO_CLASS_W), 0);
    EXPECT_GT(id.dwNeededSize, id.dwTotalSize);
    char byte = 0;
    EXPECT_EQ(::read(ours.get(), &byte, 1), 0);
}

TEST(Calls, AChildProcessStartsAfresh) {
    FakeService service;
    const Program program;
    EXPECT_EQ(lineHold(1), LINEERR_OPERATIONUNAVAIL);
    const pid_t child = ::fork();
    if (child == 0) {
        const bool forgotten = lineHold(1) == LINEERR_UNINITIALIZED;
        const bool closed = ::fcntl(program.event, F_GETFD) == -1;
        ::_exit(forgotten && closed ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(lineHold(1), LINEERR_OPERATIONUNAVAIL); // the parent goes on
}

// What a service must not say ends the connection with the reason, and the call with an error.
class Malformed : public testing::Test {
  protected:
    FakeService service_;
    Program program_;

    LONG answer_with(const std::function<std::vector<std::byte>(const Request&)>& frame) {
        service_.on(Tapi::lineGetNumRings,
                    [&](const Request& request) { service_.reply_raw(frame(request)); });
        DWORD rings = 0;
        return lineGetNumRings(1, 0, &rings);
    }
    static wire::FrameHeader result_for(const Request& request) {
        wire::FrameHeader header;
        header.kind = wire::FrameKind::result;
        header.correlation = request.header.correlation;
        return header;
    }
};

TEST_F(Malformed, OutputsTooShort) {
    EXPECT_EQ(answer_with([](const Request& request) { return frame_of(result_for(request)); }),
              LINEERR_OPERATIONFAILED);
    EXPECT_NE(service_.goodbye().find("row"), std::string::npos);
    EXPECT_EQ(lineHold(1), LINEERR_SERVICE_NOT_RUNNING);
}

TEST_F(Malformed, OutputsTooLong) {
    EXPECT_EQ(answer_with([](const Request& request) {
                  return frame_of(result_for(request), std::vector<std::byte>(5));
              }),
              LINEERR_OPERATIONFAILED);
}

TEST_F(Malformed, AnAnswerToNoCall) {
    EXPECT_EQ(answer_with([](const Request& request) {
                  auto header = result_for(request);
                  ++header.correlation;
                  return frame_of(header, std::vector<std::byte>(4));
              }),
              LINEERR_OPERATIONFAILED);
    EXPECT_NE(service_.goodbye().find("answers no call"), std::string::npos);
}

TEST_F(Malformed, R044_ARequestIdFromASynchronousFunction) {
    EXPECT_EQ(answer_with([](const Request& request) {
                  auto header = result_for(request);
                  header.result = 12;
                  return frame_of(header, std::vector<std::byte>(4));
              }),
              LINEERR_OPERATIONFAILED);
}

TEST_F(Malformed, R044_ZeroFromAnAsynchronousFunction) {
    service_.on(Tapi::lineHold,
                [&](const Request& request) { service_.reply_raw(frame_of(result_for(request))); });
    EXPECT_EQ(lineHold(1), LINEERR_OPERATIONFAILED);
}

TEST_F(Malformed, AnUnknownKindOfFrame) {
    EXPECT_EQ(answer_with([](const Request& request) {
                  auto header = result_for(request);
                  header.kind = static_cast<wire::FrameKind>(99);
                  return frame_of(header);
              }),
              LINEERR_OPERATIONFAILED);
    EXPECT_NE(service_.goodbye().find("kind"), std::string::npos);
}

TEST_F(Malformed, AFrameTooLong) {
    EXPECT_EQ(answer_with([](const Request& request) {
                  auto frame = frame_of(result_for(request));
                  const std::uint32_t size = 0x7FFFFFFF;
                  std::memcpy(frame.data(), &size, sizeof size);
                  return frame;
              }),
              LINEERR_OPERATIONFAILED);
}

TEST_F(Malformed, AStructureThatPointsOutsideOfItself) {
    service_.on(Tapi::lineGetCallStatus, [&](const Request& request) {
        Filled<LINECALLSTATUS> status(56, sizeof(LINECALLSTATUS));
        status->dwDevSpecificSize = 8;
        status->dwDevSpecificOffset = 0x10000;
        service_.reply(request, 0, Outputs().block("lpCallStatus", status.bytes()));
    });
    LINECALLSTATUS status{};
    status.dwTotalSize = sizeof status;
    EXPECT_EQ(lineGetCallStatus(1, &status), LINEERR_OPERATIONFAILED);
    EXPECT_EQ(status.dwDevSpecificOffset, 0u);
}

TEST_F(Malformed, AStructureLongerThanTheCallersMemory) {
    service_.on(Tapi::lineGetCallStatus, [&](const Request& request) {
        Filled<LINECALLSTATUS> status(56, 200);
        status.part(&LINECALLSTATUS::dwDevSpecificSize, &LINECALLSTATUS::dwDevSpecificOffset,
                    std::vector<std::byte>(100));
        service_.reply(request, 0, Outputs().block("lpCallStatus", status.bytes()));
    });
    LINECALLSTATUS status{};
    status.dwTotalSize = sizeof status;
    EXPECT_EQ(lineGetCallStatus(1, &status), LINEERR_OPERATIONFAILED);
}

} // namespace
} // namespace offhook::client_test
