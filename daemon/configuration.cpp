// SPDX-License-Identifier: Apache-2.0
#include "daemon/configuration.h"

#include "abi/edit_distance.h"
#include "daemon/configuration_options.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <system_error>

namespace offhook::daemon {

namespace {

[[noreturn]] void fail(const std::string& path, const toml::source_region& where, const std::string& what) {
    throw ConfigurationError(path + ":" + std::to_string(where.begin.line) + ": " + what);
}

std::string_view nearest(std::string_view key) {
    return std::ranges::min(options(), {},
                            [&](const Option& option) { return abi::edit_distance(key, option.key); })
        .key;
}

std::string written(const toml::node& node) {
    std::ostringstream text;
    text << toml::node_view<const toml::node>(node);
    return text.str();
}

void read_value(Configuration& configuration, const std::string& path, const std::string& key,
                const toml::node& node) {
    const auto known = options();
    const auto option = std::ranges::find(known, key, &Option::key);
    if (option == known.end())
        fail(path, node.source(),
             "there is no option " + key + ". Do you mean " + std::string(nearest(key)) + "?");
    const auto problem = option->read(configuration, node);
    if (!problem.empty()) fail(path, node.source(), key + " " + problem + ", and is " + written(node));
}

std::string environment(const char* name, const std::string& otherwise) {
    const char* value = ::secure_getenv(name);
    return value == nullptr || *value == '\0' ? otherwise : value;
}

std::filesystem::path folder_of_this_program() {
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

} // namespace

Configuration default_configuration(Installation installation) {
    Configuration configuration;
    configuration.provider.stuck_request = 60'000;
    configuration.provider.stuck_call = 300'000;
    if (installation == Installation::system) {
        configuration.socket = "/run/offhook/offhook.sock";
        configuration.socket_group = "offhook";
        configuration.state = "/var/lib/offhook";
        configuration.log_to = "journal";
        configuration.tcp_tokens = "/var/lib/offhook/tokens";
        configuration.default_provider = "sim.tsp";
        return configuration;
    }
    const auto home = environment("HOME", "/");
    configuration.socket =
        environment("XDG_RUNTIME_DIR", "/tmp/offhook-" + std::to_string(::getuid())) + "/offhook.sock";
    configuration.state = environment("XDG_STATE_HOME", home + "/.local/state") + "/offhook";
    configuration.socket_mode = 0600;
    return configuration;
}

Configuration read_configuration(const std::string& path, const Configuration& base) {
    auto configuration = base;
    toml::table file;
    try {
        // The parser counts a file that cannot be read as malformed.
        if (::access(path.c_str(), R_OK) != 0)
            throw ConfigurationError(path + " cannot be read: " + std::generic_category().message(errno) +
                                     ". Name a file that exists with --config");
        file = toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        fail(path, error.source(),
             std::string(error.description()) +
                 ". Expected are sections and options, such as [service] and socket_mode = \"0660\"");
    }
    for (const auto& [section, node] : file) {
        const std::string name(section.str());
        const auto* values = node.as_table();
        if (values == nullptr)
            fail(path, node.source(),
                 name + " belongs into a section: " + std::string(nearest("service." + name)) + "?");
        for (const auto& [key, value] : *values)
            read_value(configuration, path, name + "." + std::string(key.str()), value);
    }
    return configuration;
}

std::string find_host_program() {
    const auto folder = folder_of_this_program();
    for (const char* place : {"offhook-host", "../host/offhook-host", "../libexec/offhook/offhook-host",
                              "../lib/offhook/offhook-host"}) {
        const auto candidate = (folder / place).lexically_normal();
        if (::access(candidate.c_str(), X_OK) == 0) return candidate;
    }
    throw ConfigurationError("offhook-host is not beside " + folder.string() +
                             "/offhookd: install it, or say where it is (hosts.program)");
}

std::string find_provider(const std::string& name_or_path) {
    if (name_or_path.find('/') != std::string::npos) return name_or_path;
    const auto program = folder_of_this_program();
    const auto installed = (program / OFFHOOK_PROVIDERS).lexically_normal();
    const auto built =
        (program / "../providers").lexically_normal() / std::filesystem::path(name_or_path).stem();
    return ::access((built / name_or_path).c_str(), R_OK) == 0 ? built / name_or_path
                                                               : installed / name_or_path;
}

} // namespace offhook::daemon
