// SPDX-License-Identifier: Apache-2.0
//
// Random life cycles: applications, providers and the network between them do whatever a seed says, with
// providers that die and hang and applications that vanish. The monitor must find no broken rule, and nothing
// may be left in the end.
//
// OFFHOOK_SEED repeats one run, OFFHOOK_RUNS sets how many there are; ./soak multiplies them.
#include "tests/core/application_model.h"
#include "tests/core/monitor.h"
#include "tests/core/provider_model.h"
#include "tests/core/rule_watch.h"
#include "tests/support/random.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace offhook::test {
namespace {

struct Outcome {
    std::vector<std::string> broken;
    std::string left;         // what was not given back
    std::string false_alarms; // what the core, or the rules' monitor, says against its providers
};

enum class Faults : std::uint8_t { none, some };

Outcome live(Choices& choices, std::size_t actions, Faults faults, Tally& tally) {
    const bool faulty = faults == Faults::some;
    World world(choices, {}, [&](std::uint32_t, std::uint32_t session) {
        return std::make_unique<ProviderModel>(
            world, session,
            ProviderBehaviour{.lines = 2,
                              .addresses = 1 + static_cast<std::uint32_t>(choices.below(2)),
                              .failures_once_in = faulty ? 12u : 0u,
                              .dialog_library = u"ui.so"});
    });
    Monitor monitor;
    world.observe(monitor);
    RuleWatch watch;
    world.observe(watch);
    world.core().provider_added(core::ProviderId{1}, "one", "/one.tsp");
    world.core().provider_added(core::ProviderId{2}, "two", "/two.tsp");
    std::uint32_t last_provider = 2;
    std::vector<std::unique_ptr<RandomApplication>> applications;
    for (int i = 0; i < 3; ++i) applications.push_back(std::make_unique<RandomApplication>(world, tally));

    for (std::size_t i = 0; i < actions; ++i) {
        switch (choices.below(10)) {
        case 0: applications[choices.below(applications.size())]->do_something(); break;
        case 1: {
            const auto snapshot = world.core().snapshot();
            if (snapshot.providers.empty()) break;
            const auto session = snapshot.providers[choices.below(snapshot.providers.size())].session;
            auto* provider = dynamic_cast<ProviderModel*>(world.host(session));
            if (provider == nullptr) break;
            if (faulty && choices.once_in(100)) world.host_dies(session);
            else if (faulty && choices.once_in(200)) provider->hang();
            else provider->spontaneous();
            break;
        }
        case 2:
            if (faulty && choices.once_in(100)) {
                auto& application = *applications[choices.below(applications.size())];
                application.leave();
                application.connect();
            } else if (choices.once_in(100)) {
                const auto snapshot = world.core().snapshot();
                const core::ProviderId changed{
                    snapshot.providers[choices.below(snapshot.providers.size())].id};
                const auto when = static_cast<core::Changeover>(choices.below(3));
                if (!choices.once_in(4)) {
                    world.core().provider_changed(changed, when);
                } else {
                    world.core().provider_removed(changed, when);
                    world.core().provider_added(core::ProviderId{++last_provider}, "another", "/another.tsp");
                }
            }
            break;
        default:
            if (choices.once_in(200)) world.core().learn_parties();
            world.step();
        }
    }
    const auto shut_down = [&] {
        world.run_until_quiet();
        for (auto& application : applications) application->shut_down_everything();
        world.run_until_quiet();
    };
    shut_down();
    // A provider that hangs is ended by its deadline. Until then an initialisation may have waited for it.
    for (int i = 0; i < 100 && world.hosts() != 0; ++i) {
        world.step();
        shut_down();
    }
    monitor.check_nothing_is_owed();

    Outcome outcome{monitor.broken(), {}, {}};
    for (const auto rule : world.broken_rules()) outcome.false_alarms += "R" + std::to_string(rule) + " ";
    outcome.false_alarms += watch.broken();
    const auto snapshot = world.core().snapshot();
    if (world.hosts() != 0) outcome.left += "hosts ";
    if (!snapshot.calls.empty()) outcome.left += "calls ";
    if (world.audio_streams() != 0) outcome.left += "audio ";
    const auto learned = world.parties_learned_so_far();
    world.core().learn_parties();
    if (world.parties_learned_so_far() == learned) outcome.left += "questions about parties ";
    for (const auto& application : snapshot.applications)
        if (application.line_apps != 0) outcome.left += "line apps ";
    for (const auto& line : snapshot.lines)
        if (line.stage != "absent" || line.opens != 0 || line.calls != 0)
            outcome.left += "line " + line.stage + " ";
    return outcome;
}

constexpr std::uint64_t enough_for_every_function = 2'000;

void run_seeds(Faults faults) {
    using namespace test_support;
    const auto fixed = environment_number("OFFHOOK_SEED", 0);
    const auto runs = fixed != 0 ? 1 : rounds(environment_number("OFFHOOK_RUNS", 2'000));
    const auto first = seed();
    std::printf("seeds %zu to %zu\n", static_cast<std::size_t>(first),
                static_cast<std::size_t>(first + runs - 1));
    Tally tally;
    for (std::size_t i = 0; i < runs; ++i) {
        Choices choices(first + i);
        const auto outcome = live(choices, 3'000, faults, tally);
        ASSERT_TRUE(outcome.broken.empty()) << outcome.broken.front() << "\nOFFHOOK_SEED=" << first + i;
        ASSERT_EQ(outcome.left, "") << "OFFHOOK_SEED=" << first + i;
        ASSERT_TRUE(outcome.false_alarms.empty()) << outcome.false_alarms << "OFFHOOK_SEED=" << first + i;
    }
    if (runs < enough_for_every_function) return;
    EXPECT_EQ(tally.never_successful(), "");
    std::printf("%zu functions of applications were called\n", tally.functions());
}

TEST(Simulation, NoRuleIsBrokenByAnyInterleaving) { run_seeds(Faults::none); }
TEST(Simulation, NoRuleIsBrokenWhenProvidersAndApplicationsFail) { run_seeds(Faults::some); }

RC_GTEST_PROP(Simulation, AnyListOfDecisionsKeepsTheRules, (const std::vector<std::uint16_t>& decisions)) {
    Choices choices(decisions);
    Tally tally;
    const auto outcome = live(choices, decisions.size() + 100, Faults::some, tally);
    RC_LOG() << (outcome.broken.empty() ? std::string() : outcome.broken.front()) << outcome.left;
    RC_ASSERT(outcome.broken.empty());
    RC_ASSERT(outcome.left.empty());
}

} // namespace
} // namespace offhook::test
