// SPDX-License-Identifier: Apache-2.0
//
// The rule monitor (rules/) on live traffic: one for each provider session. What breaks a rule is handed on,
// and is logged once for each rule and session, with what the provider should have done.
#pragma once

#include "core/environment.h"
#include "daemon/configuration.h"
#include "daemon/event_loop.h"
#include "rules/monitor.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace offhook::daemon {

class RuleWatch {
  public:
    struct Callbacks {
        std::function<void(const core::TraceRecord&)> violation;
        std::function<void(core::Severity, const std::string&)> log;
    };

    // `overdue_ms`: what a provider owes is overdue after so long, and named before twice of it; 0: never.
    RuleWatch(EventLoop&, RuleWatching, std::uint32_t overdue_ms, Callbacks);

    void begins(core::SessionId, std::string provider);
    void to_host(core::SessionId, std::span<const std::byte> frames);
    void from_host(core::SessionId, const wire::Frame&);
    // "R053: what it did", as hosts write it. A text without a rule says nothing.
    void told(core::SessionId, std::string_view text);
    // What the core has seen by itself; the monitor's own word on the same rule is enough.
    void core_saw(const core::TraceRecord&);
    void ended(core::SessionId);

  private:
    struct Watched {
        std::string provider;
        std::unique_ptr<rules::Monitor> monitor; // none: rules are not watched
        std::set<std::pair<std::uint16_t, rules::Gravity>> logged;
    };
    void broken(std::uint32_t session, const rules::Break&);

    void begin_period();

    EventLoop& loop_;
    RuleWatching watching_;
    std::uint32_t overdue_ms_;
    Callbacks callbacks_;
    std::map<std::uint32_t, Watched> sessions_;
    EventLoop::Timer period_;
};

} // namespace offhook::daemon
