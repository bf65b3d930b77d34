// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace offhook::core {

// When provider sessions run: from the first application's initialisation to the last one's shutdown (R005),
// or always, so that a line can ring and stay registered with no application there.
enum class Sessions : std::uint8_t { on_demand, always };

// What is done about what does not go on: it is reported, or it is ended as well (core/watchdog.cpp).
enum class StuckAction : std::uint8_t { report, clean };

// Times in milliseconds.
struct Configuration {
    Sessions sessions = Sessions::on_demand;
    std::uint32_t call_deadline = 10'000;    // a provider call that has not returned by then ends its session
    std::uint32_t shutdown_deadline = 5'000; // TSPI_providerShutdown, and then the host's exit
    std::uint32_t initialise_patience =
        3'000;                         // lineInitializeEx waits so long for sessions that are starting
    std::uint32_t first_backoff = 500; // before a lost session is started again; doubles each time
    std::uint32_t longest_backoff = 60'000;
    // A change waits so long for applications to close the provider's devices; then new calls are refused,
    // and the calls that are up have so long to end. 0: for ever.
    std::uint32_t changeover_grace = 3'600'000;
    std::uint32_t changeover_drain = 600'000;
    // A request that was accepted is expected to complete, and a call in a passing state (abi/call_states.h)
    // to leave it, in so long; else it is reported. 0: it may take for ever.
    std::uint32_t stuck_request = 0;
    std::uint32_t stuck_call = 0;
    StuckAction stuck_action = StuckAction::report;
    std::uint32_t call_credit = 64; // call handles a host holds for LINE_NEWCALL (R072)
    // Of applications' handles, 1 to 2,047 (core/handle_table.h): a service that begins with another one each
    // time does not take the handles of the one before for its own.
    std::uint32_t first_generation = 1;
    std::uint32_t dialog_credit = 8; // dialog handles a host holds for LINE_CREATEDIALOGINSTANCE

    bool operator==(const Configuration&) const = default;
};

} // namespace offhook::core
