// SPDX-License-Identifier: Apache-2.0
//
// What a provider is given: identifiers, versions, media modes; and how what it says looks to applications of
// other versions.
#include "tests/core/scripted.h"

#include <array>
#include <map>
#include <set>

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;
using core::number_of;

constexpr auto interactive_voice = LINEMEDIAMODE_INTERACTIVEVOICE;

// Keeps the arguments of each call that any provider got.
class Inputs final : public Observer {
  public:
    struct Entered {
        std::uint32_t session = 0;
        Tspi function{};
        std::array<std::uint64_t, abi::max_parameters> numbers{};
    };
    void to_host(std::uint32_t session, const wire::Frame& frame) override {
        if (frame.header.kind != wire::FrameKind::call) return;
        wire::Values values;
        Entered entered{session, static_cast<Tspi>(frame.header.function), {}};
        EXPECT_TRUE(wire::decode_down(abi::row(entered.function), frame.payload, values));
        for (std::size_t i = 0; i < abi::row(entered.function).count; ++i)
            entered.numbers[i] = values[i].number;
        all_.push_back(entered);
    }
    // One argument of each call of a function, in the order of the calls.
    std::vector<std::uint64_t> of(Tspi function, std::string_view parameter) const {
        std::vector<std::uint64_t> found;
        for (const auto& entered : all_)
            if (entered.function == function)
                found.push_back(entered.numbers[abi::row(function).index_of(parameter)]);
        return found;
    }

  private:
    std::vector<Entered> all_;
};

class SessionRules : public Rules {
  protected:
    SessionRules() { world.observe(inputs); }
    using Numbers = std::vector<std::uint64_t>;
    Inputs inputs;
};

TEST_F(SessionRules, R005_WhoInitialisesWhileASessionEndsGetsTheNext) {
    install();
    ScriptedApplication first(world), second(world);
    first.initialise();
    auto& ending = provider();
    ending.hang();
    first.submit(Arguments<Tapi::lineShutdown>().with<"hLineApp">(first.app()));
    world.run_until_quiet();
    EXPECT_EQ(world.core().snapshot().providers.at(0).stage, "shutting down");
    second.submit(Arguments<Tapi::lineInitializeEx>().with<"lpdwAPIVersion">(abi::v2_2),
                  world.open_channel(second.id()));
    world.run_until_quiet();
    EXPECT_FALSE(second.answered());
    ending.release();
    while (!second.answered() && world.step()) {
    }
    EXPECT_TRUE(second.answered());
    EXPECT_EQ(world.core().snapshot().providers.at(0).stage, "running");
    EXPECT_EQ(inputs.of(Tspi::providerInit, "dwNumLines").size(), 2u);
}

TEST_F(SessionRules, R015_TheSessionsVersionIsNegotiatedForNoDeviceInParticular) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(inputs.of(Tspi::lineNegotiateTSPIVersion, "dwDeviceID"), (Numbers{INITIALIZE_NEGOTIATION}));
    EXPECT_EQ(inputs.of(Tspi::providerInit, "dwTSPIVersion"), (Numbers{abi::v2_2}));
}

TEST_F(SessionRules, R016_AProviderOfPhonesAloneNegotiatesAsALine) {
    behaviour.lines = 0;
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(inputs.of(Tspi::lineNegotiateTSPIVersion, "dwDeviceID"), (Numbers{INITIALIZE_NEGOTIATION}));
    EXPECT_EQ(inputs.of(Tspi::providerInit, "dwNumPhones"), (Numbers{behaviour.phones}));
    EXPECT_TRUE(inputs.of(Tspi::phoneNegotiateTSPIVersion, "dwDeviceID").empty());
}

