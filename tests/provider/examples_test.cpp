// SPDX-License-Identifier: Apache-2.0
//
// What everybody begins with keeps the rules: the providers that are there to be read and to be copied. Each
// has two lines that call each other, and numbers outside that answer.

#include "abi/structure_reader.h"
#include "tests/support/guarded_memory.h"
#include "tests/support/tsp_host.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <thread>

namespace offhook::testing {
namespace {

struct Example {
    const char* name;
    const char* library;
    TspHost::Keys keys;
    std::u16string second_line; // the address of the second of its lines
};

void PrintTo(const Example& example, std::ostream* out) { *out << example.name; }

constexpr std::array<DWORD, 5> versions{0x00010003, 0x00010004, 0x00020000, 0x00020001, 0x00020002};

class Examples : public ::testing::TestWithParam<Example> {
  protected:
    void begin(const TspHost::Keys& more = {}) {
        auto keys = GetParam().keys;
        keys.insert(more.begin(), more.end());
        host_ = std::make_unique<TspHost>(GetParam().library, std::move(keys));
        ASSERT_EQ(host_->start(0x00020002, first_line), 0);
        ASSERT_EQ(host_->lines(), 2U);
    }
    TspHost& host() { return *host_; }

    // How often the request was completed with this result.
    auto completions(LONG request, LONG result) {
        const auto all = host().everything();
        return std::count_if(all.begin(), all.end(), [&](const Said& said) {
            return said.message == LINE_REPLY && static_cast<LONG>(said.p1) == request &&
                   static_cast<LONG>(said.p2) == result;
        });
    }
    std::pair<HTAPICALL, HDRVCALL> newest() { return host().incoming().back(); }
    DWORD state(HTAPICALL name) {
        const auto all = host().states_of(name);
        return all.empty() ? 0 : all.back();
    }

    // Asks with every size from nothing to what is needed and a little more.
    template <class Structure, class Ask> void sweep(DWORD version, const Ask& ask) {
        const auto id = abi::structure_id<Structure>;
        const auto fixed = abi::fixed_size<Structure>(version);
        DWORD needed = fixed;
        for (DWORD total = 4; total <= needed + 8; ++total) {
            SCOPED_TRACE(::testing::Message() << abi::structure(id).name << ", " << total << " bytes");
            const test_support::GuardedMemory memory(total); // R030
            std::memset(memory.bytes().data(), 0, total);
            std::memcpy(memory.bytes().data(), &total, sizeof total);
            const LONG result = ask(reinterpret_cast<Structure*>(memory.bytes().data()));
            if (total < fixed) {
                ASSERT_EQ(result, static_cast<LONG>(LINEERR_STRUCTURETOOSMALL));
                continue;
            }
            ASSERT_EQ(result, 0);
            const auto fault = abi::check_filled(id, version, memory.bytes());
            ASSERT_FALSE(fault) << "R" << fault.rule << ": " << fault.field << ' ' << fault.what;
            needed = abi::field_at(memory.bytes(), 4);
            ASSERT_EQ(abi::field_at(memory.bytes(), 8) == needed, total >= needed); // R034
        }
    }

    static constexpr DWORD first_line = 7; // R098

