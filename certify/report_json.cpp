// SPDX-License-Identifier: Apache-2.0
#include "certify/report.h"

#include "certify/standing.h"
#include "trace/constants.h"

#include <nlohmann/json.hpp>

namespace offhook::certify {

using rules::rule_name;

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
        nlohmann::json row{{"did", finding.did},
                           {"seen_in", finding.where},
                           {"replay", to_text(finding.script)},
                           {"steps", finding.steps},
                           {"log", finding.log}};
        if (finding.rule != 0) {
            row["rule"] = rule_name(finding.rule);
            row["requirement"] = requirement(finding.rule);
            row["page"] = page(finding.rule);
            row["conflict"] = conflict(finding.rule); // empty: there is none
        }
        findings.push_back(std::move(row));
    }
    auto commands = nlohmann::json::array();
    for (const auto& count : report.commands.counts()) {
        nlohmann::json row{{"command", count.line},
                           {"given", count.given == Given::before ? "before" : "during"},
                           {"accepted", count.accepted},
                           {"refused", count.refused}};
        if (count.refused != 0) {
            row["error"] = trace::error_name(count.error);
            row["reply"] = count.reply;
        }
        commands.push_back(std::move(row));
    }
    return {{"command", report.command},
            {"provider", report.provider},
            {"seed", report.seed},
            {"lives", report.lives},
            {"sessions", report.sessions},
            {"operations", report.steps},
            {"clean", report.clean()},
            {"devices", report.devices},
            {"rules", std::move(rules_json)},
            {"findings", std::move(findings)},
            {"commands", std::move(commands)},
            {"warnings", warnings(report)},
            {"ended_early", report.ended_early},
            {"verdict", verdict(report)}};
}

} // namespace offhook::certify
