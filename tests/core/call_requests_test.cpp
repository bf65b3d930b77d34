// SPDX-License-Identifier: Apache-2.0
//
// The functions on calls that the service hands through, each in the same way: who may use them, and what
// reaches the provider.
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

class CallRequests : public Rules {
  protected:
    CallRequests() { behaviour.completion = Completion::immediate; }

    static constexpr std::u16string_view number = u"123";

    // Values that are right for every function: the calls' handles by turns, 1 as a number, a text, no bytes.
    template <Tapi F> static Arguments<F> arguments(const std::vector<std::uint32_t>& calls) {
        wire::Values values{};
        std::size_t next = 0;
        const auto& row = abi::row<F>();
        for (std::size_t i = 0; i < row.count; ++i) {
            const auto& parameter = row.parameters[i];
            if (parameter.name.ends_with("Call"))
                values[i] = core::number_value(calls.at(next++ % calls.size()));
            else if (parameter.kind == abi::Kind::text)
                values[i] = core::bytes_value(std::as_bytes(std::span(number)));
            else if (parameter.kind == abi::Kind::number && !counts_bytes(row, parameter.name))
                values[i] = core::number_value(1);
            else if (parameter.kind == abi::Kind::number) values[i] = core::number_value(0);
        }
        return Arguments<F>(values);
    }
    static bool counts_bytes(const abi::Function& row, std::string_view name) {
        return std::any_of(row.parameters.begin(), row.parameters.end(),
                           [&](const auto& other) { return other.count_name == name; });
    }

    std::uint32_t new_call(ScriptedApplication& application, std::uint32_t line) {
        EXPECT_GT(application.make_call(line), 0);
        world.run_until_quiet();
        const auto reply = application.next(LINE_REPLY);
        EXPECT_TRUE(reply && reply->late_call);
        return reply->late_call.value_or(0);
    }

    template <Tapi From, Tspi To>
    void expect_handed_through(ScriptedApplication& owner, std::uint32_t line, ScriptedApplication& monitor) {
        SCOPED_TRACE(abi::row<From>().name);
        monitor.events.clear();
        const std::vector<std::uint32_t> calls{new_call(owner, line), new_call(owner, line)};
        const auto before = entered(To);

        // The provider's handles in the order of the application's; an asynchronous function gets its reply
        // (R046).
        const auto result = owner.call(arguments<From>(calls));
        constexpr bool asynchronous = abi::row<To>().mode == abi::Mode::async;
        if (asynchronous) EXPECT_GT(result, 0);
        else EXPECT_EQ(result, 0);
        world.run_until_quiet();
        EXPECT_EQ(entered(To), before + 1);
        const auto driver_calls = provider().driver_calls();
        const auto& given = provider().last_calls();
        for (std::size_t i = 0; i < given.size(); ++i)
            EXPECT_EQ(given[i], driver_calls.at(driver_calls.size() - 2 + i));
        if (asynchronous) {
            const auto reply = owner.next(LINE_REPLY);
            ASSERT_TRUE(reply);
            EXPECT_EQ(reply->fields.parameter1, static_cast<std::uint64_t>(result));
            EXPECT_EQ(reply->fields.parameter2, 0u);
        }

        // The provider hears nothing of what may not be.
        const auto announced = monitor.next(LINE_APPNEWCALL);
        ASSERT_TRUE(announced);
        const auto monitored = static_cast<std::uint32_t>(announced->fields.parameter2);
        EXPECT_EQ(monitor.call(arguments<From>({monitored})), as_result(LINEERR_NOTOWNER));
        EXPECT_LT(owner.call(arguments<From>({0x7777})), 0);
        EXPECT_EQ(entered(To), before + 1);
    }
};

