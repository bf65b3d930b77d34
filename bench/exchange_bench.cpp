// SPDX-License-Identifier: Apache-2.0
//
// Whole calls between the extensions of sim.tsp: every state to the caller, the callee and one that monitors
// both.
#include "bench/baselines.h"
#include "bench/harness.h"
#include "bench/measurements.h"
#include "bench/service.h"
#include "bench/wire_application.h"

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <unordered_map>

namespace offhook::bench {
namespace {

using abi::Tapi;
using core::Arguments;

constexpr std::uint32_t first_extension = 10'000;
// Calls that are announced faster than the service takes them are refused beyond the preset.
constexpr auto options = "[provider]\ncall_credit = 1024\n";

double seconds_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

nlohmann::json extensions(std::uint32_t count) {
    return {
        {"extensions", std::to_string(first_extension) + "-" + std::to_string(first_extension + count - 1)}};
}

// An application that owns the lines it opens, and another that monitors them, on one connection.
class Exchange {
  public:
    Exchange(const Service& service, std::uint32_t lines)
        : application_(service.socket()),
          owner_(application_.initialise()),
          monitor_(application_.initialise()) {
        application_.handle({.result = [this](std::uint32_t correlation,
                                              std::int32_t result) { returned(correlation, result); },
                             .event = [this](const WireApplication::Event& event) { heard(event); }});
        pairs_.resize(lines / 2);
        for (std::uint32_t device = 0; device < lines; ++device) {
            const auto line = open(owner_, device, LINECALLPRIVILEGE_OWNER);
            if (device % 2 == 0) pairs_[device / 2].caller_line = line;
            pair_of_line_.emplace(line, device / 2);
            pair_of_line_.emplace(open(monitor_, device, LINECALLPRIVILEGE_MONITOR), device / 2);
        }
    }

    // So many whole calls, at most so many at a time.
    void live_and_end(std::size_t calls, std::size_t at_a_time) {
        answered_calls_end_ = Answered::end;
        const auto until = ended_ + calls;
        to_begin_ = calls;
        for (std::size_t i = 0; i < std::min({at_a_time, calls, pairs_.size()}); ++i) begin(i);
        while (ended_ < until) application_.turn();
    }
    // Calls that stay connected, one of each pair.
    void connect_all() {
        answered_calls_end_ = Answered::stay;
        for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
            begin(pair);
            while (begun_ > connected_ + 256) application_.turn();
        }
        while (connected_ < pairs_.size()) application_.turn();
    }
    // The next so many connected calls are put on hold and taken back; the events that came.
    void hold_and_take_back(std::size_t first, std::size_t calls) {
        for (std::size_t i = first; i < first + calls; ++i) request<Tapi::lineHold>(pairs_[i].caller);
        while (replies_due_ != 0) application_.turn();
        for (std::size_t i = first; i < first + calls; ++i) request<Tapi::lineUnhold>(pairs_[i].caller);
        while (replies_due_ != 0) application_.turn();
    }
    void await_events(std::uint64_t until) {
        while (events_ < until) application_.turn();
    }

    std::uint64_t events() const { return events_; }
    std::size_t calls_up() const { return connected_; }

  private:
    enum class Answered : std::uint8_t { end, stay };
    struct Pair {
        std::uint32_t caller_line = 0, caller = 0; // handles of the owner
        std::uint32_t connected = 0;               // of the owner's two calls
        std::uint32_t known = 0;                   // handles of calls, of both applications
    };

    std::uint32_t open(std::uint32_t application, std::uint32_t device, std::uint32_t privileges) {
        return core::number_of<Tapi::lineOpen, "lphLine">(
            application_.get(Arguments<Tapi::lineOpen>()
                                 .with<"hLineApp">(application)
                                 .with<"dwDeviceID">(device)
                                 .with<"dwAPIVersion">(abi::v2_2)
                                 .with<"dwPrivileges">(privileges)
                                 .with<"dwMediaModes">(LINEMEDIAMODE_INTERACTIVEVOICE)));
    }
    template <Tapi F> void request(std::uint32_t call) {
        application_.ask(Arguments<F>().template with<"hCall">(call));
        ++replies_due_;
    }

