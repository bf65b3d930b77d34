// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/sim_host.h"

#include <bit>
#include <chrono>

namespace offhook::testing {
namespace {

// A service that only counts.
struct Counter {
    static void completed(DRV_REQUESTID, LONG) { ++completions; }
    static void event(HTAPILINE, HTAPICALL, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR) {
        if (message != LINE_NEWCALL) return;
        offered = std::bit_cast<HDRVCALL>(p1);
        *std::bit_cast<HTAPICALL*>(p2) = std::bit_cast<HTAPICALL>(std::uintptr_t{7});
    }
    static inline HDRVCALL offered = nullptr;
    static inline std::size_t completions = 0;
};

TEST(SimSpeed, CompleteCallsOnTenThousandLines) {
    TspHost host(SIM_TSP, {{"extensions", "10001-20000"}});
    DWORD lines = 0, phones = 0, options = 0;
    ASSERT_EQ(TSP(host, providerEnumDevices)(1, &lines, &phones, nullptr, Counter::event, nullptr), 0);
    ASSERT_EQ(lines, 10'000U);
    ASSERT_EQ(TSP(host, providerInit)(0x00020002, 1, 0, 0, lines, phones, Counter::completed, &options), 0);
    std::vector<HDRVLINE> handles(lines);
    for (DWORD i = 0; i < lines; ++i) {
        ASSERT_EQ(TSP(host, lineOpen)(i, std::bit_cast<HTAPILINE>(std::uintptr_t{i} + 1), &handles[i],
                                      0x00020002, Counter::event),
                  0);
        TSP(host, lineSetDefaultMediaDetection)(handles[i], LINEMEDIAMODE_INTERACTIVEVOICE);
    }
    auto* make = TSP(host, lineMakeCall);
    auto* answer = TSP(host, lineAnswer);
    auto* drop = TSP(host, lineDrop);
    auto* close = TSP(host, lineCloseCall);
    constexpr DWORD calls = 50'000;
    const auto start = std::chrono::steady_clock::now();
    for (DWORD i = 0; i < calls; ++i) {
        const DWORD from = i % 5000;
        const std::string digits = std::to_string(15001 + from);
        const std::u16string number(digits.begin(), digits.end());
        HDRVCALL call = nullptr;
        ASSERT_GT(make(3 * i + 1, handles[from], std::bit_cast<HTAPICALL>(std::uintptr_t{5}), &call,
                       number.c_str(), 0, nullptr),
                  0);
        HDRVCALL const other = Counter::offered;
        ASSERT_GT(answer(3 * i + 2, other, nullptr, 0), 0);
        ASSERT_GT(drop(3 * i + 3, call, nullptr, 0), 0);
        close(call);
        close(other);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    EXPECT_EQ(Counter::completions, 3U * calls);
    RecordProperty("calls_per_second", std::to_string(static_cast<int>(calls / took.count())));
    std::printf("%d complete calls a second\n", static_cast<int>(calls / took.count()));
    EXPECT_EQ(TSP(host, providerShutdown)(0x00020002, 1), 0);
}

} // namespace
} // namespace offhook::testing
