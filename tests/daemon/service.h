// SPDX-License-Identifier: Apache-2.0
//
// A whole service in a thread of the test, with the fake host and notes that the test chooses.
#pragma once

#include "daemon/daemon.h"

#include "temporary_folder.h"

#include <csignal>
#include <future>
#include <thread>

namespace offhook::daemon::test {

class Service {
  public:
    using Change = std::function<void(Configuration&)>;
    explicit Service(
        const Change& change = [](Configuration&) {}, ReadNote read_note = note)
        : read_note_(std::move(read_note)) {
        configuration_.socket = folder_ / "socket";
        configuration_.state = folder_.path();
        configuration_.log_to = folder_ / "log";
        configuration_.log_level = core::Severity::debug;
        configuration_.host_program = OFFHOOK_FAKE_HOST;
        change(configuration_);
        start();
    }
    ~Service() { stop(); }

    void start() {
        std::promise<void> ready;
        auto is_ready = ready.get_future();
        thread_ = std::thread([this, ready = std::move(ready)]() mutable {
            Log log(configuration_.log_to, configuration_.log_level);
            std::optional<Daemon> daemon;
            try {
                daemon.emplace(configuration_, log, read_note_, -1);
            } catch (...) {
                ready.set_exception(std::current_exception());
                return;
            }
            ready.set_value();
            daemon->run();
        });
        try {
            is_ready.get();
        } catch (...) {
            thread_.join();
            throw;
        }
    }

    // As the service manager does it.
    void stop() {
        if (!thread_.joinable()) return;
        ::kill(::getpid(), SIGTERM);
        thread_.join();
    }

    // Until it ends by itself.
    void wait() { thread_.join(); }

    const Configuration& configuration() const { return configuration_; }
    const std::string& folder() const { return folder_.path(); }

  private:
    // "/fake/x" says that it is x and needs the network; what is in /broken has no note.
    static ProviderNote note(const std::string& library) {
        if (library.starts_with("/broken"))
            throw std::runtime_error(library + " has no note of Offhook: it is no provider");
        return {.name = std::filesystem::path(library).filename(),
                .version = "1.0",
                .title = "Fake",
                .needs = "network"};
    }

    ReadNote read_note_;
    TemporaryFolder folder_;
    Configuration configuration_;
    std::thread thread_;
};

} // namespace offhook::daemon::test
