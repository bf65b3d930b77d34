// SPDX-License-Identifier: Apache-2.0
//
// The monitor is worth what it catches: each mutant changes what leaves the core as one defect would, and
// must be caught under the rule's name. What no change of one frame can bring about is forged: the monitor is
// told that it happened. Every rule that the monitor checks has a mutant.
#include "tests/core/monitor.h"
#include "tests/core/scripted.h"

#include <functional>
#include <set>

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;

enum class Boundary : std::uint8_t { application, channel, host };

struct Mutant {
    std::uint32_t rule;
    const char* name;
    Boundary boundary;
    std::vector<Message> (*mutate)(Message);
};

template <class Number> void put(Message& message, std::size_t at, Number value) {
    std::memcpy(message.bytes.data() + at, &value, sizeof value);
}

bool is_event(const Message& message, std::uint32_t number) {
    return message.frame().header.function == number;
}
bool is_call(const Message& message, Tspi function) {
    return message.frame().header.kind == wire::FrameKind::call &&
           message.frame().header.function == static_cast<std::uint16_t>(function);
}
std::vector<Message> twice(Message message) { return {message, message}; }
Message renamed(Message message, std::uint16_t function) {
    put(message, offsetof(wire::FrameHeader, function), function);
    return message;
}

constexpr std::size_t header = sizeof(wire::FrameHeader);
constexpr std::size_t state_field = header + 4 + 8;   // parameter1 of a message
constexpr std::size_t detail_field = state_field + 8; // parameter2
constexpr std::size_t new_call_field = detail_field;
constexpr std::size_t privilege_field = state_field + 2 * 8; // parameter3
constexpr std::uint32_t first_call_handle = 1 << 20;         // of a new core

