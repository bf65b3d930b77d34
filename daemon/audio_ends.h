// SPDX-License-Identifier: Apache-2.0
//
// The applications' ends of audio streams whose providers have yet to answer, by the number that the core
// gave the stream.
#pragma once

#include "wire/unique_fd.h"

#include <cstdint>
#include <unordered_map>

namespace offhook::daemon {

class AudioEnds {
  public:
    // Makes a stream, keeps one end and gives the other; nothing when the system has no descriptor left.
    wire::UniqueFd open(std::uint32_t stream);
    wire::UniqueFd take(std::uint32_t stream);
    void discard(std::uint32_t stream) { ends_.erase(stream); }

  private:
    std::unordered_map<std::uint32_t, wire::UniqueFd> ends_;
};

} // namespace offhook::daemon
