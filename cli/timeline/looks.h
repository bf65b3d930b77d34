// SPDX-License-Identifier: Apache-2.0
//
// How what is in a timeline is named and told apart, in whatever form it is drawn.
#pragma once

#include "cli/timeline/model.h"
#include "trace/constants.h"

#include <string_view>

namespace offhook::cli::timeline {

// States of a call that look alike.
enum class StateGroup : std::uint8_t {
    arriving,
    dialing,
    trouble,
    connected,
    conferenced,
    held,
    over,
    unknown
};
constexpr std::size_t state_groups = 8;

struct StateLook {
    std::string name{};      // "ringback"
    char letter = '?';       // where the name has no room
    std::string_view fill{}; // colour, as CSS writes it; black text is readable on it
    StateGroup group = StateGroup::unknown;
};

StateLook look_of(std::uint64_t state);

// A state as it is explained: "disconnected (busy)".
std::string explained(const State&);

// What the rule with this number requires; empty if there is none.
std::string_view requirement(std::uint64_t rule);

std::string label(const Mark&); // "R046", "crash"
std::string label(const Call&); // "call 3", with the number dialed

// "LINEERR_INVALCALLSTATE"
using trace::error_name;

// "12:38:14.929", in local time; microseconds if there are any.
std::string time_of_day(std::int64_t us);
// "2026-11-27 12:38:14.929"
std::string date_and_time(std::int64_t us);

// "call 3 on line 0 of sim"; what is not known is left out.
std::string location(const Timeline&, const Place& provider, const Place& track, const Place& call);

// "sim, line 0: 2 sessions, 3 calls, 12 requests, 1 broken rule"
std::string summary(const Timeline&);

// Columns or characters of a text, as far as they can be known: wide ones count twice.
std::size_t columns(std::string_view text);

// As much of both ends as fits: what tells "Extension 101" from "Extension 102" stands at the end.
std::string shortened_in_middle(std::string_view text, std::size_t most_columns, std::string_view ellipsis);

} // namespace offhook::cli::timeline
