// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/unique_fd.h"

#include <string>

namespace offhook::daemon {

// A lock that lasts as long as the process. The file stays, so that nobody can lock another one of the same
// name.
class LockFile {
  public:
    // Throws when another service holds it; `what` says what of, for people.
    LockFile(const std::string& path, const std::string& what);

  private:
    wire::UniqueFd fd_;
};

} // namespace offhook::daemon
