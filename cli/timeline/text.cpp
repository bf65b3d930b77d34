// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/text.h"

#include "cli/timeline/density.h"
#include "cli/timeline/glyphs.h"
#include "cli/timeline/lanes.h"
#include "cli/timeline/legend.h"
#include "cli/timeline/looks.h"
#include "cli/timeline/outline.h"
#include "cli/timeline/scale.h"

#include "cli/output.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace offhook::cli::timeline {
namespace {

constexpr std::size_t narrowest_gutter = 16, widest_gutter = 30, narrowest_plot = 20;
constexpr std::size_t most_rows_of_requests = 6, most_rows_of_marks = 3, most_rows_of_calls = 4,
                      most_lines_of_calls = 4;

Colour colour_of(StateGroup group) {
    switch (group) {
    case StateGroup::arriving: return Colour::yellow;
    case StateGroup::dialing: return Colour::blue;
    case StateGroup::trouble: return Colour::red;
    case StateGroup::connected: return Colour::green;
    case StateGroup::conferenced: return Colour::cyan;
    case StateGroup::held: return Colour::magenta;
    case StateGroup::over:
    case StateGroup::unknown: return Colour::faint;
    }
    return Colour::plain;
}

Colour colour_of(MarkKind kind) {
    switch (kind) {
    case MarkKind::broken_rule:
    case MarkKind::crash: return Colour::red;
    case MarkKind::change: return Colour::cyan;
    default: return Colour::yellow;
    }
}

// A bracket or a mark with its label.
struct Label {
    std::size_t from = 0, to = 0; // columns of what it labels, both included
    std::size_t place = 0;        // of it in the timeline
    std::size_t text_at = 0;
    std::string text;
};

class Drawing {
  public:
    Drawing(const Timeline& timeline, const TextForm& form)
        : timeline_(timeline),
          form_(form),
          glyphs_(form.characters == Characters::unicode ? unicode_glyphs : ascii_glyphs),
          outline_(outline_of(timeline)),
          gutter_(gutter_width()),
          plot_(std::max(narrowest_plot, form.width > gutter_ ? form.width - gutter_ : 0)),
          scale_(timeline, {.length = static_cast<double>(plot_ - 1), .least_step = 1, .break_length = 4}) {}

    std::string result() {
        heading();
        axis();
        for (const auto& one : outline_.providers) provider(one);
        marks({}, outline_.marks);
        legend();
        return std::move(text_);
    }

  private:
    std::size_t gutter_width() const {
        std::size_t width = narrowest_gutter;
        const auto fit = [&](const std::string& label, std::size_t depth) {
            width = std::max(width, columns(label) + depth + 2);
        };
        for (const auto& one : timeline_.providers) fit(one.name, 0);
        for (const auto& one : outline_.providers)
            if (const auto tracks = folded(one.tracks); tracks.quiet_count != 0) fit(quiet_label(tracks), 2);
        for (const auto& one : outline_.providers)
            for (const auto& track : one.tracks) {
                fit(timeline_.tracks[track.track].name() + counted(track), 2);
                if (shares_rows(track)) fit(most_at_a_time(track.calls.size()), 3);
            }
        for (const auto& one : timeline_.calls)
            if (shows_each_call(one.track)) fit(call_label(one), 3);
        const auto room = form_.width > narrowest_plot ? form_.width - narrowest_plot : 0;
        return std::min({width, widest_gutter, std::max(narrowest_gutter, room)});
    }

    bool shares_rows(const TrackOutline& one) const {
        return !one.calls.empty() && !shows_each_call(one.track);
    }

    // What follows a track's name, and is never cut: how many calls share its rows.
    std::string counted(const TrackOutline& one) const {
        return shares_rows(one) ? " (" + std::to_string(one.calls.size()) + ")" : std::string();
    }

    std::string how_to_see_each_call() const {
        std::size_t most = 0;
        bool folds_calls = false;
        for (const auto& provider : outline_.providers) {
            const auto tracks = folded(provider.tracks);
            for (const auto* one : tracks.shown)
                if (shares_rows(*one)) most = std::max(most, one->calls.size());
            folds_calls = folds_calls || !tracks.further.calls.empty();
        }
        std::string text;
        if (most != 0) {
            const auto for_all = (timeline_.calls.size() + most_lines_of_calls - 1) / most_lines_of_calls;
            text = "Calls share rows where they are many: --calls " +
                   std::to_string(std::max(most, for_all)) + " gives each its own.";
        }
        if (folds_calls)
            text += (text.empty() ? "" : " ") + std::string("--line shows one of the lines drawn together.");
        return text;
    }

