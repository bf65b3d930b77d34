// SPDX-License-Identifier: Apache-2.0
#include "bench/core_world.h"
#include "bench/harness.h"
#include "bench/measurements.h"
#include "rules/monitor.h"
#include "trace/recorder.h"

#include <malloc.h>

namespace offhook::bench {
namespace {

double bytes_in_use() {
    const auto info = ::mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd);
}

void report_call_life_cycles() {
    CoreWorld world(1);
    const auto line = world.open_line(0);
    const auto timing = measure_in_turns(Clock::processor, {{"call",
                                                             [&](std::size_t calls) {
                                                                 for (std::size_t i = 0; i < calls; ++i)
                                                                     world.end_call(world.make_call(line));
                                                             },
                                                             20'000}})[0];
    report("call life cycles a second, core alone, on one processor", number(1e9 / timing.nanoseconds, 0),
           "1000000");
}

void report_events() {
    CoreWorld world(1);
    world.make_call(world.open_line(0));
    const auto before = world.events_delivered();
    std::size_t sent = 0;
    constexpr std::size_t batch = 64;
    const auto timing =
        measure_in_turns(Clock::processor, {{"event",
                                             [&](std::size_t events) {
                                                 for (std::size_t i = 0; i < events; i += batch)
                                                     world.send_events(batch), sent += batch;
                                             },
                                             batch * 1000}})[0];
    const bool delivered = world.events_delivered() == before + sent;
    report("processor time of an event in a batch of 64, core alone",
           number(timing.nanoseconds, 0) + " ns" + (delivered ? "" : " (dropped)"), "");
}

// What the trace and the rule monitor add to the core's own work, with no sockets around it.
void report_onlookers() {
    trace::Recorder recorder(std::size_t{4} << 20);
    const auto record = [&](trace::Boundary boundary, std::span<const std::byte> frames) {
        recorder.frames(boundary, {}, 1, frames);
    };
    std::size_t broken = 0;
    rules::Monitor monitor([&](const rules::Break&) { ++broken; });
    const auto watch = [&](trace::Boundary boundary, std::span<const std::byte> frames) {
        if (boundary == trace::Boundary::to_host) monitor.to_host(frames);
        if (boundary != trace::Boundary::from_host) return;
        for (auto parsed = wire::parse_frame(frames); parsed.frame; parsed = wire::parse_frame(frames)) {
            monitor.from_host(*parsed.frame);
            frames = frames.subspan(parsed.frame->header.size);
        }
    };
    struct Side {
        explicit Side(CoreWorld::Onlooker onlooker)
            : world(1, std::move(onlooker)),
              line(world.open_line(0)) {}
        void live(std::size_t calls) {
            for (std::size_t i = 0; i < calls; ++i) world.end_call(world.make_call(line));
        }
        CoreWorld world;
        std::uint32_t line;
    };
    Side alone({}), traced(record), watched(watch);
    const auto timings = measure_in_turns(
        Clock::processor, {{"alone", [&](std::size_t calls) { alone.live(calls); }, 5'000},
                           {"traced", [&](std::size_t calls) { traced.live(calls); }, 5'000},
                           {"watched", [&](std::size_t calls) { watched.live(calls); }, 5'000}});
    report("what the trace adds to a call life cycle",
           number((timings[1].nanoseconds - timings[0].nanoseconds) / 1e3, 2) + " us", "");
    report("what the rule monitor adds",
           number((timings[2].nanoseconds - timings[0].nanoseconds) / 1e3, 2) + " us" +
               (broken == 0 ? "" : " (rules were broken)"),
           "");
}

// What the heap holds more of with many of them, the peers' own small buffers included.
void report_memory() {
    constexpr std::uint32_t count = 20'000;
    const auto empty = bytes_in_use();
    CoreWorld world(count);
    std::vector<std::uint32_t> lines;
    lines.reserve(count);
    const auto enumerated = bytes_in_use();
    for (std::uint32_t i = 0; i < count; ++i) lines.push_back(world.open_line(i));
    const auto open = bytes_in_use();
    for (const auto line : lines) world.make_call(line);
    const auto calls = bytes_in_use();
    report("memory of an idle line in the core, closed", number((enumerated - empty) / count, 0) + " bytes",
           "");
    report("memory of an idle line in the core, opened by an application",
           number((open - empty) / count, 0) + " bytes", "");
    report("memory of a call in the core", number((calls - open) / count, 0) + " bytes", "under 1024");
}

} // namespace

void measure_core() {
    heading("The core alone");
    report_call_life_cycles();
    report_events();
    report_onlookers();
    report_memory();
}

} // namespace offhook::bench
