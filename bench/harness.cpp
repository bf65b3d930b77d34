// SPDX-License-Identifier: Apache-2.0
#include "bench/harness.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <stdexcept>

namespace offhook::bench {

namespace {

double now(Clock clock) {
    if (clock == Clock::processor) return processor_time(0);
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

double median(std::vector<double> values) {
    if (values.empty()) throw std::logic_error("the median of nothing");
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::vector<Timing> measure_in_turns(Clock clock, const std::vector<Subject>& subjects, std::size_t turns) {
    std::vector<std::vector<double>> nanoseconds(subjects.size()), ratios(subjects.size());
    for (const auto& subject : subjects) subject.run(subject.operations); // to warm up
    for (std::size_t turn = 0; turn < turns; ++turn) {
        for (std::size_t i = 0; i < subjects.size(); ++i) {
            const auto before = now(clock);
            subjects[i].run(subjects[i].operations);
            nanoseconds[i].push_back((now(clock) - before) / static_cast<double>(subjects[i].operations));
            ratios[i].push_back(nanoseconds[i].back() / nanoseconds[0].back());
        }
    }
    std::vector<Timing> timings;
    for (std::size_t i = 0; i < subjects.size(); ++i)
        timings.push_back({median(nanoseconds[i]), median(ratios[i])});
    return timings;
}

double processor_time(int process) {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        throw std::runtime_error("cannot tell the processor time of process " + std::to_string(process));
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

void heading(const std::string& text) { std::printf("\n%s\n", text.c_str()); }

void report(const std::string& what, const std::string& reached, const std::string& aim) {
    std::printf("  %-66s %20s   %s\n", what.c_str(), reached.c_str(),
                aim.empty() ? "" : ("aim: " + aim).c_str());
    std::fflush(stdout);
}

std::string number(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

} // namespace offhook::bench
