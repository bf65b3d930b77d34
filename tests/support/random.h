// SPDX-License-Identifier: Apache-2.0
//
// Random tests that can be repeated. A test takes its seed here and prints it when it fails:
//     const auto seed = test_support::seed();
//     SCOPED_TRACE(test_support::describe_seed(seed));
// OFFHOOK_SEED gives the seed; OFFHOOK_SOAK multiplies the number of rounds (./soak).
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace offhook::test_support {

inline std::uint64_t environment_number(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 0);
}

inline std::uint64_t seed() { return environment_number("OFFHOOK_SEED", std::random_device{}()); }

inline std::string describe_seed(std::uint64_t seed) {
    return "run again with OFFHOOK_SEED=" + std::to_string(seed);
}

// How often to repeat what ./test repeats `usual` times.
inline std::uint64_t rounds(std::uint64_t usual) { return usual * environment_number("OFFHOOK_SOAK", 1); }

} // namespace offhook::test_support
