// SPDX-License-Identifier: Apache-2.0
#include "daemon/frame_trace.h"

#include "trace/transfer.h"

#include <gtest/gtest.h>

namespace {

using namespace offhook;
using namespace offhook::daemon;
using core::ApplicationId;
using trace::Boundary;

constexpr ApplicationId reader{77};

class FrameTraceTest : public testing::Test {
  protected:
    static std::vector<std::byte> frame(std::uint32_t correlation) {
        std::vector<std::byte> bytes;
        wire::FrameWriter to(bytes, {.kind = wire::FrameKind::call, .correlation = correlation});
        to.finish();
        return bytes;
    }
    void pass(std::uint32_t count, const trace::Peer& peer = {.session = 1}) {
        const auto boundary = peer.session != 0 ? Boundary::to_host : Boundary::to_application;
        for (std::uint32_t i = 0; i < count; ++i) trace_.frames(boundary, peer, frame(++correlation_));
        turn();
    }
    // Of the loop, which would wait when nothing is due.
    void turn() {
        const auto now = loop_.after(0, [] {});
        loop_.run_once();
    }
    // The correlations of the frames that were sent.
    std::vector<std::uint32_t> received() const {
        std::vector<std::uint32_t> found;
        for (const auto& part : sent_) {
            const auto bytes = trace::from_hexadecimal(part.value("entries", ""));
            EXPECT_TRUE(trace::for_each_entry(bytes, [&](const trace::Entry& entry) {
                wire::FrameHeader header;
                std::memcpy(&header, entry.bytes.data(), sizeof header);
                found.push_back(header.correlation);
            }));
        }
        return found;
    }
    std::uint64_t lost() const {
        std::uint64_t sum = 0;
        for (const auto& part : sent_) sum += part.value("lost", std::uint64_t{0});
        return sum;
    }

    EventLoop loop_;
    std::uint32_t correlation_ = 0;
    std::optional<std::size_t> queued_ = 0;
    std::vector<nlohmann::json> sent_;
    FrameTrace trace_{
        loop_,
        1'000,
        100,
        {.send = [this](ApplicationId, const nlohmann::json& part) { sent_.push_back(part); },
         .queued_bytes = [this](ApplicationId) { return queued_; },
         .names = [](std::uint64_t, std::optional<uid_t>) { return nlohmann::json::object(); }}};
};

TEST_F(FrameTraceTest, WhatWasKeptComesOnceAndThenTheEnd) {
    pass(3);
    trace_.read(reader, {});
    turn();
    EXPECT_TRUE(sent_.front().contains("names"));
    EXPECT_EQ(received(), (std::vector<std::uint32_t>{1, 2, 3}));
    EXPECT_TRUE(sent_.back().contains("end"));
    const auto parts = sent_.size();
    pass(2);
    EXPECT_EQ(sent_.size(), parts);
}

TEST_F(FrameTraceTest, WhoFollowsGetsWhatComes) {
    pass(3);
    trace_.read(reader, {.only_of = {}, .since_us = UINT64_MAX, .until = FrameTrace::Until::it_ends});
    pass(2);
    EXPECT_EQ(received(), (std::vector<std::uint32_t>{4, 5}));
    trace_.application_gone(reader);
    pass(1);
    EXPECT_EQ(received().size(), 2u);
}

TEST_F(FrameTraceTest, AUserGetsTheFramesOfTheirOwnApplicationsAlone) {
    pass(1, {.session = 1});
    pass(1, {.application = 5, .user = 1000});
    pass(1, {.application = 6, .user = 1001});
    trace_.note({.kind = trace::NoteKind::violation, .provider = "sip", .text = "x", .rule = 46},
                {.session = 1});
    pass(1, {.application = 7, .user = 1000});
    trace_.read(reader, {.only_of = 1000});
    turn();
    EXPECT_EQ(received(), (std::vector<std::uint32_t>{2, 4}));
}

TEST_F(FrameTraceTest, AReaderThatIsTooSlowIsToldWhatItMissed) {
    trace_.read(reader, {.only_of = {}, .since_us = 0, .until = FrameTrace::Until::it_ends});
    queued_ = 101;
    pass(100);
    EXPECT_TRUE(received().empty());
    queued_ = 0;
    while (received().empty()) loop_.run_once(); // tried again later
    const auto kept = received();
    EXPECT_EQ(kept.back(), 100u);
    EXPECT_GT(lost(), 0u);
    EXPECT_EQ(lost() + kept.size(), 100u);
}

// Frames of a session are kept after it has ended, and its provider has been removed.
TEST_F(FrameTraceTest, WhoIsGoneIsNamedAsLongAsFramesAreKept) {
    trace_.note({.kind = trace::NoteKind::session, .what = "ended", .provider = "sip"}, {.session = 3});
    trace_.note({.kind = trace::NoteKind::application, .what = "gone", .text = "dialer"},
                {.application = 5, .user = 1000});
    trace_.line_goes(7, "alice");
    trace_.read(reader, {});
    const auto names = sent_.back().at("names");
    EXPECT_EQ(names.at("lines"), nlohmann::json::parse(R"([[7, "alice"]])"));
    EXPECT_EQ(names.at("sessions"), nlohmann::json::parse(R"([[3, "sip"]])"));
    EXPECT_EQ(names.at("applications"), nlohmann::json::parse(R"([[5, "dialer"]])"));
    turn();
    trace_.read(reader, {.only_of = 1001});
    EXPECT_TRUE(sent_.back().at("names").at("sessions").empty());
    EXPECT_TRUE(sent_.back().at("names").at("applications").empty());
}

TEST_F(FrameTraceTest, TheLastViolationsStayWhenTheRingIsFullOfOthers) {
    for (std::uint32_t rule = 1; rule <= 30; ++rule)
        trace_.note({.kind = trace::NoteKind::violation, .provider = "sip", .text = "x", .rule = rule},
                    {.session = 1});
    pass(100);
    ASSERT_EQ(trace_.violations().size(), 20u);
    EXPECT_EQ(trace_.violations().front().rule, 11u);
    EXPECT_EQ(trace_.violations().back().rule, 30u);
}

} // namespace
