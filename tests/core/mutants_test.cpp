// SPDX-License-Identifier: Apache-2.0
//
// The monitor is worth what it catches: each mutant changes what leaves the core as one defect would, and
// must be caught under the rule's name.
#include "tests/core/monitor.h"
#include "tests/core/scripted.h"

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

constexpr std::size_t header = sizeof(wire::FrameHeader);
constexpr std::size_t privilege_field = header + 4 + 3 * 8; // parameter3 of a message

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
    {48, "AMessageWaitsForAResultThatNeverComes", Boundary::channel,
     [](Message m) {
         put(m, offsetof(wire::FrameHeader, sequence), std::uint64_t{1'000});
         return std::vector{m};
     }},
    {66, "AReplyIsForgottenAndItsCallIsNot", Boundary::channel,
     [](Message m) { return is_event(m, LINE_REPLY) ? std::vector<Message>{} : std::vector{m}; }},
    {129, "LineAppNewCallIsSentTwice", Boundary::channel,
     [](Message m) { return is_event(m, LINE_APPNEWCALL) ? twice(m) : std::vector{m}; }},
    {128, "TheFirstStateHasNoPrivilege", Boundary::channel,
     [](Message m) {
         if (is_event(m, LINE_CALLSTATE)) put(m, privilege_field, std::uint64_t{0});
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

class Mutants : public testing::TestWithParam<Mutant> {};

TEST_P(Mutants, AreCaughtUnderTheRulesName) {
    const Mutant& mutant = GetParam();
    Choices choices{std::vector<std::uint16_t>{}};
    World world(choices, {}, [&](std::uint32_t, std::uint32_t session) {
        return std::make_unique<Deaf>(std::make_unique<ProviderModel>(
            world, session, ProviderBehaviour{.completion = Completion::immediate}));
    });
    Monitor monitor;
    world.observe(monitor);
    switch (mutant.boundary) {
    case Boundary::application: world.mutate_to_application(mutant.mutate); break;
    case Boundary::channel: world.mutate_to_channel(mutant.mutate); break;
    case Boundary::host: world.mutate_to_host(mutant.mutate); break;
    }
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
    auto& provider =
        dynamic_cast<Deaf&>(*world.host(world.core().snapshot().providers.at(0).session)).model();
    provider.announce_call(LINECALLSTATE_OFFERING, LINEMEDIAMODE_INTERACTIVEVOICE);
    world.run_until_quiet();
    provider.event(LINE_CLOSE, provider.any_line(), 0);
    world.run_until_quiet();
    monitor.check_nothing_is_owed();
    for (auto* application : {&maker, &monitoring})
        application->submit(Arguments<Tapi::lineShutdown>().with<"hLineApp">(application->app()));
    world.run_until_quiet();
    EXPECT_TRUE(monitor.broke(mutant.rule))
        << (monitor.broken().empty() ? "nothing was noticed" : monitor.broken().front());
}

INSTANTIATE_TEST_SUITE_P(Core, Mutants, testing::ValuesIn(mutants), [](const auto& mutant) {
    return "R" + std::to_string(mutant.param.rule) + "_" + mutant.param.name;
});

} // namespace
} // namespace offhook::test
