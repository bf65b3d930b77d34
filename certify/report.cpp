// SPDX-License-Identifier: Apache-2.0
#include "certify/report.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <ostream>

namespace offhook::certify {
namespace {

using rules::rule_name;

struct Needed {
    std::uint16_t rule = 0;
    std::string_view what;
};

constexpr std::array needed{
    Needed{18, "a range of versions above the provider's"},
    Needed{24, "an extension, with a version that can be selected"},
    Needed{53, "callbacks of two threads at once"},
    Needed{56, "a request that gives something back when it completes (TSPI_linePark)"},
    Needed{58, "a call that can be answered, held and unheld"},
    Needed{64, "a call whose request fails, and that is spoken of all the same"},
    Needed{67, "a call that is idle and not closed"},
    Needed{68, "a call that is idle and not closed"},
    Needed{71, "a call that comes in: give the provider two lines that can call each other, or commands "
               "(--commands)"},
    Needed{72, "a call that comes in"},
    Needed{80, "a call that is dropped"},
    Needed{85, "a phone"},
    Needed{86, "a line that the provider closes: a command that breaks one (--commands)"},
    Needed{89, "a call that comes in while none is wanted"},
    Needed{92, "a line that is removed: a command that removes one (--commands)"},
    Needed{96, "a phone that is removed: a command that removes one (--commands)"},
    Needed{107, "a dialog that the provider starts"},
    Needed{127, "LINE_CALLINFO of a call"},
    Needed{135, "TSPI_lineSetAppSpecific"},
    Needed{158, "LINEDEVSTATE_RINGING"},
    Needed{214, "TSPI_lineSetupTransfer"},
    Needed{215, "TSPI_lineSetupTransfer, and the consultation call dropped"},
    Needed{216, "TSPI_lineCompleteTransfer"},
    Needed{217, "TSPI_lineSetupConference"},
    Needed{219, "TSPI_lineAddToConference"},
    Needed{220, "call parameters with ONESTEPTRANSFER or NOHOLDCONFERENCE"},
    Needed{221, "TSPI_linePark, BlindTransfer or Redirect"},
    Needed{226, "dial parameters in TSPI_lineGetDevCaps"},
    Needed{227, "TSPI_lineMakeCall at version 2.0, and TSPI_lineGetAddressCaps"},
    Needed{228, "calls in the bearer mode PASSTHROUGH"},
    Needed{229, "TSPI_lineForward"},
    Needed{230, "TSPI_lineGatherDigits"},
    Needed{231, "TSPI_lineGenerateDigits or GenerateTone"},
    Needed{245, "a phone with buttons"},
    Needed{246, "a phone with a volume, or with ringing"},
    Needed{247, "a key of a phone's keypad that is pressed: a command (--commands)"},
    Needed{248, "a button of a phone that is pressed: a command (--commands)"},
    Needed{249, "a phone with hookswitches"},
    Needed{251, "a phone that reports its state"},
    Needed{255, "TSPI_lineDevSpecific or TSPI_phoneDevSpecific"},
    Needed{256, "a device class that TSPI_lineGetID knows"},
};

enum class Standing : std::uint8_t { kept, broken, not_exercised };

Standing standing(const Report& report, std::uint16_t rule) {
    if (std::ranges::find(report.findings, rule, &Finding::rule) != report.findings.end())
        return Standing::broken;
    const auto count = report.counts.find(rule);
    // What only shows when it is broken was looked for in every life.
    return count != report.counts.end() && count->second.kept != 0 ? Standing::kept : Standing::not_exercised;
}

std::size_t number_of(const Report& report, Standing wanted) {
    return static_cast<std::size_t>(std::ranges::count_if(
        rules::watched_rules(), [&](auto rule) { return standing(report, rule) == wanted; }));
}

std::string requirement(std::uint16_t rule) {
    const auto* text = rules::rule_text(rule);
    return text == nullptr ? std::string() : std::string(text->requirement);
}

std::string page(std::uint16_t rule) {
    const auto* text = rules::rule_text(rule);
    return text == nullptr ? std::string() : std::string(text->page);
}

std::string title(const Finding& finding) {
    return finding.rule == 0 ? "the session was lost"
                             : rule_name(finding.rule) + "  " + requirement(finding.rule);
}

std::string_view verdict(const Report& report) {
    if (!report.findings.empty()) return "NOT CLEAN";
    if (report.devices == 0)
        return "NOTHING CERTIFIED, for there is no line and no phone with this configuration (--config FILE)";
    return "CLEAN";
}

std::string for_xml(std::string_view text) {
    std::string out;
    for (const char c : text) switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
        }
    return out;
}

} // namespace

