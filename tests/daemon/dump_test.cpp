// SPDX-License-Identifier: Apache-2.0
#include "daemon/dump.h"

#include <gtest/gtest.h>

namespace offhook::daemon {
namespace {

using nlohmann::json;

TEST(Dump, WhatIsOnALineNamesItAlsoWhenNobodyUsesIt) {
    core::Snapshot snapshot;
    snapshot.lines.push_back({2, 0x100000, "Extension 101", {}, {}, 0, 0});
    snapshot.phones.push_back({3, 0x100001, "Desk", {}, {}, 0, 0});
    for (const auto device : {0x100000U, 0x100001U}) snapshot.requests.emplace_back().line = device;
    std::deque<FrameTrace::Violation> violations(2);
    violations[0].line = 0x100000;
    violations[1].line = 0x100002;
    const auto dump = dump_of(snapshot, json::array(), violations);
    EXPECT_EQ(dump["requests"][0]["device"], 2);
    EXPECT_EQ(dump["requests"][0]["line_name"], "Extension 101");
    EXPECT_EQ(dump["requests"][1]["device"], 3);
    EXPECT_EQ(dump["requests"][1]["line_name"], "Desk");
    EXPECT_EQ(dump["violations"][0]["device"], 2);
    EXPECT_EQ(dump["violations"][0]["line_name"], "Extension 101");
    EXPECT_EQ(dump["violations"][1]["device"], json()) << "it was removed";
    EXPECT_EQ(dump["violations"][1]["line_name"], "");
}

} // namespace
} // namespace offhook::daemon
