// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/selection.h"

#include <algorithm>
#include <set>

namespace offhook::cli::timeline {
namespace {

// The places that remain of a list, and where they went.
class Kept {
  public:
    explicit Kept(std::size_t size) : places_(size) {}

    void keep(std::size_t old_place) { places_[old_place] = count_++; }
    bool has(std::size_t old_place) const { return places_[old_place].has_value(); }
    std::size_t place(std::size_t old_place) const { return *places_[old_place]; }
    Place place(const Place& old_place) const { return old_place ? places_[*old_place] : Place(); }

  private:
    std::vector<Place> places_;
    std::size_t count_ = 0;
};

class Selector {
  public:
    Selector(const Timeline& from, const Selection& wanted)
        : from_(from),
          wanted_(wanted),
          providers_(from.providers.size()),
          sessions_(from.sessions.size()),
          tracks_(from.tracks.size()),
          openings_(from.openings.size()),
          calls_(from.calls.size()) {
        if (const Call* call = wanted_call(); call != nullptr && !wanted.from_us && !wanted.to_us)
            window_ = {call->span.begin, call->span.end, Edge::seen, Edge::seen};
        else window_ = from.whole;
        if (wanted.from_us && *wanted.from_us > window_.begin.us) window_.begin = {*wanted.from_us, 0};
        if (wanted.to_us && *wanted.to_us < window_.end.us)
            window_.end = {*wanted.to_us, from.whole.end.step + 1};
    }

    Timeline result() {
        if (is_before(window_.end) || is_after(window_.begin)) return {}; // it ends before it begins
        into_.whole = window_;
        providers();
        sessions();
        tracks();
        openings();
        calls();
        requests();
        marks();
        assign_lanes(into_);
        return std::move(into_);
    }

  private:
    const Call* wanted_call() const {
        if (!wanted_.call) return nullptr;
        const auto found =
            std::ranges::find_if(from_.calls, [&](const Call& call) { return is_wanted(call); });
        return found != from_.calls.end() ? &*found : nullptr;
    }
    bool is_wanted(const Track& track) const {
        return !wanted_.device || *wanted_.device == track.given_name || *wanted_.device == track.number();
    }
    bool is_wanted(const Call& call) const {
        return !wanted_.call || call.number == *wanted_.call || call.handle == *wanted_.call;
    }

    // A time alone has no place among the records; what lies at a border by its time may not do so by its
    // place.
    bool is_before(const Moment& moment) const {
        return moment.us < window_.begin.us || moment.step < window_.begin.step;
    }
    bool is_after(const Moment& moment) const {
        return moment.us > window_.end.us || moment.step > window_.end.step;
    }
    bool inside(const Span& span) const { return !is_before(span.end) && !is_after(span.begin); }
    bool inside(const Moment& moment) const { return !is_before(moment) && !is_after(moment); }
    Span cut(Span span) const {
        if (is_before(span.begin)) span.begin = window_.begin, span.begins = Edge::cut;
        if (is_after(span.end)) span.end = window_.end, span.ends = Edge::cut;
        return span;
    }
    // Stages of a session, or states of a call: the one that lasts at the beginning begins there.
    template <class Steps> Steps cut(const Steps& steps) const {
        Steps kept;
        for (auto step : steps) {
            if (is_after(step.at)) break;
            if (is_before(step.at)) step.at = window_.begin, kept.clear();
            kept.push_back(std::move(step));
        }
        return kept;
    }

    void providers() {
        for (std::size_t i = 0; i < from_.providers.size(); ++i) {
            const Provider& one = from_.providers[i];
            if ((wanted_.provider && one.name != *wanted_.provider) || !inside(one.installed)) continue;
            providers_.keep(i);
            into_.providers.push_back(one);
            into_.providers.back().installed = cut(one.installed);
        }
    }

    void sessions() {
        for (std::size_t i = 0; i < from_.sessions.size(); ++i) {
            Session one = from_.sessions[i];
            if (!providers_.has(one.provider) || !inside(one.span)) continue;
            sessions_.keep(i);
            one.provider = providers_.place(one.provider);
            one.span = cut(one.span);
            one.stages = cut(one.stages);
            into_.sessions.push_back(std::move(one));
        }
    }

    void tracks() {
        std::set<std::size_t> of_call;
        if (wanted_.call)
            for (const auto& call : from_.calls)
                if (is_wanted(call)) of_call.insert(call.track);
        for (std::size_t i = 0; i < from_.tracks.size(); ++i) {
            Track one = from_.tracks[i];
            if (!providers_.has(one.provider) || !is_wanted(one) || (wanted_.call && !of_call.contains(i)))
                continue;
            tracks_.keep(i);
            one.provider = providers_.place(one.provider);
            into_.tracks.push_back(one);
        }
    }

    void openings() {
        for (std::size_t i = 0; i < from_.openings.size(); ++i) {
            Opening one = from_.openings[i];
            if (!tracks_.has(one.track) || !sessions_.has(one.session) || !inside(one.span)) continue;
            openings_.keep(i);
            one.track = tracks_.place(one.track);
            one.session = sessions_.place(one.session);
            one.span = cut(one.span);
            into_.openings.push_back(one);
        }
    }

    void calls() {
        for (std::size_t i = 0; i < from_.calls.size(); ++i) {
            Call one = from_.calls[i];
            if (!openings_.has(one.opening) || !inside(one.span) || !is_wanted(one)) continue;
            calls_.keep(i);
            one.track = tracks_.place(one.track);
            one.opening = openings_.place(one.opening);
            one.span = cut(one.span);
            one.states = cut(one.states);
            into_.calls.push_back(std::move(one));
        }
    }

    // What is on something that is not there is not there either.
    bool is_kept(const Place& track, const Place& call) const {
        if (call) return calls_.has(*call);
        if (track) return tracks_.has(*track) && !wanted_.call;
        return !wanted_.call && !wanted_.device;
    }

    void requests() {
        for (Request one : from_.requests) {
            if (!sessions_.has(one.session) || !is_kept(one.track, one.call) || !inside(one.span)) continue;
            one.session = sessions_.place(one.session);
            one.track = tracks_.place(one.track);
            one.call = calls_.place(one.call);
            one.span = cut(one.span);
            into_.requests.push_back(std::move(one));
        }
    }

    void marks() {
        for (Mark one : from_.marks) {
            if (one.provider && !providers_.has(*one.provider)) continue;
            const bool everywhere = !one.provider || one.kind == MarkKind::crash;
            if (!inside(one.at) || !(everywhere || is_kept(one.track, one.call))) continue;
            one.provider = providers_.place(one.provider);
            one.track = tracks_.place(one.track);
            one.call = calls_.place(one.call);
            into_.marks.push_back(std::move(one));
        }
    }

    const Timeline& from_;
    const Selection& wanted_;
    Span window_;
    Kept providers_, sessions_, tracks_, openings_, calls_;
    Timeline into_;
};

} // namespace

Timeline select(const Timeline& from, const Selection& wanted) { return Selector(from, wanted).result(); }

} // namespace offhook::cli::timeline
