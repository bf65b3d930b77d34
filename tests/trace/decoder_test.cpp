// SPDX-License-Identifier: Apache-2.0
#include "frames.h"

#include <gtest/gtest.h>

#include <random>

namespace offhook::trace {
namespace {

using namespace test;
using abi::Tapi;
using abi::Tspi;
using wire::FrameKind;

constexpr std::uint32_t session = 3, application = 8;
constexpr std::uint32_t htline = 0x100, htcall = 0x200, hline = 0x300, hcall = 0x400, request = 0x500;
constexpr std::uint64_t hdline = 0xAAA0'0000'0001, hdcall = 0xAAA0'0000'0002;

class Decoding : public testing::Test {
  protected:
    void to_host(const Bytes& bytes) {
        recorder_.frames(Boundary::to_host, {.session = session}, ++time_, bytes);
    }
    void from_host(const Bytes& bytes) {
        recorder_.frames(Boundary::from_host, {.session = session}, ++time_, bytes);
    }
    void from_application(const Bytes& bytes) {
        recorder_.frames(Boundary::from_application, {.application = application}, ++time_, bytes);
    }
    void to_application(const Bytes& bytes) {
        recorder_.frames(Boundary::to_application, {.application = application}, ++time_, bytes);
    }
    void to_application_event(const Bytes& bytes) {
        recorder_.frames(Boundary::to_channel, {.application = application}, ++time_, bytes);
    }

    void session_begins() {
        recorder_.note({.kind = NoteKind::session, .what = "running", .provider = "sip"},
                       {.session = session}, ++time_);
    }

    // lineMakeCall, from the application's call to its reply.
    void make_call() {
        from_application(down(
            abi::row(Tapi::lineMakeCall), header_of(FrameKind::call, Tapi::lineMakeCall, 21),
            {{"hLine", number(hline)}, {"lpszDestAddress", text(u"4711")}, {"dwCountryCode", number(49)}}));
        to_host(down(abi::row(Tspi::lineMakeCall),
                     header_of(FrameKind::call, Tspi::lineMakeCall, 31, 0, htline),
                     {{"dwRequestID", number(request)},
                      {"hdLine", number(hdline)},
                      {"htCall", number(htcall)},
                      {"lpszDestAddress", text(u"4711")}}));
        from_host(up(abi::row(Tspi::lineMakeCall), abi::Fill::at_return,
                     header_of(FrameKind::result, Tspi::lineMakeCall, 31, request),
                     {{"lphdCall", number(hdcall)}}));
        to_application(up(abi::row(Tapi::lineMakeCall), abi::Fill::at_return,
                          header_of(FrameKind::result, Tapi::lineMakeCall, 21, request), {}));
        from_host(up(abi::row(Tspi::lineMakeCall), abi::Fill::at_reply,
                     header_of(FrameKind::completion, Tspi::lineMakeCall, request), {}));
        Bytes late(sizeof(std::uint32_t));
        std::memcpy(late.data(), &hcall, sizeof hcall);
        to_application_event(to_channel(LINE_REPLY, {.parameter1 = request}, request, late));
    }

    std::vector<nlohmann::json> records() { return records_of(recorder_); }
    nlohmann::json last() { return records().back(); }

