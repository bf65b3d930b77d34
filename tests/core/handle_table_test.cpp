// SPDX-License-Identifier: Apache-2.0
#include "core/handle_table.h"

#include <gtest/gtest.h>

namespace offhook::core {
namespace {

struct Thing {
    Handle handle = 0;
};

TEST(HandleTable, AHandleThatWasGivenBackNamesNothing) {
    HandleTable<Thing> table(handle_generations);
    const auto first = table.add()->handle;
    table.remove(first);
    const auto second = table.add()->handle;
    EXPECT_NE(second, first) << "the generations begin anew behind the last one";
    EXPECT_NE(second, 0u);
    EXPECT_EQ(table.find(first), nullptr);
    EXPECT_NE(table.find(second), nullptr);
}

TEST(HandleTable, HandlesOfAnotherFirstGenerationNameNothing) {
    HandleTable<Thing> before(5), after(6);
    const auto held = before.add()->handle;
    after.add();
    EXPECT_NE(before.find(held), nullptr);
    EXPECT_EQ(after.find(held), nullptr);
}

} // namespace
} // namespace offhook::core
