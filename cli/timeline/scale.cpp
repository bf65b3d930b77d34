// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/scale.h"

#include "cli/output.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace offhook::cli::timeline {
namespace {

constexpr std::size_t most_breaks = 10;
// What is cut out outweighs the rest by this.
constexpr double idle_weight = 2, busy_weight = 10;
// Times within calls say something by their length, and are cut out only when they are long.
constexpr std::int64_t shortest_idle = 0, shortest_busy = 20'000'000;
// What is cut out is longer than what is not, by this.
constexpr std::int64_t clear_difference = 3;

std::vector<Moment> moments_of(const Timeline& timeline) {
    std::vector<Moment> moments{timeline.whole.begin, timeline.whole.end};
    const auto add = [&](const Span& span) {
        moments.push_back(span.begin);
        moments.push_back(span.end);
    };
    for (const auto& provider : timeline.providers) add(provider.installed);
    for (const auto& session : timeline.sessions) {
        add(session.span);
        for (const auto& stage : session.stages) moments.push_back(stage.at);
    }
    for (const auto& opening : timeline.openings) add(opening.span);
    for (const auto& call : timeline.calls) {
        add(call.span);
        for (const auto& state : call.states) moments.push_back(state.at);
    }
    for (const auto& request : timeline.requests) add(request.span);
    for (const auto& mark : timeline.marks) moments.push_back(mark.at);
    std::ranges::sort(moments);
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    return moments;
}

struct Gap {
    std::size_t after = 0; // the moment that it follows
    std::int64_t us = 0;
};

// The gaps between moments, of those without calls or of those within calls.
struct Gaps {
    std::vector<Gap> idle, busy;
};

Gaps gaps_of(const Timeline& timeline, const std::vector<Moment>& moments) {
    std::vector<int> change(moments.size() + 1);
    const auto place = [&](const Moment& moment) {
        return static_cast<std::size_t>(std::ranges::lower_bound(moments, moment) - moments.begin());
    };
    for (const auto& call : timeline.calls) {
        ++change[place(call.span.begin)];
        --change[place(call.span.end)];
    }
    Gaps gaps;
    int calls = 0;
    for (std::size_t i = 0; i + 1 < moments.size(); ++i) {
        calls += change[i];
        (calls > 0 ? gaps.busy : gaps.idle).push_back({i, moments[i + 1].us - moments[i].us});
    }
    return gaps;
}

std::int64_t sum(const std::vector<Gap>& gaps) {
    std::int64_t total = 0;
    for (const auto& gap : gaps) total += gap.us;
    return total;
}

// The longest gaps, if they stand out from all the others and outweigh what remains without them.
void cut_out(std::vector<Gap> gaps, std::int64_t& remaining, double weight, std::int64_t shortest,
             std::vector<bool>& is_cut) {
    std::erase_if(gaps, [&](const Gap& gap) { return gap.us <= shortest; });
    std::ranges::sort(gaps, std::ranges::greater(), &Gap::us);
    std::int64_t longest = 0;
    for (std::size_t count = 1; count <= std::min(most_breaks, gaps.size()); ++count) {
        longest += gaps[count - 1].us;
        const auto next = count < gaps.size() ? gaps[count].us : 0;
        const auto rest = remaining - longest;
        if (rest <= 0 || gaps[count - 1].us < clear_difference * next ||
            static_cast<double>(longest) < weight * static_cast<double>(rest))
            continue;
        for (std::size_t i = 0; i < count; ++i) is_cut[gaps[i].after] = true;
        remaining = rest;
        return;
    }
}

// The least of 1, 2, 5, 10... that is at least so much; of minutes and hours what divides them.
std::int64_t round_step(double least_us) {
    constexpr std::array<std::int64_t, 12> longer{10,  20,    30,    60,    120,    300,
                                                  600, 1'800, 3'600, 7'200, 21'600, 86'400};
    if (least_us > 5e6) {
        for (const auto seconds : longer)
            if (static_cast<double>(seconds) * 1e6 >= least_us) return seconds * 1'000'000;
        return static_cast<std::int64_t>(std::ceil(least_us / 86.4e9)) * 86'400'000'000;
    }
    std::int64_t decade = 1;
    for (;; decade *= 10)
        for (const std::int64_t factor : {1, 2, 5})
            if (static_cast<double>(decade * factor) >= least_us) return decade * factor;
}

template <class... Values> std::string formatted(const char* format, Values... values) {
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), format, values...);
    return text.data();
}

