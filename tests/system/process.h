// SPDX-License-Identifier: Apache-2.0
//
// Waiting for the end of processes, also of those that are no children.
#pragma once

#include "wire/unique_fd.h"

#include <sys/types.h>

#include <chrono>

namespace offhook::system_test {

// A process that is running now.
class Process {
  public:
    explicit Process(pid_t id); // throws when there is none
    pid_t id() const { return id_; }
    void kill(int signal) const;
    void stop() const; // and waits until none of its threads runs, which takes its time on a busy machine
    bool ends_within(std::chrono::milliseconds limit) const;

  private:
    pid_t id_;
    wire::UniqueFd descriptor_;
};

} // namespace offhook::system_test