    void begin(std::size_t number) {
        auto& pair = pairs_[number];
        if (answered_calls_end_ == Answered::end) --to_begin_;
        ++begun_;
        pair.caller = pair.connected = pair.known = 0;
        const auto digits = std::to_string(first_extension + 2 * number + 1);
        const std::u16string destination(digits.begin(), digits.end());
        making_.emplace(application_.ask(Arguments<Tapi::lineMakeCall>()
                                             .with<"hLine">(pair.caller_line)
                                             .with<"lpszDestAddress">(
                                                 core::bytes_value(std::as_bytes(std::span(destination))))),
                        number);
        ++replies_due_;
    }

    void returned(std::uint32_t correlation, std::int32_t result) {
        if (result < 0) throw std::runtime_error("a request was refused: " + std::to_string(result));
        if (auto making = making_.extract(correlation); !making.empty())
            made_by_request_.emplace(static_cast<std::uint32_t>(result), making.mapped());
    }

    void heard(const WireApplication::Event& event) {
        ++events_;
        if (event.message == LINE_REPLY) return replied(event);
        if (event.message == LINE_APPNEWCALL) return announced(event);
        if (event.message == LINE_CALLSTATE) return changed(event.fields);
    }
    void replied(const WireApplication::Event& event) {
        --replies_due_;
        if (static_cast<std::int32_t>(event.fields.parameter2) < 0)
            throw std::runtime_error("a request failed");
        const auto made = made_by_request_.extract(event.request);
        if (made.empty()) return;
        pairs_[made.mapped()].caller = event.late;
        know(event.late, made.mapped());
        owned_.emplace(event.late, made.mapped());
    }
    void announced(const WireApplication::Event& event) {
        const auto call = static_cast<std::uint32_t>(event.fields.parameter2);
        const auto pair = pair_of_line_.at(event.fields.device);
        know(call, pair);
        if (event.fields.parameter3 != LINECALLPRIVILEGE_OWNER) return;
        owned_.emplace(call, pair);
        request<Tapi::lineAnswer>(call);
    }
    void know(std::uint32_t call, std::size_t pair) {
        pair_of_call_.emplace(call, pair);
        ++pairs_[pair].known;
    }
    void changed(const wire::EventToApplication& event) {
        if (event.parameter1 == LINECALLSTATE_CONNECTED) {
            const auto owned = owned_.find(event.device);
            if (owned == owned_.end() || ++pairs_[owned->second].connected != 2) return;
            ++connected_;
            if (answered_calls_end_ == Answered::end) request<Tapi::lineDrop>(pairs_[owned->second].caller);
        } else if (event.parameter1 == LINECALLSTATE_DISCONNECTED) {
            // The other end has to drop, too; here it becomes idle by itself or by this.
            if (const auto owned = owned_.find(event.device); owned != owned_.end())
                request<Tapi::lineDrop>(event.device);
        } else if (event.parameter1 == LINECALLSTATE_IDLE) {
            end(event.device);
        }
    }
    void end(std::uint32_t call) {
        const auto known = pair_of_call_.extract(call);
        if (known.empty()) return;
        owned_.erase(call);
        application_.ask(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(call));
        if (--pairs_[known.mapped()].known != 0) return;
        ++ended_;
        --connected_;
        if (to_begin_ != 0) begin(known.mapped());
    }