// Of a tick: no more digits than its step needs.
std::string tick_label(std::int64_t us, std::int64_t step) {
    if (us == 0) return "0";
    if (step >= 60'000'000 || us >= 600'000'000) {
        const auto seconds = us / 1'000'000;
        return seconds >= 3'600 ? formatted("%lld:%02lld:%02lld", static_cast<long long>(seconds / 3'600),
                                            static_cast<long long>(seconds / 60 % 60),
                                            static_cast<long long>(seconds % 60))
                                : formatted("%lld:%02lld", static_cast<long long>(seconds / 60),
                                            static_cast<long long>(seconds % 60));
    }
    const auto number = static_cast<double>(us);
    if (us < 1'000 && step < 1'000) return formatted("%.0f µs", number);
    if (us < 1'000'000)
        return formatted("%.*f ms", step >= 1'000 ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3, number / 1e3);
    int digits = 0;
    for (auto unit = step; unit < 1'000'000; unit *= 10) ++digits;
    return formatted("%.*f s", digits, number / 1e6);
}

} // namespace

Scale::Scale(const Timeline& timeline, const Measure& measure) {
    const auto moments = moments_of(timeline);
    const auto gaps = gaps_of(timeline, moments);
    std::vector<bool> is_cut(moments.size());
    auto evenly = sum(gaps.idle) + sum(gaps.busy);
    cut_out(gaps.idle, evenly, idle_weight, shortest_idle, is_cut);
    cut_out(gaps.busy, evenly, busy_weight, shortest_busy, is_cut);

    const auto steps = static_cast<double>(std::max<std::size_t>(moments.size(), 2) - 1);
    const auto cuts = static_cast<double>(std::ranges::count(is_cut, true));
    const double step = std::min(measure.least_step, 0.45 * measure.length / steps);
    const double break_length = cuts > 0 ? std::min(measure.break_length, 0.5 * measure.length / cuts) : 0;
    const double room = std::max(0.0, measure.length - cuts * break_length - (steps - cuts) * step);
    per_us_ = evenly > 0 ? room / static_cast<double>(evenly) : 0;
    const double without_time = evenly > 0 ? 0 : room / steps;

    double at = 0;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        knots_.push_back({moments[i], at});
        if (i + 1 == moments.size()) break;
        const auto us = moments[i + 1].us - moments[i].us;
        if (is_cut[i]) breaks_.push_back({at, at + break_length, us});
        at += is_cut[i] ? break_length : step + without_time + per_us_ * static_cast<double>(us);
    }
}

double Scale::at(const Moment& moment) const {
    const auto found = std::ranges::lower_bound(knots_, moment, {}, &Knot::moment);
    return found != knots_.end() ? found->at : knots_.back().at;
}

double Scale::at_time(std::int64_t us) const {
    const auto next =
        std::ranges::upper_bound(knots_, us, {}, [](const Knot& knot) { return knot.moment.us; });
    if (next == knots_.begin()) return knots_.front().at;
    if (next == knots_.end()) return knots_.back().at;
    const auto last = std::prev(next);
    const auto part =
        static_cast<double>(us - last->moment.us) / static_cast<double>(next->moment.us - last->moment.us);
    return last->at + part * (next->at - last->at);
}

std::vector<Tick> Scale::ticks(double per_character, double distance) const {
    const auto begin = knots_.front().moment.us, end = knots_.back().moment.us;
    const auto step = round_step(per_us_ > 0 ? distance / per_us_ : static_cast<double>(end - begin + 1));
    std::vector<Tick> ticks;
    double free_from = 0;
    const auto add = [&](double at, std::int64_t us, std::int64_t exact) {
        auto label = tick_label(us, exact);
        const double right = at + per_character * static_cast<double>(label.size());
        if (at < free_from || right > knots_.back().at + per_character) return;
        ticks.push_back({at, std::move(label)});
        free_from = right + 2 * per_character;
    };
    auto next_break = breaks_.begin();
    auto us = begin;
    const auto cross = [&] { // where time goes on after a break is said first of all
        const auto after =
            std::ranges::find_if(knots_, [&](const Knot& knot) { return knot.at >= next_break->to; });
        const auto since = after->moment.us - begin;
        add(next_break->to, since,
            std::min<std::int64_t>(step, round_step(static_cast<double>(since) / 1'000)));
        us = begin + (since / step + 1) * step;
        ++next_break;
    };
    while (us <= end) {
        const double at = at_time(us);
        if (next_break != breaks_.end() && at + per_character * 8 > next_break->from) {
            if (at + per_character <= next_break->from && us == begin) add(at, 0, step);
            cross();
            continue;
        }
        add(at, us - begin, step);
        us += step;
    }
    while (next_break != breaks_.end()) cross();
    return ticks;
}

std::string length_of_time(std::int64_t us) {
    if (us < 1'000) return formatted("%lld µs", static_cast<long long>(us));
    const auto number = static_cast<double>(us);
    if (us < 1'000'000)
        return formatted(us < 10'000 ? "%.2f ms" : us < 100'000 ? "%.1f ms" : "%.0f ms", number / 1e3);
    if (us < 60'000'000) return formatted(us < 10'000'000 ? "%.2f s" : "%.1f s", number / 1e6);
    return duration(static_cast<std::uint64_t>(us / 1'000'000)); // as all commands show it
}

} // namespace offhook::cli::timeline
