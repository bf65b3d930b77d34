// SPDX-License-Identifier: Apache-2.0
//
// What the machine itself can do, with nothing of Offhook between: blocking SOCK_SEQPACKET sockets between
// processes.
#pragma once

#include "wire/unique_fd.h"

#include <sys/types.h>

#include <cstddef>

namespace offhook::bench {

// Processes in a row. A message of 64 bytes goes from this one to the last and back. One hop: a ping-pong.
// Two: a relay.
class Relay {
  public:
    explicit Relay(std::size_t hops);
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;
    ~Relay(); // the others see the end of file and exit

    void run(std::size_t messages);

  private:
    wire::UniqueFd near_;
    pid_t next_ = -1;
};

} // namespace offhook::bench
