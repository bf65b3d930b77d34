// SPDX-License-Identifier: Apache-2.0
#include "cli/trace_names.h"

#include "cli/near_names.h"
#include "cli/problem.h"
#include "cli/rule_number.h"
#include "cli/service.h"
#include "trace/hexadecimal.h"
#include "trace/messages.h"
#include "trace/record_text.h"
#include "trace/values.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace offhook::cli {
namespace {

using nlohmann::json;

void add_text(std::set<std::string>& to, const json& record, const char* key) {
    if (auto text = record.value(key, ""); !text.empty()) to.insert(std::move(text));
}

void add_number(std::set<std::uint64_t>& to, const json& record, const char* key) {
    if (const auto number = record.value(key, std::uint64_t{0}); number != 0) to.insert(number);
}

std::set<std::string> in_hexadecimal(const std::set<std::uint64_t>& handles) {
    std::set<std::string> texts;
    for (const auto handle : handles) texts.insert(trace::hexadecimal(handle));
    return texts;
}

bool has_number(const std::set<std::uint64_t>& numbers, const std::string& text) {
    const auto number = handle_in(text);
    return number && numbers.contains(*number);
}

Problem unknown(const std::string& what, const std::string& word, const std::set<std::string>& names,
                const std::string& none) {
    return {Exit::usage, "there is no " + what + " " + word + ", and none is in the trace",
            advice_on_names(word, names, none)};
}

std::set<std::string> functions() {
    std::set<std::string> names;
    for (const auto& row : abi::tapi_functions) names.emplace(row.name);
    for (const auto& row : abi::tspi_functions) names.emplace(row.name);
    for (const auto& message : trace::messages) names.emplace(message.name);
    return names;
}

} // namespace

void TraceNames::take_record(const json& record) {
    add_text(providers_, record, "provider");
    add_text(lines_, record, "line_name");
    add_text(programs_, record, "program");
    add_number(applications_, record, "application");
    for (const auto* key : {"line", "htline"}) add_number(line_handles_, record, key);
    for (const auto* key : {"call", "htcall"}) add_number(call_handles_, record, key);
    if (const auto session = record.value("session", std::uint64_t{0}); session != 0)
        providers_.insert(trace::session_label(session));
}

void TraceNames::ask_service() {
    using wire::ServiceFunction;
    constexpr const char* doing = "cannot read the trace";
    const auto status = ask(ServiceFunction::status, json::object(), doing);
    for (const auto& one : status.value("providers", json::array())) add_text(providers_, one, "name");
    for (const auto& one : status.value("applications", json::array())) {
        add_text(programs_, one, "name");
        add_number(applications_, one, "id");
    }
    for (const auto& one : ask_list(ServiceFunction::lines, "lines", doing)) {
        add_text(lines_, one, "name");
        add_number(line_handles_, one, "handle");
    }
    for (const auto& one : ask_list(ServiceFunction::calls, "calls", doing))
        add_number(call_handles_, one, "call");
}

std::optional<Problem> TraceNames::unknown_in(const TraceFilter& filter) const {
    if (!filter.provider.empty() && !providers_.contains(filter.provider)) {
        std::set<std::string> names;
        std::ranges::copy_if(providers_, std::inserter(names, names.end()),
                             [](const auto& name) { return !name.starts_with(trace::session_label_prefix); });
        return unknown("provider", filter.provider, names, "no provider is there");
    }
    if (!filter.line.empty() && !lines_.contains(filter.line) && !has_number(line_handles_, filter.line))
        return unknown("line", filter.line, lines_.empty() ? in_hexadecimal(line_handles_) : lines_,
                       "no line is there");
    if (!filter.call.empty() && !has_number(call_handles_, filter.call))
        return unknown("call", filter.call, in_hexadecimal(call_handles_), "no call is there");
    const auto connection = application_number_in(filter.application);
    if (!filter.application.empty() && !programs_.contains(filter.application) &&
        !(connection && applications_.contains(*connection)))
        return unknown("application", filter.application, programs_, "no application is there");
    return std::nullopt;
}

void check_words(const TraceFilter& filter) {
    if (!filter.rule.empty()) rule_named(filter.rule);
    if (!filter.call.empty() && !handle_in(filter.call))
        throw Problem(Exit::usage, "--call: " + filter.call + " is no handle",
                      "write it as the trace prints it, 0x100040, or as a number");
    if (filter.function.empty()) return;
    const auto names = functions();
    if (std::ranges::none_of(names, [&](const auto& name) { return is_function(name, filter.function); }))
        throw Problem(Exit::usage, "no function or message is like " + filter.function,
                      filter.function.find_first_of("*?[") != std::string::npos
                          ? "leave out a part of it: '*Call*'; TSPI_ may be left out"
                          : advice_on_names(filter.function, names, ""));
}

} // namespace offhook::cli
