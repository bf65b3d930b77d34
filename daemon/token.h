// SPDX-License-Identifier: Apache-2.0
//
// Secrets of 128 bits: one for each calls connection, so that nobody else attaches to its events; and one for
// each user who may connect by TCP, where the kernel does not say who is there.
#pragma once

#include <sys/types.h>

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace offhook::daemon {

struct Token {
    std::uint64_t high = 0, low = 0;
    bool operator==(const Token&) const = default;
    auto operator<=>(const Token&) const = default;
};

Token random_token();

// The users' tokens: files in a folder that only the service can write to. A file holds 32 hexadecimal
// digits, stands for the user who owns it, and is not accessible to others (mode 0600, or 0640 with the
// service's group).
class UserTokens {
  public:
    // Reads the folder; makes it, and the service's own user's token, when they are missing. Throws when it
    // is not safe.
    explicit UserTokens(const std::string& folder);
    std::optional<uid_t> user(Token) const;

  private:
    std::map<Token, uid_t> users_;
};

} // namespace offhook::daemon
