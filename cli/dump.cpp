// SPDX-License-Identifier: Apache-2.0
//
// The whole state of the service on one page.
#include "cli/commands.h"
#include "cli/rule_number.h"
#include "cli/service.h"
#include "trace/hexadecimal.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <ctime>
#include <iostream>
#include <set>

namespace offhook::cli {
namespace {

using nlohmann::json;
using trace::hexadecimal;

std::uint64_t number_in(const json& object, const char* key) { return object.value(key, std::uint64_t{0}); }

std::string handle(const json& object, const char* key) {
    const auto value = number_in(object, key);
    return value == 0 ? "-" : hexadecimal(value);
}

// "1.4"
std::string version(const json& object, const char* key) {
    const auto value = number_in(object, key);
    return value == 0 ? "-" : std::to_string(value >> 16) + "." + std::to_string(value & 0xFFFF);
}

std::string since(const json& object, const char* key) {
    const auto milliseconds = number_in(object, key);
    return milliseconds < 1'000 ? std::to_string(milliseconds) + " ms" : duration(milliseconds / 1'000);
}

// "2 Extension 101", as it is called in a timeline.
std::string line_in(const json& object) {
    if (object.value("device", json()).is_null()) return "-";
    const auto name = object.value("line_name", "");
    return cell(object, "device") + (name.empty() ? "" : " " + name);
}

std::string mark(const json& object) { return object.value("stuck", false) ? "STUCK" : ""; }

std::string date_and_time(std::uint64_t milliseconds) {
    const auto seconds = static_cast<std::time_t>(milliseconds / 1'000);
    std::tm local{};
    localtime_r(&seconds, &local);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%F %T", &local);
    return text.data();
}

std::string waiting_change(const json& provider) {
    const auto change = provider.value("change", json());
    if (change.is_object()) return cell(change, "what") + " " + cell(change, "stage");
    return provider.value("pending", false) ? "configuration, with the next session" : "-";
}

std::string holders_of(const json& call) {
    std::string text;
    for (const auto& holder : call.value("holders", json::array()))
        text += (text.empty() ? "" : ", ") + ("#" + cell(holder, "application")) + " " +
                cell(holder, "privilege");
    return text.empty() ? "-" : text;
}

void print(const char* title, const Table& table) {
    std::cout << '\n' << title << '\n';
    if (table.empty()) std::cout << "  none\n";
    else table.print(std::cout);
}

void print_providers(const json& dump) {
    Table table(
        {"PROVIDER", "STAGE", "SESSION", "FOR", "HOST", "TSPI", "LINES", "PHONES", "CHANGE", "LAST ERROR"});
    for (const auto& one : dump.at("providers"))
        table.add({cell(one, "name"), cell(one, "stage"), cell(one, "session"), since(one, "session_ms"),
                   cell(one, "host_pid"), version(one, "interface_version"), cell(one, "lines"),
                   cell(one, "phones"), waiting_change(one), cell(one, "last_error")});
    print("Providers", table);
}

// Those that nobody uses are counted only: there may be thousands.
void print_devices(const char* title, const json& devices) {
    Table table({"DEVICE", "HANDLE", "NAME", "PROVIDER", "STAGE", "OPENS", "CALLS"});
    std::size_t unused = 0;
    for (const auto& one : devices) {
        if (number_in(one, "opens") == 0 && number_in(one, "calls") == 0) ++unused;
        else
            table.add({cell(one, "device"), handle(one, "handle"), cell(one, "name"), cell(one, "provider"),
                       cell(one, "stage"), cell(one, "opens"), cell(one, "calls")});
    }
    print(title, table);
    if (unused != 0) std::cout << "  and " << unused << " that nobody uses\n";
}

void print_calls(const json& dump) {
    Table table(
        {"CALL", "LINE", "PROVIDER", "STATE", "FOR", "AGE", "CALLER", "CALLED", "HOLDERS", "REQUESTS", ""});
    for (const auto& one : dump.at("calls"))
        table.add({handle(one, "call"), cell(one, "line"), cell(one, "provider"), cell(one, "state"),
                   since(one, "state_ms"), since(one, "age_ms"), cell(one, "caller"), cell(one, "called"),
                   holders_of(one), cell(one, "requests"), mark(one)});
    print("Calls", table);
}

void print_requests(const json& dump) {
    Table table({"REQUEST", "FUNCTION", "PROVIDER", "APPLICATION", "LINE", "HANDLE", "CALL", "FOR", ""});
    for (const auto& one : dump.at("requests"))
        table.add({handle(one, "request"), cell(one, "function"), cell(one, "provider"),
                   cell(one, "application"), line_in(one), handle(one, "line"), handle(one, "call"),
                   since(one, "age_ms"), mark(one)});
    print("Requests and calls into providers that have not ended", table);
}

void print_applications(const json& dump) {
    Table table({"APPLICATION", "PROGRAM", "USER"});
    for (const auto& one : dump.at("applications"))
        table.add({cell(one, "id"), cell(one, "name"), cell(one, "user")});
    print("Applications", table);
}

void print_violations(const json& dump) {
    Table table({"WHEN", "PROVIDER", "RULE", "LINE", "HANDLE", "CALL", "WHAT"});
    std::set<std::uint64_t> broken;
    for (const auto& one : dump.at("violations")) {
        const auto rule = number_in(one, "rule");
        if (rule != 0) broken.insert(rule);
        table.add({date_and_time(number_in(one, "time_ms")), cell(one, "provider"),
                   rule == 0 ? "-" : rule_label(rule), line_in(one), handle(one, "line"), handle(one, "call"),
                   cell(one, "text")});
    }
    print("Rules that were broken last", table);
    for (const auto rule : broken)
        std::cout << "  " << rule_label(rule) << ": " << requirement_of(rule) << '\n';
}

Exit dump(Format format) {
    const auto whole = ask(wire::ServiceFunction::dump, json::object(), "cannot read the service's state");
    if (format == Format::json) {
        print_json(std::cout, whole);
        return Exit::done;
    }
    std::cout << "offhookd " << cell(whole, "version") << ", process " << cell(whole, "pid") << ", up "
              << duration(number_in(whole, "uptime_s")) << '\n';
    print_providers(whole);
    print_devices("Lines", whole.at("lines"));
    print_devices("Phones", whole.at("phones"));
    print_calls(whole);
    print_requests(whole);
    print_applications(whole);
    print_violations(whole);
    if (const auto left_out = number_in(whole, "left_out"); left_out != 0)
        std::cout << '\n' << left_out << " rows more are not shown\n";
    return Exit::done;
}

} // namespace

void add_dump_command(CLI::App& app, Context& context) {
    app.add_subcommand("dump",
                       "Show the whole state of the service: what is open, what waits, what was broken last")
        ->callback([&context] { context.run = [&context] { return dump(context.format); }; });
}

} // namespace offhook::cli
