// SPDX-License-Identifier: Apache-2.0
#include "daemon/trace_watch.h"

#include "daemon/wall_clock.h"

namespace offhook::daemon {

namespace {

constexpr std::uint64_t retry_ms = 50;

constexpr std::string_view name_of(core::TraceKind kind) {
    using enum core::TraceKind;
    switch (kind) {
    case session: return "session";
    case provider_call: return "provider_call";
    case provider_return: return "provider_return";
    case provider_completion: return "provider_completion";
    case provider_event: return "provider_event";
    case application_call: return "application_call";
    case application_result: return "application_result";
    case application_event: return "application_event";
    case violation: return "violation";
    case stuck: return "stuck";
    }
    return "unknown";
}

} // namespace

nlohmann::json to_json(const KeptRecord& record) {
    nlohmann::json json{{"time_ms", record.time_ms},
                        {"kind", name_of(record.kind)},
                        {"what", record.what},
                        {"provider", record.provider},
                        {"line", record.line},
                        {"call", record.call},
                        {"request", record.request},
                        {"result", record.result},
                        {"application", record.application},
                        {"text", record.text},
                        {"parameters", {record.parameter1, record.parameter2, record.parameter3}}};
    if (record.rule != 0) json["rule"] = record.rule;
    return json;
}

TraceWatch::TraceWatch(EventLoop& loop, std::size_t capacity, std::size_t patience, Callbacks callbacks)
    : loop_(loop),
      patience_(patience),
      callbacks_(std::move(callbacks)),
      ring_(capacity) {}

void TraceWatch::add(const core::TraceRecord& record) {
    ring_.add(record, wall_clock_ms());
    if (!send_.pending()) send_ = loop_.after(0, [this] { send_records(); });
}

void TraceWatch::watch(core::ApplicationId application, std::deque<nlohmann::json> first) {
    watchers_.try_emplace(application, Watcher{std::move(first), ring_.end()});
    callbacks_.set_tracing(core::Tracing::on);
    if (!send_.pending()) send_ = loop_.after(0, [this] { send_records(); });
}

void TraceWatch::application_gone(core::ApplicationId application) {
    if (watchers_.erase(application) != 0 && watchers_.empty()) callbacks_.set_tracing(core::Tracing::off);
}

void TraceWatch::send_records() {
    bool all = true;
    for (auto& [application, watcher] : watchers_) all = send_to(application, watcher) && all;
    if (!all) send_ = loop_.after(retry_ms, [this] { send_records(); });
}

bool TraceWatch::send_to(core::ApplicationId application, Watcher& watcher) {
    auto& [first, next] = watcher;
    while (!first.empty() || next < ring_.end()) {
        const auto queued = callbacks_.queued_bytes(application);
        if (!queued) return true;
        if (*queued > patience_) return false;
        if (!first.empty()) {
            callbacks_.send(application, first.front());
            first.pop_front();
        } else if (next < ring_.first()) {
            const auto lost = std::to_string(ring_.first() - next);
            next = ring_.first();
            callbacks_.send(application, {{"time_ms", wall_clock_ms()},
                                          {"kind", "lost"},
                                          {"text", lost + " records came faster than they were read"}});
        } else {
            callbacks_.send(application, to_json(ring_.at(next++)));
        }
    }
    return true;
}

} // namespace offhook::daemon
