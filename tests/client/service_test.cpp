// SPDX-License-Identifier: Apache-2.0
//
// The functions of the service itself.
#include "program.h"

#include "offhook/service.h"
#include "wire/service.h"

namespace offhook::client_test {
namespace {

struct Answer {
    ~Answer() { offhook_service_free(text); }
    char* text = nullptr;
};

constexpr auto status = static_cast<WORD>(wire::ServiceFunction::status);
constexpr auto watch = static_cast<WORD>(wire::ServiceFunction::watch);

TEST(Service, AFunctionIsAnswered) {
    FakeService service;
    service.on_service([](std::uint16_t function, const std::string& request) {
        EXPECT_EQ(function, status);
        EXPECT_EQ(request, R"({"a":1})");
        return std::pair<std::int32_t, std::string>{0, R"({"pid":4})"};
    });
    Answer answer;
    EXPECT_EQ(offhook_service_call(status, R"({"a":1})", &answer.text), 0);
    EXPECT_STREQ(answer.text, R"({"pid":4})");
}

TEST(Service, AnErrorComesWithItsText) {
    FakeService service;
    service.on_service([](std::uint16_t, const std::string&) {
        return std::pair<std::int32_t, std::string>{LINEERR_OPERATIONFAILED,
                                                    R"({"error":"no such provider"})"};
    });
    Answer answer;
    EXPECT_EQ(offhook_service_call(status, "{}", &answer.text), LINEERR_OPERATIONFAILED);
    EXPECT_STREQ(answer.text, R"({"error":"no such provider"})");
}

TEST(Service, WithoutAServiceTheAnswerSaysWhatToDo) {
    ::setenv("OFFHOOK_SOCKET", "/nonexistent/offhook.sock", 1);
    Answer answer;
    EXPECT_EQ(offhook_service_call(status, "{}", &answer.text), LINEERR_SERVICE_NOT_RUNNING);
    EXPECT_NE(std::string(answer.text).find("/nonexistent/offhook.sock"), std::string::npos);
    EXPECT_NE(std::string(answer.text).find("systemctl start offhookd"), std::string::npos);
}

TEST(Service, WatchingStreamsRecordsUntilItIsEnough) {
    FakeService service;
    service.on_service([&](std::uint16_t function, const std::string&) {
        EXPECT_EQ(function, watch);
        return std::pair<std::int32_t, std::string>{0, "{}"};
    });
    struct Seen {
        FakeService& service;
        std::vector<std::string> records;
        static void send(FakeService& to, const char* text) {
            wire::FrameHeader header;
            header.kind = wire::FrameKind::service;
            header.function = watch;
            std::vector<std::byte> frame;
            wire::FrameWriter writer(frame, header);
            writer.utf8(text);
            writer.finish();
            to.reply_raw(frame);
        }
    } seen{service, {}};
    // The first record follows the answer.
    service.on_service([&](std::uint16_t, const std::string&) {
        Seen::send(service, "{}"); // the answer: what is sent below is the first record
        return std::pair<std::int32_t, std::string>{0, R"({"n":1})"};
    });
    Answer answer;
    const auto record = [](void* context, const char* text) {
        auto& to = *static_cast<Seen*>(context);
        to.records.emplace_back(text);
        if (to.records.size() == 1) Seen::send(to.service, R"({"n":2})");
        return to.records.size() == 2 ? 1 : 0;
    };
    EXPECT_EQ(offhook_service_watch(record, &seen, &answer.text), 0);
    EXPECT_EQ(seen.records, (std::vector<std::string>{R"({"n":1})", R"({"n":2})"}));
    Answer refused;
    EXPECT_EQ(offhook_service_call(watch, "{}", &refused.text), LINEERR_INVALPARAM);
}

TEST(Service, WatchingEndsWithTheService) {
    FakeService service;
    Answer answer;
    struct Context {
        FakeService& service;
    } context{service};
    service.on_service([&](std::uint16_t, const std::string&) {
        service.hang_up();
        return std::pair<std::int32_t, std::string>{0, "{}"};
    });
    EXPECT_EQ(offhook_service_watch([](void*, const char*) { return 0; }, &context, &answer.text),
              LINEERR_SERVICE_NOT_RUNNING);
}

} // namespace
} // namespace offhook::client_test
