// SPDX-License-Identifier: Apache-2.0
//
// Calls: how they begin, on an application's request or at the provider; their states; and how they end.
#include "core/provider_call.h"

#include "abi/structure_reader.h"
#include "abi/structure_versions.h"
#include "core/call_states.h"

#include <algorithm>

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

void State::line_make_call(const Invocation& invocation) {
    constexpr auto F = Tapi::lineMakeCall;
    const auto& in = invocation.inputs;
    OpenLine* line = open_line_of(invocation.application, number_of<F, "hLine">(in));
    if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    LineDevice& device = *devices_.find(line->device);
    Session* session = running_session(device.provider);
    if (session == nullptr) return refuse(invocation, LINEERR_OPERATIONFAILED);
    auto parameters = value_of<F, "lpCallParams">(in);
    std::vector<std::byte> converted;
    if (!parameters.null) {
        const auto fault =
            abi::check_passed(abi::StructureId::LINECALLPARAMS, line->version, parameters.bytes);
        if (fault.rule == 31) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
        if (fault) return refuse(invocation, LINEERR_INVALCALLPARAMS);
        converted = abi::for_version(abi::StructureId::LINECALLPARAMS, line->version, device.version,
                                     parameters.bytes);
        parameters.bytes = converted;
    }
    Call* call = calls_.add();
    Request* request = call != nullptr ? new_request(invocation, *line, call, Tspi::lineMakeCall) : nullptr;
    if (request == nullptr) {
        if (call != nullptr) calls_.remove(call->handle);
        return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
    }
    call->device = device.handle;
    call->session = session->handle;
    call->stage = CallStage::pending;
    call->creator = line->handle;
    device.calls.push_back(call->handle);
    call_provider(*session, device.handle,
                  Arguments<Tspi::lineMakeCall>()
                      .with<"dwRequestID">(request->handle)
                      .with<"hdLine">(device.driver)
                      .with<"htCall">(call->handle)
                      .with<"lpszDestAddress">(value_of<F, "lpszDestAddress">(in))
                      .with<"dwCountryCode">(number_of<F, "dwCountryCode">(in))
                      .with<"lpCallParams">(parameters),
                  [this, handle = request->handle](const Outcome& outcome) {
                      request_returned(handle, outcome,
                                       outcome.outputs != nullptr
                                           ? wide_of<Tspi::lineMakeCall, "lphdCall">(*outcome.outputs)
                                           : 0);
                  });
}

// The request that creates the call has succeeded. Its application owns it alone (R115) and hears the reply
// before anything else of the call (R066); monitors learn of it with the state UNKNOWN (R131); then comes
// what was held.
void State::call_created(const Request& request, Call& call) {
    OpenLine* line = open_lines_.find(call.creator);
    call.creator = 0;
    CallHandle* handle = line != nullptr && call.stage == CallStage::pending
                             ? new_call_handle(call, *line, LINECALLPRIVILEGE_OWNER)
                             : nullptr;
    if (handle == nullptr) { // its opener is gone: nobody can own the call
        reply(request, as_result(LINEERR_OPERATIONFAILED), {});
        if (call.stage == CallStage::closing) return;
        call.stage = CallStage::live;
        drop_call(call);
        return close_call(call);
    }
    call.stage = CallStage::live;
    reply(request, 0, Arguments<Tapi::lineMakeCall>().with<"lphCall">(handle->handle).values());
    const auto opens = devices_.find(call.device)->opens;
    for (const Handle monitor : opens) {
        OpenLine* other = open_lines_.find(monitor);
        if (other == line || (other->privileges & LINECALLPRIVILEGE_MONITOR) == 0) continue;
        if (const CallHandle* monitored = new_call_handle(call, *other, LINECALLPRIVILEGE_MONITOR))
            announce_call_handle(call, *monitored, {LINECALLSTATE_UNKNOWN, 0, 0});
    }
    deliver_held_states(call);
}

// LINE_NEWCALL: the handles are exchanged (R070).
void State::new_call_arrived(Session& session, LineDevice& device, Call& call, std::uint64_t driver) {
    call.device = device.handle;
    call.driver = driver;
    call.stage = CallStage::arriving;
    device.calls.push_back(call.handle);
    learn_address(session, device, call);
}

// Applications hear of the call with its first state (R071), once it is known on which address it is.
void State::learn_address(Session& session, const LineDevice& device, Call& call) {
    if (device.addresses == 1 || !exports(session, Tspi::lineGetCallAddressID)) return;
    call.address_asked = true;
    call_provider(session, device.handle, Arguments<Tspi::lineGetCallAddressID>().with<"hdCall">(call.driver),
                  [this, handle = call.handle](const Outcome& outcome) {
                      Call* arrived = calls_.find(handle);
                      if (arrived == nullptr || arrived->stage != CallStage::arriving) return;
                      arrived->address_asked = false;
                      if (outcome.result == 0)
                          arrived->address =
                              number_of<Tspi::lineGetCallAddressID, "lpdwAddressID">(*outcome.outputs);
                      offer_call(*arrived);
                  });
}

// The line has just been opened: calls that the provider announced meanwhile are offered (R074).
void State::offer_waiting_calls(Session& session, LineDevice& device) {
    const auto calls = device.calls;
    for (const Handle handle : calls) {
        Call* call = calls_.find(handle);
        if (call == nullptr || call->stage != CallStage::arriving) continue;
        learn_address(session, device, *call);
        offer_call(*call);
    }
}

