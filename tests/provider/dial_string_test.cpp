// SPDX-License-Identifier: Apache-2.0

#include "provider/dial_string.h"

#include <gtest/gtest.h>

namespace offhook::provider {
namespace {

TEST(DialString, R178_R179_R180_SaysWhatIsDialed) {
    EXPECT_EQ(read_dial_string("+49 (30) 12-34").digits, "49301234");
    EXPECT_EQ(read_dial_string("T12,3|sub^name\r\n99").digits, "123");
    EXPECT_EQ(read_dial_string("12;").dialing, Dialing::more_to_come);
    EXPECT_EQ(read_dial_string("1$2").error, static_cast<LONG>(LINEERR_DIALBILLING));
    EXPECT_EQ(read_dial_string("1@2").error, static_cast<LONG>(LINEERR_DIALQUIET));
    EXPECT_EQ(read_dial_string("1W2").error, static_cast<LONG>(LINEERR_DIALDIALTONE));
    EXPECT_EQ(read_dial_string("1:2").error, static_cast<LONG>(LINEERR_DIALVOICEDETECT));
    EXPECT_EQ(read_dial_string("1?2").error, static_cast<LONG>(LINEERR_DIALPROMPT));
    EXPECT_EQ(read_dial_string("1x2").error, static_cast<LONG>(LINEERR_INVALADDRESS));
}

} // namespace
} // namespace offhook::provider
