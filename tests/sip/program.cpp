// SPDX-License-Identifier: Apache-2.0

#include "tests/sip/program.h"

#include "tests/support/port.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace offhook::testing {
namespace {

// Other programs tell nobody when they are ready: there is nothing to wait for but the sign of it.
bool eventually(const std::function<bool()>& sign, std::chrono::seconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!sign()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

} // namespace

Scratch::Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "offhook-sip-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    directory_ = pattern;
}

Scratch::~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void Scratch::write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
}

std::optional<std::string> installed(const std::string& name) {
    for (const char* folder : {"/usr/bin/", "/usr/sbin/", "/usr/local/bin/"})
        if (::access((folder + name).c_str(), X_OK) == 0) return folder + name;
    return std::nullopt;
}

Program::Program(const Scratch& scratch, std::vector<std::string> command)
    : output_(scratch.path("output.txt")) {
    std::vector<char*> arguments;
    for (auto& argument : command) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addchdir_np(&actions, scratch.path("").c_str());
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 1, output_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::posix_spawn_file_actions_adddup2(&actions, 1, 2);
    const int error = ::posix_spawn(&process_, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error("cannot start " + command[0]);
    handle_ = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
}

Program::~Program() {
    if (process_ > 0) {
        ::kill(process_, SIGTERM);
        if (!wait(std::chrono::seconds(3))) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
        }
    }
    if (handle_ >= 0) ::close(handle_);
}

std::optional<int> Program::wait(std::chrono::seconds patience) {
    pollfd ended{handle_, POLLIN, 0};
    if (::poll(&ended, 1, static_cast<int>(std::chrono::milliseconds(patience).count())) != 1)
        return std::nullopt;
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string Program::output() const {
    std::ostringstream text;
    text << std::ifstream(output_).rdbuf();
    return text.str();
}

bool Program::printed(const std::string& text, std::chrono::seconds patience) const {
    return eventually([&] { return output().find(text) != std::string::npos; }, patience);
}

bool listening(std::uint16_t port, std::chrono::seconds patience) {
    return eventually([port] { return is_taken(port); }, patience);
}

} // namespace offhook::testing
