// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace offhook::client {

// Starts `offhookd --socket PATH --ready-fd 3` and waits, at most 10 s, until it listens: it writes a byte to
// that descriptor then. The program is $OFFHOOK_DAEMON, else the one that was installed along with this
// library, else offhookd in the PATH. It runs in a session of its own and is no child of this process. Throws
// Failure.
void start_service(const std::string& socket);

} // namespace offhook::client
