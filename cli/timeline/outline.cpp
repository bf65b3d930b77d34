// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/outline.h"

#include <algorithm>
#include <tuple>

namespace offhook::cli::timeline {
namespace {

constexpr std::size_t most_tracks = 40;
constexpr std::ptrdiff_t most_quiet_tracks = 2;

void join(TrackOutline& into, const TrackOutline& track) {
    into.openings.insert(into.openings.end(), track.openings.begin(), track.openings.end());
    into.calls.insert(into.calls.end(), track.calls.begin(), track.calls.end());
    into.marks.insert(into.marks.end(), track.marks.begin(), track.marks.end());
}

class Outliner {
  public:
    explicit Outliner(const Timeline& timeline) : timeline_(timeline), tracks_(timeline.tracks.size()) {
        outline_.requests_of_calls.resize(timeline.calls.size());
        outline_.marks_of_calls.resize(timeline.calls.size());
        outline_.providers.resize(timeline.providers.size());
        for (std::size_t i = 0; i < timeline.providers.size(); ++i) outline_.providers[i].provider = i;
        for (std::size_t i = 0; i < tracks_.size(); ++i) tracks_[i].track = i;
    }

    Outline result() {
        for (std::size_t i = 0; i < timeline_.sessions.size(); ++i)
            outline_.providers[timeline_.sessions[i].provider].sessions.push_back(i);
        for (std::size_t i = 0; i < timeline_.openings.size(); ++i)
            tracks_[timeline_.openings[i].track].openings.push_back(i);
        for (std::size_t i = 0; i < timeline_.calls.size(); ++i)
            tracks_[timeline_.calls[i].track].calls.push_back(i);
        for (std::size_t i = 0; i < timeline_.requests.size(); ++i) {
            const Request& request = timeline_.requests[i];
            if (request.call) outline_.requests_of_calls[*request.call].push_back(i);
            else if (request.track) tracks_[*request.track].requests.push_back(i);
            else outline_.providers[timeline_.sessions[request.session].provider].requests.push_back(i);
        }
        for (std::size_t i = 0; i < timeline_.marks.size(); ++i) {
            const Mark& mark = timeline_.marks[i];
            if (mark.call) outline_.marks_of_calls[*mark.call].push_back(i);
            else if (mark.track) tracks_[*mark.track].marks.push_back(i);
            else if (mark.provider) outline_.providers[*mark.provider].marks.push_back(i);
            else outline_.marks.push_back(i);
        }
        add_tracks();
        return std::move(outline_);
    }

  private:
    void add_tracks() {
        std::ranges::stable_sort(tracks_, {}, [&](const TrackOutline& one) {
            const Track& track = timeline_.tracks[one.track];
            return std::tuple(track.device, track.id);
        });
        for (auto& one : tracks_)
            outline_.providers[timeline_.tracks[one.track].provider].tracks.push_back(std::move(one));
    }

    const Timeline& timeline_;
    std::vector<TrackOutline> tracks_;
    Outline outline_;
};

} // namespace

Folded folded(const std::vector<TrackOutline>& tracks) {
    Folded result;
    const bool folds_quiet = std::ranges::count_if(tracks, &TrackOutline::is_quiet) > most_quiet_tracks;
    for (const auto& one : tracks) {
        if (folds_quiet && one.is_quiet()) join(result.quiet, one), ++result.quiet_count;
        else if (result.shown.size() == most_tracks) join(result.further, one), ++result.further_count;
        else result.shown.push_back(&one);
    }
    return result;
}

Outline outline_of(const Timeline& timeline) { return Outliner(timeline).result(); }

} // namespace offhook::cli::timeline
