// SPDX-License-Identifier: Apache-2.0
//
// Answers digest challenges (RFC 3261, section 22) with an account's password.
#pragma once

#include "providers/sip/account.h"
#include "providers/sip/stack/sofia_headers.h"

#include <set>
#include <string>

namespace offhook::sip::stack {

class Credentials {
  public:
    // Sends the request again with credentials. False: there is no challenge, or it was answered already and
    // refused.
    bool answer(nua_handle_t* handle, const sip_t& response, const Account& account);
    // A request was accepted: its next challenge is a new one.
    void accepted() { tried_.clear(); }

  private:
    std::set<std::string> tried_; // realms
};

} // namespace offhook::sip::stack
