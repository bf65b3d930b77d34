// SPDX-License-Identifier: Apache-2.0
//
// Whatever is killed, at whatever instant: the registry holds the old or the new state of what was being
// done, no process is left behind, and calls can be made as if nothing had been. Each round runs one
// operation of the life cycle through the command line, in its own process, and kills the service, one of its
// hosts or the command.
//
// OFFHOOK_SEED repeats the choices of one run, though not the instants at which the processes are; ./soak
// does 200 rounds at least.
#include "tests/support/random.h"
#include "tests/system/application.h"
#include "tests/system/program.h"
#include "tests/system/registry_model.h"
#include "tests/system/service.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <memory>
#include <random>
#include <thread>

namespace {

using namespace offhook;
using namespace offhook::system_test;
using namespace std::chrono_literals;
using wire::ServiceFunction;
using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;

constexpr auto patience = 20s;
constexpr auto hosts_are_gone_after = 10s; // of a service that was killed
constexpr auto box = 35s;                  // in ./test

enum class Victim : std::uint8_t {
    nobody,
    service,
    service_at_commit, // when the provider has agreed to a change
    host,              // of a session or of a change
    command,
    count
};
constexpr std::array<const char*, static_cast<std::size_t>(Victim::count)> victim_names{
    "nobody", "the service", "the service at a commit", "a host", "the command"};

struct Operation {
    std::string kind;
    std::vector<std::vector<std::string>> commands; // the first one is what matters
    std::optional<Changed> change;
};

// The provider that every round makes a call with, and one that comes and goes.
constexpr const char* exchange = "exchange";
constexpr const char* annex = "annex";

class KilledAtAnyInstant : public ::testing::Test {
  protected:
    KilledAtAnyInstant() {
        service_.install_sim(exchange, {{"extensions", "101-103"}});
        learn_service();
        expected_ = read_registry(registry_);
        keep(expected_);
    }

    void learn_service() {
        const auto status = ask(ServiceFunction::status);
        process_ = status.at("pid").get<pid_t>();
        registry_ = status.at("registry").get<std::string>();
    }

    // ---- Choices

    std::uint64_t pick(std::uint64_t below) {
        return std::uniform_int_distribution<std::uint64_t>(0, below - 1)(random_);
    }

    static std::vector<std::string> command(std::vector<std::string> words) {
        words.insert(words.begin(), OFFHOOK);
        return words;
    }

    // Each change sets two keys to one value: half a change would be seen.
    static void put(Settings& settings, std::vector<std::string>& words, const std::string& value) {
        for (const auto* key : {"trunks", "delay.cycle"}) {
            settings[key] = value;
            words.insert(words.end(), {"--set", key + ("=" + value)});
        }
    }

    void maybe_now(std::vector<std::string>& words) {
        if (pick(2) == 0) words.emplace_back("--now");
    }

    Operation choose() {
        const auto& providers = expected_.providers;
        const auto which = pick(5);
        if (which == 0) return call();
        if (which == 1) return providers.contains(annex) ? removal() : installation();
        const std::string name = providers.contains(annex) && pick(2) == 0 ? annex : exchange;
        return which == 2 ? going_back(name) : configuration(name);
    }

    static Operation call() {
        return {
            "call",
            {command({"dial", "101", "102", "--hangup-after", "0"}), command({"answer", "102", "--once"})},
            std::nullopt};
    }

    Operation installation() {
        Settings settings{{"extensions", "201-202"}};
        auto words =
            command({"provider", "install", SIM_TSP, "--name", annex, "--set", "extensions=201-202"});
        put(settings, words, std::to_string(++serial_));
        return {"install", {words}, Changed{annex, "installed", settings}};
    }

    Operation removal() {
        auto words = command({"provider", "remove", annex});
        maybe_now(words);
        return {"remove", {words}, Changed{annex, "removed", std::nullopt}};
    }

    Operation configuration(const std::string& name) {
        const auto& provider = expected_.providers.at(name);
        auto settings = provider.pending.value_or(*provider.active.begin());
        auto words = command({"provider", "config", name});
        put(settings, words, std::to_string(++serial_));
        maybe_now(words);
        return {"config", {words}, Changed{name, "configured", settings}};
    }

