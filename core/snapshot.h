// SPDX-License-Identifier: Apache-2.0
//
// The core's state, for people: what the command line shows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace offhook::core {

struct ApplicationSnapshot {
    std::uint32_t id = 0;
    std::uint32_t user = 0;
    std::string name;
    std::uint32_t line_apps = 0;
};

// An application for which a change waits.
struct UseSnapshot {
    std::uint32_t application = 0;
    std::uint32_t devices = 0; // that it has open
    std::uint32_t calls = 0;   // that it holds and that have not ended
};

struct ProviderSnapshot {
    std::uint32_t id = 0;
    std::string name;
    std::uint32_t session = 0; // 0: none
    std::string stage;         // none, starting, negotiating, …, running, shutting down, waiting to retry
    std::uint32_t session_age = 0; // milliseconds that it has been running
    std::uint32_t version = 0;     // of TSPI, as negotiated; 0: not yet
    std::uint32_t lines = 0;
    std::uint32_t phones = 0;
    std::uint32_t retry_in = 0; // milliseconds
    std::string last_error;     // why the last session was lost; empty: it was not
    bool removed = false;       // it goes when its session ends
    // A change that waits for the session's end: none, waiting (until no application uses it), draining
    // (until its calls have ended); and how long that stage may still last, in milliseconds, 0: for ever.
    std::string changeover = "none";
    std::uint32_t changeover_in = 0;
    std::vector<UseSnapshot> used_by; // while a change waits
};

struct LineSnapshot {
    std::uint32_t device = 0; // the service's own number, in the order in which lines appeared
    std::uint32_t handle = 0; // HTAPILINE or HTAPIPHONE
    std::string name;
    std::string provider;
    std::string stage; // absent, closed, opening, open, closing
    std::uint32_t opens = 0;
    std::uint32_t calls = 0;
};

// An application that holds a call.
struct HolderSnapshot {
    std::uint32_t application = 0;
    std::uint32_t call = 0;      // its HCALL
    std::uint32_t privilege = 0; // LINECALLPRIVILEGE_
};

struct CallSnapshot {
    std::uint32_t call = 0; // HTAPICALL
    std::uint32_t session = 0;
    std::uint64_t driver = 0; // HDRVCALL; 0: not known yet
    std::uint32_t device = 0;
    std::string provider;
    bool pending = false; // the request that creates it is outstanding (R062)
    std::string state;    // as LINECALLSTATE_ names it
    std::uint64_t mode = 0;
    std::string caller, called; // their addresses; empty: not known, or learn_parties has not asked yet
    std::uint32_t owners = 0;
    std::uint32_t monitors = 0;
    std::uint32_t requests = 0; // outstanding
    std::vector<HolderSnapshot> holders;
    std::uint64_t age = 0;       // milliseconds since it began
    std::uint64_t state_age = 0; // and since it came into its state
    bool stuck = false;          // it should have left that by now
};

// What the service waits for: a request that has not completed, or a call into a provider that has not
// returned.
struct RequestSnapshot {
    std::uint32_t request = 0; // 0: it is a call that has not returned
    std::string function;      // of TSPI
    std::string provider;
    std::uint32_t application = 0; // 0: the service itself asked
    std::uint32_t line = 0;        // HTAPILINE or HTAPIPHONE; 0: not known
    std::uint32_t call = 0;        // HTAPICALL
    std::uint64_t age = 0;         // milliseconds
    bool stuck = false;
};

struct Snapshot {
    std::vector<ApplicationSnapshot> applications;
    std::vector<ProviderSnapshot> providers;
    std::vector<LineSnapshot> lines;
    std::vector<LineSnapshot> phones;
    std::vector<CallSnapshot> calls;
    std::vector<RequestSnapshot> requests;
};

} // namespace offhook::core
