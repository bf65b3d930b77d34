// SPDX-License-Identifier: Apache-2.0
//
// From what an application dials to the SIP URI that is called.
#pragma once

#include "tspi.h"

#include <string>
#include <string_view>

namespace offhook::sip {

struct Account;

struct Destination {
    LONG error = 0;     // why it cannot be called: a LINEERR_
    std::string uri;    // what the INVITE asks for
    std::string number; // what was dialed, as it is shown
};

// Takes a number ("1001", "+49 (89) 1234"), a user name ("alice"), "user@host:port" or a "sip:" URI.
[[nodiscard]] Destination destination_of(std::string_view dialed, const Account& account);

// host or host:port, where an IPv6 address is in brackets.
[[nodiscard]] bool is_host(std::string_view text);
// With what RFC 3261, section 25.1 does not allow in a user part as %XX.
[[nodiscard]] std::string escaped_user(std::string_view user);

} // namespace offhook::sip