    Operation going_back(const std::string& name) {
        const auto& kept = kept_.at(name);
        const auto change = std::next(kept.begin(), static_cast<std::ptrdiff_t>(pick(kept.size())));
        auto words = command({"provider", "back-to", name, std::to_string(change->first)});
        maybe_now(words);
        return {"back-to", {words}, Changed{name, "configured", change->second}};
    }

    // ---- A round

    void round() {
        const auto operation = choose();
        const bool measured = lengths_.contains(operation.kind);
        const auto victim = measured ? choose_victim(operation) : Victim::nobody;
        const auto delay = microseconds(measured ? pick(longest_delay(operation, victim)) : 0);
        what_ = operation.kind + ", " + victim_names[static_cast<std::size_t>(victim)] + " killed after " +
                std::to_string(delay.count()) + " us";
        SCOPED_TRACE(what_);
        // Sessions run meanwhile, or they do not.
        auto others = pick(2) == 0 ? std::make_unique<Application>() : nullptr;
        before_ = children_of(process_);
        const auto began = Clock::now();
        std::vector<Program> programs;
        for (const auto& words : operation.commands) programs.emplace_back(words);
        const auto killed = victim == Victim::nobody ? victim : kill(victim, delay, programs);
        const auto status = end(programs, killed);
        if (!measured)
            lengths_[operation.kind] = std::chrono::duration_cast<microseconds>(Clock::now() - began);
        ++kills_[static_cast<std::size_t>(killed)];

        if (is_service(killed)) start_again();
        else if (killed == Victim::command) {
            for (const auto& program : programs) wait_until_forgotten(program.id());
            if (operation.change) wait_for_change(*operation.change);
        }
        others.reset();
        expect_no_hosts();
        expect_old_or_new(operation, killed, status);
        expect_calls_to_work();
    }

    Victim choose_victim(const Operation& operation) {
        const auto first = static_cast<std::uint64_t>(Victim::service);
        const auto chosen =
            static_cast<Victim>(first + pick(static_cast<std::uint64_t>(Victim::count) - first));
        return chosen == Victim::service_at_commit && !operation.change ? Victim::service : chosen;
    }

    // A commit takes some milliseconds, from the end of the change's host on.
    std::uint64_t longest_delay(const Operation& operation, Victim victim) {
        if (victim == Victim::service_at_commit) return 4'000;
        return static_cast<std::uint64_t>(lengths_.at(operation.kind).count()) + 1;
    }

    // The random instants are what this test is about: it is they that are slept for, not events.
    static void let_pass(microseconds delay) { std::this_thread::sleep_for(delay); }

    // Who has been killed: nobody, when it was gone already.
    Victim kill(Victim victim, microseconds delay, const std::vector<Program>& programs) {
        switch (victim) {
        case Victim::service:
            let_pass(delay);
            service_.kill();
            return victim;
        case Victim::service_at_commit:
            if (const auto host = new_host(programs)) // of the change, or of a session that the change began
                while (!host->ends_within(1ms) && !programs.front().ends_within({})) {
                }
            let_pass(delay);
            service_.kill();
            return victim;
        case Victim::host: {
            let_pass(delay);
            const auto host = any_host(programs);
            if (host) host->kill(SIGKILL);
            return host ? victim : Victim::nobody;
        }
        case Victim::command: {
            let_pass(delay);
            const auto& program = programs[pick(programs.size())];
            if (program.ends_within({})) return Victim::nobody;
            program.signal(SIGKILL);
            return victim;
        }
        case Victim::nobody:
        case Victim::count: break;
        }
        return Victim::nobody;
    }

    static std::optional<Process> running(pid_t id) {
        try {
            return Process(id);
        } catch (const std::system_error&) {
            return std::nullopt;
        }
    }

    // One that has begun since the operation did, as long as that runs.
    std::optional<Process> new_host(const std::vector<Program>& programs) const {
        while (!programs.front().ends_within({}))
            for (const auto id : children_of(process_))
                if (std::ranges::find(before_, id) == before_.end())
                    if (auto host = running(id)) return host;
        return std::nullopt;
    }

    std::optional<Process> any_host(const std::vector<Program>& programs) {
        do {
            const auto hosts = children_of(process_);
            if (hosts.empty()) continue;
            if (auto host = running(hosts[pick(hosts.size())])) return host;
        } while (!programs.front().ends_within({}));
        return std::nullopt;
    }