    static std::string most_at_a_time(std::size_t calls) { return "calls, max " + std::to_string(calls); }

    std::string fitted(const std::string& text, std::size_t most_columns) const {
        return shortened_in_middle(printable(text), most_columns, glyphs_.ellipsis);
    }

    // Neither a line nor the whole may be too long to be looked at.
    bool shows_each_call(std::size_t track) const {
        if (timeline_.calls.size() > most_lines_of_calls * form_.calls) return false;
        const auto calls = std::ranges::count(timeline_.calls, track, &Call::track);
        return static_cast<std::size_t>(calls) <= form_.calls;
    }

    static std::string quiet_label(const Folded& tracks) {
        return std::to_string(tracks.quiet_count) + " without calls";
    }

    std::string call_label(const Call& call) const {
        const auto& arrow = call.origin == "outgoing"   ? glyphs_.outgoing
                            : call.origin == "incoming" ? glyphs_.incoming
                            : call.origin.empty()       ? std::string_view(" ")
                                                        : glyphs_.made;
        return "call " + std::to_string(call.number) + " " + std::string(arrow) + " " + call.destination;
    }

    std::size_t column(const Moment& moment) const {
        return gutter_ + static_cast<std::size_t>(std::lround(scale_.at(moment)));
    }

    Row row(std::size_t depth, const std::string& label, Colour colour = Colour::plain) const {
        Row row(gutter_ + plot_);
        row.put(depth, fitted(label, gutter_ - 1 - depth), colour);
        return row;
    }

    void add(const Row& row) { row.write(text_, form_.colours); }

    void heading() {
        const auto& whole = timeline_.whole;
        text_ += printable(date_and_time(whole.begin.us) + " to " + time_of_day(whole.end.us) + ", " +
                           length_of_time(whole.end.us - whole.begin.us) + ". " + summary(timeline_)) +
                 "\n\n";
    }

    void axis() {
        Row labels = row(0, ""), line = row(0, "");
        line.fill(gutter_, gutter_ + plot_, glyphs_.axis, Colour::faint);
        for (const auto& tick : scale_.ticks(1, 10)) {
            const auto at = gutter_ + static_cast<std::size_t>(std::lround(tick.at));
            const auto& text = form_.characters == Characters::ascii ? in_ascii(tick.label) : tick.label;
            labels.put(at, text, Colour::faint);
            line.put(at, glyphs_.tick, Colour::faint);
        }
        Row lengths = row(0, "");
        std::size_t free_from = 0;
        for (const auto& one : scale_.breaks()) {
            const auto from = gutter_ + static_cast<std::size_t>(std::lround(one.from));
            const auto to = gutter_ + static_cast<std::size_t>(std::lround(one.to));
            line.fill(from + 1, to, glyphs_.broken, Colour::yellow);
            const auto text = length_of_time(one.us);
            const auto middle = (from + to + 1) / 2, half = columns(text) / 2;
            if (middle < half + free_from || middle - half + columns(text) > gutter_ + plot_) continue;
            lengths.put(middle - half, text, Colour::yellow);
            free_from = middle - half + columns(text) + 1;
        }
        add(labels);
        add(line);
        if (!scale_.breaks().empty()) add(lengths);
    }

    static std::string in_ascii(std::string text) {
        if (const auto micro = text.find("µ"); micro != std::string::npos) text.replace(micro, 2, "u");
        return text;
    }

    // Where something begins and ends, drawn over what fills it.
    void edges(Row& row, const Span& span, const Edges& with, Colour colour = Colour::plain) const {
        const auto from = column(span.begin), to = column(span.end);
        if (from == to && span.begins == Edge::seen && span.ends == Edge::seen)
            return row.put(from, with.both, colour);
        row.put(from, span.begins == Edge::seen ? with.begin : glyphs_.cut, colour);
        row.put(to,
                span.ends == Edge::seen  ? with.end
                : span.ends == Edge::cut ? glyphs_.cut
                                         : glyphs_.torn,
                span.ends == Edge::torn ? Colour::red : colour);
    }

    void cross_breaks(Row& row, const Span& span) const {
        for (const auto& one : scale_.breaks()) {
            const auto from = gutter_ + static_cast<std::size_t>(std::lround(one.from));
            const auto to = gutter_ + static_cast<std::size_t>(std::lround(one.to));
            if (column(span.begin) <= from && to <= column(span.end))
                row.fill(from + 1, to, glyphs_.broken, Colour::faint);
        }
    }

