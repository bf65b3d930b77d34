// SPDX-License-Identifier: Apache-2.0
#include "certify/standing.h"

#include "trace/constants.h"

#include <algorithm>
#include <array>

namespace offhook::certify {
namespace {

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
    Needed{142, "a call that is reported, or asked for"},
    Needed{158, "LINEDEVSTATE_RINGING"},
    Needed{178, "a line whose address is a number"},
    Needed{179, "a line whose address is a number, and that cannot wait for every tone"},
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

constexpr std::string_view nothing_there =
    "NOTHING CERTIFIED, for there is no line and no phone with this configuration (--config FILE)";

constexpr std::string_view option_of(Given given) {
    return given == Given::before ? "--before" : "--commands";
}

// Some are refused now and then because of what was before; those of --before meet the same each time.
bool is_worth_a_warning(const CommandCount& count) {
    return count.refused != 0 && (count.given == Given::before || count.accepted == 0);
}

std::string reason(const CommandCount& count) {
    std::string text = trace::error_name(count.error);
    if (!count.reply.empty()) text += " (" + count.reply + ")";
    else if (count.error == LINEERR_OPERATIONUNAVAIL) text += " (does it export OFFHOOK_providerCommand?)";
    return text;
}

std::size_t number_of(const Report& report, Undone::Kind kind) {
    return static_cast<std::size_t>(std::ranges::count(report.undone, kind, &Undone::kind));
}

std::string times(std::size_t number) { return number == 1 ? "once" : std::to_string(number) + " times"; }

std::string warning(const CommandCount& count) {
    return "the provider refused the command \"" + count.line + "\" (" + std::string(option_of(count.given)) +
           ") " + times(count.refused) +
           (count.accepted == 0 ? "" : " of " + std::to_string(count.refused + count.accepted)) + ": " +
           reason(count);
}

} // namespace

std::string_view needed_for(std::uint16_t rule) {
    const auto found = std::ranges::find(needed, rule, &Needed::rule);
    return found == needed.end() ? "a line that can make calls" : found->what;
}

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
    return text == nullptr ? std::string() : rules::page_address(*text);
}

std::string conflict(std::uint16_t rule) {
    const auto* found = rules::conflict_about(rule);
    if (found == nullptr) return {};
    return "the documentation contradicts itself (" + std::string(found->other_reading) +
           "). Offhook: " + std::string(found->decision);
}

std::vector<std::string> warnings(const Report& report) {
    std::vector<std::string> lines;
    for (const auto function : report.missing)
        lines.push_back("it does not export " + std::string(abi::row(function).name) +
                        ", which every provider has: applications get LINEERR_OPERATIONUNAVAIL");
    for (const auto& [rule, did] : report.contested)
        lines.push_back(rules::rule_name(rule) + "  " + did + ": " + conflict(rule));
    for (const auto& count : report.commands.counts())
        if (is_worth_a_warning(count)) lines.push_back(warning(count));
    for (const auto& undone : report.undone)
        lines.push_back("step " + std::to_string(undone.step + 1) + " of the script: " + undone.why);
    if (!report.ended_early.empty()) lines.push_back("not every life was lived: " + report.ended_early);
    return lines;
}

std::string not_as_asked(const Report& report) {
    std::string text;
    for (const auto given : {Given::before, Given::during})
        if (report.commands.all_refused(given))
            text += (text.empty() ? "the provider refused every command of " : " and of ") +
                    std::string(option_of(given));
    if (number_of(report, Undone::Kind::no_such_device) != 0)
        text += std::string(text.empty() ? "" : ", and ") +
                "the script names devices that the provider does not have";
    return text;
}

std::string verdict(const Report& report) {
    const auto otherwise = not_as_asked(report);
    if (!report.findings.empty())
        return "NOT CLEAN" + (otherwise.empty() ? "" : ", and " + otherwise) +
               (report.ended_early.empty() ? "" : ", and not every life was lived");
    if (report.devices == 0) return std::string(nothing_there);
    if (!otherwise.empty()) return "NOT CERTIFIED AS ASKED, for " + otherwise;
    const auto idle = number_of(report, Undone::Kind::nothing_to_do);
    return idle == 0 ? "CLEAN"
                     : "CLEAN, though there was nothing to do in " + std::to_string(idle) + " of " +
                           std::to_string(report.steps) + " steps";
}

bool Report::clean() const { return findings.empty() && devices != 0 && not_as_asked(*this).empty(); }

} // namespace offhook::certify
