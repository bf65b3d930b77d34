// SPDX-License-Identifier: Apache-2.0
#include "daemon/configuration_options.h"

#include "wire/host.h"

#include <charconv>

namespace offhook::daemon {

namespace {

using core::Severity;
using core::StuckAction;

std::string text(std::string& to, const toml::node& node) {
    const auto value = node.value_exact<std::string>();
    if (!value) return "must be a text in quotes";
    to = *value;
    return {};
}

std::string flag(bool& to, const toml::node& node) {
    const auto value = node.value_exact<bool>();
    if (!value) return "must be true or false";
    to = *value;
    return {};
}

// What find_provider takes.
std::string provider(std::string& to, const toml::node& node) {
    const auto value = node.value_exact<std::string>();
    const auto slash = value ? value->find('/') : std::string::npos;
    if (!value || (slash != 0 && slash != std::string::npos))
        return "must be, in quotes, the name of a provider's library that was installed with the service, or "
               "the absolute path of one";
    to = *value;
    return {};
}

template <std::int64_t Least, std::int64_t Most>
std::string number(std::uint32_t& to, const toml::node& node) {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < Least || *value > Most)
        return "must be a whole number from " + std::to_string(Least) + " to " + std::to_string(Most);
    to = static_cast<std::uint32_t>(*value);
    return {};
}

template <std::int64_t Most> std::string seconds(std::uint32_t& to_milliseconds, const toml::node& node) {
    std::uint32_t given = 0;
    auto problem = number<0, Most>(given, node);
    if (problem.empty()) to_milliseconds = given * 1000;
    return problem;
}

// 0, or enough for some frames of the largest size that is kept.
std::string trace_memory(std::uint32_t& to, const toml::node& node) {
    constexpr std::int64_t least = 64 << 10, most = 1 << 30;
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value > most || (*value < least && *value != 0))
        return "must be 0, or a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    to = static_cast<std::uint32_t>(*value);
    return {};
}

// What is stuck, or overdue, after so many seconds; 0: nothing ever is.
std::string stuck_after(std::uint32_t& to_milliseconds, const toml::node& node) {
    return seconds<86'400>(to_milliseconds, node);
}

std::string stuck_action(StuckAction& to, const toml::node& node) {
    const auto value = node.value_or(std::string());
    if (value == "report") to = StuckAction::report;
    else if (value == "clean") to = StuckAction::clean;
    else return "must be \"report\" or \"clean\"";
    return {};
}

std::string rules(RuleWatching& to, const toml::node& node) {
    const auto value = node.value_or(std::string());
    if (value == "watch") to = RuleWatching::on;
    else if (value == "off") to = RuleWatching::off;
    else return "must be \"watch\" or \"off\"";
    return {};
}

std::string mode(std::uint32_t& to, const toml::node& node) {
    const auto value = node.value_exact<std::string>();
    std::uint32_t bits = 0;
    const auto* end = value ? value->data() + value->size() : nullptr;
    if (!value || value->empty() || std::from_chars(value->data(), end, bits, 8).ptr != end || bits > 0777)
        return "must be the rights of a file as in chmod, in quotes, such as \"0660\"";
    to = bits;
    return {};
}

std::string sessions(core::Sessions& to, const toml::node& node) {
    const auto value = node.value_or(std::string());
    if (value == "on-demand") to = core::Sessions::on_demand;
    else if (value == "always") to = core::Sessions::always;
    else return "must be \"on-demand\" or \"always\"";
    return {};
}

std::string level(Severity& to, const toml::node& node) {
    const auto value = node.value_or(std::string());
    if (value == "error") to = Severity::error;
    else if (value == "warning") to = Severity::warning;
    else if (value == "info") to = Severity::info;
    else if (value == "debug") to = Severity::debug;
    else return "must be \"error\", \"warning\", \"info\" or \"debug\"";
    return {};
}

using C = Configuration;
using N = const toml::node&;

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t week_s = 7 * 86'400;
constexpr std::int64_t one_gib = 1 << 30;
constexpr std::int64_t most_sessions_per_load = wire::max_sessions_per_load;

