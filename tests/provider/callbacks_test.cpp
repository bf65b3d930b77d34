// SPDX-License-Identifier: Apache-2.0

#include "provider/entry.h"
#include "provider/request.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace offhook::provider {
namespace {

std::vector<std::pair<DRV_REQUESTID, LONG>> completed;
std::atomic<int> inside;
std::atomic<int> most_inside;

void completion(DRV_REQUESTID request, LONG result) {
    const int now = ++inside;
    if (now > most_inside) most_inside = now;
    completed.emplace_back(request, result);
    --inside;
}

void event(HTAPILINE, HTAPICALL, DWORD, DWORD_PTR, DWORD_PTR, DWORD_PTR) {
    const int now = ++inside;
    if (now > most_inside) most_inside = now;
    std::this_thread::yield();
    --inside;
}

class CallbacksTest : public ::testing::Test {
  protected:
    CallbacksTest() { completed.clear(); }
    Callbacks callbacks_{completion};
};

TEST_F(CallbacksTest, R053_CallbacksAreSerialised) {
    most_inside = 0;
    std::vector<std::thread> threads;
    for (DRV_REQUESTID n = 0; n < 8; ++n)
        threads.emplace_back([this, n] {
            for (int i = 0; i < 500; ++i) {
                callbacks_.line_event({event, nullptr}, LINE_LINEDEVSTATE);
                callbacks_.complete(n, 0);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(most_inside, 1);
    EXPECT_EQ(completed.size(), 4000U);
}

TEST_F(CallbacksTest, R046_ARequestCompletesExactlyOnce) {
    Request request(callbacks_, 5);
    EXPECT_EQ(request.accepted(), 5);
    Request moved(std::move(request));
    moved.complete(0);
    moved.complete(LINEERR_NOMEM);
    EXPECT_EQ(completed, (std::vector<std::pair<DRV_REQUESTID, LONG>>{{5, 0}}));
}

TEST_F(CallbacksTest, R046_AForgottenRequestFails) {
    { Request request(callbacks_, 6); }
    Request replaced(callbacks_, 7);
    replaced = Request(callbacks_, 8);
    EXPECT_EQ(completed, (std::vector<std::pair<DRV_REQUESTID, LONG>>{{6, LINEERR_OPERATIONFAILED},
                                                                      {7, LINEERR_OPERATIONFAILED}}));
    replaced.complete(0);
}

TEST_F(CallbacksTest, R051_ARefusedRequestIsNeverCompleted) {
    {
        Request request(callbacks_, 9);
        EXPECT_EQ(request.refuse(LINEERR_INVALCALLSTATE), LINEERR_INVALCALLSTATE);
    }
    EXPECT_TRUE(completed.empty());
}

TEST(Entry, NoExceptionCrossesTheBorder) {
    const Services none;
    EXPECT_EQ(at_the_border(none, "f", []() -> LONG { throw std::bad_alloc(); }), LINEERR_NOMEM);
    EXPECT_EQ(at_the_border(none, "f", []() -> LONG { throw std::runtime_error("x"); }),
              LINEERR_OPERATIONFAILED);
    EXPECT_EQ(at_the_border(none, "f", []() -> LONG { return 3; }), 3);
}

} // namespace
} // namespace offhook::provider
