// SPDX-License-Identifier: Apache-2.0

#include "abi/function_table.h"
#include "providers/sip/disconnect.h"

#include <gtest/gtest.h>

namespace offhook::sip {
namespace {

TEST(Disconnect, EachKindOfFailureHasItsMode) {
    const auto mode = [](int status) { return disconnect_of(status, abi::v2_2).mode; };
    for (const int status : {486, 600}) EXPECT_EQ(mode(status), static_cast<DWORD>(LINEDISCONNECTMODE_BUSY));
    for (const int status : {408, 480})
        EXPECT_EQ(mode(status), static_cast<DWORD>(LINEDISCONNECTMODE_NOANSWER));
    for (const int status : {403, 603, 401, 407})
        EXPECT_EQ(mode(status), static_cast<DWORD>(LINEDISCONNECTMODE_REJECT));
    for (const int status : {404, 410, 484, 500, 503, 599, 604, 302})
        EXPECT_EQ(mode(status), static_cast<DWORD>(LINEDISCONNECTMODE_UNREACHABLE)) << status;
    for (const int status : {415, 488, 606})
        EXPECT_EQ(mode(status), static_cast<DWORD>(LINEDISCONNECTMODE_INCOMPATIBLE));
    EXPECT_EQ(mode(499), static_cast<DWORD>(LINEDISCONNECTMODE_UNKNOWN));
    EXPECT_EQ(mode(699), static_cast<DWORD>(LINEDISCONNECTMODE_REJECT));
}

TEST(Disconnect, OnlyBusyPassesThroughTheBusyState) {
    for (int status = 300; status < 700; ++status)
        EXPECT_EQ(disconnect_of(status, abi::v2_2).busy != 0, status == 486 || status == 600) << status;
}

TEST(Disconnect, R029_OldInterfacesGetNoNewModes) {
    constexpr DWORD known_before_2_0 = 0x1FFF; // up to LINEDISCONNECTMODE_NODIALTONE
    for (int status = 300; status < 700; ++status)
        EXPECT_EQ(disconnect_of(status, abi::v1_4).mode & ~known_before_2_0, 0U) << status;
}

} // namespace
} // namespace offhook::sip