    // What the first command says in the end. When the service is gone commands end by themselves; calls,
    // whose other end may be gone, are told to.
    static std::optional<int> end(std::vector<Program>& programs, Victim killed) {
        const auto interrupt = [&](std::size_t from) {
            for (std::size_t i = from; i < programs.size(); ++i) programs[i].signal(SIGINT);
        };
        const bool is_call = programs.size() > 1;
        if (is_call && (killed == Victim::host || killed == Victim::command)) interrupt(0);
        for (std::size_t i = 0; i < programs.size(); ++i) {
            if (!programs[i].ends_within(patience))
                throw std::runtime_error(
                    "program " + std::to_string(i) +
                    " of the operation hangs; killed: " + victim_names[static_cast<std::size_t>(killed)]);
            if (!is_service(killed)) interrupt(i + 1); // the call is over: nobody is left to be answered
        }
        return programs.front().status();
    }

    static bool is_service(Victim victim) {
        return victim == Victim::service || victim == Victim::service_at_commit;
    }

    // Takes over the lock and the socket, and opens the registry.
    void start_again() {
        EXPECT_TRUE(orphanage_.is_empty_within(hosts_are_gone_after, {}))
            << "hosts have outlived their service";
        service_.start();
        learn_service();
    }

    // The service has read all that a program had to say when it knows that it is gone.
    static void wait_until_forgotten(pid_t program) {
        const auto is_known = [&] {
            const auto applications = ask(ServiceFunction::status).at("applications");
            return std::ranges::any_of(applications,
                                       [&](const auto& one) { return one.at("pid") == program; });
        };
        const auto deadline = Clock::now() + patience;
        while (is_known())
            ASSERT_LT(Clock::now(), deadline) << "the service does not see that a program ended";
    }

    // The command was killed, the change goes on: a further one is refused meanwhile.
    void wait_for_change(const Changed& change) {
        for (;;) try {
                if (change.what == "installed")
                    ask(ServiceFunction::provider_install, {{"name", change.provider},
                                                            {"library", SIM_TSP},
                                                            {"configuration", *change.settings}});
                else ask(ServiceFunction::provider_config, {{"name", change.provider}, {"back_to", 0}});
                return;
            } catch (const std::exception& refused) {
                if (std::string(refused.what()).find("is being changed") == std::string::npos) return;
            }
    }

    // Nobody uses telephony now.
    void expect_no_hosts() const {
        const auto deadline = Clock::now() + patience;
        while (!children_of(process_).empty()) ASSERT_LT(Clock::now(), deadline) << "hosts are left";
        EXPECT_TRUE(orphanage_.is_empty_within(patience, {process_})) << "orphans are left";
    }

    void expect_old_or_new(const Operation& operation, Victim killed, std::optional<int> status) {
        auto found = read_registry(registry_);
        auto listed = ask(ServiceFunction::provider_list).at("providers");
        // Settings become active, in the file first, when a session begins that nobody may need any more.
        for (const auto deadline = Clock::now() + patience;
             difference_to_list(found, listed) != "" && Clock::now() < deadline;) {
            found = read_registry(registry_);
            listed = ask(ServiceFunction::provider_list).at("providers");
        }
        const auto next = operation.change ? after(expected_, *operation.change) : expected_;
        const auto not_old = difference(found, expected_), not_new = difference(found, next);
        if (!operation.change || status == 0) ASSERT_EQ(not_new, "") << "it was reported as done";
        else if (killed == Victim::host || killed == Victim::nobody)
            ASSERT_EQ(not_old, "") << "it was reported as failed";
        else ASSERT_TRUE(not_old.empty() || not_new.empty()) << not_old << "\n" << not_new;
        if (operation.change) ++(not_new.empty() ? done_ : undone_);
        keep(found);
        expected_ = found;

        ASSERT_EQ(difference_to_list(found, listed), "");
        EXPECT_EQ(ask(ServiceFunction::provider_history).at("changes").size(), found.history.size());
    }

