// SPDX-License-Identifier: Apache-2.0
#include "bench/baselines.h"
#include "bench/harness.h"
#include "bench/measurements.h"
#include "bench/service.h"

#include <optional>

namespace offhook::bench {
namespace {

constexpr std::size_t batch = 64;

void get_provider_list() {
    struct {
        LINEPROVIDERLIST list;
        std::byte rest[256];
    } answer{};
    answer.list.dwTotalSize = sizeof answer;
    good(lineGetProviderListW(0x00020002, &answer.list), "lineGetProviderList");
}

HCALL make_call(Application& application) {
    HCALL call = 0;
    application.wait_for_reply(
        good(lineMakeCallA(application.line(), &call, "1", 0, nullptr), "lineMakeCall"));
    return call;
}

// Calls are made and ended many at a time: a message costs less when others travel with it.
void live_and_end(Application& application, std::size_t calls) {
    std::array<HCALL, batch> handles{};
    const auto each = [&](auto&& request) {
        for (auto& call : handles) good(request(call), "a call");
        for (std::size_t replies = 0; replies < batch;)
            if (const auto message = application.next(); message.dwMessageID == LINE_REPLY) {
                good(static_cast<LONG>(message.dwParam2), "a call's request");
                ++replies;
            }
    };
    for (std::size_t i = 0; i < calls; i += batch) {
        each([&](HCALL& call) { return lineMakeCallA(application.line(), &call, "1", 0, nullptr); });
        each([](HCALL& call) { return lineDrop(call, nullptr, 0); });
        for (const auto call : handles) good(lineDeallocateCall(call), "lineDeallocateCall");
    }
}

struct ProcessorTimes {
    double service, everything;
};

// Of one request that sends so many events.
ProcessorTimes request_with_events(const Service& service, int host, Application& application, HCALL call,
                                   DWORD events) {
    constexpr std::size_t requests = 500;
    const std::string data(events, 'e');
    std::vector<double> in_service, in_all;
    for (int turn = 0; turn < 15; ++turn) {
        const auto service_before = processor_time(service.process());
        const auto rest_before = processor_time(host) + processor_time(0);
        for (std::size_t i = 0; i < requests; ++i)
            if (application.wait_for_reply(good(lineAccept(call, data.data(), events), "lineAccept")) !=
                events)
                throw std::runtime_error("events were lost");
        const auto in_it = processor_time(service.process()) - service_before;
        in_service.push_back(in_it / requests);
        in_all.push_back((in_it + processor_time(host) + processor_time(0) - rest_before) / requests);
    }
    return {median(in_service), median(in_all)};
}

void report_calls(const Service& service, Application& application) {
    const auto host = service.host_process();
    const auto used = [&] {
        return processor_time(0) + processor_time(service.process()) + processor_time(host);
    };
    constexpr std::size_t calls = batch * 8;
    std::vector<double> processor_times;
    const auto timing =
        measure_in_turns(Clock::wall, {{"calls",
                                        [&](std::size_t n) {
                                            const auto before = used();
                                            live_and_end(application, n);
                                            processor_times.push_back((used() - before) / calls);
                                        },
                                        calls}})[0];
    report("call life cycles a second through the service, 64 at a time", number(1e9 / timing.nanoseconds, 0),
           "");
    report("  a second of processor time of application, service and host",
           number(1e9 / median(processor_times), 0), "");
}

void report_ratios(Application& application, HCALL call) {
    Relay ping_pong(1), two_hops(2);
    const auto synchronous =
        measure_in_turns(Clock::wall, {{"seqpacket", [&](std::size_t n) { ping_pong.run(n); }, 2000},
                                       {"list",
                                        [](std::size_t n) {
                                            for (std::size_t i = 0; i < n; ++i) get_provider_list();
                                        },
                                        2000}});
    report("raw blocking seqpacket ping-pong of 64 bytes", number(synchronous[0].nanoseconds / 1e3) + " us",
           "");
    report("lineGetProviderList, which the service answers", number(synchronous[1].nanoseconds / 1e3) + " us",
           "");
    report("  as a ratio to the ping-pong", number(synchronous[1].ratio), "1.30");

    const auto asynchronous = measure_in_turns(
        Clock::wall, {{"relay", [&](std::size_t n) { two_hops.run(n); }, 1000},
                      {"accept",
                       [&](std::size_t n) {
                           for (std::size_t i = 0; i < n; ++i)
                               application.wait_for_reply(good(lineAccept(call, nullptr, 0), "lineAccept"));
                       },
                       1000}});
    report("raw relay over two hops and back", number(asynchronous[0].nanoseconds / 1e3) + " us", "");
    report("an asynchronous request, from its call to its LINE_REPLY",
           number(asynchronous[1].nanoseconds / 1e3) + " us", "");
    report("  as a ratio to the relay", number(asynchronous[1].ratio), "1.15");
}

void report_events(const Service& service, Application& application, HCALL call) {
    const auto host = service.host_process();
    const auto without = request_with_events(service, host, application, call, 0);
    const auto with = request_with_events(service, host, application, call, batch);
    report("processor time of an event in a batch of 64, in the service",
           number((with.service - without.service) / batch, 0) + " ns", "200 ns");
    report("  in the host, the service and the application together",
           number((with.everything - without.everything) / batch, 0) + " ns", "");
}

void report_memory(const Service& service, Application& application) {
    constexpr std::size_t count = 5000;
    std::vector<HCALL> calls;
    const auto before = resident_bytes(service.process());
    for (std::size_t i = 0; i < count; ++i) calls.push_back(make_call(application));
    report("memory of a call in the service, all of it",
           number((resident_bytes(service.process()) - before) / count, 0) + " bytes", "");
    for (const auto call : calls) {
        application.wait_for_reply(good(lineDrop(call, nullptr, 0), "lineDrop"));
        good(lineDeallocateCall(call), "lineDeallocateCall");
    }
}

} // namespace

void measure_service() {
    heading("Through the service, its host and an immediate provider");
    const Service service(IMMEDIATE_PROVIDER, nlohmann::json::object(), "");
    Application application;
    {
        const auto call = make_call(application);
        report_ratios(application, call);
        report_events(service, application, call);
        application.wait_for_reply(good(lineDrop(call, nullptr, 0), "lineDrop"));
        good(lineDeallocateCall(call), "lineDeallocateCall");
    }
    report_calls(service, application);
    report_memory(service, application);
}

} // namespace offhook::bench
