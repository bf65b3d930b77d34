// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/event_loop.h"

#include <functional>

namespace offhook::daemon {

// SIGTERM and SIGINT ask for an orderly end, SIGHUP for the log to be opened anew; SIGPIPE is ignored.
// block_signals is called before any thread is started, so that every thread has them blocked and the loop
// alone receives them.
void block_signals();

class Signals {
  public:
    using Handler = std::function<void(int signal)>;
    Signals(EventLoop&, Handler);

  private:
    Handler handler_;
    wire::UniqueFd fd_;
    EventLoop::Watch watch_;
};

} // namespace offhook::daemon
