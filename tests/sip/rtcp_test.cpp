// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/rtcp.h"
#include "providers/sip/media/rtp.h"

#include <gtest/gtest.h>

#include <random>

namespace offhook::sip::media {
namespace {

TEST(Rtcp, AReportIsReadBack) {
    ReceptionStatistics reception;
    for (std::uint16_t sequence = 0xFFF0, sent = 0; sent < 100; ++sent, ++sequence) // it wraps
        if (sent % 10 != 5) reception.packet(77, sequence, sent * 160U, sent * 160U);
    reception.sender_report(0x1234'5678'9ABC'DEF0, 1'000'000);
    const auto block = reception.report(1'500'000);
    ASSERT_TRUE(block);
    SenderCounts sender{42, 1000, 5, 800, ntp_from_unix(0)};
    const auto found = parse_rtcp(write_rtcp(sender, block, "name", Farewell::yes), 77);
    ASSERT_TRUE(found.about_us);
    EXPECT_EQ(found.about_us->cumulative_lost, 10);
    EXPECT_NEAR(found.about_us->fraction_lost, 25, 2); // of 256
    EXPECT_EQ(found.about_us->jitter, 0U);
    EXPECT_EQ(found.about_us->last_report, 0x5678'9ABCU);
    EXPECT_EQ(found.about_us->delay_since_report, 32768U); // half a second
    EXPECT_EQ(found.sender_ntp_time, ntp_from_unix(0));
    EXPECT_TRUE(found.farewell);
}

TEST(Rtcp, AListenerSendsAReceiverReport) {
    const auto packet = write_rtcp({42, 0, 0, 0, 0}, std::nullopt, "name", Farewell::no);
    ASSERT_GE(packet.size(), 8U);
    EXPECT_EQ(packet[1], 201);
    EXPECT_FALSE(parse_rtcp(packet, 1).sender_ntp_time);
}

TEST(Rtcp, JitterFollowsArrival) {
    ReceptionStatistics reception;
    for (std::uint16_t n = 0; n < 500; ++n)
        reception.packet(1, n, n * 160U, n * 160U + (n % 2 == 0 ? 0U : 40U));
    EXPECT_NEAR(reception.jitter(), 40, 3); // RFC 3550, appendix A.8
}

TEST(Rtcp, AJumpOfTheSendersClockIsNotJitter) {
    ReceptionStatistics reception;
    reception.packet(1, 0, 0, 0);
    reception.packet(1, 1, 0x8000'0000U, 0); // half way round: no 32-bit number is its negation
    reception.packet(1, 2, 0x8000'0000U, 0);
    EXPECT_EQ(reception.jitter(), 0U);
}

TEST(Rtp, HeadersAreReadWithTheirOptions) {
    std::vector<std::uint8_t> datagram(rtp_header_size);
    write_rtp_header({Marker::set, 8, 0xABCD, 0x01020304, 0x0A0B0C0D},
                     std::span(datagram).first<rtp_header_size>());
    datagram.insert(datagram.end(), {1, 2, 3});
    const auto plain = parse_rtp(datagram);
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->header.marker, Marker::set);
    EXPECT_EQ(plain->header.sequence, 0xABCD);
    EXPECT_EQ(plain->payload.size(), 3U);

    const std::vector<std::uint8_t> rich{
        0xB1, 0, 0, 1, 0,    0,    0, 1, 0, 0, 0, 1, // padding, extension, one contributing source
        9,    9, 9, 9, 0xBE, 0xDE, 0, 1, 7, 7, 7, 7, // that source, an extension of one word
        5,    6, 0, 2};
    const auto parsed = parse_rtp(rich);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(std::vector<std::uint8_t>(parsed->payload.begin(), parsed->payload.end()),
              (std::vector<std::uint8_t>{5, 6}));
}

TEST(Rtp, MalformedDatagramsAreRefused) {
    EXPECT_FALSE(parse_rtp({}));
    const std::vector<std::uint8_t> old(rtp_header_size, 0x40);
    EXPECT_FALSE(parse_rtp(old)); // version 1
    std::mt19937 random(5);
    for (int i = 0; i < 20'000; ++i) {
        std::vector<std::uint8_t> noise(random() % 64);
        for (auto& byte : noise) byte = static_cast<std::uint8_t>(random());
        if (!noise.empty()) noise[0] = static_cast<std::uint8_t>(0x80 | (noise[0] & 0x3F));
        const auto packet = parse_rtp(noise);
        EXPECT_TRUE(!packet || packet->payload.size() + rtp_header_size <= noise.size());
        static_cast<void>(parse_rtcp(noise, 1));
    }
}

} // namespace
} // namespace offhook::sip::media
