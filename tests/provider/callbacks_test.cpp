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

using Completions = std::vector<std::pair<DRV_REQUESTID, LONG>>;
Completions completed;
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

TEST_F(CallbacksTest, R043_R046_ARequestCompletesExactlyOnce) {
    Request kept;
    EXPECT_EQ(accept(callbacks_, 5,
                     [&](Request request) {
                         kept = std::move(request);
                         return 0;
                     }),
              5);
    EXPECT_TRUE(kept.pending());
    Request moved(std::move(kept));
    moved.complete(0);
    moved.complete(LINEERR_NOMEM);
    EXPECT_FALSE(moved.pending());
    EXPECT_EQ(completed, (Completions{{5, 0}}));
}

TEST_F(CallbacksTest, R046_AForgottenRequestFails) {
    Request kept;
    const auto keep = [&](Request request) {
        kept = std::move(request); // in place of the one before
        return 0;
    };
    EXPECT_EQ(accept(callbacks_, 6, keep), 6);
    EXPECT_EQ(accept(callbacks_, 7, keep), 7);
    EXPECT_EQ(completed, (Completions{{6, LINEERR_OPERATIONFAILED}}));
    kept = {};
    EXPECT_EQ(completed, (Completions{{6, LINEERR_OPERATIONFAILED}, {7, LINEERR_OPERATIONFAILED}}));
}

TEST_F(CallbacksTest, R051_WhatIsForgottenAtOnceIsAnErrorOfTheFunction) {
    EXPECT_EQ(accept(callbacks_, 8, [](Request) { return 0; }), LINEERR_OPERATIONFAILED);
    EXPECT_EQ(completed, Completions{});
}

// Wherever the request was left, an error of the function is the whole answer.
TEST_F(CallbacksTest, R051_ARefusedRequestIsNeverCompleted) {
    Request kept;
    EXPECT_EQ(accept(callbacks_, 9,
                     [&](Request request) {
                         kept = std::move(request);
                         return LINEERR_INVALCALLSTATE;
                     }),
              LINEERR_INVALCALLSTATE);
    EXPECT_FALSE(kept.pending());
    kept.complete(0);
    EXPECT_EQ(completed, Completions{});
    EXPECT_EQ(accept(callbacks_, 10, [](Request) { return LINEERR_INVALCALLSTATE; }), LINEERR_INVALCALLSTATE);
    EXPECT_EQ(completed, Completions{});
}

TEST_F(CallbacksTest, R051_WithoutMemoryThereIsOneAnswer) {
    Request kept;
    const auto keep_and_fail = [&](Request request) -> LONG {
        kept = std::move(request);
        throw std::bad_alloc();
    };
    EXPECT_THROW(static_cast<void>(accept(callbacks_, 11, keep_and_fail)), std::bad_alloc);
    kept.complete(0);
    EXPECT_EQ(completed, Completions{});
    const auto drop_and_fail = [](Request) -> LONG { throw std::bad_alloc(); };
    EXPECT_THROW(static_cast<void>(accept(callbacks_, 12, drop_and_fail)), std::bad_alloc);
    EXPECT_EQ(completed, Completions{});
    // What was answered before stays answered.
    const auto complete_and_fail = [](Request request) -> LONG {
        request.complete(0);
        throw std::bad_alloc();
    };
    EXPECT_EQ(accept(callbacks_, 13, complete_and_fail), 13);
    EXPECT_EQ(completed, (Completions{{13, 0}}));
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
