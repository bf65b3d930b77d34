// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/source.h"

#include "cli/problem.h"
#include "cli/service.h"
#include "cli/trace_source.h"
#include "cli/waiter.h"

#include "wire/unique_fd.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sstream>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace offhook::cli::timeline {
namespace {

// 'offhook --json watch' as a process of its own: it can be ended at any time, also while it waits for a
// record.
class Watcher {
  public:
    Watcher() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
            throw std::system_error(errno, std::generic_category(), "pipe");
        reading_.reset(ends[0]);
        const wire::UniqueFd writing(ends[1]);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, writing.get(), STDOUT_FILENO);
        // The waiter has blocked the signals that are to end it, and a child inherits that.
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
        std::array<std::string, 3> words{"offhook", "--json", "watch"};
        std::array<char*, 4> arguments{words[0].data(), words[1].data(), words[2].data(), nullptr};
        const int failed =
            posix_spawn(&process_, "/proc/self/exe", &actions, &attributes, arguments.data(), environ);
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
        if (failed != 0)
            throw std::system_error(failed, std::generic_category(), "cannot start 'offhook watch'");
    }
    ~Watcher() {
        kill(process_, SIGTERM);
        waitpid(process_, nullptr, 0);
    }
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    int descriptor() const { return reading_.get(); }

    enum class More : std::uint8_t { yes, no };
    // Takes what there is; no: it has ended.
    More take(std::string& into) const {
        std::array<char, 65'536> part{};
        for (;;) {
            const auto length = read(reading_.get(), part.data(), part.size());
            if (length == 0) return More::no;
            if (length < 0) return errno == EAGAIN || errno == EINTR ? More::yes : More::no;
            into.append(part.data(), static_cast<std::size_t>(length));
        }
    }

  private:
    wire::UniqueFd reading_;
    pid_t process_ = 0;
};

} // namespace

Records saved_records(const std::string& file) {
    Records saved;
    read_saved_trace(file, [&](const nlohmann::json& record) { saved.records.push_back(to_record(record)); });
    return saved;
}

Records kept_records() {
    Records kept;
    read_service_trace(0, Follow::no,
                       [&](const nlohmann::json& record) { kept.records.push_back(to_record(record)); });
    return kept;
}

Records watched_records(std::chrono::milliseconds how_long) {
    ask(wire::ServiceFunction::lines, {{"limit", 0}}, "cannot watch the service");
    Waiter waiter;
    const Watcher watcher;
    const auto until = Clock::now() + how_long;
    std::string text;
    while (Clock::now() < until) {
        if (waiter.wait({watcher.descriptor()}, until) == Woken::interrupted) break;
        if (watcher.take(text) == Watcher::More::no) break;
    }
    watcher.take(text);
    std::istringstream from(text);
    return read_records(from);
}

} // namespace offhook::cli::timeline
