// SPDX-License-Identifier: Apache-2.0

#include "provider/version.h"

#include <gtest/gtest.h>

namespace offhook::provider {
namespace {

TEST(Version, R017_TheHighestCommonVersionIsChosen) {
    EXPECT_EQ(negotiate_version(0x00010003, 0x00020002), 0x00020002U);
    EXPECT_EQ(negotiate_version(0x00010003, 0x00030001), 0x00020002U);
    EXPECT_EQ(negotiate_version(0x00010003, 0x00010004), 0x00010004U);
    EXPECT_EQ(negotiate_version(0x00010005, 0x00020000), 0x00020000U);
}

TEST(Version, R018_DisjointRangesHaveNone) {
    EXPECT_EQ(negotiate_version(0x00030000, 0x00030001), 0U);
    EXPECT_EQ(negotiate_version(0, 0x00010000), 0U);
    EXPECT_EQ(negotiate_version(0x00020002, 0x00010003), 0U);
}

} // namespace
} // namespace offhook::provider
