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
        window_ = from.whole;
        if (const Call* call = wanted_call(); call != nullptr) window_ = call->span;
        if (wanted.from_us) window_.begin.us = *wanted.from_us;
        if (wanted.to_us) window_.end.us = *wanted.to_us;
    }

    Timeline result() {
        into_.whole = {clamped(from_.whole.begin), clamped(from_.whole.end), Edge::seen, Edge::seen};
        if (const Call* call = wanted_call(); call != nullptr && !wanted_.from_us && !wanted_.to_us)
            into_.whole = {call->span.begin, call->span.end, Edge::seen, Edge::seen};
        window_ = into_.whole;
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
    bool is_wanted(const Call& call) const {
        return !wanted_.call || call.number == *wanted_.call || call.handle == *wanted_.call;
    }

    Moment clamped(const Moment& moment) const {
        if (moment.us < window_.begin.us) return {window_.begin.us, 0};
        if (moment.us > window_.end.us) return {window_.end.us, from_.whole.end.step + 1};
        return moment;
    }
    bool inside(const Span& span) const {
        return span.end.us >= window_.begin.us && span.begin.us <= window_.end.us &&
               span.end >= window_.begin && span.begin <= window_.end;
    }
    bool inside(const Moment& moment) const { return inside(Span{moment, moment, {}, {}}); }
    Span cut(Span span) const {
        if (span.begin < window_.begin) span.begin = window_.begin, span.begins = Edge::cut;
        if (window_.end < span.end) span.end = window_.end, span.ends = Edge::cut;
        return span;
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
            std::vector<Stage> stages;
            for (auto& stage : one.stages) {
                if (stage.at > window_.end) continue;
                if (stage.at < window_.begin) stage.at = window_.begin, stages.clear();
                stages.push_back(stage);
            }
            one.stages = std::move(stages);
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
            if (!providers_.has(one.provider) || (wanted_.device && one.id != *wanted_.device) ||
                (wanted_.call && !of_call.contains(i)))
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
            std::vector<State> states;
            for (auto& state : one.states) {
                if (state.at > window_.end) continue;
                if (state.at < window_.begin) state.at = window_.begin, states.clear();
                states.push_back(state);
            }
            one.states = std::move(states);
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