    void provider(const ProviderOutline& one) {
        const Provider& provider = timeline_.providers[one.provider];
        Row band = row(0, provider.name);
        const auto from = column(provider.installed.begin), to = column(provider.installed.end);
        band.fill(from, to + 1, glyphs_.installed, Colour::faint);
        cross_breaks(band, provider.installed);
        edges(band, provider.installed, glyphs_.installed_edges, Colour::faint);
        if (provider.installed.begins == Edge::seen && to > from + 14)
            band.put(from + 2, " installed ", Colour::faint);
        add(band);
        sessions(one);
        marks({1}, one.marks);
        requests({1}, one.requests);
        tracks(one);
    }

    void sessions(const ProviderOutline& one) {
        if (one.sessions.empty()) return;
        Row band = row(1, one.sessions.size() == 1 ? "session" : "sessions");
        for (const auto place : one.sessions) {
            const Session& session = timeline_.sessions[place];
            band.fill(column(session.span.begin), column(session.span.end) + 1, glyphs_.session);
            cross_breaks(band, session.span);
            std::size_t free_from = column(session.span.begin) + 1;
            for (const auto& stage : session.stages) {
                const auto at = std::max(free_from, column(stage.at) + 1);
                if (stage.name != "running" && stage.name != "shutting down") continue;
                if (at + columns(stage.name) + 1 > column(session.span.end)) continue;
                band.put(at, stage.name);
                free_from = at + columns(stage.name) + 1;
            }
            auto span = session.span;
            if (!session.failure.empty()) span.ends = Edge::torn;
            edges(band, span, glyphs_.session_edges);
        }
        add(band);
    }

    void tracks(const ProviderOutline& one) {
        const auto tracks = folded(one.tracks);
        for (const auto* shown : tracks.shown) track(*shown);
        if (tracks.further_count != 0) {
            open_row(std::to_string(tracks.further_count) + " more", tracks.further);
            density(tracks.further);
            marks({4}, tracks.further.marks);
        }
        if (tracks.quiet_count != 0) open_row(quiet_label(tracks), tracks.quiet);
    }

    void open_row(const std::string& label, const TrackOutline& one) {
        Row band = row(2, label);
        for (const auto place : one.openings) {
            const Span& span = timeline_.openings[place].span;
            const auto from = column(span.begin), to = column(span.end);
            band.fill(from, to + 1, glyphs_.open, Colour::faint);
            cross_breaks(band, span);
            edges(band, span, glyphs_.open_edges, Colour::faint);
            if (to > from + 8) band.put(from + 2, " open ", Colour::faint);
        }
        add(band);
    }

    void track(const TrackOutline& one) {
        const auto name = timeline_.tracks[one.track].name();
        const auto count = counted(one);
        open_row(fitted(name, gutter_ - 3 - std::min(columns(count), gutter_ - 3)) + count, one);
        requests({2}, one.requests);
        marks({2}, one.marks);
        if (!shares_rows(one)) {
            for (const auto place : one.calls) {
                const Call& call = timeline_.calls[place];
                Row bar = row(3, call_label(call));
                states(bar, call);
                add(bar);
                requests({4}, outline_.requests_of_calls[place]);
                marks({4}, outline_.marks_of_calls[place]);
            }
            return;
        }
        if (timeline_.tracks[one.track].lanes <= most_rows_of_calls && are_wide(one.calls)) lanes(one);
        else density(one);
        Places together;
        for (const auto place : one.calls) {
            const auto& of_call = outline_.marks_of_calls[place];
            together.insert(together.end(), of_call.begin(), of_call.end());
        }
        marks({4}, together);
    }

    bool are_wide(const Places& calls) const {
        std::size_t total = 0;
        for (const auto place : calls)
            total += column(timeline_.calls[place].span.end) - column(timeline_.calls[place].span.begin);
        return total >= 3 * calls.size();
    }

    void lanes(const TrackOutline& one) {
        std::vector<Row> rows(timeline_.tracks[one.track].lanes, row(3, "calls"));
        for (const auto place : one.calls) {
            const Call& call = timeline_.calls[place];
            states(rows[call.lane], call);
        }
        for (const auto& lane : rows) add(lane);
    }

