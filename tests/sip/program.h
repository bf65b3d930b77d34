// SPDX-License-Identifier: Apache-2.0
//
// A peer: another program, started for the length of a test.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace offhook::testing {

// A directory that is gone with its owner.
class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    std::filesystem::path path(const std::string& name) const { return directory_ / name; }
    void write(const std::string& name, const std::string& text) const;

  private:
    std::filesystem::path directory_;
};

// Where an installed program is; nothing: it is not installed.
std::optional<std::string> installed(const std::string& name);

class Program {
  public:
    // Runs in `scratch`; what it prints goes to the file output.txt there.
    Program(const Scratch& scratch, std::vector<std::string> command);
    ~Program(); // ends it
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // Its exit code; nothing when it still runs after that time, 128 + n when signal n ended it.
    std::optional<int> wait(std::chrono::seconds patience);
    // Waits until it printed this.
    bool printed(const std::string& text, std::chrono::seconds patience) const;
    std::string output() const;

  private:
    std::filesystem::path output_;
    int process_ = -1;
    int handle_ = -1; // pidfd
};

// Waits until a UDP port on loopback is bound.
bool listening(std::uint16_t port, std::chrono::seconds patience);

#define SKIP_WITHOUT(program, package)                                                                       \
    if (!::offhook::testing::installed(program))                                                             \
    GTEST_SKIP() << program << " is not installed: apt-get install " package

} // namespace offhook::testing