TEST_F(SessionRules, R097_R098_EachProviderHasARangeOfIdentifiersAndMapsItToItsDevices) {
    install();
    world.core().provider_added(core::ProviderId{2}, "two", "/two.tsp");
    ScriptedApplication application(world);
    application.initialise();
    const auto bases = inputs.of(Tspi::providerInit, "dwLineDeviceIDBase");
    EXPECT_EQ(std::set<std::uint64_t>(bases.begin(), bases.end()),
              (std::set<std::uint64_t>{0, behaviour.lines}));
    for (std::uint32_t device = 0; device < 2 * behaviour.lines; ++device)
        application.open(LINECALLPRIVILEGE_NONE, abi::v2_2, device);
    EXPECT_EQ(inputs.of(Tspi::lineOpen, "dwDeviceID"), (Numbers{0, 1, 2, 3}));
}

TEST_F(SessionRules, R020_R022_ALineKeepsTheVersionOfItsFirstOpenerUntilItIsClosed) {
    install();
    ScriptedApplication old(world), current(world);
    old.initialise(abi::v1_4);
    current.initialise();
    const auto line = old.open(LINECALLPRIVILEGE_NONE, abi::v1_4);
    const auto second = current.open(LINECALLPRIVILEGE_NONE);
    EXPECT_EQ(inputs.of(Tspi::lineOpen, "dwTSPIVersion"), (Numbers{abi::v1_4}));
    EXPECT_EQ(old.call(Arguments<Tapi::lineClose>().with<"hLine">(line)), 0);
    EXPECT_EQ(current.call(Arguments<Tapi::lineClose>().with<"hLine">(second)), 0);
    current.open(LINECALLPRIVILEGE_NONE);
    EXPECT_EQ(inputs.of(Tspi::lineOpen, "dwTSPIVersion"), (Numbers{abi::v1_4, abi::v2_2}));
}

TEST_F(SessionRules, R021_LinesOfOneProviderRunAtVersionsOfTheirOwn) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    application.open(LINECALLPRIVILEGE_NONE, abi::v1_4, 0);
    application.open(LINECALLPRIVILEGE_NONE, abi::v2_2, 1);
    EXPECT_EQ(inputs.of(Tspi::lineOpen, "dwTSPIVersion"), (Numbers{abi::v1_4, abi::v2_2}));
}

TEST_F(SessionRules, R045_RequestIdentifiersArePositiveAndNeverTwiceAtATime) {
    behaviour.completion = Completion::when_told;
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    std::set<std::int32_t> requests;
    for (int i = 0; i < 50; ++i) {
        const auto request = application.make_call(line);
        EXPECT_GT(request, 0);
        EXPECT_TRUE(requests.insert(request).second) << request;
    }
}

TEST_F(SessionRules, R049_AnErrorIsTheSameAtOnceAndInTheReply) {
    behaviour.completion = Completion::when_told;
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    ASSERT_GT(application.make_call(line), 0);
    provider().complete(provider().unfinished().front(), as_result(LINEERR_OPERATIONUNAVAIL));
    world.run_until_quiet();
    const auto reply = application.next(LINE_REPLY);
    ASSERT_TRUE(reply);
    EXPECT_EQ(static_cast<std::int32_t>(reply->fields.parameter2), as_result(LINEERR_OPERATIONUNAVAIL));
    provider().refuse(Tspi::lineMakeCall);
    EXPECT_EQ(application.make_call(line), as_result(LINEERR_OPERATIONUNAVAIL));
}

TEST_F(SessionRules, R081_TheCallIsClosedWithItsLastHandleAlsoAMonitors) {
    install();
    ScriptedApplication owner(world), monitor(world);
    owner.initialise();
    monitor.initialise();
    monitor.open(LINECALLPRIVILEGE_MONITOR);
    ASSERT_GT(owner.make_call(owner.open(LINECALLPRIVILEGE_NONE)), 0);
    world.run_until_quiet();
    const auto owned = owner.next(LINE_REPLY)->late_call.value_or(0);
    const auto monitored = static_cast<std::uint32_t>(monitor.next(LINE_APPNEWCALL)->fields.parameter2);
    const auto deallocate = [&](ScriptedApplication& application, std::uint32_t call) {
        EXPECT_EQ(application.call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(call)), 0);
        world.run_until_quiet();
    };
    deallocate(owner, owned);
    EXPECT_EQ(entered(Tspi::lineCloseCall), 0u);
    deallocate(monitor, monitored);
    EXPECT_EQ(entered(Tspi::lineCloseCall), 1u);
}

