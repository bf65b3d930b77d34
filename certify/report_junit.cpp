// SPDX-License-Identifier: Apache-2.0
#include "certify/report.h"

#include "certify/standing.h"

#include <algorithm>
#include <ostream>

namespace offhook::certify {
namespace {

using rules::rule_name;

std::string for_xml(std::string_view text) {
    std::string out;
    for (const char c : text) switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += static_cast<unsigned char>(c) < ' ' && c != '\n' ? ' ' : c;
        }
    return out;
}

std::string details(const Finding& finding) {
    auto text = "replay: " + to_text(finding.script) + '\n';
    if (finding.rule != 0) text += "page: " + page(finding.rule) + '\n';
    for (const auto& step : finding.steps) text += text_of_step(step) + '\n';
    if (!finding.log.empty()) text += "log of the provider:\n";
    for (const auto& line : finding.log) text += line + '\n';
    return text;
}

} // namespace

void print_junit(std::ostream& out, const Report& report) {
    const auto watched = rules::watched_rules();
    const auto otherwise = not_as_asked(report);
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"" << for_xml(report.provider)
        << "\" tests=\"" << watched.size() + 3 << "\" failures=\""
        << report.findings.size() + (report.devices == 0 ? 1 : 0) + (otherwise.empty() ? 0 : 1)
        << "\" skipped=\"" << number_of(report, Standing::not_exercised) << "\">\n";
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
                out << "    <failure message=\"" << for_xml(finding.did) << "\">" << for_xml(details(finding))
                    << "</failure>\n";
        out << "  </testcase>\n";
    };
    const bool lost = std::ranges::find(report.findings, 0, &Finding::rule) != report.findings.end();
    test_case(0, "the session lives as long as it is wanted", lost ? Standing::broken : Standing::kept);
    const auto of_the_run = [&](std::string_view name, const std::string& failure) {
        out << "  <testcase classname=\"certify\" name=\"" << name << "\">\n";
        if (!failure.empty()) out << "    <failure message=\"" << for_xml(failure) << "\"/>\n";
        out << "  </testcase>\n";
    };
    of_the_run("there is a line or a phone", report.devices == 0 ? verdict(report) : std::string());
    of_the_run("what was asked for was done", otherwise);
    for (const auto rule : watched)
        test_case(rule, rule_name(rule) + " " + requirement(rule), standing(report, rule));
    out << "  <system-err>";
    for (const auto& line : warnings(report)) out << for_xml("WARNING  " + line) << '\n';
    out << "</system-err>\n</testsuite>\n";
}

} // namespace offhook::certify