  private:
    std::unique_ptr<TspHost> host_;
};

TEST_P(Examples, R017_R018_VersionsAreNegotiated) {
    begin();
    DWORD version = 0;
    for (const DWORD device : {INITIALIZE_NEGOTIATION, first_line}) {
        EXPECT_EQ(TSP(host(), lineNegotiateTSPIVersion)(device, 0x00010003, 0x00030001, &version), 0);
        EXPECT_EQ(version, 0x00020002U);
        for (const DWORD one : versions) {
            EXPECT_EQ(TSP(host(), lineNegotiateTSPIVersion)(device, one, one, &version), 0);
            EXPECT_EQ(version, one);
        }
        EXPECT_EQ(TSP(host(), lineNegotiateTSPIVersion)(device, 0x00030000, 0x00030001, &version),
                  static_cast<LONG>(LINEERR_INCOMPATIBLEAPIVERSION));
    }
    EXPECT_EQ(TSP(host(), lineNegotiateTSPIVersion)(first_line + 2, 0x00010003, 0x00020002, &version),
              static_cast<LONG>(LINEERR_BADDEVICEID));
}

TEST_P(Examples, R008_ASecondInitChangesNothing) {
    begin();
    host().open(first_line);
    EXPECT_EQ(host().start(0x00020002, 0), 0);
    HDRVLINE again = nullptr; // the line is still open, under the number that it had
    EXPECT_EQ(TSP(host(), lineOpen)(first_line, nullptr, &again, 0x00020002, &TspHost::hear),
              static_cast<LONG>(LINEERR_ALLOCATED));
}

TEST_P(Examples, R029_R030_R031_R033_R034_R037_StructuresOfEverySizeAndVersion) {
    begin();
    for (const DWORD version : versions) {
        SCOPED_TRACE(::testing::Message() << "version " << std::hex << version);
        HDRVLINE const line = host().open(first_line, LINEMEDIAMODE_INTERACTIVEVOICE, version);
        const auto call = host().make_call(line, u"0301234567");
        ASSERT_GT(call.result, 0);
        sweep<LINEDEVCAPS>(version, [&](LINEDEVCAPS* caps) {
            return TSP(host(), lineGetDevCaps)(first_line, version, 0, caps);
        });
        sweep<LINEADDRESSCAPS>(version, [&](LINEADDRESSCAPS* caps) {
            return TSP(host(), lineGetAddressCaps)(first_line, 0, version, 0, caps);
        });
        sweep<LINEDEVSTATUS>(
            version, [&](LINEDEVSTATUS* status) { return TSP(host(), lineGetLineDevStatus)(line, status); });
        sweep<LINEADDRESSSTATUS>(version, [&](LINEADDRESSSTATUS* status) {
            return TSP(host(), lineGetAddressStatus)(line, 0, status);
        });
        sweep<LINECALLINFO>(
            version, [&](LINECALLINFO* info) { return TSP(host(), lineGetCallInfo)(call.call, info); });
        sweep<LINECALLSTATUS>(version, [&](LINECALLSTATUS* status) {
            return TSP(host(), lineGetCallStatus)(call.call, status);
        });
        sweep<VARSTRING>(version, [&](VARSTRING* id) {
            return TSP(host(), lineGetID)(line, 0, nullptr, LINECALLSELECT_LINE, id, u"TAPI/Line", nullptr);
        });
        ASSERT_EQ(TSP(host(), lineClose)(line), 0);
    }
}

TEST_P(Examples, R133_WhatIsTheServicesOwnStays) {
    begin();
    const auto call = host().make_call(host().open(first_line), u"0301234567");
    LINECALLINFO info{};
    info.dwTotalSize = sizeof info;
    info.hLine = 1;
    info.dwNumOwners = 2;
    info.dwNumMonitors = 3;
    ASSERT_EQ(TSP(host(), lineGetCallInfo)(call.call, &info), 0);
    EXPECT_EQ(info.hLine + info.dwNumOwners + info.dwNumMonitors, 6U);
    LINECALLSTATUS status{};
    status.dwTotalSize = sizeof status;
    status.dwCallPrivilege = LINECALLPRIVILEGE_OWNER;
    ASSERT_EQ(TSP(host(), lineGetCallStatus)(call.call, &status), 0);
    EXPECT_EQ(status.dwCallPrivilege, static_cast<DWORD>(LINECALLPRIVILEGE_OWNER));
}

TEST_P(Examples, R057_R063_ANumberOutsideAnswers) {
    begin();
    const auto call = host().make_call(host().open(first_line), u"030-123 45 67");
    EXPECT_EQ(completions(call.result, 0), 1);
    ASSERT_FALSE(host().everything().empty());
    EXPECT_EQ(host().everything().front().message, static_cast<DWORD>(LINE_REPLY)); // before any state
    EXPECT_EQ(host().states_of(call.name),
              (std::vector<DWORD>{LINECALLSTATE_DIALING, LINECALLSTATE_PROCEEDING, LINECALLSTATE_CONNECTED}));
}

TEST_P(Examples, ANumberOutsideAnswersAfterAWhile) {
    begin({{"answer_after", "20"}});
    const auto call = host().make_call(host().open(first_line), u"0301234567");
    EXPECT_TRUE(host().wait_for_state(call.name, LINECALLSTATE_RINGBACK));
    EXPECT_TRUE(host().wait_for_state(call.name, LINECALLSTATE_CONNECTED));
}

TEST_P(Examples, R067_R068_R070_R071_R080_ACallBetweenTwoLines) {
    begin();
    HDRVLINE const line = host().open(first_line);
    host().open(first_line + 1);
    const auto call = host().make_call(line, GetParam().second_line);
    EXPECT_EQ(completions(call.result, 0), 1);
    ASSERT_EQ(host().incoming().size(), 1U);
    const auto [name, offered] = newest();
    EXPECT_EQ(state(name), static_cast<DWORD>(LINECALLSTATE_OFFERING));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_RINGBACK));
    EXPECT_EQ(completions(host().answer(offered), 0), 1);
    EXPECT_EQ(state(name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    EXPECT_EQ(host().answer(offered), static_cast<LONG>(LINEERR_INVALCALLSTATE));

    EXPECT_EQ(completions(host().drop(call.call), 0), 1);
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_IDLE));
    EXPECT_EQ(state(name), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
    EXPECT_EQ(host().drop(call.call), static_cast<LONG>(LINEERR_INVALCALLSTATE));
    DWORD address = 1;
    EXPECT_EQ(TSP(host(), lineGetCallAddressID)(call.call, &address), 0); // still known
    EXPECT_EQ(address, 0U);
    EXPECT_EQ(TSP(host(), lineCloseCall)(call.call), 0);
    EXPECT_EQ(TSP(host(), lineCloseCall)(call.call), static_cast<LONG>(LINEERR_INVALCALLHANDLE));
    EXPECT_EQ(completions(host().drop(offered), 0), 1);
    EXPECT_EQ(state(name), static_cast<DWORD>(LINECALLSTATE_IDLE));
}

TEST_P(Examples, ACallIsDialedWhenItIsMadeAndTakesNoMoreDigits) {
    begin();
    HDRVLINE const line = host().open(first_line);
    host().open(first_line + 1);
    const auto call = host().make_call(line, GetParam().second_line);
    const auto dial = [&](HDRVCALL of) { return TSP(host(), lineDial)(host().next_request(), of, u"1", 0); };
    EXPECT_EQ(dial(call.call), static_cast<LONG>(LINEERR_INVALCALLSTATE));
    EXPECT_EQ(dial(nullptr), static_cast<LONG>(LINEERR_INVALCALLHANDLE));
}

TEST_P(Examples, ARejectedCallIsDisconnected) {
    begin();
    HDRVLINE const line = host().open(first_line);
    host().open(first_line + 1);
    const auto call = host().make_call(line, GetParam().second_line);
    EXPECT_EQ(completions(host().drop(newest().second), 0), 1);
    EXPECT_EQ(state(newest().first), static_cast<DWORD>(LINECALLSTATE_IDLE));
    EXPECT_EQ(host().wait_for_state(call.name, LINECALLSTATE_DISCONNECTED)->p2,
              static_cast<DWORD_PTR>(LINEDISCONNECTMODE_REJECT));
}

TEST_P(Examples, R089_NobodyIsCalledWhoDoesNotWait) {
    begin();
    HDRVLINE const line = host().open(first_line);
    const auto closed = host().make_call(line, GetParam().second_line);
    EXPECT_EQ(state(closed.name), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
    host().open(first_line + 1, 0);
    const auto unwanted = host().make_call(line, GetParam().second_line);
    EXPECT_EQ(state(unwanted.name), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
    EXPECT_TRUE(host().incoming().empty());
}

TEST_P(Examples, R072_NothingIsSaidOfARefusedCall) {
    begin();
    HDRVLINE const line = host().open(first_line);
    host().open(first_line + 1);
    host().on_new_call(NewCalls::refuse);
    const auto call = host().make_call(line, GetParam().second_line);
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_BUSY));
    for (const Said& said : host().everything())
        EXPECT_TRUE(said.call == call.name || said.message == LINE_REPLY || said.message == LINE_NEWCALL);
}

TEST_P(Examples, R062_R065_R078_ACallThatIsBeingMadeCanBeClosed) {
    begin({{"dial_after", "60000"}});
    const auto call = host().make_call(host().open(first_line), u"0301234567");
    EXPECT_NE(call.call, nullptr); // R061
    EXPECT_EQ(host().drop(call.call), static_cast<LONG>(LINEERR_INVALCALLHANDLE));
    EXPECT_TRUE(host().everything().empty());
    EXPECT_EQ(TSP(host(), lineCloseCall)(call.call), 0);
    EXPECT_EQ(completions(call.result, LINEERR_OPERATIONFAILED), 1);
    EXPECT_EQ(host().everything().size(), 1U);
}

TEST_P(Examples, R083_ClosingALineEndsWhatIsThere) {
    begin({{"dial_after", "60000"}});
    HDRVLINE const line = host().open(first_line);
    const auto call = host().make_call(line, u"0301234567");
    EXPECT_EQ(TSP(host(), lineClose)(line), 0);
    EXPECT_EQ(completions(call.result, LINEERR_OPERATIONFAILED), 1);
    EXPECT_EQ(host().drop(call.call), static_cast<LONG>(LINEERR_INVALCALLHANDLE));
    EXPECT_EQ(TSP(host(), lineClose)(line), static_cast<LONG>(LINEERR_INVALLINEHANDLE));
    EXPECT_NE(host().open(first_line), line);
}

TEST_P(Examples, R078_TheOtherEndOfAClosedCallIsTold) {
    begin();
    HDRVLINE const line = host().open(first_line);
    host().open(first_line + 1);
    const auto call = host().make_call(line, GetParam().second_line);
    host().answer(newest().second);
    EXPECT_EQ(TSP(host(), lineClose)(line), 0);
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED)); // no more is said of it
    EXPECT_EQ(state(newest().first), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
}