TEST_F(SessionRules, R088_R145_AProviderIsToldWhichMediaTheOwnersWant) {
    install();
    ScriptedApplication talker(world), modem(world);
    talker.initialise();
    modem.initialise();
    talker.open(LINECALLPRIVILEGE_OWNER);
    const auto second = modem.open(LINECALLPRIVILEGE_OWNER, abi::v2_2, 0, LINEMEDIAMODE_DATAMODEM);
    EXPECT_EQ(modem.call(Arguments<Tapi::lineClose>().with<"hLine">(second)), 0);
    world.run_until_quiet();
    EXPECT_EQ(inputs.of(Tspi::lineSetDefaultMediaDetection, "dwMediaModes"),
              (Numbers{interactive_voice, interactive_voice | LINEMEDIAMODE_DATAMODEM, interactive_voice}));
}

// A call, and how the applications that hold it see it.
class LaterValues : public SessionRules {
  protected:
    LaterValues() {
        install();
        current.initialise();
        old.initialise(abi::v1_3);
        current.open(LINECALLPRIVILEGE_OWNER); // the line's version is its
        old.open(LINECALLPRIVILEGE_MONITOR, abi::v1_3);
        driver = provider().announce_call(LINECALLSTATE_OFFERING, interactive_voice);
        world.run_until_quiet();
        const auto arrived = current.next(LINE_APPNEWCALL);
        EXPECT_TRUE(arrived);
        owned = static_cast<std::uint32_t>(arrived->fields.parameter2);
        monitored = old.next(LINE_CALLSTATE)->fields.device;
        current.events.clear();
    }
    std::uint64_t mode_after(std::uint64_t mode, ScriptedApplication& application) {
        current.events.clear();
        old.events.clear();
        provider().change_state(driver, LINECALLSTATE_CONNECTED, mode);
        world.run_until_quiet();
        const auto state = application.next(LINE_CALLSTATE);
        return state ? state->fields.parameter2 : ~std::uint64_t{0};
    }
    LINECALLINFO info(ScriptedApplication& application, std::uint32_t call) {
        LINECALLINFO found{};
        EXPECT_EQ(
            application.call(Arguments<Tapi::lineGetCallInfo>().with<"hCall">(call).with<"lpCallInfo">(1000)),
            0);
        const auto bytes = application.bytes<Tapi::lineGetCallInfo, "lpCallInfo">();
        std::memcpy(&found, bytes.data(), std::min(bytes.size(), sizeof found));
        return found;
    }

    ScriptedApplication current{world}, old{world};
    std::uint64_t driver = 0;
    std::uint32_t owned = 0, monitored = 0;
};

TEST_F(LaterValues, R234_ModesOfConnectedThatCameLaterAreHidden) {
    const std::map<std::uint64_t, std::uint64_t> seen_as{
        {LINECONNECTEDMODE_ACTIVE, LINECONNECTEDMODE_ACTIVE},
        {LINECONNECTEDMODE_ACTIVEHELD, LINECONNECTEDMODE_ACTIVE},
        {LINECONNECTEDMODE_INACTIVEHELD, LINECONNECTEDMODE_INACTIVE},
        {LINECONNECTEDMODE_CONFIRMED, LINECONNECTEDMODE_ACTIVE}};
    for (const auto& [mode, older] : seen_as) {
        EXPECT_EQ(mode_after(mode, current), mode);
        EXPECT_EQ(mode_after(mode, old), older);
    }
}

