// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/description.h"

#include <gtest/gtest.h>

namespace offhook::sip::media {
namespace {

LocalMedia local() {
    LocalMedia media;
    media.rtp = {*Address::parse("127.0.0.1"), 20000};
    media.session = 7;
    media.version = 1;
    return media;
}

std::string offer_with(const std::string& media) {
    return "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n" + media;
}

TEST(Description, AnOfferIsAnsweredAndReadBack) {
    const auto answer = answer_offer(write_offer(local()), local());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->remote.rtp, local().rtp);
    EXPECT_EQ(answer->remote.rtcp.port, 20001);
    EXPECT_EQ(answer->remote.codec, Codec::pcmu);
    EXPECT_EQ(answer->remote.events, offered_event_payload_type);
    const auto read = read_answer(answer->text, local());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->codec, Codec::pcmu);
    EXPECT_EQ(read->flow, Flow::both);
}

TEST(Description, OurPreferenceDecidesBetweenCommonCodecs) {
    auto ours = local();
    ours.codecs = {Codec::pcma, Codec::pcmu};
    const auto answer = answer_offer(offer_with("m=audio 4000 RTP/AVP 18 0 8\r\n"), ours);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->remote.codec, Codec::pcma);
    EXPECT_EQ(answer->remote.events, std::nullopt);
    EXPECT_EQ(answer->remote.rtp, (Endpoint{*Address::parse("192.0.2.7"), 4000}));
}

TEST(Description, TheEventPayloadTypeIsThePeers) {
    const auto answer = answer_offer(
        offer_with("m=audio 4000 RTP/AVP 0 96\r\na=rtpmap:96 telephone-event/8000\r\n"), local());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->remote.events, 96);
    EXPECT_NE(answer->text.find("a=rtpmap:96 telephone-event/8000"), std::string::npos);
}

TEST(Description, OtherStreamsAreRefusedInTheirPlace) {
    const auto answer = answer_offer(
        offer_with("m=video 4002 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 0\r\nm=audio 4004 RTP/AVP 0\r\n"),
        local());
    ASSERT_TRUE(answer);
    const auto video = answer->text.find("m=video 0 RTP/AVP 31");
    const auto audio = answer->text.find("m=audio 20000 RTP/AVP 0");
    const auto second = answer->text.find("m=audio 0 RTP/AVP 0");
    ASSERT_NE(video, std::string::npos);
    ASSERT_NE(audio, std::string::npos);
    ASSERT_NE(second, std::string::npos);
    EXPECT_LT(video, audio);
    EXPECT_LT(audio, second);
}

TEST(Description, HoldIsAnsweredInKind) {
    const auto held = answer_offer(offer_with("m=audio 4000 RTP/AVP 0\r\na=sendonly\r\n"), local());
    ASSERT_TRUE(held);
    EXPECT_EQ(held->remote.flow, Flow::send);
    EXPECT_NE(held->text.find("a=recvonly"), std::string::npos);
    const auto old = answer_offer(
        "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n",
        local());
    ASSERT_TRUE(old);
    EXPECT_EQ(old->remote.flow, Flow::inactive);
}

TEST(Description, TheRtcpPortIsFollowedButNotItsAddress) {
    const auto answer =
        answer_offer(offer_with("m=audio 4000 RTP/AVP 0\r\na=rtcp:5007 IN IP4 198.51.100.9\r\n"), local());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->remote.rtcp, (Endpoint{*Address::parse("192.0.2.7"), 5007}));
}

TEST(Description, WhatWeCannotTakePartInIsRefused) {
    EXPECT_FALSE(answer_offer("", local()));
    EXPECT_FALSE(answer_offer("not a description", local()));
    EXPECT_FALSE(answer_offer(offer_with(""), local()));
    EXPECT_FALSE(answer_offer(offer_with("m=audio 4000 RTP/AVP 18\r\n"), local())); // no common codec
    EXPECT_FALSE(answer_offer(offer_with("m=audio 4000 RTP/SAVP 0\r\n"), local())); // encrypted
    EXPECT_FALSE(answer_offer(offer_with("m=audio 0 RTP/AVP 0\r\n"), local()));     // refused
    // Formats that are no tokens would make the parser behind us allocate without end.
    EXPECT_FALSE(answer_offer(offer_with("m=audio 4000 RTP/ap \x93\x91t\r\n"), local()));
    EXPECT_FALSE(read_answer(offer_with("m=audio 0 RTP/AVP 0\r\n"), local()));
    EXPECT_FALSE(answer_offer(
        "v=0\r\no=- 1 1 IN IP4 x\r\ns=-\r\nc=IN IP4 host.example\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n",
        local()));
    EXPECT_FALSE(answer_offer( // a group address would make us send to many
        "v=0\r\no=- 1 1 IN IP4 x\r\ns=-\r\nc=IN IP4 224.2.1.1/127\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n",
        local()));
}

} // namespace
} // namespace offhook::sip::media
