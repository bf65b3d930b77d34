// SPDX-License-Identifier: Apache-2.0
//
// Both ends of a call, each of which says a tone and listens to the other's, until it is finished.
#pragma once

#include "tests/support/audio_peer.h"

#include <atomic>
#include <string>
#include <thread>

namespace offhook::system_test {

class Conversation {
  public:
    Conversation(wire::UniqueFd first, wire::UniqueFd second);
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;
    ~Conversation();

    // What was wrong with what one end heard of the other; "" when it was good all the time.
    std::string finish();

  private:
    void talk();
    testing::AudioPeer first_, second_;
    std::atomic<bool> finished_ = false;
    bool broken_ = false;
    std::thread thread_;
};

} // namespace offhook::system_test
