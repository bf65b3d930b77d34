// SPDX-License-Identifier: Apache-2.0
#include "cli/life_cycle.h"

#include "cli/call_makers.h"
#include "cli/names.h"
#include "cli/output.h"
#include "cli/rule_number.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace offhook::cli {

namespace {

std::string_view function_of(std::string_view what) {
    constexpr std::string_view prefix = "TSPI_";
    return what.starts_with(prefix) ? what.substr(prefix.size()) : what;
}

} // namespace

struct LifeCycle::Step {
    std::string kind, what, provider, text;
    std::uint64_t line = 0, call = 0, rule = 0;
    std::int64_t result = 0;
    std::uint64_t parameter1 = 0, parameter2 = 0;

    explicit Step(const nlohmann::json& record)
        : kind(record.value("kind", "")),
          what(record.value("what", "")),
          provider(record.value("provider", "")),
          text(record.value("text", "")),
          line(record.value("line", std::uint64_t{0})),
          call(record.value("call", std::uint64_t{0})),
          rule(record.value("rule", std::uint64_t{0})),
          result(record.value("result", std::int64_t{0})) {
        const auto parameters = record.value("parameters", std::vector<std::uint64_t>{});
        if (!parameters.empty()) parameter1 = parameters[0];
        if (parameters.size() > 1) parameter2 = parameters[1];
    }
};

std::vector<std::string> LifeCycle::take(const nlohmann::json& record) {
    text_.clear();
    const Step step(record);
    if (step.kind == "session") session_step(step);
    else if (step.kind.starts_with("provider_")) provider_step(step);
    else if (step.kind == "violation") violation(step);
    else if (step.kind == "state") state_was(step);
    else if (step.kind == "lost") {
        lost_records_ = true;
        say(0, step.text + ": what is missing from here on is not reported");
    }
    return std::move(text_);
}

// What no rule forbids is only remarked upon.
void LifeCycle::violation(const Step& step) {
    if (step.rule == 0) say(4, "call " + call_number(step) + ": " + step.text);
    else
        wrong(step.provider + " breaks rule " + rule_label(step.rule) + ": " + step.text +
              ". The rule: " + std::string(requirement_of(step.rule)));
}

bool LifeCycle::all_closed() const { return sessions_.empty(); }

// What began before the trace did.
void LifeCycle::state_was(const Step& step) {
    if (step.what == "session") {
        sessions_.try_emplace(step.provider);
        return say(1, "session of " + step.provider + " has begun before");
    }
    Session* session = session_of(step);
    if (session == nullptr) return;
    if (step.what == "line") {
        session->lines.try_emplace(step.line, Line{.number = ++lines_});
        return say(2, "line " + std::to_string(lines_) + " is open: " + step.text);
    }
    if (Line* line = line_of(step); step.what == "call" && line != nullptr) {
        line->calls.emplace(step.call, ++calls_);
        std::string state = step.text;
        std::ranges::transform(state, state.begin(), [](unsigned char c) { return std::tolower(c); });
        say(3, "call " + std::to_string(calls_) + " is on line " + std::to_string(line->number) +
                   (state.empty() ? "" : ", " + state));
    }
}

void LifeCycle::session_step(const Step& step) {
    if (step.what == "running") {
        if (!sessions_.try_emplace(step.provider).second)
            wrong("session of " + step.provider + " begins twice");
        say(1, "session of " + step.provider + " begins");
    } else if (step.what == "ended") {
        session_ends(step, "ends");
    } else if (step.what == "lost") {
        // Everything it held goes with it, on the one path for lost sessions.
        if (Session* session = session_of(step)) session->lines.clear();
        session_ends(step, "is lost: " + step.text);
    }
}

void LifeCycle::session_ends(const Step& step, const std::string& why) {
    const Session* session = session_of(step);
    if (session != nullptr && !session->lines.empty())
        missing("session of " + step.provider + " ends with lines open");
    sessions_.erase(step.provider);
    say(1, "session of " + step.provider + " " + why);
}