// Decides who gets the call: the first opener that wants its media mode owns it (R113), every other monitor
// hears it (R112). A call that nobody gets is dropped (R087); one that is monitored goes on, for somebody may
// claim it.
void State::offer_call(Call& call) {
    if (call.held.empty() || call.address_asked || devices_.find(call.device)->stage != DeviceStage::open)
        return;
    const CallState first = call.held.front();
    call.held.erase(call.held.begin());
    call.stage = CallStage::live;
    call.state = first;
    const auto opens = devices_.find(call.device)->opens;
    const auto wants = [&](const OpenLine& line) {
        return (line.privileges & LINECALLPRIVILEGE_OWNER) != 0 &&
               (first.media_modes == 0 || (line.media_modes & first.media_modes) != 0);
    };
    const auto owner =
        std::find_if(opens.begin(), opens.end(), [&](Handle h) { return wants(*open_lines_.find(h)); });
    for (auto it = opens.begin(); it != opens.end(); ++it) {
        OpenLine& line = *open_lines_.find(*it);
        if (it != owner && (line.privileges & LINECALLPRIVILEGE_MONITOR) == 0) continue;
        const auto privilege = it == owner ? LINECALLPRIVILEGE_OWNER : LINECALLPRIVILEGE_MONITOR;
        if (const CallHandle* handle = new_call_handle(call, line, privilege))
            announce_call_handle(call, *handle, first);
    }
    if (call.handles.empty()) {
        if (call.state.state != LINECALLSTATE_IDLE) drop_call(call);
        return close_call(call);
    }
    deliver_held_states(call);
}

void State::call_state_changed(Session& session, Call& call, const CallState& state) {
    if (!is_call_state(state.state))
        return violation(session, 211, "LINE_CALLSTATE with other than one known state");
    switch (call.stage) {
    case CallStage::reserved:
    case CallStage::closing: return;                             // sent before the provider saw the close
    case CallStage::pending: call.held.push_back(state); return; // not before the reply (R063)
    case CallStage::arriving: call.held.push_back(state); return offer_call(call);
    case CallStage::live: break;
    }
    if (call.state.state == LINECALLSTATE_IDLE) return violation(session, 210, "a state after IDLE");
    if (!is_documented_transition(call.state.state, state.state))
        trace({.kind = TraceKind::violation,
               .provider = name_of(session),
               .call = call.handle,
               .text = "this change of state is not documented"});
    deliver_call_state(call, state);
}

void State::deliver_held_states(Call& call) {
    const auto held = std::exchange(call.held, {});
    for (const CallState& state : held)
        if (call.state.state != LINECALLSTATE_IDLE) deliver_call_state(call, state);
}

void State::deliver_call_state(Call& call, const CallState& state) {
    const auto media_modes = state.media_modes != 0 ? state.media_modes : call.state.media_modes;
    call.state = {state.state, state.mode, media_modes};
    for (const Handle handle : call.handles) {
        const CallHandle& held = *call_handles_.find(handle);
        send(*open_lines_.find(held.line), {.number = LINE_CALLSTATE,
                                            .device = handle,
                                            .parameter1 = state.state,
                                            .parameter2 = state.mode});
    }
}

// The opener whose request creates a call has gone: the call is closed as soon as the provider has named it
// (R065).
void State::abandon_created_calls(LineDevice& device, Handle line) {
    const auto calls = device.calls;
    for (const Handle handle : calls) {
        Call* call = calls_.find(handle);
        if (call == nullptr || call->stage != CallStage::pending || call->creator != line) continue;
        call->abandoned = true;
        if (call->driver != 0) close_call(*call);
    }
}

void State::drop_call(Call& call) {
    const LineDevice& device = *devices_.find(call.device);
    Session* session = reachable_session(device.provider);
    if (device.stage != DeviceStage::open) return; // TSPI_lineClose ends it
    if (session == nullptr || !exports(*session, Tspi::lineDrop)) return;
    const Request* request = new_own_request(call, Tspi::lineDrop);
    if (request == nullptr) return;
    call_provider(
        *session, call.device,
        Arguments<Tspi::lineDrop>().with<"dwRequestID">(request->handle).with<"hdCall">(call.driver),
        [this, id = request->handle](const Outcome& outcome) { request_returned(id, outcome, 0); });
}

// The end of a call's life (R067). It does not wait for a drop to complete (R077).
void State::close_call(Call& call) {
    call.stage = CallStage::closing;
    const LineDevice& device = *devices_.find(call.device);
    Session* session = reachable_session(device.provider);
    if (session == nullptr || device.stage != DeviceStage::open)
        return; // the end of session or line removes it
    call_provider(*session, call.device, Arguments<Tspi::lineCloseCall>().with<"hdCall">(call.driver),
                  [this, handle = call.handle](const Outcome&) {
                      Call* closed = calls_.find(handle);
                      if (closed == nullptr) return;
                      abort_requests_of_call(*closed);
                      remove_call(handle);
                  });
}

void State::remove_call(Handle handle) {
    Call* call = calls_.find(handle);
    if (call == nullptr) return;
    call->stage = CallStage::closing;
    const auto handles = call->handles;
    for (const Handle held : handles) release_call_handle(held, Release::line_closed);
    if (LineDevice* device = devices_.find(call->device)) std::erase(device->calls, handle);
    calls_.remove(handle);
}

} // namespace offhook::core
