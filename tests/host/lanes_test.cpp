// SPDX-License-Identifier: Apache-2.0
//
// Random calls on random lanes: whatever the interleaving, order and exclusion hold.
#include "host/lanes.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace offhook::host {
namespace {

Call call(std::uint64_t lane, std::uint32_t number, abi::Tspi function = abi::Tspi::lineDrop) {
    Call made;
    made.function = function;
    made.correlation = number;
    made.lane = lane;
    return made;
}

// Adds, takes and ends calls in a random order; gives how many were inside at most.
std::size_t run(Lanes& lanes, std::size_t lane_count, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<Call> inside;
    std::map<std::uint64_t, std::uint32_t> next;
    std::size_t most = 0;
    std::uint32_t added = 0, ended = 0;
    while (ended < 500) {
        if (added < 500 && random() % 2 == 0) {
            const std::uint64_t lane = random() % lane_count;
            lanes.add(call(lane, added++));
        } else if (auto taken = random() % 2 == 0 ? lanes.take() : std::nullopt) {
            for (const auto& other : inside) EXPECT_NE(other.lane, taken->lane);
            EXPECT_GE(taken->correlation, next[taken->lane]);
            next[taken->lane] = taken->correlation + 1;
            inside.push_back(std::move(*taken));
            most = std::max(most, inside.size());
        } else if (!inside.empty()) {
            const auto one = inside.begin() + static_cast<std::ptrdiff_t>(random() % inside.size());
            lanes.done(*one);
            inside.erase(one);
            ++ended;
        }
    }
    EXPECT_FALSE(lanes.take());
    return most;
}

TEST(Lanes, R012_OrderHoldsInEachLaneAndLanesAreConcurrent) {
    for (std::uint32_t seed = 0; seed < 50; ++seed) {
        Lanes lanes(64);
        lanes.open();
        EXPECT_GT(run(lanes, 10, seed), 1u);
    }
}

TEST(Lanes, R011_OneAtATime) {
    for (std::uint32_t seed = 0; seed < 50; ++seed) {
        Lanes lanes(64);
        lanes.open();
        lanes.one_at_a_time();
        EXPECT_EQ(run(lanes, 10, seed), 1u);
    }
}

TEST(Lanes, TheLimitHolds) {
    Lanes lanes(3);
    lanes.open();
    EXPECT_EQ(run(lanes, 100, 1), 3u);
}

TEST(Lanes, R013_DialogsWaitForNobody) {
    Lanes lanes(64);
    lanes.open();
    lanes.one_at_a_time();
    lanes.add(call(1, 1));
    lanes.add(call(1, 2));
    lanes.add(call(1, 3, abi::Tspi::ui_lineConfigDialog));
    const auto first = lanes.take();
    const auto dialog = lanes.take();
    ASSERT_TRUE(first && dialog);
    EXPECT_EQ(first->correlation, 1u);
    EXPECT_EQ(dialog->correlation, 3u);
    EXPECT_FALSE(lanes.ready());
    lanes.done(*first);
    const auto second = lanes.take();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->correlation, 2u);
}

TEST(Lanes, NothingEntersBeforeTheyOpenOrAfterTheyClose) {
    Lanes lanes(64);
    lanes.add(call(1, 1));
    lanes.add(call(1, 2));
    EXPECT_FALSE(lanes.take());
    lanes.open();
    const auto first = lanes.take();
    ASSERT_TRUE(first);
    EXPECT_FALSE(lanes.wait_until_idle(std::chrono::milliseconds(1)));
    lanes.close();
    lanes.open();
    lanes.done(*first);
    lanes.add(call(2, 3));
    EXPECT_FALSE(lanes.take());
    EXPECT_TRUE(lanes.wait_until_idle(std::chrono::milliseconds(1)));
}

} // namespace
} // namespace offhook::host
