// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/peer_source.h"

#include <gtest/gtest.h>

namespace offhook::sip::media {
namespace {

Endpoint at(const char* address, std::uint16_t port) { return {*Address::parse(address), port}; }

RtpHeader packet(std::uint16_t sequence, std::uint32_t source = 1) {
    return {Marker::clear, 0, sequence, 0, source};
}

class PeerSourceTest : public ::testing::Test {
  protected:
    PeerSourceTest() { peer_.declare(at("192.0.2.1", 4000), *Address::parse("192.0.2.9")); }
    bool run(const Endpoint& from, int packets = 3) {
        bool accepted = false;
        for (int i = 0; i < packets; ++i)
            accepted = peer_.accepts(from, packet(static_cast<std::uint16_t>(100 + i)));
        return accepted;
    }
    PeerSource peer_;
};

TEST_F(PeerSourceTest, TheDeclaredSourceIsHeardAtOnce) {
    EXPECT_TRUE(peer_.accepts(at("192.0.2.1", 4000), packet(1)));
}

TEST_F(PeerSourceTest, ARunFromATranslatedPortIsFollowed) {
    EXPECT_FALSE(run(at("192.0.2.1", 5555), 2));
    EXPECT_TRUE(peer_.accepts(at("192.0.2.1", 5555), packet(102)));
    EXPECT_EQ(peer_.destination(), at("192.0.2.1", 5555));
}

TEST_F(PeerSourceTest, TheSignallingAddressMaySendToo) { EXPECT_TRUE(run(at("192.0.2.9", 6000))); }

TEST_F(PeerSourceTest, AStrangerIsNeverFollowed) {
    EXPECT_FALSE(run(at("203.0.113.5", 4000), 50));
    EXPECT_EQ(peer_.destination(), at("192.0.2.1", 4000));
}

TEST_F(PeerSourceTest, OnceThePeerWasHeardNobodyTakesItsPlace) {
    EXPECT_TRUE(peer_.accepts(at("192.0.2.1", 4000), packet(1)));
    EXPECT_FALSE(run(at("192.0.2.1", 5555), 50));
}

TEST_F(PeerSourceTest, PacketsOutOfSequenceAreNoRun) {
    for (std::uint16_t i = 0; i < 50; ++i)
        EXPECT_FALSE(peer_.accepts(at("192.0.2.1", 5555), packet(static_cast<std::uint16_t>(i * 7))));
}

TEST_F(PeerSourceTest, ANewDescriptionStartsAnew) {
    EXPECT_TRUE(run(at("192.0.2.1", 5555)));
    peer_.declare(at("192.0.2.2", 4100), std::nullopt);
    EXPECT_FALSE(peer_.accepts(at("192.0.2.1", 5555), packet(200)));
    EXPECT_TRUE(peer_.accepts(at("192.0.2.2", 4100), packet(1)));
}

} // namespace
} // namespace offhook::sip::media
