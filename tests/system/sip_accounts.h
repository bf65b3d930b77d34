// SPDX-License-Identifier: Apache-2.0
//
// Configurations of sip.tsp on the loopback interface.
#pragma once

#include "tests/system/service.h"

#include <cstdint>

namespace offhook::system_test {

// Two accounts that call each other; the names are those of their lines.
Keys two_accounts(const std::string& first, const std::string& second);

// A telephone that is switched on and never says a word.
class SilentPeer {
  public:
    SilentPeer();
    // A third account, whose calls go there.
    void add_account(Keys& keys, const std::string& name) const;

  private:
    wire::UniqueFd socket_;
    std::uint16_t port_ = 0;
};

} // namespace offhook::system_test
