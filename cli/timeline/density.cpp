// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/density.h"

#include <algorithm>

namespace offhook::cli::timeline {
namespace {

struct Change {
    double at = 0;
    int calls = 0;
};

} // namespace

std::vector<unsigned> density_of(const Timeline& timeline, const Places& calls, const Scale& scale,
                                 double length, std::size_t buckets) {
    std::vector<Change> changes;
    for (const auto place : calls) {
        const Span& span = timeline.calls[place].span;
        changes.push_back({scale.at(span.begin), 1});
        changes.push_back({scale.at(span.end), -1});
    }
    std::ranges::stable_sort(changes, {}, &Change::at);
    std::vector<unsigned> density(buckets);
    unsigned calls_now = 0;
    auto next = changes.begin();
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        const double end = length * static_cast<double>(bucket + 1) / static_cast<double>(buckets);
        auto most = calls_now;
        for (; next != changes.end() && (next->at < end || bucket + 1 == buckets); ++next) {
            calls_now = static_cast<unsigned>(static_cast<int>(calls_now) + next->calls);
            most = std::max(most, calls_now);
        }
        density[bucket] = most;
    }
    return density;
}

} // namespace offhook::cli::timeline
