// SPDX-License-Identifier: Apache-2.0
//
// offhook_bench [core] [service] [exchange] [sip] [trace]: what to measure; everything when nothing is named.
#include "bench/measurements.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <span>
#include <string_view>

int main(int count, char** arguments) {
    struct Subject {
        std::string_view name;
        void (*measure)();
    };
    constexpr Subject subjects[] = {{"core", offhook::bench::measure_core},
                                    {"service", offhook::bench::measure_service},
                                    {"exchange", offhook::bench::measure_exchange},
                                    {"sip", offhook::bench::measure_sip},
                                    {"trace", offhook::bench::measure_trace}};
    const std::span wanted(arguments + 1, static_cast<std::size_t>(count - 1));
    try {
        for (const std::string_view name : wanted)
            if (std::ranges::find(subjects, name, &Subject::name) == std::end(subjects)) {
                std::fprintf(stderr, "usage: bench/run [core] [service] [exchange] [sip] [trace]\n");
                return 2;
            }
        for (const auto& subject : subjects)
            if (wanted.empty() ||
                std::ranges::any_of(wanted, [&](std::string_view name) { return name == subject.name; }))
                subject.measure();
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "bench: %s\n", failure.what());
        return 1;
    }
}