void LifeCycle::provider_step(const Step& step) {
    const bool returned = step.kind == "provider_return" && step.result >= 0;
    const bool completed = step.kind == "provider_completion" && step.result == 0;
    const bool event = step.kind == "provider_event";
    if (returned && step.what == "TSPI_lineOpen") line_opens(step);
    else if (returned && step.what == "TSPI_lineClose") line_closes(step);
    else if (completed && step.what == "TSPI_lineMakeCall") call_begins(step, "outgoing");
    else if (completed && call_maker(function_of(step.what)) != nullptr) calls_are_made(step);
    else if (event && step.what == "LINE_NEWCALL") call_begins(step, "incoming");
    else if (event && step.what == "LINE_CALLSTATE") state_changes(step);
    else if (returned && step.what == "TSPI_lineCloseCall") call_ends(step);
}

void LifeCycle::line_opens(const Step& step) {
    Session* session = session_of(step);
    if (session == nullptr) return missing("a line of " + step.provider + " opens outside of a session");
    if (!session->lines.try_emplace(step.line, Line{.number = ++lines_}).second)
        missing("a line opens twice");
    say(2, "line " + std::to_string(lines_) + " opens");
}

void LifeCycle::line_closes(const Step& step) {
    const Line* line = line_of(step);
    if (line == nullptr) return missing("a line of " + step.provider + " closes that is not open");
    if (!line->calls.empty()) missing("line " + std::to_string(line->number) + " closes with calls on it");
    say(2, "line " + std::to_string(line->number) + " closes");
    session_of(step)->lines.erase(step.line);
}

void LifeCycle::call_begins(const Step& step, const std::string& direction) {
    Line* line = line_of(step);
    if (line == nullptr) return missing("a call begins on a line that is not open");
    line->calls.emplace(step.call, ++calls_);
    say(3, "call " + std::to_string(calls_) + " begins, " + direction + ", on line " +
               std::to_string(line->number));
}

// Their names come with their first states.
void LifeCycle::calls_are_made(const Step& step) {
    Line* line = line_of(step);
    if (line == nullptr) return;
    const auto* maker = call_maker(function_of(step.what));
    line->maker = maker->function;
    line->makes = maker->calls;
}

void LifeCycle::state_changes(const Step& step) {
    Line* line = line_of(step);
    if (line != nullptr && !line->calls.contains(step.call) && line->makes != 0) {
        --line->makes;
        call_begins(step, "of " + line->maker);
    }
    const auto call = line != nullptr ? line->calls.find(step.call)
                                      : std::map<std::uint64_t, std::uint64_t>::const_iterator{};
    if (line == nullptr || call == line->calls.end()) return missing("a state of a call that does not exist");
    auto text = "call " + std::to_string(call->second) + ": " + state_name(step.parameter1);
    if (step.parameter1 == LINECALLSTATE_DISCONNECTED) text += " (" + disconnect_name(step.parameter2) + ")";
    say(4, text);
}

void LifeCycle::call_ends(const Step& step) {
    Line* line = line_of(step);
    const auto call =
        line != nullptr ? line->calls.find(step.call) : std::map<std::uint64_t, std::uint64_t>::iterator{};
    if (line == nullptr || call == line->calls.end()) return missing("a call ends that does not exist");
    say(3, "call " + std::to_string(call->second) + " ends");
    line->calls.erase(call);
}

void LifeCycle::say(unsigned depth, const std::string& text) {
    text_.push_back(std::string(depth * 2, ' ') + printable(text));
}

void LifeCycle::wrong(const std::string& text) {
    in_order_ = false;
    text_.push_back("out of order: " + printable(text));
}

void LifeCycle::missing(const std::string& text) {
    if (!lost_records_) wrong(text);
}

std::string LifeCycle::call_number(const Step& step) {
    const Line* line = line_of(step);
    const auto call = line != nullptr ? line->calls.find(step.call)
                                      : std::map<std::uint64_t, std::uint64_t>::const_iterator{};
    return line != nullptr && call != line->calls.end() ? std::to_string(call->second) : "?";
}

LifeCycle::Session* LifeCycle::session_of(const Step& step) {
    const auto found = sessions_.find(step.provider);
    return found == sessions_.end() ? nullptr : &found->second;
}

// The line that a step names, or else the one that its call is on.
LifeCycle::Line* LifeCycle::line_of(const Step& step) {
    Session* session = session_of(step);
    if (session == nullptr) return nullptr;
    if (const auto found = session->lines.find(step.line); found != session->lines.end())
        return &found->second;
    const auto holder = std::ranges::find_if(session->lines, [&](const auto& entry) {
        return step.call != 0 && entry.second.calls.contains(step.call);
    });
    return holder == session->lines.end() ? nullptr : &holder->second;
}

} // namespace offhook::cli
