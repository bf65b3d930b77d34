// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/g711.h"
#include "providers/sip/media/telephone_event.h"

#include <gtest/gtest.h>

#include <string>

namespace offhook::sip::media {
namespace {

// Plays digits and receives what survives `lost` (by the packet's place); begins are written as the digit,
// ends as '.'.
template <class Lost> std::string transmitted(std::string_view digits, Lost&& lost) {
    EventSender sender;
    EventReceiver receiver;
    sender.play(digits, 60);
    std::string heard;
    const auto note = [&](const std::optional<DigitEvent>& event) {
        if (event) heard += event->edge == DigitEdge::begin ? event->digit : '.';
    };
    std::uint32_t timestamp = 0xFFFFFF00;
    for (int tick = 0, packets = 0; tick < 400;
         ++tick, timestamp += static_cast<std::uint32_t>(frame_samples)) {
        if (const auto packet = sender.tick(timestamp); packet && !lost(packets++))
            for (const auto& event : receiver.packet(packet->timestamp, packet->payload)) note(event);
        note(receiver.tick());
    }
    return heard;
}

TEST(TelephoneEvent, AllSixteenDigitsCross) {
    const std::string digits = "0123456789*#ABCD";
    std::string expected;
    for (const char digit : digits) expected += {digit, '.'};
    EXPECT_EQ(transmitted(digits, [](int) { return false; }), expected);
}

TEST(TelephoneEvent, RepeatedDigitsStayApart) {
    EXPECT_EQ(transmitted("55", [](int) { return false; }), "5.5.");
}

// A digit has five packets here: three while it sounds, the last of them sent three times (RFC 4733,
// section 2.5.1.4).
TEST(TelephoneEvent, AnySinglePacketOfADigitIsEnough) {
    for (int kept = 0; kept < 5; ++kept)
        EXPECT_EQ(transmitted("7", [&](int packet) { return packet != kept; }), "7.") << kept;
}

TEST(TelephoneEvent, ACommaIsAPauseAndOtherSignsAreIgnored) {
    EXPECT_EQ(transmitted("1,x2", [](int) { return false; }), "1.2.");
}

TEST(TelephoneEvent, ShortPayloadsAndUnknownEventsAreIgnored) {
    EventReceiver receiver;
    const std::vector<std::uint8_t> flash{16, 0, 0, 160}, brief{5, 0};
    for (const auto& event : receiver.packet(1, flash)) EXPECT_FALSE(event);
    for (const auto& event : receiver.packet(2, brief)) EXPECT_FALSE(event);
}

} // namespace
} // namespace offhook::sip::media