const Mutant mutants[] = {
    {44, "AResultIsSentTwice", Boundary::application, twice},
    {44, "AnAsynchronousFunctionReturnsZero", Boundary::application,
     [](Message m) {
         if (is_event(m, static_cast<std::uint32_t>(Tapi::lineMakeCall)))
             put(m, offsetof(wire::FrameHeader, result), std::int32_t{0});
         return std::vector{m};
     }},
    {46, "AReplyIsSentTwice", Boundary::channel,
     [](Message m) { return is_event(m, LINE_REPLY) ? twice(m) : std::vector{m}; }},
    {46, "AReplyIsForgotten", Boundary::channel,
     [](Message m) { return is_event(m, LINE_REPLY) ? std::vector<Message>{} : std::vector{m}; }},
    {56, "AReplyComesWithoutItsOutput", Boundary::channel,
     [](Message m) {
         constexpr std::size_t output = sizeof(std::uint32_t); // the call handle of lineMakeCall
         if (!is_event(m, LINE_REPLY)) return std::vector{m};
         m.bytes.resize(m.bytes.size() - output);
         put(m, offsetof(wire::FrameHeader, size), static_cast<std::uint32_t>(m.bytes.size()));
         return std::vector{m};
     }},
    {48, "AMessageWaitsForAResultThatNeverComes", Boundary::channel,
     [](Message m) {
         put(m, offsetof(wire::FrameHeader, sequence), std::uint64_t{1'000});
         return std::vector{m};
     }},
    {66, "AReplyIsForgottenAndItsCallIsNot", Boundary::channel,
     [](Message m) { return is_event(m, LINE_REPLY) ? std::vector<Message>{} : std::vector{m}; }},
    {129, "LineAppNewCallIsSentTwice", Boundary::channel,
     [](Message m) { return is_event(m, LINE_APPNEWCALL) ? twice(m) : std::vector{m}; }},
    {130, "AHandleIsAnnouncedThatTheApplicationHas", Boundary::channel,
     [](Message m) {
         if (is_event(m, LINE_APPNEWCALL)) put(m, new_call_field, std::uint64_t{first_call_handle});
         return std::vector{m};
     }},
    {71, "CallInfoComesBeforeTheFirstState", Boundary::channel,
     [](Message m) { return std::vector{is_event(m, LINE_CALLSTATE) ? renamed(m, LINE_CALLINFO) : m}; }},
    {127, "CallInfoComesAfterIdle", Boundary::channel,
     [](Message m) {
         std::uint64_t state = 0;
         std::memcpy(&state, m.bytes.data() + state_field, sizeof state);
         return is_event(m, LINE_CALLSTATE) && state == LINECALLSTATE_IDLE
                    ? std::vector{m, renamed(m, LINE_CALLINFO)}
                    : std::vector{m};
     }},
    {128, "TheFirstStateHasNoPrivilege", Boundary::channel,
     [](Message m) {
         if (is_event(m, LINE_CALLSTATE)) put(m, privilege_field, std::uint64_t{0});
         return std::vector{m};
     }},
    {132, "TheParentOfAConferenceIsNobodysCall", Boundary::channel,
     [](Message m) {
         constexpr std::uint64_t nobodys = 77;
         if (!is_event(m, LINE_CALLSTATE)) return std::vector{m};
         put(m, state_field, std::uint64_t{LINECALLSTATE_CONFERENCED});
         put(m, detail_field, nobodys);
         return std::vector{m};
     }},
    {210, "IdleIsSaidTwice", Boundary::channel,
     [](Message m) { return is_event(m, LINE_CALLSTATE) ? twice(m) : std::vector{m}; }},
    {86, "LineCloseIsSaidTwice", Boundary::channel,
     [](Message m) { return is_event(m, LINE_CLOSE) ? twice(m) : std::vector{m}; }},
    {2, "TheVersionIsNegotiatedTwice", Boundary::host,
     [](Message m) { return is_call(m, Tspi::lineNegotiateTSPIVersion) ? twice(m) : std::vector{m}; }},
    {15, "TheProviderIsInitialisedTwice", Boundary::host,
     [](Message m) { return is_call(m, Tspi::providerInit) ? twice(m) : std::vector{m}; }},
    {7, "TheProviderIsShutDownTwice", Boundary::host,
     [](Message m) { return is_call(m, Tspi::providerShutdown) ? twice(m) : std::vector{m}; }},
    {45, "ARequestIdIsUsedTwice", Boundary::host,
     [](Message m) { return is_call(m, Tspi::lineMakeCall) ? twice(m) : std::vector{m}; }},
    {67, "ACallIsClosedTwice", Boundary::host,
     [](Message m) { return is_call(m, Tspi::lineCloseCall) ? twice(m) : std::vector{m}; }},
    {75, "ALineIsClosedTwice", Boundary::host,
     [](Message m) { return is_call(m, Tspi::lineClose) ? twice(m) : std::vector{m}; }},
};

// A provider that notes nothing: a mutant may call it wrongly.
class Deaf final : public HostModel {
  public:
    explicit Deaf(std::unique_ptr<ProviderModel> model) : model_(std::move(model)) {}
    std::vector<std::byte> exported() const override { return model_->exported(); }
    void received(const wire::Frame& frame) override {
        if (frame.header.kind == wire::FrameKind::call && !seen_.insert(frame.header.correlation).second)
            return;
        model_->received(frame);
    }
    ProviderModel& model() { return *model_; }

  private:
    std::unique_ptr<ProviderModel> model_;
    std::set<std::uint32_t> seen_;
};

// Where things stand when a forgery begins.
struct Scene {
    Monitor& monitor;
    std::uint32_t session = 0, application = 0, channel = 0, line = 0;
    std::uint64_t driver_line = 0;
};

constexpr std::uint32_t unused = 77; // as a request, an operation, a session
constexpr std::uint64_t driver_call = 0x7777;

void forge_call(const Scene& at, std::uint64_t service_call) {
    at.monitor.to_host(at.session, call_frame(unused, Arguments<Tspi::lineMakeCall>()
                                                          .with<"dwRequestID">(unused)
                                                          .with<"hdLine">(at.driver_line)
                                                          .with<"htCall">(service_call))
                                       .frame());
}

Message channel_frame(std::uint32_t number) {
    Message message;
    wire::FrameWriter writer(
        message.bytes, {.kind = wire::FrameKind::event, .function = static_cast<std::uint16_t>(number)});
    wire::write(writer, wire::EventToApplication{});
    writer.finish();
    return message;
}

struct Forgery {
    std::uint32_t rule;
    const char* name;
    void (*forge)(const Scene&);
};

const Forgery forgeries[] = {
    {4, "ASecondSessionStarts", [](const Scene& at) { at.monitor.host_started(1, unused); }},
    {5, "AMessageComesBeforeInitialisation",
     [](const Scene& at) { at.monitor.to_channel(unused, channel_frame(LINE_LINEDEVSTATE).frame()); }},
    {9, "ALineIsOpenedBeforeProviderInit",
     [](const Scene& at) {
         at.monitor.host_started(unused, unused);
         at.monitor.to_host(unused, call_frame(unused, Arguments<Tspi::lineOpen>()).frame());
     }},
    {41, "InputsAreCutShort",
     [](const Scene& at) {
         const auto message = call_frame(unused, Arguments<Tspi::lineGetAddressID>());
         auto frame = message.frame();
         frame.payload = frame.payload.first(frame.payload.size() - 4);
         at.monitor.to_host(at.session, frame);
     }},
    {61, "ACallIsMadeWithoutTheServicesHandle", [](const Scene& at) { forge_call(at, 0); }},
    {62, "AnUnfinishedCallIsDropped",
     [](const Scene& at) {
         forge_call(at, unused);
         const auto made = call_frame(unused, Arguments<Tspi::lineMakeCall>());
         at.monitor.from_host(
             at.session, result_frame(made.frame(), unused,
                                      Arguments<Tspi::lineMakeCall>().with<"lphdCall">(driver_call).values())
                             .frame());
         at.monitor.to_host(
             at.session,
             call_frame(
                 unused + 1,
                 Arguments<Tspi::lineDrop>().with<"dwRequestID">(unused + 1).with<"hdCall">(driver_call))
                 .frame());
     }},
    {122, "AHandleIsGivenTwice",
     [](const Scene& at) {
         struct {
             LINECALLLIST list{};
             std::uint32_t handle = 0x7777;
         } given;
         given.list.dwTotalSize = given.list.dwNeededSize = given.list.dwUsedSize = sizeof given;
         given.list.dwCallsNumEntries = 1;
         given.list.dwCallsSize = sizeof given.handle;
         given.list.dwCallsOffset = sizeof given.list;
         for (std::uint32_t i = 0; i < 2; ++i) {
             const auto asked =
                 call_frame(unused + i, Arguments<Tapi::lineGetNewCalls>().with<"hLine">(at.line));
             at.monitor.from_application(at.application, asked.frame());
             Message answer;
             wire::FrameWriter writer(answer.bytes, {.kind = wire::FrameKind::result,
                                                     .function = asked.frame().header.function,
                                                     .correlation = unused + i});
             wire::encode_up(abi::row<Tapi::lineGetNewCalls>(), abi::Fill::at_return, writer,
                             Arguments<Tapi::lineGetNewCalls>()
                                 .with<"lpCallList">(core::bytes_value(std::as_bytes(std::span(&given, 1))))
                                 .values());
             writer.finish();
             at.monitor.to_application(at.application, answer.frame());
         }
     }},
    {242, "AMessageComesAfterShutdown",
     [](const Scene& at) {
         at.monitor.channel_closed(at.channel);
         at.monitor.to_channel(at.channel, channel_frame(LINE_LINEDEVSTATE).frame());
     }},
};

// A call made and dropped, one offered, and a line closed by its provider, in front of a second application
// that monitors. What the monitor says of it.
void run_scene(Monitor& monitor, const std::function<void(World&)>& prepare, void (*forge)(const Scene&)) {
    Choices choices{std::vector<std::uint16_t>{}};
    World world(choices, {}, [&](std::uint32_t, std::uint32_t session) {
        return std::make_unique<Deaf>(std::make_unique<ProviderModel>(
            world, session, ProviderBehaviour{.completion = Completion::immediate}));
    });
    world.observe(monitor);
    prepare(world);
    world.core().provider_added(core::ProviderId{1}, "one", "/one.tsp");
    ScriptedApplication maker(world), monitoring(world);
    for (auto* application : {&maker, &monitoring}) application->initialise();
    monitoring.open(LINECALLPRIVILEGE_MONITOR);
    const auto line = maker.open(LINECALLPRIVILEGE_OWNER);
    maker.submit(Arguments<Tapi::lineMakeCall>().with<"hLine">(line));
    world.run_until_quiet();
    if (const auto reply = maker.next(LINE_REPLY); reply && reply->late_call)
        maker.submit(Arguments<Tapi::lineDrop>().with<"hCall">(*reply->late_call));
    world.run_until_quiet();
    const auto session = world.core().snapshot().providers.at(0).session;
    auto& provider = dynamic_cast<Deaf&>(*world.host(session)).model();
    provider.announce_call(LINECALLSTATE_OFFERING, LINEMEDIAMODE_INTERACTIVEVOICE);
    world.run_until_quiet();
    if (forge != nullptr) forge({monitor, session, maker.id(), 1, line, provider.any_driver_line()});
    provider.event(LINE_CLOSE, provider.any_line(), 0);
    world.run_until_quiet();
    monitor.check_everything_is_answered();
    for (auto* application : {&maker, &monitoring})
        application->submit(Arguments<Tapi::lineShutdown>().with<"hLineApp">(application->app()));
    world.run_until_quiet();
    monitor.check_nothing_is_owed();
}

void expect_caught(const Monitor& monitor, std::uint32_t rule) {
    EXPECT_TRUE(monitor.broke(rule)) << (monitor.broken().empty() ? "nothing was noticed"
                                                                  : monitor.broken().front());
}

template <class T> std::string name_of(const testing::TestParamInfo<T>& info) {
    return "R" + std::to_string(info.param.rule) + "_" + info.param.name;
}

class Mutants : public testing::TestWithParam<Mutant> {};
class Forgeries : public testing::TestWithParam<Forgery> {};

TEST_P(Mutants, AreCaughtUnderTheRulesName) {
    Monitor monitor;
    run_scene(
        monitor,
        [](World& world) {
            switch (GetParam().boundary) {
            case Boundary::application: return world.mutate_to_application(GetParam().mutate);
            case Boundary::channel: return world.mutate_to_channel(GetParam().mutate);
            case Boundary::host: return world.mutate_to_host(GetParam().mutate);
            }
        },
        nullptr);
    expect_caught(monitor, GetParam().rule);
}
INSTANTIATE_TEST_SUITE_P(Core, Mutants, testing::ValuesIn(mutants), name_of<Mutant>);

TEST_P(Forgeries, AreCaughtUnderTheRulesName) {
    Monitor monitor;
    run_scene(
        monitor, [](World&) {}, GetParam().forge);
    expect_caught(monitor, GetParam().rule);
}
INSTANTIATE_TEST_SUITE_P(Core, Forgeries, testing::ValuesIn(forgeries), name_of<Forgery>);

TEST(MonitorOfTheCore, FindsNothingWhereNothingIsWrong) {
    Monitor monitor;
    run_scene(
        monitor, [](World&) {}, nullptr);
    EXPECT_TRUE(monitor.broken().empty()) << monitor.broken().front();
}

TEST(MonitorOfTheCore, IsProvedByAMutantForEachRule) {
    std::set<std::uint32_t> proved;
    for (const Mutant& mutant : mutants) proved.insert(mutant.rule);
    for (const Forgery& forgery : forgeries) proved.insert(forgery.rule);
    EXPECT_EQ(proved, std::set(Monitor::rules.begin(), Monitor::rules.end()));
}

} // namespace
} // namespace offhook::test
