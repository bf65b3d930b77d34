// SPDX-License-Identifier: Apache-2.0
#include "daemon/rule_watch.h"

#include <algorithm>

namespace offhook::daemon {
namespace {

bool is_watched(std::uint32_t rule) {
    return std::ranges::find(rules::watched_rules(), rule) != rules::watched_rules().end();
}

} // namespace

RuleWatch::RuleWatch(EventLoop& loop, RuleWatching watching, std::uint32_t overdue_ms, Callbacks callbacks)
    : loop_(loop),
      watching_(watching),
      overdue_ms_(overdue_ms),
      callbacks_(std::move(callbacks)) {}

void RuleWatch::begins(core::SessionId id, std::string provider) {
    const auto session = static_cast<std::uint32_t>(id);
    auto& watched = sessions_[session];
    watched.provider = std::move(provider);
    if (watching_ == RuleWatching::off) return;
    watched.monitor =
        std::make_unique<rules::Monitor>([this, session](const rules::Break& one) { broken(session, one); });
    if (overdue_ms_ != 0 && !period_.pending()) begin_period();
}

// As long as there is a session. What is overdue may have its session ended, by what hears of it.
void RuleWatch::begin_period() {
    period_ = loop_.after(overdue_ms_, [this] {
        std::vector<std::uint32_t> watched;
        for (const auto& [session, one] : sessions_)
            if (one.monitor) watched.push_back(session);
        for (const auto session : watched)
            if (const auto found = sessions_.find(session); found != sessions_.end())
                found->second.monitor->period_has_passed();
        if (!watched.empty()) begin_period();
    });
}

void RuleWatch::to_host(core::SessionId id, std::span<const std::byte> frames) {
    const auto found = sessions_.find(static_cast<std::uint32_t>(id));
    if (found != sessions_.end() && found->second.monitor) found->second.monitor->to_host(frames);
}

void RuleWatch::from_host(core::SessionId id, const wire::Frame& frame) {
    const auto found = sessions_.find(static_cast<std::uint32_t>(id));
    if (found != sessions_.end() && found->second.monitor) found->second.monitor->from_host(frame);
}

void RuleWatch::told(core::SessionId id, std::string_view text) {
    constexpr std::size_t before_the_text = 6; // "R053: "
    if (const auto rule = rules::rule_named_by(text); rule != 0 && text.size() > before_the_text)
        broken(static_cast<std::uint32_t>(id),
               {.rule = rule, .did = std::string(text.substr(before_the_text))});
}

void RuleWatch::core_saw(const core::TraceRecord& record) {
    if (record.rule == 0) return callbacks_.violation(record); // a remark
    const auto found = sessions_.find(record.session);
    const bool watched =
        found != sessions_.end() && found->second.monitor != nullptr && is_watched(record.rule);
    if (!watched)
        broken(record.session, {.rule = static_cast<std::uint16_t>(record.rule),
                                .did = std::string(record.text),
                                .subject = {record.line, record.call, record.request}});
}

void RuleWatch::ended(core::SessionId id) { sessions_.erase(static_cast<std::uint32_t>(id)); }

void RuleWatch::broken(std::uint32_t session, const rules::Break& one) {
    const auto found = sessions_.find(session);
    if (found == sessions_.end()) return;
    auto& [provider, monitor, logged] = found->second;
    const bool contested = one.gravity == rules::Gravity::contested;
    callbacks_.violation({.kind = core::TraceKind::violation,
                          .provider = provider,
                          .session = session,
                          .line = one.subject.line,
                          .call = one.subject.call,
                          .request = one.subject.request,
                          .rule = contested ? 0u : one.rule, // a remark
                          .text = one.did});
    if (!logged.insert({one.rule, one.gravity}).second) return;
    if (const auto* conflict = rules::conflict_about(one.rule); contested && conflict != nullptr)
        return callbacks_.log(core::Severity::info, provider + " reads rule " + rules::rule_name(one.rule) +
                                                        " as another page does: " + one.did +
                                                        ". Offhook: " + std::string(conflict->decision));
    const auto* text = rules::rule_text(one.rule);
    callbacks_.log(core::Severity::warning,
                   provider + " breaks rule " + rules::rule_name(one.rule) + ": " + one.did +
                       (text == nullptr ? std::string()
                                        : ". The rule: " + std::string(text->requirement) + " (page " +
                                              std::string(text->page) + ")"));
}

} // namespace offhook::daemon