TEST_F(LaterValues, R234_OriginsAndReasonsThatCameLaterAreHidden) {
    EXPECT_EQ(info(current, owned).dwOrigin, DWORD{LINECALLORIGIN_INBOUND});
    EXPECT_EQ(info(current, owned).dwReason, DWORD{LINECALLREASON_ROUTEREQUEST});
    EXPECT_EQ(info(old, monitored).dwOrigin, DWORD{LINECALLORIGIN_UNAVAIL});
    EXPECT_EQ(info(old, monitored).dwReason, DWORD{LINECALLREASON_UNAVAIL});
}

TEST_F(LaterValues, R213_TheFeaturesThatCameWithVersion2AreNotInAnOlderStructure) {
    const auto used = [](ScriptedApplication& application, std::uint32_t call) {
        EXPECT_EQ(application.call(
                      Arguments<Tapi::lineGetCallStatus>().with<"hCall">(call).with<"lpCallStatus">(500)),
                  0);
        return application.bytes<Tapi::lineGetCallStatus, "lpCallStatus">().size();
    };
    EXPECT_GT(used(current, owned), offsetof(LINECALLSTATUS, dwCallFeatures2));
    EXPECT_LE(used(old, monitored), offsetof(LINECALLSTATUS, dwCallFeatures2));
}

// All features of a call but those of monitoring are its owners'.
TEST_F(LaterValues, R212_AMonitorsFeaturesAreThoseOfMonitoring) {
    provider().fill_call_features(~0u);
    const auto features = [](ScriptedApplication& application, std::uint32_t call) {
        EXPECT_EQ(application.call(
                      Arguments<Tapi::lineGetCallStatus>().with<"hCall">(call).with<"lpCallStatus">(500)),
                  0);
        LINECALLSTATUS status{};
        const auto bytes = application.bytes<Tapi::lineGetCallStatus, "lpCallStatus">();
        std::memcpy(&status, bytes.data(), std::min(bytes.size(), sizeof status));
        return status.dwCallFeatures;
    };
    EXPECT_EQ(features(current, owned), ~0u);
    EXPECT_EQ(features(old, monitored), DWORD{LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_MONITORMEDIA |
                                              LINECALLFEATURE_MONITORTONES});
}

TEST_F(SessionRules, R256_TheNameOfADeviceClassIsTheSameInCapitals) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    const auto line = application.open(LINECALLPRIVILEGE_NONE);
    for (const auto* name : {u"tapi/line", u"TAPI/Line"}) {
        EXPECT_EQ(application.call(
                      Arguments<Tapi::lineGetID>()
                          .with<"hLine">(line)
                          .with<"dwSelect">(LINECALLSELECT_LINE)
                          .with<"lpDeviceID">(100)
                          .with<"lpszDeviceClass">(core::bytes_value(std::as_bytes(std::span(name, 9))))),
                  0);
    }
    EXPECT_EQ(entered(Tspi::lineGetID), 0u); // the service knows the line's own number
}

TEST_F(SessionRules, R241_MessagesOfOneApplicationKeepTheirOrder) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    application.open(LINECALLPRIVILEGE_OWNER);
    const auto driver = provider().announce_call(LINECALLSTATE_OFFERING, interactive_voice);
    const std::vector<std::uint64_t> states{LINECALLSTATE_OFFERING, LINECALLSTATE_ACCEPTED,
                                            LINECALLSTATE_CONNECTED, LINECALLSTATE_DISCONNECTED,
                                            LINECALLSTATE_IDLE};
    for (std::size_t i = 1; i < states.size(); ++i)
        provider().change_state(driver, static_cast<std::uint32_t>(states[i]));
    world.run_until_quiet();
    std::vector<std::uint64_t> seen;
    for (const auto& event : application.events)
        if (event.message == LINE_CALLSTATE) seen.push_back(event.fields.parameter1);
    EXPECT_EQ(seen, states);
}

} // namespace
} // namespace offhook::test
