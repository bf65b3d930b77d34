// SPDX-License-Identifier: Apache-2.0
//
// What applications hold of a call: a handle with the privilege to monitor it or to own it.
#include "core/state.h"

#include "abi/structure_writer.h"

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
    return found != nullptr && open_line_of(application, found->line) != nullptr ? found : nullptr;
}

CallHandle* State::new_call_handle(Call& call, OpenLine& line, std::uint32_t privilege) {
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
    const OpenLine& line = *open_lines_.find(handle.line);
    if (line.version >= abi::v2_0)
        send(line, {.number = LINE_APPNEWCALL,
                    .device = line.handle,
                    .parameter1 = call.address,
                    .parameter2 = handle.handle,
                    .parameter3 = handle.privilege});
    send(line, {.number = LINE_CALLSTATE,
                .device = handle.handle,
                .parameter1 = state.state,
                .parameter2 = state.mode,
                .parameter3 = handle.privilege});
}

// LINE_CALLINFO to the other holders (R126), never once the call is idle (R127).
void State::announce_counts(const Call& call, std::uint32_t changed, Handle causer) {
    if (call.state.state == LINECALLSTATE_IDLE) return;
    for (const Handle handle : call.handles)
        if (handle != causer)
            send(*open_lines_.find(call_handles_.find(handle)->line),
                 {.number = LINE_CALLINFO, .device = handle, .parameter1 = changed});
}

void State::line_deallocate_call(const Invocation& invocation) {
    const CallHandle* handle = call_handle_of(
        invocation.application, number_of<Tapi::lineDeallocateCall, "hCall">(invocation.inputs));
    if (handle == nullptr) return refuse(invocation, LINEERR_INVALCALLHANDLE);
    const Call& call = *calls_.find(handle->call);
    const bool sole_owner =
        handle->privilege == LINECALLPRIVILEGE_OWNER && count_handles(call, LINECALLPRIVILEGE_OWNER) == 1;
    if (open_lines_.find(handle->line)->version < abi::v2_0 && sole_owner &&
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
    if (OpenLine* line = open_lines_.find(released.line)) std::erase(line->calls, handle);
    call_handles_.remove(handle);
    if (call.stage != CallStage::live) return;
    const bool owned = released.privilege == LINECALLPRIVILEGE_OWNER;
    announce_counts(call, owned ? LINECALLINFOSTATE_NUMOWNERDECR : LINECALLINFOSTATE_NUMMONITORS, handle);
    const bool unowned = owned && count_handles(call, LINECALLPRIVILEGE_OWNER) == 0;
    const bool drop = call.handles.empty() || (unowned && why == Release::line_closed);
    if (drop && call.state.state != LINECALLSTATE_IDLE) drop_call(call);
    if (call.handles.empty()) close_call(call);
}

// Calls of the line that the application has no handle of, with MONITOR, each once (R121, R122).
void State::line_get_new_calls(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetNewCalls;
    const auto& in = invocation.inputs;
    OpenLine* line = open_line_of(invocation.application, number_of<F, "hLine">(in));
    if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    const auto select = number_of<F, "dwSelect">(in);
    if (select != LINECALLSELECT_LINE && select != LINECALLSELECT_ADDRESS)
        return refuse(invocation, LINEERR_INVALCALLSELECT);
    const LineDevice& device = *devices_.find(line->device);
    const auto address = number_of<F, "dwAddressID">(in);
    if (select == LINECALLSELECT_ADDRESS && address >= device.addresses)
        return refuse(invocation, LINEERR_INVALADDRESSID);
    const auto& asked = value_of<F, "lpCallList">(in);
    if (asked.null) return refuse(invocation, LINEERR_INVALPOINTER);

    std::vector<Call*> unknown;
    for (const Handle handle : device.calls) {
        Call* call = calls_.find(handle);
        if (call->stage != CallStage::live || (select == LINECALLSELECT_ADDRESS && call->address != address))
            continue;
        const bool held = std::any_of(call->handles.begin(), call->handles.end(), [&](Handle h) {
            return open_lines_.find(call_handles_.find(h)->line)->app == line->app;
        });
        if (!held) unknown.push_back(call);
    }
    constexpr std::size_t fixed = sizeof(LINECALLLIST);
    const auto list_size = unknown.size() * sizeof(HCALL);
    if (asked.number < fixed) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    const bool fits =
        asked.number >= fixed + list_size; // else only the size needed is told, and nothing is given out
    std::vector<HCALL> handles;
    if (fits)
        for (Call* call : unknown)
            if (const CallHandle* handle = new_call_handle(*call, *line, LINECALLPRIVILEGE_MONITOR)) {
                handles.push_back(handle->handle);
                announce_counts(*call, LINECALLINFOSTATE_NUMMONITORS, handle->handle);
            }
    LINECALLLIST list{};
    list.dwTotalSize = static_cast<DWORD>(asked.number);
    list.dwNeededSize = static_cast<DWORD>(fixed + list_size);
    list.dwUsedSize = static_cast<DWORD>(fixed + handles.size() * sizeof(HCALL));
    list.dwCallsNumEntries = static_cast<DWORD>(handles.size());
    list.dwCallsSize = static_cast<DWORD>(handles.size() * sizeof(HCALL));
    list.dwCallsOffset = handles.empty() ? 0 : static_cast<DWORD>(fixed);
    std::vector<std::byte> bytes(list.dwUsedSize);
    std::memcpy(bytes.data(), &list, fixed);
    if (!handles.empty()) std::memcpy(bytes.data() + fixed, handles.data(), list.dwCallsSize);
    answer(invocation.application, invocation.correlation,
           Arguments<F>().with<"lpCallList">(bytes_value(bytes)));
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