    // "" or what the service says of a provider that is not so in the registry.
    static std::string difference_to_list(const Contents& found, const nlohmann::json& listed) {
        if (listed.size() != found.providers.size()) return listed.dump();
        for (const auto& one : listed) {
            const auto provider = found.providers.find(one.at("name").get<std::string>());
            if (provider == found.providers.end()) return one.dump();
            const auto& [id, active, pending] = provider->second;
            const auto waits = pending ? nlohmann::json(*pending) : nlohmann::json();
            if (one.at("id") != id || one.at("pending") != waits ||
                one.at("settings").get<Settings>() != *active.begin())
                return one.dump();
        }
        return {};
    }

    // What can be gone back to, and that no identifier is given twice.
    void keep(const Contents& found) {
        if (found.history.size() == expected_.history.size() && !kept_.empty()) return;
        const auto& change = found.history.back();
        const auto provider = found.providers.find(change.provider);
        if (provider == found.providers.end()) return;
        const auto& [id, active, pending] = provider->second;
        const bool began = change.text.starts_with("installed");
        if (began) {
            EXPECT_GT(id, last_id_);
            last_id_ = id;
        }
        kept_[change.provider][change.number] = began ? *active.begin() : pending.value_or(*active.begin());
    }

    // An application that begins now sees its lines idle, and a call goes through.
    void expect_calls_to_work() {
        EXPECT_TRUE(ask(ServiceFunction::calls).at("calls").empty());
        const auto deadline = Clock::now() + patience;
        while (!call_goes_through()) ASSERT_LT(Clock::now(), deadline) << "the lines do not come back";
        expect_no_hosts();
    }

    static bool call_goes_through() {
        Application application;
        std::vector<HLINE> lines;
        try {
            for (const auto* name : {"Extension 101", "Extension 102", "Extension 103"})
                lines.push_back(application.open(name));
        } catch (const std::runtime_error&) { // the session is on its way back
            LINEMESSAGE message{};
            application.next(message, 1'000);
            return false;
        }
        for (const auto line : lines) EXPECT_EQ(calls_at(line), 0u);
        const auto pair = application.connect(lines[0], lines[1], "102");
        application.drop(pair.out);
        application.wait_for_state(pair.in, LINECALLSTATE_DISCONNECTED);
        application.drop(pair.in);
        return true;
    }

    static DWORD calls_at(HLINE line) {
        struct {
            LINEDEVSTATUS status;
            std::array<std::byte, 1'024> room;
        } found{};
        found.status.dwTotalSize = sizeof found;
        good(lineGetLineDevStatus(line, &found.status), "lineGetLineDevStatus");
        return found.status.dwNumActiveCalls + found.status.dwNumOnHoldCalls +
               found.status.dwNumOnHoldPendCalls;
    }

    void report(std::uint64_t rounds) const {
        std::printf("%lu rounds; killed:", static_cast<unsigned long>(rounds));
        for (std::size_t i = 0; i < kills_.size(); ++i) std::printf(" %s %u,", victim_names[i], kills_[i]);
        std::printf(" changes done %u, not done %u\n", done_, undone_);
    }

    const std::uint64_t seed_ = test_support::seed();
    std::mt19937_64 random_{seed_};
    Orphanage orphanage_;
    Service service_;
    pid_t process_ = -1;
    std::string registry_;
    std::vector<pid_t> before_; // hosts that were there when the operation began
    Contents expected_;
    std::map<std::string, std::map<std::int64_t, Settings>> kept_; // by provider and change
    std::map<std::string, microseconds> lengths_;                  // of operations that nothing disturbed
    std::uint32_t last_id_ = 0;
    std::string what_;        // is done in this round
    unsigned serial_ = 1'000; // a value that is good for both keys of put()
    unsigned done_ = 0, undone_ = 0;
    std::array<unsigned, static_cast<std::size_t>(Victim::count)> kills_{};
};

TEST_F(KilledAtAnyInstant, TheStateIsTheOldOrTheNewOneAndCallsWork) {
    SCOPED_TRACE(test_support::describe_seed(seed_));
    const auto least = test_support::rounds(2);
    const auto until = Clock::now() + box;
    std::uint64_t rounds = 0;
    for (; (rounds < least || Clock::now() < until) && !HasFailure(); ++rounds) {
        SCOPED_TRACE("round " + std::to_string(rounds));
        ASSERT_NO_THROW(round()) << what_ << '\n' << service_.log();
    }
    report(rounds);
}

} // namespace
