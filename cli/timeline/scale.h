// SPDX-License-Identifier: Apache-2.0
//
// Where a moment is drawn. Time goes on evenly, but for two things. What happens at nearly the same time
// keeps a little distance, so that its order can be seen; and long times in which nothing happens are cut
// out.
#pragma once

#include "cli/timeline/model.h"

namespace offhook::cli::timeline {

struct Measure {
    double length = 0;     // of the whole drawing, in columns or pixels
    double least_step = 0; // from one event to the next, as long as there is room
    double break_length = 0;
};

struct Break {
    double from = 0, to = 0;
    std::int64_t us = 0; // the time that is cut out
};

struct Tick {
    double at = 0;
    std::string label; // since the beginning of the timeline: "1.2 s"
};

class Scale {
  public:
    Scale(const Timeline&, const Measure&);

    double at(const Moment&) const;
    const std::vector<Break>& breaks() const { return breaks_; }
    // At least `distance` apart, so that their labels fit.
    std::vector<Tick> ticks(double per_character, double distance) const;

  private:
    struct Knot {
        Moment moment;
        double at = 0;
    };
    double at_time(std::int64_t us) const;

    std::vector<Knot> knots_; // in their order
    std::vector<Break> breaks_;
    double per_us_ = 0;
};

// "850 µs", "1.2 s", "3:05 min": exact to about three digits.
std::string length_of_time(std::int64_t us);

} // namespace offhook::cli::timeline
