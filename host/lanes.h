// SPDX-License-Identifier: Apache-2.0
//
// Which call may enter the provider next. Calls of one lane enter one at a time and in order, those of
// different lanes concurrently (R012) up to a limit; a provider that is not reentrant is entered with one
// call at a time (R011). Dialog functions wait for nobody (R013).
#pragma once

#include "abi/function_table.h"
#include "host/call_memory.h"
#include "wire/unique_fd.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace offhook::host {

// An audio stream that came along with a call (decision 10).
struct AudioStream {
    wire::UniqueFd descriptor;
    std::uint32_t direction = 0; // OFFHOOK_AUDIO_*
};

using Configuration = std::map<std::string, std::string>;

// What enters the provider: a function of the table, a command for people (OFFHOOK_providerCommand), or a new
// configuration (OFFHOOK_providerReconfigure).
struct Call {
    abi::Tspi function{};
    std::uint32_t correlation = 0;
    std::uint64_t lane = 0;
    std::shared_ptr<CallMemory> memory;
    std::optional<AudioStream> audio;
    std::optional<std::string> command;
    std::optional<Configuration> configuration;
};

// Commands and configurations keep their order among themselves, and wait for nothing else.
inline constexpr std::uint64_t lane_of_commands = ~std::uint64_t{0};

// Functions that show a dialog may take minutes.
constexpr bool is_dialog(abi::Tspi function) {
    return abi::row(function).scope == abi::Scope::ui || function == abi::Tspi::providerInstall ||
           function == abi::Tspi::providerConfig || function == abi::Tspi::providerRemove;
}

class Lanes {
  public:
    explicit Lanes(std::size_t limit) : limit_(limit) {}

    void open();          // calls may enter: the library is loaded
    void close();         // no further call enters; those that wait are forgotten
    void one_at_a_time(); // LINETSPIOPTION_NONREENTRANT
    bool enters_one_at_a_time() const;

    void add(Call call);
    // A call that may enter now. done() must follow.
    std::optional<Call> take();
    void done(const Call& call);

    // Whether take() would give one.
    bool ready() const;
    // Waits until no call is inside the provider. False: some still are.
    bool wait_until_idle(std::chrono::milliseconds limit);

  private:
    enum class State : std::uint8_t { not_yet, open, closed };

    bool may_enter(const Call& call) const;

    mutable std::mutex mutex_;
    std::condition_variable left_;
    State state_ = State::not_yet;
    std::size_t limit_;
    bool one_at_a_time_ = false;
    std::size_t running_ = 0; // dialogs included
    std::size_t running_in_lanes_ = 0;
    std::deque<Call> first_; // the first of each lane that has none inside, in order of arrival; dialogs
    std::unordered_map<std::uint64_t, std::deque<Call>>
        behind_; // of each lane in use: what waits for its first
};

} // namespace offhook::host
