// SPDX-License-Identifier: Apache-2.0
#include "tests/system/program.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace offhook::system_test {

namespace {

// proc(5): "pid (name) state parent …", where the name may hold anything.
struct Stat {
    char state = 'X';
    pid_t parent = 0;
};

Stat stat_of(pid_t id) {
    std::ifstream file("/proc/" + std::to_string(id) + "/stat");
    std::string text;
    std::getline(file, text);
    const auto name_ends = text.rfind(')');
    if (name_ends == std::string::npos || text.size() < name_ends + 5) return {}; // it is gone
    return {text[name_ends + 2], std::stoi(text.substr(name_ends + 4))};
}

} // namespace

Program::Program(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const pid_t id = ::fork();
    if (id < 0) throw std::runtime_error("cannot fork");
    if (id == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        std::signal(SIGINT, SIG_DFL); // a shell's job in the background ignores it, and all that it starts
        const int nowhere = ::open("/dev/null", O_RDWR);
        for (const int standard : {0, 1, 2}) ::dup2(nowhere, standard);
        ::execv(arguments.front(), arguments.data());
        ::_exit(127);
    }
    process_.emplace(id);
}

Program::~Program() {
    if (!process_ || wait_status_) return; // moved away, or reaped already
    signal(SIGKILL);
    status();
}

void Program::signal(int number) const {
    if (!ends_within({})) process_->kill(number);
}

std::optional<int> Program::status() {
    if (!wait_status_) {
        int status = 0;
        if (::waitpid(id(), &status, 0) != id()) throw std::runtime_error("a program was reaped by others");
        wait_status_ = status;
    }
    if (!WIFEXITED(*wait_status_)) return std::nullopt;
    return WEXITSTATUS(*wait_status_);
}

std::vector<pid_t> children_of(pid_t parent) {
    std::vector<pid_t> children;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const auto name = entry.path().filename().string();
        pid_t id = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), id).ec != std::errc{}) continue;
        if (const auto stat = stat_of(id); stat.parent == parent && stat.state != 'Z' && stat.state != 'X')
            children.push_back(id);
    }
    return children;
}

Orphanage::Orphanage() { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }

Orphanage::~Orphanage() { ::prctl(PR_SET_CHILD_SUBREAPER, 0); }

bool Orphanage::is_empty_within(std::chrono::milliseconds limit, const std::vector<pid_t>& known) const {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    for (;;) {
        auto left = children_of(::getpid());
        std::erase_if(left, [&](pid_t id) { return std::ranges::find(known, id) != known.end(); });
        if (left.empty()) return true;
        const auto remaining = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (remaining.count() <= 0) return false;
        try {
            if (!Process(left.front()).ends_within(remaining)) return false;
        } catch (const std::system_error&) { // it has gone meanwhile
        }
        ::waitpid(left.front(), nullptr, WNOHANG);
    }
}

} // namespace offhook::system_test