TEST_F(CallRequests, R046_R116_AreHandedThroughForOwnersOnly) {
    install();
    ScriptedApplication owner(world), monitor(world);
    owner.initialise();
    monitor.initialise();
    monitor.open(LINECALLPRIVILEGE_MONITOR);
    const auto line = owner.open(LINECALLPRIVILEGE_NONE);
    expect_handed_through<Tapi::lineAccept, Tspi::lineAccept>(owner, line, monitor);
    expect_handed_through<Tapi::lineAddToConference, Tspi::lineAddToConference>(owner, line, monitor);
    expect_handed_through<Tapi::lineAnswer, Tspi::lineAnswer>(owner, line, monitor);
    expect_handed_through<Tapi::lineBlindTransfer, Tspi::lineBlindTransfer>(owner, line, monitor);
    expect_handed_through<Tapi::lineDial, Tspi::lineDial>(owner, line, monitor);
    expect_handed_through<Tapi::lineDrop, Tspi::lineDrop>(owner, line, monitor);
    expect_handed_through<Tapi::lineHold, Tspi::lineHold>(owner, line, monitor);
    expect_handed_through<Tapi::lineRedirect, Tspi::lineRedirect>(owner, line, monitor);
    expect_handed_through<Tapi::lineReleaseUserUserInfo, Tspi::lineReleaseUserUserInfo>(owner, line, monitor);
    expect_handed_through<Tapi::lineRemoveFromConference, Tspi::lineRemoveFromConference>(owner, line,
                                                                                          monitor);
    expect_handed_through<Tapi::lineSecureCall, Tspi::lineSecureCall>(owner, line, monitor);
    expect_handed_through<Tapi::lineSendUserUserInfo, Tspi::lineSendUserUserInfo>(owner, line, monitor);
    expect_handed_through<Tapi::lineSetAppSpecific, Tspi::lineSetAppSpecific>(owner, line, monitor);
    expect_handed_through<Tapi::lineSetCallData, Tspi::lineSetCallData>(owner, line, monitor);
    expect_handed_through<Tapi::lineSetCallParams, Tspi::lineSetCallParams>(owner, line, monitor);
    expect_handed_through<Tapi::lineSetCallQualityOfService, Tspi::lineSetCallQualityOfService>(owner, line,
                                                                                                monitor);
    expect_handed_through<Tapi::lineSetCallTreatment, Tspi::lineSetCallTreatment>(owner, line, monitor);
    expect_handed_through<Tapi::lineSwapHold, Tspi::lineSwapHold>(owner, line, monitor);
    expect_handed_through<Tapi::lineUnhold, Tspi::lineUnhold>(owner, line, monitor);
}

TEST_F(CallRequests, AnIdleCallCanBeLabelledButNotHeld) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto call = new_call(application, application.open(LINECALLPRIVILEGE_NONE));
    EXPECT_GT(application.call(arguments<Tapi::lineDrop>({call})), 0);
    world.run_until_quiet();
    EXPECT_EQ(application.call(arguments<Tapi::lineHold>({call})), as_result(LINEERR_INVALCALLSTATE));
    EXPECT_EQ(application.call(arguments<Tapi::lineSetAppSpecific>({call})), 0);
    EXPECT_GT(application.call(arguments<Tapi::lineSetCallData>({call})), 0);
}

TEST_F(CallRequests, R041_WhatIsMissingIsRefused) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto call = new_call(application, application.open(LINECALLPRIVILEGE_NONE));
    EXPECT_EQ(application.call(Arguments<Tapi::lineBlindTransfer>().with<"hCall">(call)),
              as_result(LINEERR_INVALPOINTER));
    EXPECT_EQ(application.call(Arguments<Tapi::lineSendUserUserInfo>().with<"hCall">(call).with<"dwSize">(4)),
              as_result(LINEERR_INVALPOINTER));
    EXPECT_EQ(entered(Tspi::lineBlindTransfer) + entered(Tspi::lineSendUserUserInfo), 0u);
}

TEST_F(CallRequests, TwoCallsAreOfOneLine) {
    behaviour.lines = 2;
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto here = new_call(application, application.open(LINECALLPRIVILEGE_NONE, abi::v2_2, 0));
    const auto there = new_call(application, application.open(LINECALLPRIVILEGE_NONE, abi::v2_2, 1));
    EXPECT_EQ(application.call(arguments<Tapi::lineSwapHold>({here, there})),
              as_result(LINEERR_INVALCALLHANDLE));
    EXPECT_EQ(application.call(arguments<Tapi::lineAddToConference>({here, there})),
              as_result(LINEERR_INVALCONSULTCALLHANDLE));
    EXPECT_EQ(application.call(arguments<Tapi::lineAddToConference>({0x7777, there})),
              as_result(LINEERR_INVALCONFCALLHANDLE));
    EXPECT_EQ(entered(Tspi::lineSwapHold) + entered(Tspi::lineAddToConference), 0u);
}

} // namespace
} // namespace offhook::test