constexpr Option table[] = {
    {"service.socket", [](C& c, N n) { return text(c.socket, n); }},
    {"service.socket_mode", [](C& c, N n) { return mode(c.socket_mode, n); }},
    {"service.socket_group", [](C& c, N n) { return text(c.socket_group, n); }},
    {"service.state", [](C& c, N n) { return text(c.state, n); }},
    {"service.administrators", [](C& c, N n) { return text(c.administrators, n); }},
    {"service.exit_when_idle_s", [](C& c, N n) { return number<0, 86'400>(c.exit_when_idle_s, n); }},
    {"log.to", [](C& c, N n) { return text(c.log_to, n); }},
    {"log.level", [](C& c, N n) { return level(c.log_level, n); }},
    {"provider.default", [](C& c, N n) { return provider(c.default_provider, n); }},
    {"provider.sessions", [](C& c, N n) { return sessions(c.provider.sessions, n); }},
    {"provider.call_deadline_ms", [](C& c, N n) { return number<100, day_ms>(c.provider.call_deadline, n); }},
    {"provider.shutdown_deadline_ms",
     [](C& c, N n) { return number<100, day_ms>(c.provider.shutdown_deadline, n); }},
    {"provider.initialise_patience_ms",
     [](C& c, N n) { return number<0, day_ms>(c.provider.initialise_patience, n); }},
    {"provider.first_backoff_ms", [](C& c, N n) { return number<10, day_ms>(c.provider.first_backoff, n); }},
    {"provider.longest_backoff_ms",
     [](C& c, N n) { return number<10, day_ms>(c.provider.longest_backoff, n); }},
    {"provider.change_grace_s", [](C& c, N n) { return seconds<week_s>(c.provider.changeover_grace, n); }},
    {"provider.change_drain_s", [](C& c, N n) { return seconds<week_s>(c.provider.changeover_drain, n); }},
    {"provider.stuck_request_s", [](C& c, N n) { return stuck_after(c.provider.stuck_request, n); }},
    {"provider.stuck_call_s", [](C& c, N n) { return stuck_after(c.provider.stuck_call, n); }},
    {"provider.stuck_action", [](C& c, N n) { return stuck_action(c.provider.stuck_action, n); }},
    {"provider.rules", [](C& c, N n) { return rules(c.rule_watching, n); }},
    {"provider.overdue_s", [](C& c, N n) { return stuck_after(c.overdue_ms, n); }},
    {"provider.call_credit", [](C& c, N n) { return number<1, 65'536>(c.provider.call_credit, n); }},
    {"hosts.program", [](C& c, N n) { return text(c.host_program, n); }},
    {"hosts.welcome_ms", [](C& c, N n) { return number<100, day_ms>(c.host_welcome_ms, n); }},
    {"hosts.exit_ms", [](C& c, N n) { return number<100, day_ms>(c.host_exit_ms, n); }},
    {"hosts.sessions_per_load",
     [](C& c, N n) { return number<1, most_sessions_per_load>(c.sessions_per_load, n); }},
    {"limits.output_bytes", [](C& c, N n) { return number<(1 << 20), one_gib>(c.output_bytes, n); }},
    {"limits.connections", [](C& c, N n) { return number<1, 1'000'000>(c.connections, n); }},
    {"limits.connections_per_user",
     [](C& c, N n) { return number<1, 1'000'000>(c.connections_per_user, n); }},
    {"limits.hello_ms", [](C& c, N n) { return number<100, day_ms>(c.hello_ms, n); }},
    {"tcp.enabled", [](C& c, N n) { return flag(c.tcp_enabled, n); }},
    {"tcp.port", [](C& c, N n) { return number<1, 65'535>(c.tcp_port, n); }},
    {"tcp.tokens", [](C& c, N n) { return text(c.tcp_tokens, n); }},
    {"trace.bytes", [](C& c, N n) { return trace_memory(c.trace_bytes, n); }},
    {"trace.records", [](C& c, N n) { return number<100, 10'000'000>(c.trace_records, n); }},
};

} // namespace

std::span<const Option> options() { return table; }

} // namespace offhook::daemon
