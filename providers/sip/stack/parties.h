// SPDX-License-Identifier: Apache-2.0
//
// Who calls whom, from the headers of an INVITE.
#pragma once

#include "providers/sip/stack/sofia_headers.h"
#include "providers/sip/stack/stack.h"

#include <string>

namespace offhook::sip::stack {

// From, or P-Asserted-Identity where a proxy added it (RFC 3325); withheld as RFC 3323 says.
[[nodiscard]] Party caller_of(const sip_t& invite);
[[nodiscard]] Party party_of(const sip_addr_t* header);

[[nodiscard]] std::string unescaped_user(const char* user);
[[nodiscard]] std::string domain_of(const url_t* uri); // host[:port]

} // namespace offhook::sip::stack
