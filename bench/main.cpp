// SPDX-License-Identifier: Apache-2.0
#include "bench/measurements.h"

#include <cstdio>
#include <exception>

int main() {
    try {
        offhook::bench::measure_core();
        offhook::bench::measure_service();
        offhook::bench::measure_sip();
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "bench: %s\n", failure.what());
        return 1;
    }
}
