// SPDX-License-Identifier: Apache-2.0
//
// Handles from their beginning to their end: R060, R061, R063, R064, R065, R067, R068, R075, R078, R083,
// R085, R086, R092, R096.
#include "rules/table.h"

#include "trace/constants.h"

#include <algorithm>

namespace offhook::rules {
namespace {

using abi::Tspi;

// R060: no handle of a provider is 0.
Verdict open_device_has_handle(const Observation& seen, const Books&) {
    if (!seen.succeeded()) return {};
    const auto handle =
        seen.output(seen.function() == Tspi::lineOpen ? abi::TspiParameter("lphdLine") : "lphdPhone");
    if (handle != 0) return Verdict::kept();
    return Verdict::broken(std::string(seen.row->name) + " gave the handle 0");
}

Verdict new_call_has_handle(const Observation& seen, const Books&) {
    if (seen.event.parameter1 != 0) return Verdict::kept();
    return Verdict::broken("LINE_NEWCALL gave the handle 0");
}

// R061: a function that creates calls has stored their handles when it returns. TSPI_lineForward needs none.
Verdict created_call_has_handle(const Observation& seen, const Books&) {
    if (!seen.succeeded() || seen.function() == Tspi::lineForward) return {};
    for (const auto& created : created_calls(seen.function()))
        if ((*seen.inputs)[created.name].number != 0 && (*seen.outputs)[created.handle].number == 0)
            return Verdict::broken(std::string(seen.row->name) + " returned without a handle in " +
                                   std::string(seen.row->parameters[created.handle].name));
    return Verdict::kept();
}

// R063: nothing is said of a call whose request has not completed.
Verdict nothing_before_completion(const Observation& seen, const Books&) {
    const Call* call = seen.call;
    if (call == nullptr) return {};
    if (call->stage == CallStage::alive) return Verdict::kept();
    return Verdict::broken("an event of a call came before the request that creates it (" +
                           std::string(abi::row(*call->creator).name) + ") was completed");
}

// R064: nothing is said of a call whose request has failed.
Verdict nothing_after_failure(const Observation& seen, const Books& books) {
    if (!books.failed_calls.has(seen.event.call)) return {};
    return Verdict::broken("an event came of a call whose request had failed");
}

Verdict failure_is_the_end(const Observation& seen, const Books&) {
    return seen.result < 0 ? Verdict::kept() : Verdict{};
}

bool created_it(const Books& books, std::uint64_t driver) {
    const Call* call = books.call_of(driver);
    return call != nullptr && call->stage == CallStage::pending;
}

// "request 0x7 (TSPI_lineHold)": one of those that are about something.
template <class About> std::string named_request(const Books& books, About&& about) {
    for (const auto& [id, request] : books.requests)
        if (about(request)) return "request " + hex(id) + " (" + std::string(request.call.row().name) + ")";
    return "a request";
}

// R065: closing a call that is only being made completes the request.
Verdict closing_completes_creation(const Observation& seen, const Books& books) {
    if (seen.result < 0 || !created_it(books, seen.input("hdCall"))) return {};
    const auto name = books.name_of_call(seen.input("hdCall"));
    return Verdict::broken("TSPI_lineCloseCall returned before " +
                           named_request(books,
                                         [&](const Request& request) {
                                             return std::ranges::find(request.creates, name) !=
                                                    request.creates.end();
                                         }) +
                           ", which creates the call, was completed");
}

Verdict creation_completes_by_closing(const Observation& seen, const Books& books) {
    const auto found = books.requests.find(seen.request);
    if (found == books.requests.end()) return {};
    for (const auto name : found->second.creates)
        if (const Call* call = books.call(name); call != nullptr && call->closing) return Verdict::kept();
    return {};
}

// R078: closing a call completes what is outstanding on it.
Verdict closing_call_completes(const Observation& seen, const Books& books) {
    const auto call = seen.input("hdCall");
    if (seen.result < 0 || created_it(books, call)) return {};
    if (!books.outstanding_on_call(call)) return Verdict::kept();
    const auto name = books.name_of_call(call);
    return Verdict::broken(
        "TSPI_lineCloseCall returned before " +
        named_request(books, [&](const Request& request) { return request.calls[0] == name; }) +
        " on the call was completed");
}

// R083, R085: closing a line or a phone completes what is outstanding on it.
Verdict closing_line_completes(const Observation& seen, const Books& books) {
    if (seen.result < 0) return {};
    if (!books.outstanding_on_line(seen.input("hdLine"))) return Verdict::kept();
    const auto name = books.name_of_device(seen.input("hdLine"), 0);
    const auto is_of_line = [&](std::uint64_t call_name) {
        const Call* call = books.call(call_name);
        return call != nullptr && call->line == name;
    };
    return Verdict::broken("TSPI_lineClose returned before " +
                           named_request(books,
                                         [&](const Request& request) {
                                             return request.device == name ||
                                                    std::ranges::any_of(request.calls, is_of_line);
                                         }) +
                           " on the line was completed");
}

Verdict closing_phone_completes(const Observation& seen, const Books& books) {
    if (seen.result < 0) return {};
    if (!books.outstanding_on_phone(seen.input("hdPhone"))) return Verdict::kept();
    const auto name = books.name_of_device(0, seen.input("hdPhone"));
    return Verdict::broken(
        "TSPI_phoneClose returned before " +
        named_request(books, [&](const Request& request) { return request.device == name; }) +
        " on the phone was completed");
}

const Call* idle_call(const Observation& seen, const Books& books) {
    const Call* call = books.call_of(seen.input("hdCall"));
    return call != nullptr && call->idle() && !call->closing ? call : nullptr;
}

// R067: a call is there until TSPI_lineCloseCall, idle or not.
Verdict idle_call_is_known(const Observation& seen, const Books& books) {
    const Call* call = idle_call(seen, books);
    if (call == nullptr) return {};
    if (seen.result != LINEERR_INVALCALLHANDLE) return Verdict::kept();
    return Verdict::broken(std::string(seen.row->name) +
                           " does not know a call that is idle and was not closed");
}

// R067: closing it is what ends it, whatever its state.
Verdict closing_knows_the_call(const Observation& seen, const Books& books) {
    const Call* call = books.call_of(seen.input("hdCall"));
    const Line* line = call != nullptr ? books.line_of_call(*call) : nullptr;
    if (line == nullptr || line->forced_closed || call->stage != CallStage::alive) return {};
    if (seen.result != LINEERR_INVALCALLHANDLE) return Verdict::kept();
    return Verdict::broken("TSPI_lineCloseCall does not know a call that was not closed" +
                           std::string(call->idle() ? ", and is idle" : ""));
}

// R067: and no longer: nothing is said of it when the function has returned.
Verdict closed_call_is_silent(const Observation& seen, const Books& books) {
    if (!books.closed_calls.has(seen.event.call) || books.calls.contains(seen.event.call)) return {};
    return Verdict::broken(message_text(seen.number) + " came of call " + hex(seen.event.call) +
                           " after TSPI_lineCloseCall, or TSPI_lineClose of its line, had returned");
}

// R083, R085: nor of a device, when it has been closed. That the provider closes it by itself may cross that.
Verdict closed_device_is_silent(const Observation& seen, const Books& books) {
    const bool closes = seen.number == LINE_CLOSE || seen.number == PHONE_CLOSE;
    if (seen.event.call != 0 || closes || !books.closed_devices.has(seen.event.line)) return {};
    return Verdict::broken(message_text(seen.number) + " came after the device " + hex(seen.event.line) +
                           " had been closed");
}

// R075: events name lines and phones as the service named them, and a call with its own line.
Verdict device_has_the_services_name(const Observation& seen, const Books& books) {
    const auto name = seen.event.line;
    if (name == 0 || books.closed_devices.has(name)) return {};
    if (!books.lines.contains(name) && !books.phones.contains(name))
        return Verdict::broken(message_text(seen.number) + " names the line or phone " + hex(name) +
                               ", which the service has not named");
    if (seen.call == nullptr || seen.call->line == name) return Verdict::kept();
    return Verdict::broken(message_text(seen.number) + " names the line " + hex(name) + " with call " +
                           hex(seen.event.call) + ", which is of line " + hex(seen.call->line));
}

// R068: what is known of it can be asked for.
Verdict idle_call_answers(const Observation& seen, const Books& books) {
    if (idle_call(seen, books) == nullptr || seen.result == LINEERR_INVALCALLHANDLE) return {};
    if (seen.result == 0 || seen.result == LINEERR_STRUCTURETOOSMALL ||
        seen.result == LINEERR_OPERATIONUNAVAIL)
        return Verdict::kept();
    return Verdict::broken(std::string(seen.row->name) + " failed with " + trace::error_name(seen.result) +
                           " for a call that is idle and was not closed");
}

// R086: a line that the provider has closed is closed, and so are its calls.
Verdict closed_line_is_silent(const Observation& seen, const Books& books) {
    const auto line = books.lines.find(seen.event.line);
    if (line == books.lines.end()) return {};
    if (!line->second.forced_closed) return Verdict::kept();
    return Verdict::broken(message_text(seen.number) + " came of a line after its LINE_CLOSE");
}

// R092, R096: what is removed was closed before. Its opening, which has not returned, may cross that.
template <class Devices> Verdict closed_before_removal(const Observation& seen, const Devices& devices) {
    for (const auto& [name, one] : devices)
        if (one.device == seen.first() && one.driver != 0 && !one.forced_closed)
            return Verdict::broken(message_text(seen.number) + " of device " + std::to_string(one.device) +
                                   ", which is open");
    return Verdict::kept();
}

Verdict line_is_closed_before_removal(const Observation& seen, const Books& books) {
    return closed_before_removal(seen, books.lines);
}

Verdict phone_is_closed_before_removal(const Observation& seen, const Books& books) {
    return closed_before_removal(seen, books.phones);
}

constexpr auto asks_about_call =
    one_of<Tspi::lineGetCallInfo, Tspi::lineGetCallStatus, Tspi::lineGetCallAddressID>;

constexpr bool of_line(std::uint16_t message) {
    return one_of<LINE_CALLSTATE, LINE_CALLINFO, LINE_LINEDEVSTATE, LINE_ADDRESSSTATE, LINE_NEWCALL,
                  LINE_MONITORDIGITS, LINE_MONITORMEDIA, LINE_MONITORTONE, LINE_GATHERDIGITS, LINE_GENERATE>(
        message);
}

constexpr bool of_phone(std::uint16_t message) {
    return one_of<PHONE_BUTTON, PHONE_STATE, PHONE_DEVSPECIFIC>(message);
}

constexpr std::array table{
    Rule{60, Step::returned, one_of<Tspi::lineOpen, Tspi::phoneOpen>, open_device_has_handle},
    Rule{60, Step::said, one_of<LINE_NEWCALL>, new_call_has_handle},
    Rule{61, Step::returned, creates_calls, created_call_has_handle},
    Rule{63, Step::said, of_call, nothing_before_completion},
    Rule{64, Step::said, of_call, nothing_after_failure},
    Rule{64, Step::completed, creates_calls, failure_is_the_end},
    Rule{65, Step::completed, creates_calls, creation_completes_by_closing},
    Rule{65, Step::returned, one_of<Tspi::lineCloseCall>, closing_completes_creation},
    Rule{67, Step::returned, asks_about_call, idle_call_is_known},
    Rule{67, Step::returned, one_of<Tspi::lineCloseCall>, closing_knows_the_call},
    Rule{67, Step::said, of_call, closed_call_is_silent},
    Rule{68, Step::returned, asks_about_call, idle_call_answers},
    Rule{75, Step::said, every, device_has_the_services_name},
    Rule{78, Step::returned, one_of<Tspi::lineCloseCall>, closing_call_completes},
    Rule{83, Step::returned, one_of<Tspi::lineClose>, closing_line_completes},
    Rule{83, Step::said, of_line, closed_device_is_silent},
    Rule{85, Step::said, of_phone, closed_device_is_silent},
    Rule{85, Step::returned, one_of<Tspi::phoneClose>, closing_phone_completes},
    Rule{86, Step::said, of_line, closed_line_is_silent},
    Rule{92, Step::said, one_of<LINE_REMOVE>, line_is_closed_before_removal},
    Rule{96, Step::said, one_of<PHONE_REMOVE>, phone_is_closed_before_removal},
};

} // namespace

std::span<const Rule> closing_rules() { return table; }

} // namespace offhook::rules
