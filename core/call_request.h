// SPDX-License-Identifier: Apache-2.0
//
// Requests on calls that the service hands through: one template for every function whose parameters at the
// two interfaces differ in handles and in the request id only. That they do is checked at compile time.
// Included by the table of functions.
#pragma once

#include "core/provider_call.h"

namespace offhook::core {
namespace detail {

inline constexpr std::size_t request_id = abi::max_parameters;

constexpr bool is_call_handle(const abi::Parameter& p) {
    return p.name[0] == 'h' && p.name.ends_with("Call");
}

// For each parameter of the provider's function: the application's parameter that it is, or request_id.
template <abi::Tapi From, abi::Tspi To> consteval auto parameters_from() {
    std::array<std::size_t, abi::row<To>().count> places{};
    std::size_t next = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const abi::Parameter& to = abi::row<To>().parameters[i];
        if (to.name == "dwRequestID") {
            places[i] = request_id;
            continue;
        }
        const abi::Parameter& from = abi::row<From>().parameters[next];
        const bool same = is_call_handle(to) ? is_call_handle(from)
                                             : to.kind == from.kind && to.size == from.size &&
                                                   to.direction == abi::Direction::in;
        if (!same) throw "the two functions differ in more than handles"; // ends the compilation
        places[i] = next++;
    }
    if (next != abi::row<From>().count) throw "the application's function has more parameters";
    return places;
}

// What an application is told when a handle of this name is none of its own.
constexpr std::uint32_t wrong_handle(std::string_view parameter) {
    if (parameter == "hConfCall") return LINEERR_INVALCONFCALLHANDLE;
    if (parameter == "hConsultCall") return LINEERR_INVALCONSULTCALLHANDLE;
    return LINEERR_INVALCALLHANDLE;
}

// Those that the pages allow in any state; the others are refused when the call is IDLE. Which of the other
// states a function needs is the provider's to say.
constexpr bool may_be_idle(abi::Tapi function) {
    return function == abi::Tapi::lineReleaseUserUserInfo || function == abi::Tapi::lineSetAppSpecific ||
           function == abi::Tapi::lineSetCallData;
}

} // namespace detail

// Texts are required by all of these functions; bytes may be NULL when there are none (R041).
template <abi::Tapi From, abi::Tspi To> void State::call_request(const Invocation& invocation) {
    constexpr auto& from = abi::row<From>();
    constexpr auto places = detail::parameters_from<From, To>();
    const auto& in = invocation.inputs;
    wire::Values out{};
    const CallHandle* subject = nullptr; // the first handle: the request is its call's
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] == detail::request_id) continue;
        const abi::Parameter& parameter = from.parameters[places[i]];
        const wire::Value& given = in[places[i]];
        if (detail::is_call_handle(parameter)) {
            const CallHandle* handle = call_handle_of(invocation.application, given.number);
            if (handle == nullptr) return refuse(invocation, detail::wrong_handle(parameter.name));
            if (const auto error = may_request(*handle, from.privilege); error != 0)
                return refuse(invocation, error);
            const Call& call = *calls_.find(handle->call);
            if (call.state.state == LINECALLSTATE_IDLE && !detail::may_be_idle(From))
                return refuse(invocation, LINEERR_INVALCALLSTATE);
            // Of one line: calls into the provider keep their order within a line only, so that the close of
            // a call of another line could overtake this (R067).
            if (subject != nullptr && calls_.find(subject->call)->device != call.device)
                return refuse(invocation, detail::wrong_handle(parameter.name));
            if (subject == nullptr) subject = handle;
            out[i] = number_value(call.driver);
            continue;
        }
        const bool empty =
            parameter.kind == abi::Kind::bytes && in[from.index_of(parameter.count_name)].number == 0;
        if (given.null && !empty && (parameter.kind == abi::Kind::text || parameter.kind == abi::Kind::bytes))
            return refuse(invocation, LINEERR_INVALPOINTER);
        out[i] = given;
    }

    Call& call = *calls_.find(subject->call);
    const LineDevice& device = *devices_.find(call.device);
    Session* session = running_session(device.provider);
    if (session == nullptr) return refuse(invocation, LINEERR_OPERATIONFAILED);
    if (!exports(*session, To)) return refuse(invocation, LINEERR_OPERATIONUNAVAIL);
    if constexpr (abi::row<To>().mode == abi::Mode::async) {
        Request* request = new_request(invocation, *open_lines_.find(subject->line), &call, To);
        if (request == nullptr) return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
        call_provider(
            *session, device.handle, Arguments<To>(out).template with<"dwRequestID">(request->handle),
            [this, id = request->handle](const Outcome& outcome) { request_returned(id, outcome, 0); });
    } else {
        call_provider(*session, device.handle, Arguments<To>(out),
                      [this, application = invocation.application,
                       correlation = invocation.correlation](const Outcome& outcome) {
                          answer(application, correlation, From,
                                 outcome.result > 0 ? as_result(LINEERR_OPERATIONFAILED) : outcome.result,
                                 {});
                      });
    }
}

} // namespace offhook::core
