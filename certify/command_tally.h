// SPDX-License-Identifier: Apache-2.0
//
// What the provider made of each command that it was given (OFFHOOK_providerCommand): a life whose commands
// are refused is not the life that was asked for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace offhook::certify {

struct CommandReply;

// before: as a session begins. during: as something that happens outside.
enum class Given : std::uint8_t { before, during };

struct CommandCount {
    Given given{};
    std::string line;
    std::size_t accepted = 0, refused = 0;
    std::int32_t error = 0; // of the first refusal
    std::string reply = {}; // with it
};

class CommandTally {
  public:
    void add(Given, std::string_view line, const CommandReply&);
    void add(const CommandTally&);

    const std::vector<CommandCount>& counts() const { return counts_; } // in the order of their first use
    // Some were given, and none was ever accepted.
    bool all_refused(Given) const;

  private:
    CommandCount& count(Given, std::string_view line);

    std::vector<CommandCount> counts_;
};

} // namespace offhook::certify
