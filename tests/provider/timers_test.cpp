// SPDX-License-Identifier: Apache-2.0

#include "provider/timers.h"

#include <gtest/gtest.h>

#include <future>
#include <vector>

namespace offhook::provider {
namespace {

using std::chrono::milliseconds;

TEST(Timers, RunInTheOrderTheyAreDue) {
    std::vector<int> order;
    std::promise<void> last;
    Timers timers;
    timers.after(milliseconds(60), [&] {
        order.push_back(3);
        last.set_value();
    });
    timers.after(milliseconds(1), [&] { order.push_back(1); });
    timers.after(milliseconds(30), [&] { order.push_back(2); });
    ASSERT_EQ(last.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
    EXPECT_EQ(order, (std::vector{1, 2, 3}));
}

TEST(Timers, NothingRunsAfterStop) {
    bool ran = false;
    Timers timers;
    timers.after(std::chrono::hours(1), [&] { ran = true; });
    timers.stop();
    timers.after(milliseconds(0), [&] { ran = true; });
    timers.stop();
    EXPECT_FALSE(ran);
}

} // namespace
} // namespace offhook::provider
