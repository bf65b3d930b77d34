// SPDX-License-Identifier: Apache-2.0
#include "certify/certify.h"

#include <algorithm>

namespace offhook::certify {
namespace {

using Clock = std::chrono::steady_clock;

bool shows(const Outcome& outcome, std::uint16_t rule) {
    if (rule == 0) return !outcome.ended_early.empty();
    return std::ranges::find(outcome.breaks, rule, &rules::Break::rule) != outcome.breaks.end();
}

// Leaves out ever smaller pieces of the script as long as the rule is still broken (delta debugging). Each
// try is a life, so that there is an end to it.
Script shrink(const Target& target, Script script, std::uint16_t rule) {
    constexpr int most_tries = 60;
    int tries = 0;
    for (std::size_t piece = std::max<std::size_t>(1, script.steps.size() / 2); piece > 0; piece /= 2)
        for (std::size_t at = 0; at < script.steps.size() && tries < most_tries;) {
            Script shorter = script;
            const auto from = shorter.steps.begin() + static_cast<std::ptrdiff_t>(at);
            const auto count = std::min(piece, shorter.steps.size() - at);
            shorter.steps.erase(from, from + static_cast<std::ptrdiff_t>(count));
            ++tries;
            if (shows(Life(target, shorter).live(), rule)) script = std::move(shorter);
            else at += piece;
        }
    return script;
}

class Certifier {
  public:
    Certifier(const Target& target, const Plan& plan, const Progress& progress)
        : target_(target),
          plan_(plan),
          progress_(progress) {
        report_.provider = target.library;
        report_.seed = plan.seed;
    }

    Report run() {
        if (plan_.replay) {
            live(*plan_.replay);
            return std::move(report_);
        }
        for (const auto& scenario : scenarios()) live(scenario);
        const auto begun = Clock::now();
        for (std::size_t i = 0; plan_.time ? Clock::now() - begun < *plan_.time : i < plan_.random_lives; ++i)
            live(random_script(plan_.seed + i, plan_.steps, plan_.sessions));
        return std::move(report_);
    }

  private:
    void live(const Script& script) {
        if (progress_) progress_(report_.lives, script.name);
        ++report_.lives;
        report_.steps += script.steps.size();
        const auto outcome = Life(target_, script).live();
        report_.sessions += outcome.sessions;
        report_.devices = std::max(report_.devices, outcome.devices);
        for (const auto& [rule, count] : outcome.counts) {
            report_.counts[rule].kept += count.kept;
            report_.counts[rule].broken += count.broken;
        }
        report_.commands.add(outcome.commands);
        for (const auto& broken : outcome.breaks) found(broken.rule, broken.did, script);
        const bool named = rules::rule_named_by(outcome.ended_early) != 0; // then it is among the breaks
        if (!outcome.ended_early.empty() && !named) found(0, outcome.ended_early, script);
    }

    void found(std::uint16_t rule, const std::string& did, const Script& script) {
        if (std::ranges::find(report_.findings, rule, &Finding::rule) != report_.findings.end()) return;
        const bool shorten = plan_.shrink == Plan::Shrink::yes && !plan_.replay;
        report_.findings.push_back(
            {rule, did, shorten ? shrink(target_, script, rule) : script, script.name});
    }

    const Target& target_;
    const Plan& plan_;
    const Progress& progress_;
    Report report_;
};

} // namespace

Report certify(const Target& target, const Plan& plan, const Progress& progress) {
    return Certifier(target, plan, progress).run();
}

} // namespace offhook::certify
