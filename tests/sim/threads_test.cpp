// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/sim_host.h"

#include <atomic>
#include <bit>
#include <map>
#include <mutex>
#include <thread>

namespace offhook::testing {
namespace {

// A service that is called by one thread at a time, or says so.
struct Watcher {
    static void completed(DRV_REQUESTID id, LONG) {
        const Inside inside;
        ++completions[id];
    }
    static void event(HTAPILINE line, HTAPICALL, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR) {
        const Inside inside;
        if (message != LINE_NEWCALL) return;
        *std::bit_cast<HTAPICALL*>(p2) = std::bit_cast<HTAPICALL>(std::uintptr_t{9});
        offered[std::bit_cast<std::uintptr_t>(line)] = std::bit_cast<HDRVCALL>(p1);
    }
    struct Inside {
        Inside() {
            if (busy.exchange(true)) overlapped = true;
        }
        ~Inside() { busy = false; }
    };
    static inline std::atomic<bool> busy{false}, overlapped{false};
    static inline std::map<DRV_REQUESTID, int> completions; // by the callbacks' one thread at a time
    static inline std::array<std::atomic<HDRVCALL>, 16> offered{};
};

TEST(SimThreads, R012_R046_R053_ManyThreadsAtOnce) {
    TspHost host(SIM_TSP, {{"extensions", "101-108"}});
    DWORD lines = 0, phones = 0, options = 0;
    ASSERT_EQ(TSP(host, providerEnumDevices)(1, &lines, &phones, nullptr, Watcher::event, nullptr), 0);
    ASSERT_EQ(TSP(host, providerInit)(0x00020002, 1, 0, 0, lines, phones, Watcher::completed, &options), 0);
    std::array<HDRVLINE, 8> handles{};
    for (DWORD i = 0; i < 8; ++i) {
        ASSERT_EQ(TSP(host, lineOpen)(i, std::bit_cast<HTAPILINE>(std::uintptr_t{i}), &handles[i], 0x00020002,
                                      Watcher::event),
                  0);
        TSP(host, lineSetDefaultMediaDetection)(handles[i], LINEMEDIAMODE_INTERACTIVEVOICE);
    }
    constexpr DWORD rounds = 300;
    std::atomic<DWORD> accepted{0};
    std::vector<std::thread> threads;
    for (DWORD me = 0; me < 4; ++me)
        threads.emplace_back([&, me] {
            const std::u16string number{u'1', u'0', static_cast<char16_t>(u'5' + me)};
            const auto wanted = [&](LONG result) { accepted += result > 0 ? 1 : 0; };
            for (DWORD i = 0; i < rounds; ++i) {
                const DRV_REQUESTID id = 1 + me * 10'000 + 3 * i;
                HDRVCALL call = nullptr;
                Watcher::offered[me + 4] = nullptr;
                wanted(TSP(host, lineMakeCall)(id, handles[me], std::bit_cast<HTAPICALL>(std::uintptr_t{5}),
                                               &call, number.c_str(), 0, nullptr));
                while (Watcher::offered[me + 4] == nullptr)
                    std::this_thread::yield(); // another thread delivers it
                HDRVCALL const other = Watcher::offered[me + 4];
                wanted(TSP(host, lineAnswer)(id + 1, other, nullptr, 0));
                wanted(TSP(host, lineDrop)(id + 2, call, nullptr, 0));
                TSP(host, lineCloseCall)(other);
                TSP(host, lineCloseCall)(call);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(TSP(host, providerShutdown)(0x00020002, 1), 0);
    EXPECT_FALSE(Watcher::overlapped); // R053
    EXPECT_EQ(accepted, 4 * rounds * 3);
    EXPECT_EQ(Watcher::completions.size(), accepted);
    for (const auto& [id, times] : Watcher::completions) EXPECT_EQ(times, 1) << id; // R046
}

// Takes no call, and its time to say so.
struct Slow {
    static void event(HTAPILINE, HTAPICALL, DWORD message, DWORD_PTR, DWORD_PTR, DWORD_PTR) {
        if (message != LINE_NEWCALL) return;
        ++announced;
        wait_a_little();
        if (unwanted) late = true;
    }
    static void wait_a_little() {
        for (int i = 0; i < 50; ++i) std::this_thread::yield();
    }
    static inline std::atomic<int> announced{0};
    static inline std::atomic<bool> unwanted{true}, late{false};
};

TEST(SimThreads, R089_NoCallIsAnnouncedWhenNoneIsWantedAnyMore) {
    TspHost host(SIM_TSP, {{"extensions", "101-102"}});
    DWORD lines = 0, phones = 0, options = 0;
    ASSERT_EQ(TSP(host, providerEnumDevices)(1, &lines, &phones, nullptr, Slow::event, nullptr), 0);
    ASSERT_EQ(TSP(host, providerInit)(
                  0x00020002, 1, 0, 0, lines, phones, [](DRV_REQUESTID, LONG) {}, &options),
              0);
    std::array<HDRVLINE, 2> handles{};
    for (DWORD i = 0; i < 2; ++i)
        ASSERT_EQ(TSP(host, lineOpen)(i, std::bit_cast<HTAPILINE>(std::uintptr_t{i + 1}), &handles[i],
                                      0x00020002, Slow::event),
                  0);
    std::atomic<bool> done{false};
    std::thread caller([&] {
        for (DRV_REQUESTID id = 1; !done; ++id) {
            HDRVCALL call = nullptr;
            TSP(host, lineMakeCall)
            (id, handles[0], std::bit_cast<HTAPICALL>(std::uintptr_t{5}), &call, u"102", 0, nullptr);
            TSP(host, lineCloseCall)(call);
        }
    });
    for (int round = 0; round < 200; ++round) {
        Slow::unwanted = false;
        EXPECT_EQ(TSP(host, lineSetDefaultMediaDetection)(handles[1], LINEMEDIAMODE_INTERACTIVEVOICE), 0);
        for (const int before = Slow::announced; Slow::announced == before;) std::this_thread::yield();
        EXPECT_EQ(TSP(host, lineSetDefaultMediaDetection)(handles[1], 0), 0);
        Slow::unwanted = true;
        Slow::wait_a_little();
    }
    done = true;
    caller.join();
    EXPECT_FALSE(Slow::late);
    EXPECT_EQ(TSP(host, providerShutdown)(0x00020002, 1), 0);
}

} // namespace
} // namespace offhook::testing
