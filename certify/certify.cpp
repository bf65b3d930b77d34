// SPDX-License-Identifier: Apache-2.0
#include "certify/certify.h"

#include "certify/fitting.h"

#include <algorithm>
#include <map>
#include <optional>

namespace offhook::certify {
namespace {

using Clock = std::chrono::steady_clock;

// How many lives may wait in vain for the same thing until no other is lived, and how long all tries to
// shorten a script may: each waits as long as the patience is.
constexpr std::size_t most_vain_lives = 4;
constexpr std::chrono::seconds most_vain_time{60};

bool shows(const Outcome& outcome, std::uint16_t rule) {
    if (rule == 0) return !outcome.ended_early.empty();
    return std::ranges::find(outcome.breaks, rule, &SeenBreak::rule) != outcome.breaks.end();
}

// A life that shows a finding, and what it was.
struct Shown {
    Script script;
    Outcome outcome;
};

// Leaves out ever smaller pieces of the script as long as the rule is still broken (delta debugging). Each
// try is a life, so that there is an end to it.
template <class Live> Shown shrink(Shown shown, std::uint16_t rule, Live&& live) {
    constexpr int most_tries = 60;
    int tries = 0;
    Clock::duration vain{};
    for (std::size_t piece = std::max<std::size_t>(1, shown.script.steps.size() / 2); piece > 0; piece /= 2)
        for (std::size_t at = 0;
             at < shown.script.steps.size() && tries < most_tries && vain < most_vain_time;) {
            Script shorter = shown.script;
            const auto from = shorter.steps.begin() + static_cast<std::ptrdiff_t>(at);
            const auto count = std::min(piece, shorter.steps.size() - at);
            shorter.steps.erase(from, from + static_cast<std::ptrdiff_t>(count));
            ++tries;
            const auto begun = Clock::now();
            auto outcome = live(shorter);
            if (!outcome.waited_for.empty()) vain += Clock::now() - begun;
            if (shows(outcome, rule)) shown = {std::move(shorter), std::move(outcome)};
            else at += piece;
        }
    return shown;
}

class Certifier {
  public:
    Certifier(const Target& target, const Plan& plan, const Progress& progress)
        : target_(target),
          plan_(plan),
          progress_(progress) {
        report_.provider = target.library;
        report_.seed = plan.seed;
        report_.called_outside = !target.dial.empty();
    }

    Report run() {
        if (plan_.replay) {
            live(*plan_.replay);
            return std::move(report_);
        }
        for (const auto& scenario : scenarios()) live(fitted(scenario, target_));
        const auto begun = Clock::now();
        for (std::size_t i = 0; plan_.time ? Clock::now() - begun < *plan_.time : i < plan_.random_lives; ++i)
            live(fitted(random_script(plan_.seed + i, plan_.steps, plan_.sessions), target_));
        return std::move(report_);
    }

  private:
    void tell(const std::string& life, std::optional<std::string> shortening = {}) const {
        if (!progress_) return;
        Stage stage{.lives = report_.lives,
                    .of = {},
                    .life = life,
                    .findings = report_.findings.size(),
                    .shortening = std::move(shortening)};
        if (plan_.replay) stage.of = 1;
        else if (!plan_.time) stage.of = scenarios().size() + plan_.random_lives;
        progress_(stage);
    }

    void live(const Script& script) {
        if (!report_.ended_early.empty()) return;
        tell(script.name);
        ++report_.lives;
        report_.steps += script.steps.size();
        const auto outcome = Life(target_, script).live();
        report_.sessions += outcome.sessions;
        report_.devices = std::max(report_.devices, outcome.devices);
        for (const auto& [rule, count] : outcome.counts) {
            report_.counts[rule].kept += count.kept;
            report_.counts[rule].broken += count.broken;
        }
        report_.missing.insert(outcome.missing.begin(), outcome.missing.end());
        report_.contested.insert(outcome.contested.begin(), outcome.contested.end());
        report_.commands.add(outcome.commands);
        if (plan_.replay) report_.undone = outcome.undone;
        std::optional<Shown> shortest;
        for (const auto& broken : outcome.breaks) found(broken.rule, {script, outcome}, shortest);
        const bool named = rules::rule_named_by(outcome.ended_early) != 0; // then it is among the breaks
        if (!outcome.ended_early.empty() && !named) found(0, {script, outcome}, shortest);
        wait_no_more_for(outcome.waited_for);
    }

    // What is waited for in vain again and again is known by then.
    void wait_no_more_for(const std::string& what) {
        if (what.empty()) return;
        const auto times = ++waited_[what];
        if (times >= most_vain_lives && times * 2 >= report_.lives && !plan_.replay)
            report_.ended_early =
                std::to_string(times) + " lives have waited in vain for the same (" + what + ")";
    }

    // `shortest`: what another finding of the same life was shortened to, which often shows this one as well.
    void found(std::uint16_t rule, Shown shown, std::optional<Shown>& shortest) {
        if (std::ranges::find(report_.findings, rule, &Finding::rule) != report_.findings.end()) return;
        const auto where = shown.script.name;
        if (plan_.shrink == Plan::Shrink::yes && !plan_.replay) {
            if (shortest && shows(shortest->outcome, rule)) shown = *shortest;
            shown = shrink(std::move(shown), rule, [&](const Script& shorter) {
                tell(where, rule == 0 ? "the lost session" : rules::rule_name(rule));
                return Life(target_, shorter).live();
            });
            shortest = shown;
        }
        const auto& outcome = shown.outcome;
        const auto broken = std::ranges::find(outcome.breaks, rule, &SeenBreak::rule);
        const bool lost = broken == outcome.breaks.end();
        report_.findings.push_back(
            {.rule = rule,
             .did = lost ? outcome.ended_early : broken->did,
             .script = outcome.played,
             .where = where,
             .steps = outcome.traffic.before(lost ? outcome.traffic.steps() : broken->at),
             .log = outcome.traffic.log_lines()});
    }

    const Target& target_;
    const Plan& plan_;
    const Progress& progress_;
    std::map<std::string, std::size_t> waited_; // lives
    Report report_;
};

} // namespace

Report certify(const Target& target, const Plan& plan, const Progress& progress) {
    return Certifier(target, plan, progress).run();
}

} // namespace offhook::certify
