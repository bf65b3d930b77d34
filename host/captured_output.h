// SPDX-License-Identifier: Apache-2.0
//
// What the provider writes to its standard output or error becomes lines of the service's log.
#pragma once

#include "host/log.h"
#include "wire/unique_fd.h"

#include <mutex>
#include <string>

namespace offhook::host {

class CapturedOutput {
  public:
    // Replaces the descriptor (STDOUT_FILENO, STDERR_FILENO) by a pipe.
    CapturedOutput(int descriptor, Severity severity, Log& log);

    int fd() const { return pipe_.get(); } // readable when read() has something to do
    void read();
    // Everything that is there, at the end of the process; other threads may still read.
    void drain();

  private:
    bool read_some();

    wire::UniqueFd pipe_;
    Severity severity_;
    Log& log_;
    std::mutex mutex_;
    std::string partial_; // of the last line
};

} // namespace offhook::host
