// SPDX-License-Identifier: Apache-2.0
//
// The providers of this repository keep nothing from one session to the next, also in one load.
#include "tests/host/host_process.h"

#include <gtest/gtest.h>

namespace offhook::host {
namespace {

using abi::Tspi;

std::uint64_t output(const Received& result, Tspi function, std::string_view name) {
    const auto& row = abi::row(function);
    wire::Values values;
    EXPECT_TRUE(wire::decode_up(row, abi::Fill::at_return, result.payload, values));
    return values[row.index_of(name)].number;
}

Received result_of(HostProcess& host, const Inputs& inputs, std::uint64_t lane) {
    host.call(inputs, lane);
    auto result = host.next(wire::FrameKind::result);
    EXPECT_TRUE(result);
    EXPECT_GE(result->header.result, 0) << inputs.row().name;
    return std::move(*result);
}

// A session with a call, as the service holds it.
void session(HostProcess& host, std::u16string_view destination) {
    result_of(host,
              Inputs(Tspi::lineNegotiateTSPIVersion)
                  .number("dwDeviceID", INITIALIZE_NEGOTIATION)
                  .number("dwLowVersion", 0x10003)
                  .number("dwHighVersion", 0x20002),
              0);
    const auto devices = result_of(host, Inputs(Tspi::providerEnumDevices), 0);
    EXPECT_GE(output(devices, Tspi::providerEnumDevices, "lpdwNumLines"), 1u);
    result_of(host, Inputs(Tspi::providerInit).number("dwTSPIVersion", 0x20002), 0);
    host.grant(std::array<std::uint32_t, 4>{1001, 1002, 1003, 1004});
    const auto open =
        result_of(host, Inputs(Tspi::lineOpen).number("htLine", 0x51).number("dwTSPIVersion", 0x20002), 1);
    const auto line = output(open, Tspi::lineOpen, "lphdLine");
    const auto made = result_of(host,
                                Inputs(Tspi::lineMakeCall)
                                    .number("dwRequestID", 1)
                                    .number("hdLine", line)
                                    .number("htCall", 0x61)
                                    .text("lpszDestAddress", destination),
                                1);
    EXPECT_EQ(made.header.result, 1);
    const auto is_reply = [](const Received& frame) {
        return frame.header.kind == wire::FrameKind::completion;
    };
    if (std::ranges::none_of(host.passed, is_reply)) {
        ASSERT_TRUE(host.next(wire::FrameKind::completion));
    }
    result_of(host, Inputs(Tspi::lineClose).number("hdLine", line), 1);
    result_of(host, Inputs(Tspi::providerShutdown).number("dwTSPIVersion", 0x20002), 0);
    host.passed.clear();
}

void expect_clean(const wire::HostHello& hello, std::u16string_view destination) {
    HostProcess host(hello);
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    for (int number = 0; number < 3; ++number) {
        SCOPED_TRACE(number);
        session(host, destination);
        if (testing::Test::HasFailure()) return;
        const auto retained = host.next_session(hello);
        ASSERT_TRUE(retained);
        for (const auto& [kind, name] : retained->things)
            ADD_FAILURE() << wire::row(kind).what << ": " << name;
    }
}

TEST(RealProviders, R001_SimKeepsNothingInOneLoad) {
    expect_clean(hello_for(SIM_TSP, {{"extensions", "101-110"}}), u"102");
}

TEST(RealProviders, R001_SimKeepsSomethingWhenItIsToldTo) {
    const auto hello = hello_for(SIM_TSP);
    HostProcess host(hello);
    ASSERT_TRUE(host.next(wire::FrameKind::welcome));
    host.command("misbehave R001");
    const auto reply = host.next(wire::FrameKind::service);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->header.result, 0);
    session(host, u"102");
    const auto retained = host.next_session(hello);
    ASSERT_TRUE(retained);
    ASSERT_EQ(retained->things.size(), 1u);
    EXPECT_EQ(retained->things[0].kind, wire::RetainedKind::descriptor);
}

TEST(RealProviders, R001_PlainKeepsNothingInOneLoad) {
    expect_clean(hello_for(PLAIN_TSP, {{"lines", "2"}}), u"2");
}

TEST(RealProviders, R001_SipKeepsNothingInOneLoad) {
    auto hello = hello_for(SIP_TSP, {{"account.1.user", "1001"}, {"account.1.peer", "127.0.0.1:9"}});
    hello.needs = "network";
    expect_clean(hello, u"1002");
}

} // namespace
} // namespace offhook::host
