// SPDX-License-Identifier: Apache-2.0
#include "certify/report.h"

#include "certify/standing.h"

#include <ostream>

namespace offhook::certify {
namespace {

using rules::rule_name;

std::string title(const Finding& finding) {
    return finding.rule == 0 ? "the session was lost"
                             : rule_name(finding.rule) + "  " + requirement(finding.rule);
}

std::string counted(std::size_t number, const char* one, const char* several) {
    return std::to_string(number) + ' ' + (number == 1 ? one : several);
}

void print_kept(std::ostream& out, const Report& report) {
    if (number_of(report, Standing::kept) == 0) return;
    out << "Kept, and how often that was seen:\n";
    for (const auto rule : rules::watched_rules())
        if (standing(report, rule) == Standing::kept)
            out << "    " << rule_name(rule) << "  " << requirement(rule) << ": "
                << report.counts.at(rule).kept << '\n';
    out << '\n';
}

} // namespace

void print(std::ostream& out, const Report& report, Listing listing) {
    for (const auto& finding : report.findings) {
        out << "BROKEN  " << title(finding) << "\n    what it did:  " << finding.did << '\n';
        if (finding.rule != 0) out << "    page:         " << page(finding.rule) << '\n';
        if (const auto text = conflict(finding.rule); !text.empty())
            out << "    but:          " << text << '\n';
        out << "    seen in:      " << finding.where << "\n    again with:   " << report.command
            << (report.command.empty() ? "" : " ") << "--replay '" << to_text(finding.script) << "'\n";
        if (!finding.steps.empty()) out << "    what led there, in seconds since the life began:\n";
        for (const auto& step : finding.steps) out << "      " << text_of_step(step) << '\n';
        if (!finding.log.empty()) out << "    what the provider logged in it:\n";
        for (const auto& line : finding.log) out << "      " << line << '\n';
        out << '\n';
    }
    for (const auto& line : warnings(report)) out << "WARNING  " << line << '\n';
    if (!warnings(report).empty()) out << '\n';
    if (listing == Listing::every_rule) print_kept(out, report);
    const auto missing = number_of(report, Standing::not_exercised);
    if (missing != 0) {
        out << "Not exercised, and what each would need:\n";
        for (const auto rule : rules::watched_rules())
            if (standing(report, rule) == Standing::not_exercised)
                out << "    " << rule_name(rule) << "  " << needed_for(rule) << '\n';
        out << '\n';
    }
    if (!report.called_outside)
        out << "No number outside was called, only its own lines' addresses: name one with --dial.\n\n";
    out << counted(report.lives, "life", "lives") << ", " << counted(report.sessions, "session", "sessions")
        << ", " << counted(report.steps, "operation", "operations") << ", seed " << report.seed << ". Of "
        << rules::watched_rules().size() << " rules " << number_of(report, Standing::kept) << " kept, "
        << number_of(report, Standing::broken) << " broken, " << missing << " not exercised.\n"
        << verdict(report) << ": " << report.provider << '\n';
}

} // namespace offhook::certify
