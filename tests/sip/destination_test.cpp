// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/account.h"
#include "providers/sip/destination.h"

#include <gtest/gtest.h>

namespace offhook::sip {
namespace {

Account peer() {
    Account account;
    account.user = "1001";
    account.peer = "127.0.0.1:5072";
    return account;
}

Account registered() {
    Account account;
    account.user = "1001";
    account.domain = "example.com";
    account.proxy = "proxy.example.com";
    return account;
}

TEST(Destination, NumbersAndNamesGoToThePeerOrDomain) {
    EXPECT_EQ(destination_of("1002", peer()).uri, "sip:1002@127.0.0.1:5072");
    EXPECT_EQ(destination_of("1002", registered()).uri, "sip:1002@example.com");
    EXPECT_EQ(destination_of("alice", registered()).uri, "sip:alice@example.com");
    EXPECT_EQ(destination_of("+49 (89) 12-34", peer()).uri, "sip:+49891234@127.0.0.1:5072");
    EXPECT_EQ(destination_of("T1002,", peer()).uri, "sip:1002@127.0.0.1:5072");
    EXPECT_EQ(destination_of("1002|7^Name\r\n1003", peer()).uri, "sip:1002@127.0.0.1:5072");
}

TEST(Destination, AddressesGoWhereTheySay) {
    EXPECT_EQ(destination_of("bob@192.0.2.1:5070", peer()).uri, "sip:bob@192.0.2.1:5070");
    EXPECT_EQ(destination_of("1002@192.0.2.1", peer()).uri, "sip:1002@192.0.2.1");
    EXPECT_EQ(destination_of("sip:bob@example.org;transport=tcp", peer()).uri,
              "sip:bob@example.org;transport=tcp");
    EXPECT_EQ(destination_of("sip:[2001:db8::1]:5062", peer()).uri, "sip:[2001:db8::1]:5062");
}

TEST(Destination, R178_UnsupportedModifiersAreNamed) {
    EXPECT_EQ(destination_of("12?34", peer()).error, LINEERR_DIALPROMPT);
    EXPECT_EQ(destination_of("12$34", peer()).error, LINEERR_DIALBILLING);
    EXPECT_EQ(destination_of("12W34", peer()).error, LINEERR_DIALDIALTONE);
    EXPECT_EQ(destination_of("12@", peer()).error, LINEERR_DIALQUIET);
    EXPECT_EQ(destination_of("12@34", peer()).error, LINEERR_DIALQUIET) << "no host, for it has no point";
    EXPECT_EQ(destination_of("12:34", peer()).error, LINEERR_DIALVOICEDETECT);
}

TEST(Destination, WhatCannotBeAnAddressIsRefused) {
    for (const char* dialed : {"", " ", "bob@", "@host", "bob@ho st", "bob@host:99999", "bob@host>\r\nX: y",
                               "sip:", "a b", "sip:bob@host;maddr=192.0.2.9", "12;"})
        EXPECT_EQ(destination_of(dialed, peer()).error, LINEERR_INVALADDRESS) << dialed;
    Account nowhere;
    nowhere.user = "1001";
    EXPECT_EQ(destination_of("1002", nowhere).error, LINEERR_INVALADDRESS);
}

TEST(Destination, UserPartsAreEscaped) {
    EXPECT_EQ(escaped_user("a b@c"), "a%20b%40c");
    EXPECT_EQ(destination_of("sip:a>b@host", peer()).uri, "sip:a%3Eb@host");
}

} // namespace
} // namespace offhook::sip
