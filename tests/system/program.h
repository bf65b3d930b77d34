// SPDX-License-Identifier: Apache-2.0
//
// Programs that a test runs, and the processes that others leave behind.
#pragma once

#include "tests/system/process.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace offhook::system_test {

// A program that has been started. It says nothing; what it is asked to do is told by its exit status.
class Program {
  public:
    explicit Program(std::vector<std::string> words); // the first one is its path
    Program(Program&& other) noexcept
        : process_(std::exchange(other.process_, std::nullopt)),
          wait_status_(other.wait_status_) {}
    Program& operator=(Program&&) = delete;
    ~Program(); // kills it if it still runs

    pid_t id() const { return process_->id(); }
    void signal(int number) const;
    bool ends_within(std::chrono::milliseconds limit) const { return process_->ends_within(limit); }
    // Of one that has ended: what it returned; nothing when a signal ended it.
    std::optional<int> status();

  private:
    std::optional<Process> process_; // nothing: moved away
    std::optional<int> wait_status_;
};

// The living children of a process, zombies not counted.
std::vector<pid_t> children_of(pid_t parent);

// While it lives, processes whose parents have died become children of this one, where they can be found and
// are reaped.
class Orphanage {
  public:
    Orphanage();
    ~Orphanage();
    Orphanage(const Orphanage&) = delete;
    Orphanage& operator=(const Orphanage&) = delete;

    // Waits until no child is left besides the `known`. False: the time is over.
    bool is_empty_within(std::chrono::milliseconds limit, const std::vector<pid_t>& known) const;
};

} // namespace offhook::system_test
