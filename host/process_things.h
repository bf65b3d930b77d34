// SPDX-License-Identifier: Apache-2.0
//
// What this process has besides its memory: threads, open descriptors, timers, children. As the kernel lists
// them, for a provider need not ask the host for any of it.
#pragma once

#include "host/own_threads.h"
#include "wire/host.h"

#include <string>
#include <tuple>
#include <vector>

namespace offhook::host {

struct ProcessThing {
    wire::RetainedKind kind{};
    std::string id;   // what makes it this one
    std::string name; // for people

    friend bool operator<(const ProcessThing& a, const ProcessThing& b) {
        return std::tie(a.kind, a.id) < std::tie(b.kind, b.id);
    }
};

// Without the host's own threads; in ascending order. What this kernel does not list is missing.
std::vector<ProcessThing> process_things(const OwnThreads& own);

} // namespace offhook::host
