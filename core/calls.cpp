// SPDX-License-Identifier: Apache-2.0
//
// Calls: how they begin, on an application's request or at the provider, and how they end.
#include "core/provider_call.h"

#include <algorithm>

namespace offhook::core {

using abi::Tspi;

// A call that a request is about to create (R062).
Call* State::new_pending_call(Opener& creator, Session& session) {
    Call* call = calls_.add();
    if (call == nullptr) return nullptr;
    call->device = creator.device;
    call->session = session.handle;
    call->stage = CallStage::pending;
    call->creator = creator.handle;
    call->since = now_;
    devices_.find(creator.device)->calls.push_back(call->handle);
    return call;
}

// The request that creates calls has completed. Its application owns them alone (R115) and hears the reply
// before anything else of them (R066); then comes what was held.
void State::calls_created(const Request& request, std::int32_t result, Filled& filled) {
    Opener* opener = openers_.find(request.opener);
    std::array<const CallHandle*, max_created_calls> handles{};
    const bool by_provider = result == 0;
    for (std::size_t i = 0; i < request.plan->created && result == 0; ++i) {
        Call& call = *calls_.find(request.created[i]);
        if (call.driver == 0 && request.function == abi::Tspi::lineForward) continue; // none was needed
        if (opener != nullptr && call.stage == CallStage::pending && call.driver != 0)
            handles[i] = new_call_handle(call, *opener, LINECALLPRIVILEGE_OWNER);
        if (handles[i] == nullptr) result = as_result(LINEERR_OPERATIONFAILED);
    }
    if (result != 0) {
        reply(request, result);
        return by_provider ? give_up_created(request, Creation::completed) : creation_failed(request);
    }
    for (std::size_t i = 0; i < abi::row(request.plan->from).count; ++i)
        if (const auto& output = request.plan->outputs[i]; output.origin == OutputOrigin::new_call)
            filled.values[i] =
                number_value(handles[output.place] != nullptr ? handles[output.place]->handle : 0);
    for (std::size_t i = 0; i < request.plan->created; ++i) {
        Call& call = *calls_.find(request.created[i]);
        call.creator = 0;
        if (handles[i] == nullptr) continue;
        call.stage = CallStage::live;
        was_taken_by(call, opener->app);
    }
    reply(request, 0, filled.values);
    for (std::size_t i = 0; i < request.plan->created; ++i) {
        if (handles[i] == nullptr) remove_call(request.created[i]);
        else announce_created(*calls_.find(request.created[i]));
    }
}

// Monitors learn of a call that an application made with the state UNKNOWN (R131), once it is known on which
// address it is; then comes what was held.
void State::announce_created(Call& call) {
    const Device& device = *devices_.find(call.device);
    if (Session* session = reachable_session(device.provider)) learn_address(*session, device, call);
    if (call.address_known == AddressKnown::asked) return;
    const auto opens = device.opens;
    const Handle creator = call_handles_.find(call.handles.front())->line;
    for (const Handle monitor : opens) {
        Opener* other = openers_.find(monitor);
        if (monitor == creator || (other->privileges & LINECALLPRIVILEGE_MONITOR) == 0) continue;
        if (const CallHandle* monitored = new_call_handle(call, *other, LINECALLPRIVILEGE_MONITOR))
            announce_call_handle(call, *monitored, {LINECALLSTATE_UNKNOWN, 0, 0});
    }
    deliver_held_states(call);
    parent_is_settled(call);
}

// The provider has not created them: their handles are void, and it hears no TSPI_lineCloseCall (R064).
void State::creation_failed(const Request& request) {
    for (const Handle created : request.created)
        if (const Call* call = calls_.find(created); call != nullptr && call->stage == CallStage::pending)
            remove_call(created);
}

// The provider has created them, but nobody can own them: the opener is gone, or no handle is left. While
// their request is outstanding TSPI_lineCloseCall alone may name them (R062).
void State::give_up_created(const Request& request, Creation creation) {
    for (const Handle created : request.created) {
        Call* call = calls_.find(created);
        if (call == nullptr || call->stage == CallStage::closing) continue;
        if (call->driver == 0) {
            remove_call(created);
            continue;
        }
        call->creator = 0;
        call->stage = CallStage::closing; // a handle that was made meanwhile must not end it a second time
        const auto handles = call->handles;
        for (const Handle handle : handles) release_call_handle(handle, Release::line_closed);
        if (creation == Creation::completed) drop_call(*call);
        close_call(*call);
    }
}

// LINE_NEWCALL: the handles are exchanged (R070).
void State::new_call_arrived(Session& session, Device& device, Call& call, std::uint64_t driver) {
    call.device = device.handle;
    call.driver = driver;
    call.stage = CallStage::arriving;
    call.since = now_;
    device.calls.push_back(call.handle);
    learn_address(session, device, call);
}

// Lines of one address need no question, nor do calls that were asked for on one.
void State::learn_address(Session& session, const Device& device, Call& call) {
    if (device.addresses == 1 || call.address_known != AddressKnown::no ||
        !exports(session, Tspi::lineGetCallAddressID))
        return;
    call.address_known = AddressKnown::asked;
    call_provider(session, device.handle, Arguments<Tspi::lineGetCallAddressID>().with<"hdCall">(call.driver),
                  [this, handle = call.handle](const Outcome& outcome) {
                      Call* found = calls_.find(handle);
                      if (found == nullptr) return;
                      found->address_known = AddressKnown::yes; // as well as can be
                      if (outcome.result == 0)
                          found->address =
                              number_of<Tspi::lineGetCallAddressID, "lpdwAddressID">(*outcome.outputs);
                      if (found->stage == CallStage::arriving) offer_call(*found);
                      else if (found->stage == CallStage::live) announce_created(*found);
                  });
}

// The line has just been opened: calls that the provider announced meanwhile are offered (R074).
void State::offer_waiting_calls(Session& session, Device& device) {
    const auto calls = device.calls;
    for (const Handle handle : calls) {
        Call* call = calls_.find(handle);
        if (call == nullptr || call->stage != CallStage::arriving) continue;
        learn_address(session, device, *call);
        offer_call(*call);
    }
}

// Decides who gets the call: the first opener that wants its media mode owns it (R113), every other monitor
// hears it (R112). A call that nobody gets is dropped (R087), also one that comes while the session waits for
// its last call to end; one that is monitored goes on, for somebody may claim it.
void State::offer_call(Call& call) {
    if (call.held.empty() || call.address_known == AddressKnown::asked ||
        devices_.find(call.device)->stage != DeviceStage::open || awaits_parent(call, call.held.front()))
        return;
    const CallState first = call.held.front();
    call.held.erase(call.held.begin());
    call.stage = CallStage::live;
    call.state = first;
    call.state_since = now_;
    if (has_ended(call.handle)) something_ended_ = true;
    arm_watchdog();
    const Device& device = *devices_.find(call.device);
    const auto opens = takes_new_calls(*provider(device.provider)) ? device.opens : std::vector<Handle>();
    const auto wants = [&](const Opener& line) {
        return (line.privileges & LINECALLPRIVILEGE_OWNER) != 0 &&
               (first.media_modes == 0 || (line.media_modes & first.media_modes) != 0);
    };
    const auto owner =
        std::find_if(opens.begin(), opens.end(), [&](Handle h) { return wants(*openers_.find(h)); });
    for (auto it = opens.begin(); it != opens.end(); ++it) {
        Opener& line = *openers_.find(*it);
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
    parent_is_settled(call);
}

// The opener whose request creates a call has gone: the call is closed as soon as the provider has named it
// (R065).
void State::abandon_created_calls(Device& device, Handle line) {
    const auto calls = device.calls;
    for (const Handle handle : calls) {
        Call* call = calls_.find(handle);
        if (call == nullptr || call->stage != CallStage::pending || call->creator != line) continue;
        call->abandoned = true;
        if (call->driver != 0) close_call(*call);
    }
}

void State::drop_call(Call& call) {
    const Device& device = *devices_.find(call.device);
    Session* session = reachable_session(device.provider);
    if (device.stage != DeviceStage::open) return; // TSPI_lineClose ends it
    if (session == nullptr || !exports(*session, Tspi::lineDrop)) return;
    const Request* request = new_own_request(call, Tspi::lineDrop);
    if (request == nullptr) return;
    call_provider(
        *session, call.device,
        Arguments<Tspi::lineDrop>().with<"dwRequestID">(request->handle).with<"hdCall">(call.driver),
        [this, id = request->handle](const Outcome& outcome) { request_returned(id, outcome); });
}

// The end of a call's life (R067). It does not wait for a drop to complete (R077).
void State::close_call(Call& call) {
    call.stage = CallStage::closing;
    parent_is_settled(call);
    const Device& device = *devices_.find(call.device);
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
    if (Device* device = devices_.find(call->device)) std::erase(device->calls, handle);
    parent_is_settled(*call);
    something_ended_ = true;
    calls_.remove(handle);
}

} // namespace offhook::core
