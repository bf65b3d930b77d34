// SPDX-License-Identifier: Apache-2.0
//
// Streams the trace to those who asked for it (`offhook watch`). Tracing is on while somebody watches.
#pragma once

#include "core/core.h"
#include "daemon/event_loop.h"
#include "daemon/trace_ring.h"

#include <nlohmann/json.hpp>

#include <deque>
#include <map>
#include <optional>

namespace offhook::daemon {

class TraceWatch {
  public:
    struct Callbacks {
        std::function<void(core::Tracing)> set_tracing;
        std::function<void(core::ApplicationId, const nlohmann::json&)> send;
        // How much the application has yet to read; nothing: it is gone.
        std::function<std::optional<std::size_t>(core::ApplicationId)> queued_bytes;
    };

    // A watcher with more than `patience` bytes to read is left alone until it has read them.
    TraceWatch(EventLoop&, std::size_t capacity, std::size_t patience, Callbacks);

    void add(const core::TraceRecord&);
    // What is recorded from now on; `first` is sent before it.
    void watch(core::ApplicationId, std::deque<nlohmann::json> first);
    void application_gone(core::ApplicationId);
    void send_records(); // at once, as before the connections end; else once a turn of the loop

  private:
    struct Watcher {
        std::deque<nlohmann::json> first; // to be sent before records
        std::uint64_t next = 0;           // the number of the record that is next
    };
    bool send_to(core::ApplicationId, Watcher&); // false: it has to read first

    EventLoop& loop_;
    std::size_t patience_;
    Callbacks callbacks_;
    TraceRing ring_;
    std::map<core::ApplicationId, Watcher> watchers_;
    EventLoop::Timer send_;
};

nlohmann::json to_json(const KeptRecord&);

} // namespace offhook::daemon