TEST_P(Examples, R178_R179_R225_R227_BadCallsAreRefused) {
    begin();
    HDRVLINE const line = host().open(first_line);
    const auto refusal = [&](const std::u16string& number) { return host().make_call(line, number).result; };
    EXPECT_EQ(refusal(u"123?"), static_cast<LONG>(LINEERR_DIALPROMPT));
    EXPECT_EQ(refusal(u"123$"), static_cast<LONG>(LINEERR_DIALBILLING));
    EXPECT_EQ(refusal(u"123@"), static_cast<LONG>(LINEERR_DIALQUIET));
    EXPECT_EQ(refusal(u"0W123"), static_cast<LONG>(LINEERR_DIALDIALTONE));
    EXPECT_EQ(refusal(u"123;"), static_cast<LONG>(LINEERR_INVALADDRESS));
    EXPECT_EQ(refusal(u""), static_cast<LONG>(LINEERR_INVALADDRESS));
    LINECALLPARAMS parameters{};
    const auto with = [&] { return host().make_call(line, u"123", &parameters).result; };
    EXPECT_EQ(with(), static_cast<LONG>(LINEERR_INVALCALLPARAMS));
    parameters.dwTotalSize = sizeof parameters;
    parameters.dwMediaMode = LINEMEDIAMODE_G3FAX;
    EXPECT_EQ(with(), static_cast<LONG>(LINEERR_INVALMEDIAMODE));
    parameters.dwMediaMode = 0;
    parameters.dwPredictiveAutoTransferStates = LINECALLSTATE_CONNECTED;
    EXPECT_EQ(with(), static_cast<LONG>(LINEERR_INVALCALLPARAMS));
    EXPECT_TRUE(host().everything().empty()); // R051
    parameters.dwPredictiveAutoTransferStates = 0;
    EXPECT_GT(with(), 0);
}

