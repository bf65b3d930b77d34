// SPDX-License-Identifier: Apache-2.0
//
// One picture while it is drawn. What belongs to a subject is defined in a file of its own: svg.cpp has the
// page and the time across it, svg_bands.cpp what is open, svg_calls.cpp, svg_rows.cpp requests and marks,
// svg_key.cpp what is written below.
#pragma once

#include "cli/timeline/outline.h"
#include "cli/timeline/scale.h"
#include "cli/timeline/svg.h"
#include "cli/timeline/svg_shapes.h"
#include "cli/timeline/xml.h"

#include <map>

namespace offhook::cli::timeline {

class Drawing {
  public:
    Drawing(const Timeline& timeline, const SvgForm& form);
    std::string result();

  private:
    double x(const Moment& moment) const { return left_ + scale_.at(moment); }

    double gutter_width() const;
    std::string page(double height);
    void axis();
    void breaks();

    struct Extent {
        double y, height;
    };
    struct Interval {
        double from, to;
    };
    void side_label(const std::string& text, double indent, double y, std::string_view style_class);
    void inner_label(const std::string& text, const Span& span, double y);
    void band(Xml& layer, std::string_view style_class, const Span& span, Extent extent,
              const std::string& title);

    // Each returns where what it has drawn ends.
    double provider(const ProviderOutline& one, double top);
    double sessions(const ProviderOutline& one, double top);
    double track(const TrackOutline& one, double top);
    double folded_track(const std::string& name, const TrackOutline& one, double top);
    double density(const TrackOutline& one, double top);
    std::vector<Interval> open_times(const Places& openings) const;
    double calls(const TrackOutline& one, std::size_t lane, double top);
    enum class Texts : std::uint8_t { all, of_failures };
    double requests(const Places& places, double top, Texts texts = Texts::all);
    double marks(const Places& places, double top, double pole_top);
    double key(double y);
    double notes(double y);

    void session(const Session& session, Extent extent);
    void openings(const Places& places, Extent extent);
    void call(const Call& call, double top);
    void state(const State& state, double from, double to, double top, std::int64_t until_us);
    void request(const Placed& one, double y);
    void mark(const Placed& one, double y, double pole_top);

    bool are_wide(const Places& places) const;
    bool draws_each_call(const TrackOutline& one) const;
    std::string how_to_see_each_call() const;
    std::string told(const Call& call) const;
    std::pair<double, double> longest_seen(double from, double to) const;
    double text_at(const Placed& one, double width) const;
    std::vector<Placed> in_rows(std::vector<Placed> labels, std::size_t most_rows) const;
    static double rows_of(const std::vector<Placed>& labels);
    double limit_of(const Place& call, const Place& track, const Moment& at) const;
    bool has_edges(Edge edge) const;

    const Timeline& timeline_;
    const SvgForm& form_;
    Outline outline_;
    double gutter_, left_, right_, bottom_ = 0;
    Scale scale_;
    // What the key has to explain.
    std::map<std::string, StateLook> used_states_;
    bool draws_requests_ = false, draws_density_ = false, folds_lines_ = false;
    std::size_t most_calls_in_density_ = 0; // of one line
    Xml installed_, sessions_, openings_, grid_, body_;
};

} // namespace offhook::cli::timeline
