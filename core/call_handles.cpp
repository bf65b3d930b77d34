// SPDX-License-Identifier: Apache-2.0
//
// What applications hold of a call: a handle with the privilege to monitor it or to own it.
#include "core/state.h"

#include <algorithm>

namespace offhook::core {

using abi::Tapi;

// Owners may do everything, monitors what does not change the call (R116, R117).
std::uint32_t State::may_request(const CallHandle& handle, abi::Privilege needed) {
    const bool owner = handle.privilege == LINECALLPRIVILEGE_OWNER;
    return needed == abi::Privilege::owner && !owner ? LINEERR_NOTOWNER : 0;
}

CallHandle* State::call_handle_of(Handle application, std::uint64_t handle) {
    CallHandle* found = call_handles_.find(handle);
    return found != nullptr && line_of(application, found->line) != nullptr ? found : nullptr;
}

CallHandle* State::new_call_handle(Call& call, Opener& line, std::uint32_t privilege) {
    CallHandle* handle = call_handles_.add();
    if (handle == nullptr) return nullptr;
    handle->call = call.handle;
    handle->line = line.handle;
    handle->privilege = privilege;
    call.handles.push_back(handle->handle);
    line.calls.push_back(handle->handle);
    return handle;
}

std::uint32_t State::count_handles(const Call& call, std::uint32_t privilege) const {
    return static_cast<std::uint32_t>(
        std::count_if(call.handles.begin(), call.handles.end(),
                      [&](Handle handle) { return call_handles_.find(handle)->privilege == privilege; }));
}

// A handle that the application did not ask for: LINE_APPNEWCALL from 2.0 (R129), then the first
// LINE_CALLSTATE, the only one that carries the privilege (R128).
void State::announce_call_handle(const Call& call, const CallHandle& handle, const CallState& state) {
    const Opener& line = *openers_.find(handle.line);
    if (line.version >= abi::v2_0)
        send(line, {.number = LINE_APPNEWCALL,
                    .device = line.handle,
                    .parameter1 = call.address,
                    .parameter2 = handle.handle,
                    .parameter3 = handle.privilege});
    send(line, {.number = LINE_CALLSTATE,
                .device = handle.handle,
                .parameter1 = state.state,
                .parameter2 = detail_as_seen(line, call, state),
                .parameter3 = handle.privilege});
}

// LINE_CALLINFO to the other holders (R126), never once the call is idle (R127).
void State::announce_counts(const Call& call, std::uint32_t changed, Handle causer) {
    if (call.state.state == LINECALLSTATE_IDLE) return;
    for (const Handle handle : call.handles)
        if (handle != causer)
            send(*openers_.find(call_handles_.find(handle)->line),
                 {.number = LINE_CALLINFO, .device = handle, .parameter1 = changed});
}

void State::line_deallocate_call(const Invocation& invocation) {
    const CallHandle* handle = call_handle_of(
        invocation.application, number_of<Tapi::lineDeallocateCall, "hCall">(invocation.inputs));
    if (handle == nullptr) return refuse(invocation, LINEERR_INVALCALLHANDLE);
    const Call& call = *calls_.find(handle->call);
    const bool sole_owner =
        handle->privilege == LINECALLPRIVILEGE_OWNER && count_handles(call, LINECALLPRIVILEGE_OWNER) == 1;
    if (openers_.find(handle->line)->version < abi::v2_0 && sole_owner &&
        call.state.state != LINECALLSTATE_IDLE)
        return refuse(invocation, LINEERR_INVALCALLSTATE); // R120
    release_call_handle(handle->handle, Release::deallocated);
    answer(invocation, 0);
}

// The last handle's end is the call's (R081); while others hold it the provider hears nothing (R079), unless
// a line's close leaves the call without an owner: then it is dropped (R076).
void State::release_call_handle(Handle handle, Release why) {
    const CallHandle* found = call_handles_.find(handle);
    if (found == nullptr) return;
    const CallHandle released = *found;
    Call& call = *calls_.find(released.call);
    std::erase(call.handles, handle);
    if (Opener* line = openers_.find(released.line)) std::erase(line->calls, handle);
    call_handles_.remove(handle);
    if (call.stage != CallStage::live) return;
    const bool owned = released.privilege == LINECALLPRIVILEGE_OWNER;
    announce_counts(call,
                    (owned ? LINECALLINFOSTATE_NUMOWNERDECR : LINECALLINFOSTATE_NUMMONITORS) |
                        (ends_monitoring(call, released) ? LINECALLINFOSTATE_MONITORMODES : 0),
                    handle);
    const bool unowned = owned && count_handles(call, LINECALLPRIVILEGE_OWNER) == 0;
    const bool drop = call.handles.empty() || (unowned && why == Release::line_closed);
    if (drop && call.state.state != LINECALLSTATE_IDLE) drop_call(call);
    if (call.handles.empty()) close_call(call);
    else stop_monitoring(call, released);
}

void State::line_set_call_privilege(const Invocation& invocation) {
    constexpr auto F = Tapi::lineSetCallPrivilege;
    CallHandle* handle = call_handle_of(invocation.application, number_of<F, "hCall">(invocation.inputs));
    if (handle == nullptr) return refuse(invocation, LINEERR_INVALCALLHANDLE);
    const auto privilege = number_of<F, "dwCallPrivilege">(invocation.inputs);
    if (privilege != LINECALLPRIVILEGE_MONITOR && privilege != LINECALLPRIVILEGE_OWNER)
        return refuse(invocation, LINEERR_INVALCALLPRIVILEGE);
    const Call& call = *calls_.find(handle->call);
    if (privilege == handle->privilege) return answer(invocation, 0);
    const bool owner_now = privilege == LINECALLPRIVILEGE_OWNER;
    if (!owner_now && count_handles(call, LINECALLPRIVILEGE_OWNER) == 1 &&
        call.state.state != LINECALLSTATE_IDLE)
        return refuse(invocation, LINEERR_INVALCALLSTATE); // R119
    handle->privilege = privilege;
    announce_counts(call,
                    LINECALLINFOSTATE_NUMMONITORS |
                        (owner_now ? LINECALLINFOSTATE_NUMOWNERINCR : LINECALLINFOSTATE_NUMOWNERDECR),
                    handle->handle);
    answer(invocation, 0);
}

} // namespace offhook::core