    void density(const TrackOutline& one) {
        const auto counts = density_of(timeline_, one.calls, scale_, static_cast<double>(plot_), plot_);
        const auto most = *std::ranges::max_element(counts);
        Row band = row(3, most_at_a_time(most));
        for (std::size_t i = 0; i < counts.size(); ++i)
            band.put(gutter_ + i, glyphs_.level(counts[i], most), Colour::green);
        add(band);
    }

    struct Segment {
        std::size_t from = 0, to = 0; // without it
        StateLook look;
    };

    // What there is room for.
    std::vector<Segment> segments(const Call& call) const {
        std::vector<Segment> segments;
        for (std::size_t i = 0; i < call.states.size(); ++i) {
            const auto from = column(call.states[i].at);
            const auto to =
                i + 1 < call.states.size() ? column(call.states[i + 1].at) : column(call.span.end) + 1;
            if (from < to) segments.push_back({from, to, look_of(call.states[i].state)});
        }
        return segments;
    }

    // A bar of a call: each state from where it begins, by its name or its letter.
    void states(Row& bar, const Call& call) {
        const auto from = column(call.span.begin), to = column(call.span.end);
        const auto parts = segments(call);
        bar.fill(from, to + 1, glyphs_.before_states, Colour::faint);
        for (const auto& one : parts)
            bar.fill(one.from, one.to, glyphs_.fill_of(one.look.group), colour_of(one.look.group));
        cross_breaks(bar, call.span);
        for (const auto& one : parts) {
            const bool fits = one.to - one.from > columns(one.look.name);
            bar.put(one.from, fits ? one.look.name : std::string(1, one.look.letter),
                    colour_of(one.look.group));
            if (!fits) letters_[one.look.letter] = one.look.name;
        }
        if (call.span.begins == Edge::cut) bar.put(from, glyphs_.cut, Colour::faint);
        if (call.span.ends == Edge::cut) bar.put(to, glyphs_.cut, Colour::faint);
        if (call.span.ends == Edge::torn) bar.put(to, glyphs_.torn, Colour::red);
    }

    // The text of a label stands to the right, or to the left where it would reach beyond the edge, or within
    // what it labels where that leaves no room beside it.
    Label placed(Label label) const {
        const auto width = columns(label.text), edge = gutter_ + plot_;
        label.text_at = label.to + 1;
        if (label.to + 2 + width <= edge) return label;
        if (label.from > gutter_ + width + 1) {
            label.text_at = label.from - width;
            return label;
        }
        const auto right = edge - label.to - 1, left = label.from - gutter_;
        const auto within = label.to - label.from < 2 ? 0 : label.to - label.from - 2;
        if (within >= std::max(left, right)) {
            label.text_at = label.from + 1;
            label.text = fitted(label.text + " ", within);
        } else {
            label.text = fitted(label.text, std::max(left, right));
            if (left > right) label.text_at = label.from - columns(label.text);
        }
        return label;
    }

    std::vector<std::pair<Label, std::size_t>> in_rows(const std::vector<Label>& labels) const {
        Lanes lanes;
        std::vector<std::pair<Label, std::size_t>> placed_labels;
        for (const auto& label : labels) {
            const auto one = placed(label);
            const auto left = one.text.empty() ? one.from : std::min(one.from, one.text_at);
            const auto right = one.text.empty() ? one.to : std::max(one.to, one.text_at + columns(one.text));
            placed_labels.emplace_back(
                one, lanes.place(static_cast<double>(left), static_cast<double>(right) + 1));
        }
        return placed_labels;
    }

    struct Depth {
        std::size_t columns = 0;
    };

    void requests(Depth depth, const Places& places) {
        std::vector<Label> labels;
        for (const auto place : places) {
            const Request& request = timeline_.requests[place];
            Label label{column(request.span.begin), column(request.span.end), place, 0,
                        " " + request.function};
            if (request.span.ends == Edge::seen && request.result != 0)
                label.text += " " + error_name(request.result);
            labels.push_back(std::move(label));
        }
        const auto rows = in_rows(labels);
        std::size_t left_out = 0;
        std::vector<Row> drawn;
        for (const auto& [label, lane] : rows) {
            if (lane >= most_rows_of_requests) {
                ++left_out;
                continue;
            }
            while (drawn.size() <= lane) drawn.push_back(row(depth.columns, ""));
            const Request& request = timeline_.requests[label.place];
            const bool failed = request.span.ends == Edge::seen && request.result != 0;
            drawn[lane].fill(label.from, label.to + 1, glyphs_.request);
            edges(drawn[lane], request.span, glyphs_.request_edges);
            cross_breaks(drawn[lane], request.span);
            if (failed) drawn[lane].put(label.to, glyphs_.wrong, Colour::red);
            drawn[lane].put(label.text_at, label.text, failed ? Colour::red : Colour::faint);
        }
        for (const auto& one : drawn) add(one);
        if (left_out != 0) add(row(depth.columns, "and " + std::to_string(left_out) + " requests"));
    }

