// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/timeline/model.h"

namespace offhook::cli::timeline {

using Places = std::vector<std::size_t>; // in one of the timeline's lists

// What is drawn within what, in the order in which it is drawn.
struct TrackOutline {
    std::size_t track = 0;
    Places openings, calls;
    Places requests, marks; // those on no call

    bool is_quiet() const { return calls.empty() && requests.empty() && marks.empty(); }
};

struct ProviderOutline {
    std::size_t provider = 0;
    Places sessions;
    std::vector<TrackOutline> tracks; // lines before phones, by their numbers
    Places requests, marks;           // those on no line or phone
};

struct Outline {
    std::vector<ProviderOutline> providers;
    std::vector<Places> requests_of_calls, marks_of_calls; // by the place of the call
    Places marks;                                          // those of no provider
};

Outline outline_of(const Timeline&);

// Of many tracks: those that are drawn by themselves, and what is drawn of the others together.
struct Folded {
    std::vector<const TrackOutline*> shown;
    TrackOutline quiet, further; // without calls, requests and marks; and those for which there is no room
    std::size_t quiet_count = 0, further_count = 0;
};

Folded folded(const std::vector<TrackOutline>&);

} // namespace offhook::cli::timeline
