// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/model.h"

#include "cli/timeline/lanes.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace offhook::cli::timeline {

std::string Track::number() const {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), identified ? "%llu" : "0x%llx",
                  static_cast<unsigned long long>(id));
    return text.data();
}

std::string Track::name() const {
    return (device == Device::line ? "line " : "phone ") + number() +
           (given_name.empty() ? "" : " " + given_name);
}

void assign_lanes(Timeline& timeline) {
    std::vector<Lanes> lanes(timeline.tracks.size());
    std::vector<Call*> calls;
    for (auto& call : timeline.calls) calls.push_back(&call);
    std::ranges::stable_sort(calls, {}, [](const Call* call) { return call->span.begin; });
    for (Call* call : calls)
        call->lane = lanes[call->track].place(static_cast<double>(call->span.begin.step),
                                              static_cast<double>(call->span.end.step));
    for (std::size_t i = 0; i < lanes.size(); ++i) timeline.tracks[i].lanes = lanes[i].count();
}

} // namespace offhook::cli::timeline