    void marks(Depth depth, const Places& places) {
        std::vector<Label> labels;
        for (const auto place : places) {
            const auto at = column(timeline_.marks[place].at);
            labels.push_back({at, at, place, 0, label(timeline_.marks[place])});
        }
        std::vector<Row> drawn;
        for (const auto& [one, lane] : in_rows(labels)) {
            const auto shown = std::min(lane, most_rows_of_marks - 1); // the last has signs alone
            while (drawn.size() <= shown) drawn.push_back(row(depth.columns, ""));
            const auto kind = timeline_.marks[one.place].kind;
            if (shown + 1 < most_rows_of_marks) drawn[shown].put(one.text_at, one.text, colour_of(kind));
            drawn[shown].put(one.from, glyphs_.mark_of(kind), colour_of(kind));
        }
        for (const auto& one : drawn) add(one);
    }

    // Of the edges that are used.
    std::string explained_signs() const {
        bool cut = false, torn = false;
        const auto look = [&](const auto& list) {
            for (const auto& one : list) {
                cut = cut || one.span.begins == Edge::cut || one.span.ends == Edge::cut;
                torn = torn || one.span.begins == Edge::torn || one.span.ends == Edge::torn;
            }
        };
        look(timeline_.sessions), look(timeline_.openings), look(timeline_.calls), look(timeline_.requests);
        std::string text;
        if (cut) text += std::string(glyphs_.cut) + " began before, or goes on";
        if (torn)
            text += (text.empty() ? "" : ", ") + std::string(glyphs_.torn) + " ended with what it is in";
        if (!scale_.breaks().empty())
            text += (text.empty() ? "" : ", ") + std::string(glyphs_.broken) + " time is left out";
        return text;
    }

    void legend() {
        std::string letters;
        for (const auto& [letter, name] : letters_)
            letters += (letters.empty() ? "" : ", ") + std::string(1, letter) + " " + name;
        if (!letters.empty()) paragraph("States: " + letters, 0);
        const auto signs = explained_signs();
        if (!signs.empty()) paragraph("Signs: " + signs, 0);
        if (const auto how = how_to_see_each_call(); !how.empty()) paragraph(how, 0);
        const auto notes = notes_on(timeline_);
        if (!notes.empty()) text_ += '\n';
        for (const auto& note : notes) {
            const auto sign = note.kind == Note::Kind::mark             ? glyphs_.mark_of(note.mark)
                              : note.kind == Note::Kind::failed_request ? glyphs_.wrong
                                                                        : glyphs_.cut;
            paragraph(std::string(sign) + note.label + "  " + note.text + " (" + note.places + ")", 7);
            if (!note.rule_says.empty()) paragraph("       Rule: " + note.rule_says, 7);
        }
    }

    // Text from outside, broken into lines between words.
    void paragraph(const std::string& text, std::size_t indent) {
        const auto width = std::max<std::size_t>(form_.width, 40);
        std::string line;
        std::size_t from = 0;
        const auto clean = printable(text);
        while (from < clean.size()) {
            auto end = clean.find(' ', from + 1);
            if (end == std::string::npos) end = clean.size();
            if (!line.empty() && columns(line) + columns(clean.substr(from, end - from)) > width) {
                text_ += line + '\n';
                line = std::string(indent, ' ');
                from = clean.find_first_not_of(' ', from);
            }
            line += clean.substr(from, end - from);
            from = end;
        }
        text_ += line + '\n';
    }

    const Timeline& timeline_;
    const TextForm& form_;
    const Glyphs& glyphs_;
    Outline outline_;
    std::size_t gutter_, plot_;
    Scale scale_;
    std::map<char, std::string> letters_; // those that are drawn instead of a state's name
    std::string text_;
};

} // namespace

std::string drawn_as_text(const Timeline& timeline, const TextForm& form) {
    if (timeline.providers.empty()) return "Nothing of a provider is in the trace.\n";
    return Drawing(timeline, form).result();
}

} // namespace offhook::cli::timeline
