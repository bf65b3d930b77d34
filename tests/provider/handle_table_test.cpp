// SPDX-License-Identifier: Apache-2.0

#include "provider/handle_table.h"

#include <gtest/gtest.h>

namespace offhook::provider {
namespace {

TEST(HandleTable, R060_HandlesAreNeverZero) {
    HandleTable<int> table;
    for (int i = 0; i < 100; ++i) EXPECT_NE(table.add(std::make_shared<int>(i)), 0U);
    EXPECT_EQ(table.find(0), nullptr);
}

TEST(HandleTable, AStaleHandleIsFoundOut) {
    HandleTable<int> table;
    const auto first = table.add(std::make_shared<int>(1));
    EXPECT_EQ(*table.remove(first), 1);
    const auto second = table.add(std::make_shared<int>(2)); // in the same place
    EXPECT_EQ(table.find(first), nullptr);
    EXPECT_EQ(table.remove(first), nullptr);
    EXPECT_EQ(*table.find(second), 2);
    EXPECT_EQ(table.size(), 1U);
    EXPECT_EQ(table.find(0xFFFF'FFFF'FFFF'FFFF), nullptr);
}

} // namespace
} // namespace offhook::provider
