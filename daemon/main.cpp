// SPDX-License-Identifier: Apache-2.0
#include "daemon/daemon.h"
#include "host/provider_note.h"

#include <CLI/CLI.hpp>

#include <sys/resource.h>
#include <sys/stat.h>

#include <filesystem>
#include <iostream>

namespace {

using namespace offhook::daemon;

struct Arguments {
    std::string config, socket, state, log, level;
    int ready_fd = -1;
    bool foreground = false;
};

ProviderNote read_note(const std::string& library) {
    auto result = offhook::host::read_provider_note(library);
    if (!result.note) throw std::runtime_error(library + ": " + result.error);
    return {.name = result.note->name,
            .version = result.note->version,
            .title = result.note->title,
            .needs = result.note->needs_text,
            .configuration = result.note->configuration};
}

// The folder is made, for the service's user alone, when it is missing; another user's is refused.
void make_folder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
        throw ConfigurationError("cannot make the folder " + path + (error ? ": " + error.message() : ""));
    if (status.st_uid != ::geteuid() && status.st_uid != 0)
        throw ConfigurationError("the folder " + path + " belongs to another user: choose another one");
}

Configuration configuration_from(const Arguments& arguments) {
    const bool system = ::geteuid() == 0 && arguments.socket.empty() && arguments.state.empty();
    auto configuration = default_configuration(system ? Installation::system : Installation::user);
    if (!arguments.config.empty()) configuration = read_configuration(arguments.config, configuration);
    if (!arguments.socket.empty()) configuration.socket = arguments.socket;
    if (!arguments.state.empty()) configuration.state = arguments.state;
    if (arguments.foreground) configuration.log_to = "stderr";
    if (!arguments.log.empty()) configuration.log_to = arguments.log;
    if (arguments.level == "debug") configuration.log_level = offhook::core::Severity::debug;
    make_folder(configuration.state);
    make_folder(std::filesystem::absolute(configuration.socket).parent_path());
    return configuration;
}

// Each application takes two descriptors at least, and each host two.
void allow_many_descriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int main(int argc, char** argv) {
    CLI::App program{"The telephony service: applications connect to it, and it runs the providers.",
                     "offhookd"};
    Arguments arguments;
    program.add_option("--config", arguments.config, "configuration file (offhook.toml(5))")
        ->check(CLI::ExistingFile);
    program.add_option("--socket", arguments.socket, "where applications connect");
    program.add_option("--state", arguments.state, "folder of the registry");
    program.add_option("--log", arguments.log, "\"journal\", \"stderr\" or a file");
    program.add_flag("--debug{debug}", arguments.level, "log everything");
    program.add_flag("--foreground", arguments.foreground, "log to standard error");
    program
        .add_option("--ready-fd", arguments.ready_fd,
                    "descriptor to write one line to when the service is ready")
        ->check(CLI::Range(3, 1 << 20));
    program.set_version_flag("--version", "offhookd " OFFHOOK_VERSION);
    CLI11_PARSE(program, argc, argv);

    try {
        ::umask(077);
        block_signals();
        allow_many_descriptors();
        const auto configuration = configuration_from(arguments);
        Log log(configuration.log_to, configuration.log_level);
        Daemon daemon(configuration, log, read_note, arguments.ready_fd);
        daemon.run();
        return 0;
    } catch (const std::exception& failure) {
        std::cerr << "offhookd: " << failure.what() << '\n';
        return 1;
    }
}
