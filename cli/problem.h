// SPDX-License-Identifier: Apache-2.0
//
// What went wrong, for the person or script that ran the command.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace offhook::cli {

// The exit status of the command (offhook(1), EXIT STATUS).
enum class Exit : std::uint8_t {
    done = 0,
    refused = 1,       // the service or a provider answered with an error
    usage = 2,         // the command line is wrong, or a file it names
    no_service = 3,    // the service cannot be reached
    not_found = 4,     // no such line, provider or call
    not_connected = 5, // the call ended before it was connected
    out_of_order = 6,  // watch --tree: something ended that had not begun, or was left open
};

struct Problem : std::runtime_error {
    Problem(Exit status, const std::string& what_happened, std::string next)
        : std::runtime_error(what_happened),
          exit(status),
          next_step(std::move(next)) {}

    Exit exit;
    std::string next_step;  // what to do about it
    std::int32_t error = 0; // the LINEERR_ value; 0: it was none
};

// A TAPI function failed. `doing`: what was being done ("cannot open line alice").
Problem tapi_problem(std::int32_t error, std::string_view doing);

// A function of the service itself failed; `reason` is what the service said, and may be empty.
Problem service_problem(std::int32_t error, std::string_view doing, const std::string& reason);

// Throws tapi_problem when `result` is negative; otherwise returns it.
std::int32_t checked(std::int32_t result, std::string_view doing);

} // namespace offhook::cli