    Recorder recorder_{1u << 20};
    std::uint64_t time_ = 1'000'000;
};

TEST_F(Decoding, ACallIsFollowedFromTheApplicationToTheProviderAndBack) {
    session_begins();
    make_call();
    const auto all = records();
    ASSERT_EQ(all.size(), 7u);
    const auto expect = [&](std::size_t i, const char* kind, const char* what, std::uint32_t line,
                            std::uint32_t call) {
        EXPECT_EQ(all[i].at("kind"), kind);
        EXPECT_EQ(all[i].at("what"), what);
        EXPECT_EQ(all[i].at("line"), line) << i;
        EXPECT_EQ(all[i].at("call"), call) << i;
    };
    expect(0, "session", "running", 0, 0);
    expect(1, "application_call", "lineMakeCall", hline, 0);
    expect(2, "provider_call", "TSPI_lineMakeCall", htline, htcall);
    expect(3, "provider_return", "TSPI_lineMakeCall", htline, htcall);
    expect(4, "application_result", "lineMakeCall", hline, 0);
    expect(5, "provider_completion", "TSPI_lineMakeCall", htline, htcall);
    expect(6, "application_event", "LINE_REPLY", 0, hcall);
    EXPECT_EQ(all[2].at("provider"), "sip");
    EXPECT_EQ(all[2].at("request"), request);
    EXPECT_EQ(all[2].at("parameters"), nlohmann::json({0, hdline, 0}));
    EXPECT_EQ(all[2].at("fields").at("lpszDestAddress"), "4711");
    EXPECT_EQ(all[2].at("fields").at("hdLine"), "0xaaa000000001");
    EXPECT_EQ(all[2].at("fields").at("lpCallParams"), nullptr);
    EXPECT_EQ(all[3].at("result"), request);
    EXPECT_EQ(all[3].at("fields").at("lphdCall"), "0xaaa000000002");
    EXPECT_EQ(all[4].at("htline"), htline);
    EXPECT_EQ(all[6].at("htcall"), htcall);
    EXPECT_EQ(all[6].at("fields").at("lphCall"), "0x400");
    EXPECT_EQ(all[0].at("number"), 0);
    EXPECT_EQ(all[6].at("number"), 6);
    EXPECT_EQ(all[6].at("time_us"), 1'000'007);
    EXPECT_EQ(all[6].at("time_ms"), 1'000);
}

TEST_F(Decoding, AProvidersHandleIsResolvedByWhatOpenedIt) {
    make_call();
    to_host(down(abi::row(Tspi::lineDrop), header_of(FrameKind::call, Tspi::lineDrop, 32, 0, htline),
                 {{"dwRequestID", number(1)}, {"hdCall", number(hdcall)}}));
    EXPECT_EQ(last().at("call"), htcall);
    to_host(down(abi::row(Tspi::lineCloseCall),
                 header_of(FrameKind::call, Tspi::lineCloseCall, 33, 0, htline),
                 {{"hdCall", number(hdcall)}}));
    from_host(up(abi::row(Tspi::lineCloseCall), abi::Fill::at_return,
                 header_of(FrameKind::result, Tspi::lineCloseCall, 33), {}));
    EXPECT_EQ(last().at("call"), htcall);
    to_host(down(abi::row(Tspi::lineDrop), header_of(FrameKind::call, Tspi::lineDrop, 34, 0, htline),
                 {{"dwRequestID", number(2)}, {"hdCall", number(hdcall)}}));
    EXPECT_EQ(last().at("call"), 0) << "the provider may use the handle again";
}

TEST_F(Decoding, AnIncomingCallIsResolvedToo) {
    from_host(test::from_host(LINE_NEWCALL, {.line = htline, .call = htcall, .parameter1 = hdcall}));
    from_host(test::from_host(LINE_CALLSTATE, {.line = htline,
                                               .call = htcall,
                                               .parameter1 = LINECALLSTATE_OFFERING,
                                               .parameter3 = LINEMEDIAMODE_INTERACTIVEVOICE}));
    EXPECT_EQ(last().at("fields").at("dwParam1"), "LINECALLSTATE_OFFERING");
    EXPECT_EQ(last().at("fields").at("dwParam3"), "LINEMEDIAMODE_INTERACTIVEVOICE");
    to_application_event(to_channel(
        LINE_APPNEWCALL, {.device = hline, .parameter2 = hcall, .parameter3 = LINECALLPRIVILEGE_OWNER}));
    EXPECT_EQ(last().at("fields").at("dwParam3"), "LINECALLPRIVILEGE_OWNER");
    EXPECT_EQ(last().at("htcall"), htcall);
    EXPECT_EQ(last().at("htline"), htline);
    from_application(down(abi::row(Tapi::lineAnswer), header_of(FrameKind::call, Tapi::lineAnswer, 1),
                          {{"hCall", number(hcall)}}));
    EXPECT_EQ(last().at("htcall"), htcall);
    to_host(down(abi::row(Tspi::lineAnswer), header_of(FrameKind::call, Tspi::lineAnswer, 2, 0, htline),
                 {{"hdCall", number(hdcall)}}));
    EXPECT_EQ(last().at("call"), htcall);
}

TEST_F(Decoding, AStateIsNamedWithItsMode) {
    from_host(test::from_host(LINE_CALLSTATE, {.line = htline,
                                               .call = htcall,
                                               .parameter1 = LINECALLSTATE_DISCONNECTED,
                                               .parameter2 = LINEDISCONNECTMODE_BUSY}));
    EXPECT_EQ(last().at("fields").at("dwParam2"), "LINEDISCONNECTMODE_BUSY");
}

TEST_F(Decoding, AnErrorIsNamed) {
    to_application(
        up(abi::row(Tapi::lineOpen), abi::Fill::at_return,
           header_of(FrameKind::result, Tapi::lineOpen, 1, static_cast<std::int32_t>(LINEERR_INUSE)), {}));
    EXPECT_EQ(last().at("result_name"), "LINEERR_INUSE");
    EXPECT_EQ(last().at("result"), static_cast<std::int32_t>(LINEERR_INUSE));
}

TEST_F(Decoding, ConstantsOfParametersAreNamed) {
    to_host(down(abi::row(Tspi::linePark), header_of(FrameKind::call, Tspi::linePark, 1),
                 {{"dwParkMode", number(LINEPARKMODE_NONDIRECTED)}}));
    EXPECT_EQ(last().at("fields").at("dwParkMode"), "LINEPARKMODE_NONDIRECTED");
    EXPECT_EQ(last().at("fields").at("lpszDirAddress"), nullptr);
}

TEST_F(Decoding, NotesAreRecords) {
    recorder_.note({.kind = NoteKind::violation, .provider = "sip", .text = "it lies", .rule = 46},
                   {.session = session}, 1);
    EXPECT_EQ(last().at("kind"), "violation");
    EXPECT_EQ(last().at("rule"), 46);
    EXPECT_EQ(last().at("text"), "it lies");
    recorder_.note({.kind = NoteKind::install, .what = "configured", .provider = "sip"}, {}, 1);
    EXPECT_EQ(last().at("kind"), "install");
    EXPECT_EQ(last().at("what"), "configured");
}

// Whatever lies in the ring: a peer may have sent anything.
TEST_F(Decoding, AnyBytesAreDecodedOrLeftOut) {
    make_call();
    std::vector<Entry> entries;
    std::vector<Bytes> memory;
    auto cursor = recorder_.ring().oldest();
    while (const auto entry = recorder_.ring().read(cursor)) {
        memory.emplace_back(entry->bytes.begin(), entry->bytes.end());
        entries.push_back(*entry);
    }
    std::mt19937 random(7); // NOLINT: the same each time
    Decoder decoder;
    Recorder other(1u << 16);
    for (int i = 0; i < 50'000; ++i) {
        auto bytes = memory[random() % memory.size()];
        for (auto changes = random() % 4; changes != 0; --changes)
            bytes[random() % bytes.size()] = std::byte(random() % 256);
        const auto boundary = static_cast<Boundary>(random() % (last_boundary + 1));
        const auto whole = static_cast<std::uint32_t>(bytes.size());
        std::memcpy(bytes.data(), &whole, sizeof whole);
        other.frames(boundary, {.session = 1, .application = 2}, 0, bytes);
        bytes.resize(random() % (bytes.size() + 1));
        EntryHeader header{.session = 1,
                           .application = 2,
                           .size = static_cast<std::uint32_t>(bytes.size()),
                           .boundary = boundary};
        decoder.decode({header, bytes});
    }
    records_of(other);
}

} // namespace
} // namespace offhook::trace