TEST_P(Examples, R127_R135_WhatAnApplicationNotesIsReported) {
    begin();
    const auto call = host().make_call(host().open(first_line), u"0301234567");
    host().forget_all();
    EXPECT_EQ(TSP(host(), lineSetAppSpecific)(call.call, 5), 0);
    ASSERT_EQ(host().everything().size(), 1U);
    EXPECT_EQ(host().everything()[0].message, static_cast<DWORD>(LINE_CALLINFO));
    host().drop(call.call);
    host().forget_all();
    EXPECT_EQ(TSP(host(), lineSetAppSpecific)(call.call, 6), 0);
    EXPECT_TRUE(host().everything().empty());
}

TEST_P(Examples, R012_R046_ManyThreadsAtOnce) {
    begin({{"answer_after", "1"}});
    HDRVLINE const line = host().open(first_line);
    host().open(first_line + 1);
    std::vector<std::thread> threads;
    std::mutex lock;
    std::vector<LONG> accepted;
    const auto accept = [&](LONG request) {
        const std::lock_guard guard(lock);
        if (request > 0) accepted.push_back(request);
    };
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, i] {
            for (int round = 0; round < 50; ++round) {
                const auto request = static_cast<DRV_REQUESTID>(1 + i * 1000 + round * 2);
                HDRVCALL call = nullptr;
                const auto number = i % 2 == 0 ? GetParam().second_line : std::u16string(u"0301234567");
                const LONG made = TSP(host(), lineMakeCall)(request, line, host().new_name(), &call,
                                                            number.c_str(), 0, nullptr);
                accept(made);
                if (made < 0) continue;
                accept(TSP(host(), lineDrop)(request + 1, call, nullptr, 0));
                EXPECT_EQ(TSP(host(), lineCloseCall)(call), 0);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(TSP(host(), lineClose)(line), 0);
    std::map<LONG, int> completed;
    for (const Said& said : host().everything())
        if (said.message == LINE_REPLY) ++completed[static_cast<LONG>(said.p1)];
    EXPECT_GE(accepted.size(), 8U);
    EXPECT_EQ(completed.size(), accepted.size());
    for (const LONG request : accepted) EXPECT_EQ(completed[request], 1) << request;
}

TEST_P(Examples, ABadConfigurationIsRefused) {
    auto keys = GetParam().keys;
    keys["answer_after"] = "soon";
    TspHost host(GetParam().library, keys);
    EXPECT_EQ(TSP(host, providerInstall)(nullptr, 1), static_cast<LONG>(LINEERR_INVALPARAM));
    EXPECT_LT(host.start(), 0);
    EXPECT_NE(host.logged().find("answer_after"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    , Examples,
    ::testing::Values(Example{"plain", PLAIN_TSP, {{"lines", "2"}}, u"2"},
                      Example{"acme",
                              TEMPLATE_TSP,
                              {{"line.1.number", "101"}, {"line.1.name", "one"}, {"line.2.number", "102"}},
                              u"102"}),
    [](const auto& example) { return std::string(example.param.name); });

} // namespace
} // namespace offhook::testing
