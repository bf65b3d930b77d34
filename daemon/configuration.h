// SPDX-License-Identifier: Apache-2.0
//
// What packaging/offhook.toml documents, key by key.
#pragma once

#include "core/configuration.h"
#include "core/environment.h"

#include <cstdint>
#include <stdexcept>
#include <string>

namespace offhook::daemon {

// Are the rules of the life cycle watched on what passes between the service and providers?
enum class RuleWatching : std::uint8_t { off, on };

struct Configuration {
    // [service]
    std::string socket;
    std::uint32_t socket_mode = 0660;
    std::string socket_group;
    std::string state;
    std::string administrators = "offhook-admin";
    std::uint32_t exit_when_idle_s = 0; // 0: never
    // [log]
    std::string log_to = "stderr";
    core::Severity log_level = core::Severity::info;
    // [provider]
    core::Configuration provider;
    RuleWatching rule_watching = RuleWatching::on;
    std::uint32_t overdue_ms = 60'000; // 0: nothing ever is
    std::string default_provider;      // find_provider; empty: none
    // [hosts]
    std::string host_program; // empty: the one that belongs to this offhookd
    std::uint32_t host_welcome_ms = 10'000;
    std::uint32_t host_exit_ms = 6'000;
    std::uint32_t sessions_per_load = 1;
    // [limits]
    std::uint32_t output_bytes = 4u << 20;
    std::uint32_t connections = 4096;
    std::uint32_t connections_per_user = 1024;
    std::uint32_t hello_ms = 5'000;
    // [tcp]
    bool tcp_enabled = false;
    std::uint32_t tcp_port = 4274;
    std::string tcp_tokens;
    // [trace]
    std::uint32_t trace_records = 10'000;
    std::uint32_t trace_bytes = 4u << 20; // 0: nothing is kept

    bool operator==(const Configuration&) const = default;
};

struct ConfigurationError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// For the whole machine, or for one user who starts it.
enum class Installation : std::uint8_t { system, user };
Configuration default_configuration(Installation);

// The file's values over those of `base`. Throws ConfigurationError with the file, the line and what to do.
Configuration read_configuration(const std::string& path, const Configuration& base);

// Where the host program is: beside this program (a build tree), or in its installation.
std::string find_host_program();

// Where a provider's library is: a path is as it is given, a name is that of a library of this product, in a
// build tree or in its installation. It need not exist.
std::string find_provider(const std::string& name_or_path);

} // namespace offhook::daemon
