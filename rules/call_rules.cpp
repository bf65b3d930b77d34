// SPDX-License-Identifier: Apache-2.0
//
// What is said of calls: R070, R071, R072, R089, R127, R142, R210, R211, R220, R228, R253; what their
// structures hold: R133, R142, R212, R225, R226, R227, R253; what requests on them have promised: R058, R080,
// R214 to R217, R219, R221, R229; and what is owed: R135, R230, R231.
#include "rules/table.h"

#include "abi/call_modes.h"
#include "abi/media_modes.h"
#include "abi/structure_reader.h"

#include <algorithm>

namespace offhook::rules {
namespace {

using abi::Tspi;

std::string call_text(std::uint64_t name) { return "call " + hex(name); }

// R070: events name a call as the service named it.
Verdict call_has_the_services_name(const Observation& seen, const Books& books) {
    if (seen.event.call == 0) return {};
    if (books.calls.contains(seen.event.call)) return Verdict::kept();
    if (books.closed_calls.has(seen.event.call) || books.failed_calls.has(seen.event.call) ||
        books.closed_devices.has(seen.event.line))
        return {};
    return Verdict::broken("an event names " + call_text(seen.event.call) +
                           ", which the service has not named");
}

// R071: of a call that came by LINE_NEWCALL, its state is heard first.
Verdict state_comes_first(const Observation& seen, const Books&) {
    const Call* call = seen.call;
    if (call == nullptr || call->creator || call->state != 0) return {};
    if (seen.number == LINE_CALLSTATE) return Verdict::kept();
    return Verdict::broken(message_text(seen.number) + " came between LINE_NEWCALL and the call's first "
                                                       "LINE_CALLSTATE");
}

// R072: a call that the service has refused has no name, and nothing is said of it.
Verdict refused_call_is_silent(const Observation& seen, const Books&) {
    if (seen.event.call != 0) return Verdict::kept();
    return Verdict::broken(
        "an event of a call has no call: it was refused, or it was not waited for its name");
}

// R089: calls that nobody wants are not announced.
Verdict only_wanted_calls(const Observation& seen, const Books& books) {
    const auto line = books.lines.find(seen.event.line);
    if (line == books.lines.end() || !line->second.wanted_media) return {};
    if (*line->second.wanted_media != 0) return Verdict::kept();
    return Verdict::broken("LINE_NEWCALL on a line for which no media mode was asked for "
                           "(TSPI_lineSetDefaultMediaDetection)");
}

// R127: no LINE_CALLINFO follows once a call is idle.
Verdict no_information_when_idle(const Observation& seen, const Books&) {
    const Call* call = seen.call;
    if (call == nullptr) return {};
    return call->idle()
               ? Verdict::broken("LINE_CALLINFO came of " + call_text(seen.event.call) + ", which is idle")
               : Verdict::kept();
}

// R210: IDLE is the last state.
Verdict idle_is_final(const Observation& seen, const Books&) {
    const Call* call = seen.call;
    if (call == nullptr) return {};
    return call->idle() ? Verdict::broken(call_text(seen.event.call) + " became " + state_text(seen.first()) +
                                          " after IDLE")
                        : Verdict::kept();
}

// R211: a state is one state; its upper eight bits are the vendor's.
Verdict one_state_at_a_time(const Observation& seen, const Books&) {
    if (abi::is_call_state(seen.first())) return Verdict::kept();
    return Verdict::broken("LINE_CALLSTATE with the state " + hex(seen.first()));
}

// R253: the bits of a mode that the interface reserves are not used. Where vendors have bits of their own,
// those are the upper ones.
Verdict mode_has_known_bits(std::uint32_t state, std::uint32_t mode) {
    const auto reserved = abi::reserved_mode_bits(state);
    if (reserved == 0) return {};
    if ((mode & reserved) == 0) return Verdict::kept();
    return Verdict::broken("the mode " + hex(mode) + " of the state " + state_text(state) + " has the bits " +
                           hex(mode & reserved) + ", which the interface reserves");
}
Verdict said_mode_has_known_bits(const Observation& seen, const Books&) {
    return mode_has_known_bits(seen.first(), seen.second());
}
Verdict given_mode_has_known_bits(const Observation& seen, const Books&) {
    if (!seen.succeeded()) return {};
    const auto bytes = seen.output_bytes("lpCallStatus");
    return mode_has_known_bits(abi::field_at(bytes, offsetof(LINECALLSTATUS, dwCallState)),
                               abi::field_at(bytes, offsetof(LINECALLSTATUS, dwCallStateMode)));
}

// R142: a call has one media mode, or several that are possible, with UNKNOWN.
Verdict is_one_media_mode(std::uint32_t modes, std::string_view where) {
    if (abi::is_media_mode(modes)) return Verdict::kept();
    return Verdict::broken(std::string(where) + " gives a call the media modes " + hex(modes) +
                           (modes == 0 ? "" : " without UNKNOWN"));
}
Verdict said_media_mode_is_one(const Observation& seen, const Books&) {
    return seen.third() == 0 ? Verdict{}
                             : is_one_media_mode(seen.third(), "LINE_CALLSTATE"); // 0: none is told
}
Verdict given_media_mode_is_one(const Observation& seen, const Books&) {
    if (!seen.succeeded()) return {};
    return is_one_media_mode(
        abi::field_at(seen.output_bytes("lpCallInfo"), offsetof(LINECALLINFO, dwMediaMode)), seen.row->name);
}

// By an application, which may do so whatever the call waits for.
bool is_being_added(const Call& call, const Books& books) {
    return std::ranges::any_of(books.requests, [&](const auto& entry) {
        const auto& called = entry.second.call;
        return called.function == Tspi::lineAddToConference && called.input("hdConsultCall") == call.driver;
    });
}

// R220: without hold the original call stays as it is until the consultation call is connected.
Verdict original_is_left_alone(const Observation& seen, const Books& books) {
    const Call* call = seen.call;
    if (call == nullptr || (seen.first() & (LINECALLSTATE_ONHOLDPENDCONF | LINECALLSTATE_CONFERENCED)) == 0)
        return {};
    bool concerned = false;
    for (const auto name : books.calls_of_line(call->line)) {
        const Call& other = books.calls.at(name);
        if (other.original != call->driver) continue;
        if (!other.leaves_original) return {}; // it was asked for more, with hold
        if (other.driver == 0) continue; // the function has not returned: this may have been said before
        if ((other.state & (LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED)) != 0)
            return Verdict::kept();
        concerned = true;
    }
    if (!concerned || is_being_added(*call, books)) return {};
    return Verdict::broken(call_text(seen.event.call) + " became " + state_text(seen.first()) +
                           " although the call parameters wanted no hold");
}

// R228: a pass-through call connects at once.
Verdict pass_through_connects(const Observation& seen, const Books&) {
    const Call* call = seen.call;
    if (call == nullptr || !call->pass_through) return {};
    constexpr auto of_dialing =
        LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING | LINECALLSTATE_PROCEEDING | LINECALLSTATE_RINGBACK;
    if ((seen.first() & of_dialing) == 0) return Verdict::kept();
    return Verdict::broken("a pass-through call became " + state_text(seen.first()));
}

// ---- Structures

// R133: the fields that are the service's are left alone. It passes them as 0.
Verdict services_fields_are_left_alone(const Observation& seen, const Books&) {
    if (!seen.succeeded()) return {};
    struct Field {
        abi::TspiParameter parameter;
        std::size_t offset;
        const char* name;
    };
    static constexpr std::array fields{
        Field{"lpCallInfo", offsetof(LINECALLINFO, hLine), "hLine"},
        Field{"lpCallInfo", offsetof(LINECALLINFO, dwNumOwners), "dwNumOwners"},
        Field{"lpCallInfo", offsetof(LINECALLINFO, dwNumMonitors), "dwNumMonitors"},
        Field{"lpCallInfo", offsetof(LINECALLINFO, dwAppNameSize), "dwAppNameSize"},
        Field{"lpCallStatus", offsetof(LINECALLSTATUS, dwCallPrivilege), "dwCallPrivilege"},
        Field{"lpLineDevStatus", offsetof(LINEDEVSTATUS, dwNumOpens), "dwNumOpens"},
        Field{"lpLineDevStatus", offsetof(LINEDEVSTATUS, dwOpenMediaModes), "dwOpenMediaModes"},
        Field{"lpPhoneStatus", offsetof(PHONESTATUS, dwNumOwners), "dwNumOwners"},
        Field{"lpPhoneStatus", offsetof(PHONESTATUS, dwNumMonitors), "dwNumMonitors"},
    };
    bool looked = false;
    for (const auto& field : fields) {
        const auto bytes = seen.output_bytes(field.parameter);
        looked = looked || !bytes.empty();
        if (abi::field_at(bytes, field.offset) != 0)
            return Verdict::broken(std::string(seen.row->name) + " wrote " + field.name +
                                   ", which is the service's");
    }
    return looked ? Verdict::kept() : Verdict{};
}

// R212: a feature is offered only in states in which it can be used (callstates; pages of the functions).
Verdict features_follow_the_state(const Observation& seen, const Books&) {
    if (!seen.succeeded()) return {};
    struct Row {
        std::uint32_t feature, states;
    };
    constexpr auto held =
        LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLDPENDCONF;
    static constexpr std::array rows{
        Row{LINECALLFEATURE_ACCEPT, LINECALLSTATE_OFFERING},
        Row{LINECALLFEATURE_ANSWER, LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED},
        Row{LINECALLFEATURE_REDIRECT, LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED},
        Row{LINECALLFEATURE_DIAL, LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING | LINECALLSTATE_CONNECTED},
        Row{LINECALLFEATURE_HOLD, LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED},
        Row{LINECALLFEATURE_UNHOLD, held},
        Row{LINECALLFEATURE_PARK, LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD},
    };
    const auto bytes = seen.output_bytes("lpCallStatus");
    const auto state = abi::field_at(bytes, offsetof(LINECALLSTATUS, dwCallState));
    const auto features = abi::field_at(bytes, offsetof(LINECALLSTATUS, dwCallFeatures));
    if (state == LINECALLSTATE_UNKNOWN) return {};
    for (const auto& row : rows)
        if ((features & row.feature) != 0 && (state & row.states) == 0)
            return Verdict::broken("TSPI_lineGetCallStatus offers the features " + hex(features) +
                                   " of a call that is " + state_text(state));
    return Verdict::kept();
}

// R225: what call parameters leave open has its documented default.
Verdict open_parameters_have_defaults(const Observation& seen, const Books& books) {
    const Call* call = books.call_of(seen.input("hdCall"));
    if (!seen.succeeded() || call == nullptr || call->creator != Tspi::lineMakeCall) return {};
    if (abi::field_at(seen.output_bytes("lpCallInfo"), offsetof(LINECALLINFO, dwBearerMode)) != 0)
        return Verdict::kept();
    return Verdict::broken(
        "TSPI_lineGetCallInfo gives no dwBearerMode of a call that was made: the default is VOICE");
}

// R226: dial parameters are brought to the nearest limit of the line.
Verdict dial_parameters_are_within_limits(const Observation& seen, const Books& books) {
    const Call* call = books.call_of(seen.input("hdCall"));
    const Line* line = call != nullptr ? books.line_of_call(*call) : nullptr;
    if (!seen.succeeded() || line == nullptr || call->creator != Tspi::lineMakeCall) return {};
    const auto ranges = books.dial_ranges.find(line->device);
    if (ranges == books.dial_ranges.end()) return {};
    const auto given = [&](std::size_t field) {
        return abi::field_at(seen.output_bytes("lpCallInfo"), offsetof(LINECALLINFO, DialParams) + field);
    };
    const std::array fields{
        std::pair{given(offsetof(LINEDIALPARAMS, dwDialPause)), ranges->second.pause},
        std::pair{given(offsetof(LINEDIALPARAMS, dwDialSpeed)), ranges->second.speed},
        std::pair{given(offsetof(LINEDIALPARAMS, dwDigitDuration)), ranges->second.duration},
        std::pair{given(offsetof(LINEDIALPARAMS, dwWaitForDialtone)), ranges->second.wait},
    };
    for (const auto& [value, range] : fields)
        if (value != 0 && (value < range.low || value > range.high))
            return Verdict::broken("a call has the dial parameter " + std::to_string(value) +
                                   ", the line's range is " + std::to_string(range.low) + " to " +
                                   std::to_string(range.high));
    return Verdict::kept();
}

// R227: states for the automatic transfer of a predictive call are some of those that the address knows.
Verdict automatic_transfer_is_known(const Observation& seen, const Books& books) {
    const Line* line = books.line_of(seen.input("hdLine"));
    const auto parameters = seen.input_bytes("lpCallParams");
    const auto wanted = abi::field_at(parameters, offsetof(LINECALLPARAMS, dwPredictiveAutoTransferStates));
    if (line == nullptr || line->version < abi::v2_0 || wanted == 0) return {};
    const auto known = books.predictive_states.find(line->device);
    if (known == books.predictive_states.end() || (wanted & ~known->second) == 0) return {};
    if (seen.result < 0) return Verdict::kept();
    return Verdict::broken("TSPI_lineMakeCall took the predictive states " + hex(wanted) +
                           ", the address knows " + hex(known->second));
}

// ---- Promises

std::string broken_promise(std::uint64_t name, const Call& call, std::uint32_t state) {
    return std::string(abi::row(call.promise->function).name) + " has succeeded, and " + call_text(name) +
           " is " + state_text(state) + ", not " + state_text(call.promise->states);
}

// What the end of one call brings to others comes after it, and IDLE after a drop: both take their time.
constexpr bool is_so_at_once(std::uint16_t rule) { return rule != 80 && rule != 215 && rule != 219; }

// R058, R214, …: what a request has succeeded with is so when the state is asked for.
template <std::uint16_t Number> Verdict promised_state_is_given(const Observation& seen, const Books& books) {
    const auto driver = seen.input("hdCall");
    const Call* call = books.call_of(driver);
    if (!is_so_at_once(Number) || !seen.succeeded() || call == nullptr || !call->promise ||
        call->promise->rule != Number)
        return {};
    const auto state =
        abi::field_at(seen.output_bytes("lpCallStatus"), offsetof(LINECALLSTATUS, dwCallState));
    if ((state & (call->promise->states | LINECALLSTATE_IDLE | LINECALLSTATE_DISCONNECTED)) != 0)
        return Verdict::kept();
    return Verdict::broken(broken_promise(books.name_of_call(driver), *call, state));
}

// And is reported, in the end.
template <std::uint16_t Number> Verdict promised_state_shows(const Observation&, const Books& books) {
    for (const auto& [name, call] : books.calls)
        if (call.promise && call.promise->rule == Number && !call.closing &&
            books.is_overdue(call.promise->since))
            return Verdict::broken(broken_promise(name, call, call.state));
    return {};
}

template <std::uint16_t Number> constexpr bool promises(std::uint16_t function) {
    return promised_rule(static_cast<Tspi>(function)) == Number;
}

// It may have shown before the request completed.
template <std::uint16_t Number> Verdict promised_state_is_there(const Observation& seen, const Books& books) {
    const auto found = books.requests.find(seen.request);
    if (seen.result != 0 || found == books.requests.end()) return {};
    for (const auto& made : books.promised_by(found->second))
        if (const Call* call = books.call_of(made.call); made.rule == Number && call != nullptr)
            if ((call->state & made.states) != 0) return Verdict::kept();
    return {};
}

// The state of a call keeps the promise that a request has made.
template <std::uint16_t Number> Verdict promise_is_kept(const Observation& seen, const Books&) {
    const Call* call = seen.call;
    if (call == nullptr || !call->promise || call->promise->rule != Number) return {};
    return (seen.first() & call->promise->states) != 0 ? Verdict::kept() : Verdict{};
}

// ---- What is owed

// R135: a value that an application has set is told to the others.
Verdict set_value_is_told(const Observation&, const Books& books) {
    for (const auto& [name, call] : books.calls)
        if (books.is_overdue(call.app_specific_owed))
            return Verdict::broken("TSPI_lineSetAppSpecific has succeeded for " + call_text(name) +
                                   ", and no LINE_CALLINFO has told so");
    return {};
}
Verdict value_is_told(const Observation& seen, const Books&) {
    return (seen.first() & LINECALLINFOSTATE_APPSPECIFIC) != 0 ? Verdict::kept() : Verdict{};
}

// R230, R231: of two gatherings, or generations, of one call the first ends with a message.
Verdict first_gathering_ends(const Observation&, const Books& books) {
    for (const auto& [name, call] : books.calls)
        if (books.is_overdue(call.gathering_owed))
            return Verdict::broken("digits of " + call_text(name) +
                                   " are gathered anew, and no LINE_GATHERDIGITS has ended "
                                   "the gathering before");
    return {};
}
Verdict first_generation_ends(const Observation&, const Books& books) {
    for (const auto& [name, call] : books.calls)
        if (books.is_overdue(call.generation_owed))
            return Verdict::broken("digits or tones are generated anew on " + call_text(name) +
                                   ", and no LINE_GENERATE has ended the generation before");
    return {};
}
Verdict message_ends_it(const Observation&, const Books&) { return Verdict::kept(); }

// R229: that calls are forwarded is confirmed by a state of the address.
Verdict forwarding_is_confirmed(const Observation&, const Books& books) {
    for (const auto& [name, line] : books.lines)
        if (books.is_overdue(line.forwarding_owed))
            return Verdict::broken(
                "TSPI_lineForward has succeeded, and no LINE_ADDRESSSTATE with FORWARD has followed");
    return {};
}
Verdict forwarding_is_told(const Observation& seen, const Books&) {
    return (seen.second() & LINEADDRESSSTATE_FORWARD) != 0 ? Verdict::kept() : Verdict{};
}

constexpr auto state = one_of<LINE_CALLSTATE>;
constexpr auto information = one_of<LINE_CALLINFO>;
constexpr auto asks_status = one_of<Tspi::lineGetCallStatus>;
constexpr auto asks_information = one_of<Tspi::lineGetCallInfo>;
constexpr auto gets_services_fields =
    one_of<Tspi::lineGetCallInfo, Tspi::lineGetCallStatus, Tspi::lineGetLineDevStatus, Tspi::phoneGetStatus>;

template <std::uint16_t Number>
constexpr std::array promise_rules{
    Rule{Number, Step::returned, asks_status, promised_state_is_given<Number>},
    Rule{Number, Step::overdue, every, promised_state_shows<Number>},
    Rule{Number, Step::said, state, promise_is_kept<Number>},
    Rule{Number, Step::completed, promises<Number>, promised_state_is_there<Number>},
};

constexpr std::array own{
    Rule{70, Step::said, of_call, call_has_the_services_name},
    Rule{71, Step::said, of_call, state_comes_first},
    Rule{72, Step::said, of_call, refused_call_is_silent},
    Rule{89, Step::said, one_of<LINE_NEWCALL>, only_wanted_calls},
    Rule{127, Step::said, information, no_information_when_idle},
    Rule{133, Step::returned, gets_services_fields, services_fields_are_left_alone},
    Rule{135, Step::overdue, every, set_value_is_told},
    Rule{135, Step::said, information, value_is_told},
    Rule{142, Step::said, state, said_media_mode_is_one},
    Rule{142, Step::returned, asks_information, given_media_mode_is_one},
    Rule{210, Step::said, state, idle_is_final},
    Rule{211, Step::said, state, one_state_at_a_time},
    Rule{212, Step::returned, asks_status, features_follow_the_state},
    Rule{220, Step::said, state, original_is_left_alone},
    Rule{225, Step::returned, asks_information, open_parameters_have_defaults},
    Rule{226, Step::returned, asks_information, dial_parameters_are_within_limits},
    Rule{227, Step::returned, one_of<Tspi::lineMakeCall>, automatic_transfer_is_known},
    Rule{228, Step::said, state, pass_through_connects},
    Rule{229, Step::overdue, every, forwarding_is_confirmed},
    Rule{229, Step::said, one_of<LINE_ADDRESSSTATE>, forwarding_is_told},
    Rule{230, Step::overdue, every, first_gathering_ends},
    Rule{230, Step::said, one_of<LINE_GATHERDIGITS>, message_ends_it},
    Rule{231, Step::overdue, every, first_generation_ends},
    Rule{231, Step::said, one_of<LINE_GENERATE>, message_ends_it},
    Rule{253, Step::said, state, said_mode_has_known_bits},
    Rule{253, Step::returned, asks_status, given_mode_has_known_bits},
};

template <std::uint16_t... Numbers> constexpr auto with_promises() {
    std::array<Rule, own.size() + sizeof...(Numbers) * promise_rules<58>.size()> all{};
    auto end = std::copy(own.begin(), own.end(), all.begin());
    ((end = std::copy(promise_rules<Numbers>.begin(), promise_rules<Numbers>.end(), end)), ...);
    return all;
}
constexpr auto table = with_promises<58, 80, 214, 215, 216, 217, 219, 221>();

} // namespace

std::span<const Rule> call_rules() { return table; }

} // namespace offhook::rules