std::string_view needed_for(std::uint16_t rule) {
    const auto found = std::ranges::find(needed, rule, &Needed::rule);
    return found == needed.end() ? "a line that can make calls" : found->what;
}

void print(std::ostream& out, const Report& report) {
    for (const auto& finding : report.findings) {
        out << "BROKEN  " << title(finding) << "\n    what it did:  " << finding.did << '\n';
        if (finding.rule != 0) out << "    page:         " << page(finding.rule) << '\n';
        out << "    seen in:      " << finding.where << "\n    again with:   --replay '"
            << to_text(finding.script) << "'\n\n";
    }
    const auto missing = number_of(report, Standing::not_exercised);
    if (missing != 0) {
        out << "Not exercised, and what each would need:\n";
        for (const auto rule : rules::watched_rules())
            if (standing(report, rule) == Standing::not_exercised)
                out << "    " << rule_name(rule) << "  " << needed_for(rule) << '\n';
        out << '\n';
    }
    out << report.lives << " lives, " << report.sessions << " sessions, " << report.steps
        << " operations, seed " << report.seed << ". Of " << rules::watched_rules().size() << " rules "
        << number_of(report, Standing::kept) << " kept, " << number_of(report, Standing::broken)
        << " broken, " << missing << " not exercised.\n"
        << verdict(report) << ": " << report.provider << '\n';
}

nlohmann::json to_json(const Report& report) {
    auto rules_json = nlohmann::json::array();
    for (const auto rule : rules::watched_rules()) {
        nlohmann::json row{
            {"rule", rule_name(rule)}, {"requirement", requirement(rule)}, {"page", page(rule)}};
        switch (standing(report, rule)) {
        case Standing::kept:
            row["outcome"] = "kept";
            row["times"] = report.counts.at(rule).kept;
            break;
        case Standing::broken: row["outcome"] = "broken"; break;
        case Standing::not_exercised:
            row["outcome"] = "not exercised";
            row["needs"] = needed_for(rule);
            break;
        }
        rules_json.push_back(std::move(row));
    }
    auto findings = nlohmann::json::array();
    for (const auto& finding : report.findings) {
        nlohmann::json row{
            {"did", finding.did}, {"seen_in", finding.where}, {"replay", to_text(finding.script)}};
        if (finding.rule != 0) {
            row["rule"] = rule_name(finding.rule);
            row["requirement"] = requirement(finding.rule);
            row["page"] = page(finding.rule);
        }
        findings.push_back(std::move(row));
    }
    return {{"provider", report.provider},    {"seed", report.seed},
            {"lives", report.lives},          {"sessions", report.sessions},
            {"operations", report.steps},     {"clean", report.clean()},
            {"devices", report.devices},      {"rules", std::move(rules_json)},
            {"findings", std::move(findings)}};
}

void print_junit(std::ostream& out, const Report& report) {
    const auto watched = rules::watched_rules();
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"" << for_xml(report.provider)
        << "\" tests=\"" << watched.size() + 2 << "\" failures=\""
        << report.findings.size() + (report.devices == 0 ? 1 : 0) << "\" skipped=\""
        << number_of(report, Standing::not_exercised) << "\">\n";
    const auto test_case = [&](std::uint16_t rule, const std::string& name, Standing how) {
        out << "  <testcase classname=\"certify\" name=\"" << for_xml(name) << "\"";
        if (how == Standing::kept) {
            out << "/>\n";
            return;
        }
        out << ">\n";
        if (how == Standing::not_exercised)
            out << "    <skipped message=\"" << for_xml(needed_for(rule)) << "\"/>\n";
        for (const auto& finding : report.findings)
            if (finding.rule == rule && how == Standing::broken)
                out << "    <failure message=\"" << for_xml(finding.did)
                    << "\">replay: " << for_xml(to_text(finding.script)) << "</failure>\n";
        out << "  </testcase>\n";
    };
    const bool lost = std::ranges::find(report.findings, 0, &Finding::rule) != report.findings.end();
    test_case(0, "the session lives as long as it is wanted", lost ? Standing::broken : Standing::kept);
    out << "  <testcase classname=\"certify\" name=\"there is a line or a phone\">\n";
    if (report.devices == 0) out << "    <failure message=\"" << for_xml(verdict(report)) << "\"/>\n";
    out << "  </testcase>\n";
    for (const auto rule : watched)
        test_case(rule, rule_name(rule) + " " + requirement(rule), standing(report, rule));
    out << "</testsuite>\n";
}

} // namespace offhook::certify
