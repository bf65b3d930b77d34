// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/legend.h"

#include "cli/timeline/looks.h"

#include <algorithm>

namespace offhook::cli::timeline {
namespace {

constexpr std::size_t named_places = 3;

class Notes {
  public:
    void add(Note note, const Moment& at, const std::string& where) {
        auto found = std::ranges::find_if(notes_, [&](const Note& other) {
            return other.kind == note.kind && other.label == note.label && other.text == note.text;
        });
        if (found == notes_.end()) found = notes_.insert(notes_.end(), std::move(note));
        if (++found->count > named_places) return;
        found->places += (found->places.empty() ? "" : "; ") + time_of_day(at.us);
        if (!where.empty()) found->places += " " + where;
    }

    std::vector<Note> finish() && {
        for (auto& note : notes_)
            if (note.count > named_places)
                note.places += "; and " + std::to_string(note.count - named_places) + " more";
        std::ranges::stable_sort(notes_, {}, [](const Note& note) {
            return note.kind == Note::Kind::mark && note.mark == MarkKind::broken_rule ? 0 : 1;
        });
        return std::move(notes_);
    }

  private:
    std::vector<Note> notes_;
};

std::string text_of(const Mark& mark) {
    return mark.kind == MarkKind::crash ? "the session was lost: " + mark.text : mark.text;
}

} // namespace

std::vector<Note> notes_on(const Timeline& timeline) {
    Notes notes;
    for (const auto& mark : timeline.marks) {
        auto where = location(timeline, mark.provider, mark.track, mark.call);
        if (!mark.during.empty()) where += (where.empty() ? "at " : ", at ") + mark.during;
        notes.add({.kind = Note::Kind::mark,
                   .mark = mark.kind,
                   .label = label(mark),
                   .text = text_of(mark),
                   .rule_says = mark.rule != 0 ? std::string(requirement(mark.rule)) : std::string()},
                  mark.at, where);
    }
    for (const auto& request : timeline.requests) {
        const Place provider = timeline.sessions[request.session].provider;
        const auto where = location(timeline, provider, request.track, request.call);
        if (request.span.ends == Edge::seen && request.result != 0)
            notes.add({.kind = Note::Kind::failed_request,
                       .label = request.function,
                       .text = "failed with " + error_name(request.result)},
                      request.span.begin, where);
        else if (request.span.ends != Edge::seen)
            notes.add({.kind = Note::Kind::open_request,
                       .label = request.function,
                       .text = request.span.ends == Edge::torn ? "was not completed before the session ended"
                                                               : "is not completed at the end"},
                      request.span.begin, where);
    }
    return std::move(notes).finish();
}

} // namespace offhook::cli::timeline
