// SPDX-License-Identifier: Apache-2.0
//
// What a provider keeps of a session that has ended, though it is to keep nothing (R001): threads,
// descriptors, timers and processes; static data and memory as hints. A thing is reported once, with the
// session that left it.
#pragma once

#include "host/own_threads.h"
#include "host/process_things.h"
#include "host/static_data.h"
#include "wire/host.h"

#include <chrono>
#include <optional>
#include <vector>

namespace offhook::host {

class Retention {
  public:
    // A thread that has been joined is listed a moment longer.
    static constexpr std::chrono::milliseconds patience{200};
    // Less is the host's own, or the allocator's.
    static constexpr std::size_t least_growth = 64 * 1024; // bytes

    Retention(const link_map* image, const OwnThreads& own) : own_(own), static_data_(image) {}

    void before_session(); // before OFFHOOK_providerAttach
    void attached();       // then, before anything else enters
    // After TSPI_providerShutdown. Waits up to `patience` for what is just ending.
    wire::HostRetained after_session();

  private:
    std::vector<ProcessThing> left_things() const;

    const OwnThreads& own_;
    StaticData static_data_;
    std::vector<ProcessThing> before_;
    std::optional<std::size_t> heap_; // bytes in use when the last session had ended; absent: there was none
};

} // namespace offhook::host
