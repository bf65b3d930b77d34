// SPDX-License-Identifier: Apache-2.0
//
// The states of calls on their way to applications, and the conferences that calls are in.
#include "core/state.h"

#include "abi/call_states.h"
#include "core/later_values.h"

#include <algorithm>

namespace offhook::core {
namespace {

bool says_conferenced(std::uint32_t state) {
    return (state & abi::call_state_bits) == LINECALLSTATE_CONFERENCED;
}

// Those that may learn of the call are about to: its creation is not complete, or the service is still asking
// on which address it is.
bool is_about_to_be_known(const Call& call) {
    switch (call.stage) {
    case CallStage::pending: return true;
    case CallStage::arriving: return !call.held.empty();
    case CallStage::live: return call.address_known == AddressKnown::asked;
    case CallStage::reserved:
    case CallStage::closing: break;
    }
    return false;
}

} // namespace

void State::call_state_changed(Session& session, Call& call, const CallState& state) {
    if (!abi::is_call_state(state.state))
        return violation(session, 211, "LINE_CALLSTATE with other than one known state", &call);
    switch (call.stage) {
    case CallStage::reserved:
    case CallStage::closing: return;                             // sent before the provider saw the close
    case CallStage::pending: call.held.push_back(state); return; // not before the reply (R063)
    case CallStage::arriving: call.held.push_back(state); return offer_call(call);
    case CallStage::live: break;
    }
    if (call.progress == Progress::given_up) return;
    const auto before = call.held.empty() ? call.state.state : call.held.back().state;
    if (before == LINECALLSTATE_IDLE) return violation(session, 210, "a state after IDLE", &call);
    if (!abi::is_documented_transition(before, state.state))
        trace({.kind = TraceKind::violation,
               .provider = name_of(session),
               .session = session.handle,
               .line = call.device,
               .call = call.handle,
               .text = "this change of state is not documented"});
    if (must_wait(call, state)) return call.held.push_back(state);
    deliver_call_state(call, state);
}

// Not before applications may know the call, nor before they know the parent of the conference that it is in;
// and what comes behind a state that waits keeps its place.
bool State::must_wait(const Call& call, const CallState& state) {
    return !call.held.empty() || call.address_known == AddressKnown::asked || awaits_parent(call, state);
}

// A provider may say that a call is in a conference before the request that creates the conference is
// complete: applications have no handle of the parent until then, and are owed one (R132).
bool State::awaits_parent(const Call& call, const CallState& state) {
    Call* parent = says_conferenced(state.state) ? calls_.find(state.mode) : nullptr;
    if (parent == nullptr || parent == &call || parent->device != call.device ||
        !is_about_to_be_known(*parent))
        return false;
    parent->awaited = true;
    return true;
}

// Applications know the call now, or never will.
void State::parent_is_settled(Call& parent) {
    if (!std::exchange(parent.awaited, false)) return;
    const Device* device = devices_.find(parent.device);
    if (device == nullptr) return;
    const auto calls = device->calls;
    for (const Handle handle : calls) {
        Call* call = calls_.find(handle);
        if (call == nullptr || call->held.empty() || call->address_known == AddressKnown::asked) continue;
        if (call->stage == CallStage::arriving) offer_call(*call);
        else if (call->stage == CallStage::live) deliver_held_states(*call);
    }
}

void State::deliver_held_states(Call& call) {
    const auto held = std::exchange(call.held, {});
    for (const CallState& state : held) {
        if (call.state.state == LINECALLSTATE_IDLE) return;
        if (must_wait(call, state)) call.held.push_back(state);
        else deliver_call_state(call, state);
    }
}

void State::deliver_call_state(Call& call, const CallState& state) {
    const auto media_modes = state.media_modes != 0 ? state.media_modes : call.state.media_modes;
    call.state = {state.state, state.mode, media_modes};
    call.state_since = now_;
    if (has_ended(call.handle)) something_ended_ = true;
    if (call.progress != Progress::given_up) call.progress = Progress::expected;
    arm_watchdog();
    for (const Handle handle : call.handles) {
        const Opener& line = *openers_.find(call_handles_.find(handle)->line);
        send(line, {.number = LINE_CALLSTATE,
                    .device = handle,
                    .parameter1 = state.state,
                    .parameter2 = detail_as_seen(line, call, state)});
    }
}

// What dwParam2 of LINE_CALLSTATE says. `state`: of the call, or UNKNOWN.
std::uint64_t State::detail_as_seen(const Opener& line, const Call& call, const CallState& state) {
    return says_conferenced(state.state) ? parent_as_known_to(line, call)
                                         : mode_as_seen(line.version, state.state, state.mode);
}

bool State::is_conferenced(const Call& call) { return says_conferenced(call.state.state); }

// The parent of the conference that the call is in, which the provider names: null when that is no call of
// this line.
Call* State::conference_of(const Call& call) {
    Call* parent = is_conferenced(call) ? calls_.find(call.state.mode) : nullptr;
    const bool its_own = parent != nullptr && parent->device == call.device;
    return its_own && parent->stage == CallStage::live ? parent : nullptr;
}

// The opener's handle of the conference's parent; 0 when it has none (R132).
Handle State::parent_as_known_to(const Opener& line, const Call& call) {
    const Call* parent = conference_of(call);
    if (parent == nullptr) return 0;
    const auto own = std::find_if(parent->handles.begin(), parent->handles.end(), [&](Handle handle) {
        return call_handles_.find(handle)->line == line.handle;
    });
    return own != parent->handles.end() ? *own : 0;
}

} // namespace offhook::core
