// SPDX-License-Identifier: Apache-2.0
#include "client/start_service.h"

#include "client/failure.h"
#include "client/programs.h"
#include "wire/unique_fd.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace offhook::client {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto patience_with_start = std::chrono::seconds(10);
constexpr int ready_fd = 3;

Failure cannot_start(const std::string& why) {
    return {LINEERR_SERVICE_NOT_RUNNING, "The service is not running and cannot be started: " + why};
}

void make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directory(folder, error);
    if (!error) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
}

// Only a folder in which nobody else can put a socket of theirs.
void require_own_folder(const std::string& socket) {
    const auto folder = std::filesystem::path(socket).parent_path();
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0 && errno == ENOENT) {
        make_folder(folder);
        if (::stat(folder.c_str(), &status) != 0) throw cannot_start("there is no folder " + folder.string());
    }
    if (status.st_uid != ::geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        throw cannot_start(folder.string() + " must belong to this user, and nobody else may write to it");
}

std::string program() {
    if (const char* given = ::secure_getenv("OFFHOOK_DAEMON"); given != nullptr) return given;
    const auto installed =
        program_beside_library({"libexec/offhook/offhookd", "sbin/offhookd", "bin/offhookd"});
    return installed.empty() ? "offhookd" : installed;
}

// A shell starts the service in the background and ends at once, so that the service becomes a child of init,
// and the application never sees a child it did not make.
void spawn(std::string program_path, std::string socket, int ready) {
    SpawnFiles files;
    ::posix_spawn_file_actions_addopen(files.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(files.get(), STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(files.get(), STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(files.get(), ready, ready_fd);
    ::posix_spawn_file_actions_addclosefrom_np(files.get(), ready_fd + 1);
    const SpawnAttributes attributes(POSIX_SPAWN_SETSID);
    std::string shell = "sh", option = "-c", script = R"("$0" --socket "$1" --ready-fd 3 &)";
    std::array<char*, 6> arguments{shell.data(),        option.data(), script.data(),
                                   program_path.data(), socket.data(), nullptr};
    pid_t child = -1;
    const int error =
        ::posix_spawn(&child, "/bin/sh", files.get(), attributes.get(), arguments.data(), ::environ);
    if (error != 0) throw cannot_start("no process could be started");
    reap(child);
}

} // namespace

void start_service(const std::string& socket) {
    if (const char* start = ::secure_getenv("OFFHOOK_START");
        start != nullptr && std::string_view(start) == "never")
        throw cannot_start("OFFHOOK_START is never");
    require_own_folder(socket);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw cannot_start("no descriptor is left");
    const wire::UniqueFd reading(ends[0]);
    // Above the number it gets in the other process, so that copying it there always clears its close-on-exec
    // flag.
    wire::UniqueFd writing(::fcntl(ends[1], F_DUPFD_CLOEXEC, ready_fd + 1));
    ::close(ends[1]);
    const auto path = program();
    spawn(path, socket, writing.get());
    writing.reset();
    const auto deadline = Clock::now() + patience_with_start;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd readable{reading.get(), POLLIN, 0};
        const int polled = left <= 0 ? 0 : ::poll(&readable, 1, static_cast<int>(left));
        if (polled < 0 && errno == EINTR) continue;
        if (polled <= 0) throw cannot_start(path + " did not get ready within 10 s");
        char ready = 0;
        if (::read(reading.get(), &ready, 1) == 1) return;
        throw cannot_start(path + " is missing, or ended before it was ready. Run it by hand to see why.");
    }
}

} // namespace offhook::client