    WireApplication application_;
    std::uint32_t owner_, monitor_; // HLINEAPPs
    std::vector<Pair> pairs_;
    std::unordered_map<std::uint32_t, std::size_t> pair_of_line_, pair_of_call_, owned_, making_,
        made_by_request_;
    Answered answered_calls_end_ = Answered::end;
    std::size_t to_begin_ = 0, begun_ = 0, ended_ = 0, connected_ = 0, replies_due_ = 0;
    std::uint64_t events_ = 0;
};

// ---- What is measured

struct Memory {
    double service, host;
    friend Memory operator-(Memory a, Memory b) { return {a.service - b.service, a.host - b.host}; }
};
Memory memory(const Service& service) {
    return {resident_bytes(service.process()), resident_bytes(service.host_process())};
}
void report_memory(const std::string& what, Memory grown, double count) {
    report("memory of " + what + ", in the service", number(grown.service / count, 0) + " bytes", "");
    report("  in the host", number(grown.host / count, 0) + " bytes", "");
}

void report_start(std::uint32_t lines) {
    const Service service(SIM_TSP, extensions(lines), "", options);
    WireApplication application(service.socket());
    const auto begin = seconds_now();
    application.initialise();
    const auto started = seconds_now() - begin;
    if (application.devices() != lines) throw std::runtime_error("the session did not start in time");
    const auto text = std::to_string(lines) + (lines == 1 ? " line" : " lines");
    report("start of the session of " + text, number(started * 1e3, 1) + " ms", "");
    std::size_t created = 0;
    application.handle({.result = {}, .event = [&](const WireApplication::Event& event) {
                            created += event.message == LINE_CREATE ? 1u : 0u;
                        }});
    ::kill(service.host_process(), SIGKILL);
    const auto killed = seconds_now();
    while (created < lines) application.turn();
    constexpr double first_backoff_ms = 500;
    report("  until all are back after its process was killed, back-off apart",
           number((seconds_now() - killed) * 1e3 - first_backoff_ms, 1) + " ms", "");
}

void report_lines_and_events() {
    constexpr std::uint32_t lines = 10'000;
    const Service service(SIM_TSP, extensions(lines), "", options);
    WireApplication keeper(service.socket()); // the session runs as long as it is there
    keeper.initialise();
    const auto idle = memory(service);
    Exchange exchange(service, lines);
    const auto open = memory(service);
    report_memory("a line that is opened and monitored", open - idle, lines);
    exchange.connect_all();
    report_memory("a call, of which each end has an owner and a monitor", memory(service) - open,
                  lines / 2.0);

    const auto host = service.host_process();
    constexpr std::size_t at_a_time = 250;
    std::vector<double> in_service, in_host, here;
    for (std::size_t first = 0; first + at_a_time <= exchange.calls_up(); first += at_a_time) {
        const auto events = static_cast<double>(exchange.events());
        const auto service_before = processor_time(service.process()), host_before = processor_time(host),
                   here_before = processor_time(0);
        exchange.hold_and_take_back(first, at_a_time);
        const auto came = static_cast<double>(exchange.events()) - events;
        in_service.push_back((processor_time(service.process()) - service_before) / came);
        in_host.push_back((processor_time(host) - host_before) / came);
        here.push_back((processor_time(0) - here_before) / came);
    }
    report("10,000 lines, 5,000 calls up, held and taken back: processor time", "", "");
    report("  of an event in the service, the request that causes it included",
           number(median(in_service), 0) + " ns", "");
    report("  in the host", number(median(in_host), 0) + " ns", "");
    report("  in the application", number(median(here), 0) + " ns", "");

    // The same state again and again, a thousand times for each change, spread over many calls.
    constexpr DWORD floods = 200, times = 1000, applications = 2;
    ask(wire::ServiceFunction::provider_command,
        {{"name", "sim"}, {"command", "misbehave flood " + std::to_string(floods)}});
    const auto until = exchange.events() + std::uint64_t{floods} * times * applications;
    const auto service_before = processor_time(service.process()), here_before = processor_time(0);
    const auto events_before = static_cast<double>(exchange.events());
    exchange.hold_and_take_back(0, floods);
    exchange.await_events(until);
    const auto came = static_cast<double>(exchange.events()) - events_before;
    report("  of an event alone, in batches, in the service",
           number((processor_time(service.process()) - service_before) / came, 0) + " ns", "200 ns");
    report("  in the application", number((processor_time(0) - here_before) / came, 0) + " ns", "");
}

void report_calls() {
    constexpr std::uint32_t lines = 1'000;
    const Service service(SIM_TSP, extensions(lines), "", options);
    Exchange exchange(service, lines);
    const auto host = service.host_process();
    Relay relay(2);
    constexpr std::size_t calls = 2'000, at_a_time = 250;
    std::vector<double> in_service, in_host, here;
    const auto timing = measure_in_turns(
        Clock::wall,
        {{"relay", [&](std::size_t n) { relay.run(n); }, 1'000},
         {"calls",
          [&](std::size_t n) {
              const auto service_before = processor_time(service.process()),
                         host_before = processor_time(host), here_before = processor_time(0);
              exchange.live_and_end(n, at_a_time);
              in_service.push_back((processor_time(service.process()) - service_before) / calls);
              in_host.push_back((processor_time(host) - host_before) / calls);
              here.push_back((processor_time(0) - here_before) / calls);
          },
          calls}},
        11);
    report("whole calls a second, each heard by caller, callee and a monitor",
           number(1e9 / timing[1].nanoseconds, 0), "50000");
    report("  a call as a ratio to a raw relay over two hops and back", number(timing[1].ratio), "");
    report("  processor time of a call in the service", number(median(in_service) / 1e3, 1) + " us", "");
    report("  in the host", number(median(in_host) / 1e3, 1) + " us", "");
    report("  in the application", number(median(here) / 1e3, 1) + " us", "");
}

struct Cost {
    double passed, in_service; // nanoseconds of a call
};

// Of calls through a service of their own. The client library knows one service at a time.
Cost cost_of_calls(const std::string& settings, std::size_t calls, std::size_t at_a_time) {
    constexpr std::uint32_t lines = 500;
    const Service service(SIM_TSP, extensions(lines), "", options + settings);
    Exchange exchange(service, lines);
    exchange.live_and_end(calls / 4, at_a_time); // what is done once only
    const auto processor_before = processor_time(service.process());
    const auto begin = seconds_now();
    exchange.live_and_end(calls, at_a_time);
    const auto count = static_cast<double>(calls);
    return {(seconds_now() - begin) * 1e9 / count,
            (processor_time(service.process()) - processor_before) / count};
}

// With what looks on and without it by turns, so that what else the machine does falls on both.
struct Onlooker {
    const char* name;
    const char* with;
    const char* without; // settings of the service, behind `options`
};
constexpr std::array onlookers{
    Onlooker{"the trace", "rules = \"off\"\n", "rules = \"off\"\n[trace]\nbytes = 0\n"},
    Onlooker{"the rules", "[trace]\nbytes = 0\n", "rules = \"off\"\n[trace]\nbytes = 0\n"},
};

void report_onlooker(const Onlooker& onlooker, const char* what, std::size_t calls, std::size_t at_a_time) {
    constexpr int turns = 7;
    std::vector<double> passed, ratios, with, without;
    for (int turn = 0; turn < turns; ++turn) {
        const auto off = cost_of_calls(onlooker.without, calls, at_a_time);
        const auto on = cost_of_calls(onlooker.with, calls, at_a_time);
        passed.push_back(on.passed);
        ratios.push_back(on.passed / off.passed);
        with.push_back(on.in_service);
        without.push_back(off.in_service);
    }
    report(std::string(what) + " with " + onlooker.name, number(median(passed) / 1e3, 1) + " us", "");
    report("  as a ratio to the same without", number(median(ratios), 3), "1.03");
    report("  processor time of a call in the service", number(median(with) / 1e3, 1) + " us", "");
    report("  without", number(median(without) / 1e3, 1) + " us", "");
}

} // namespace

void measure_exchange() {
    heading("Through the service, its host and the simulated exchange");
    for (const std::uint32_t lines : {1u, 1'000u, 10'000u}) report_start(lines);
    report_lines_and_events();
    report_calls();
}

void measure_trace() {
    heading("What the trace and the rule monitor cost: whole calls between extensions, with one of them and "
            "without");
    for (const auto& onlooker : onlookers) {
        report_onlooker(onlooker, "a whole call, 100 at a time", 4'000, 100);
        report_onlooker(onlooker, "a whole call, one at a time", 400, 1);
    }
}

} // namespace offhook::bench
