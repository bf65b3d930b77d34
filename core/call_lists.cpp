// SPDX-License-Identifier: Apache-2.0
//
// Lists of calls: those of a line that an application does not know yet, and those of a conference.
#include "core/state.h"

#include <algorithm>

namespace offhook::core {

using abi::Tapi;

bool State::holds(const Registration& app, const Call& call) const {
    return std::any_of(call.handles.begin(), call.handles.end(), [&](Handle h) {
        return openers_.find(call_handles_.find(h)->line)->app == app.handle;
    });
}

// Calls of the line that the application has no handle of, with MONITOR, each once (R121, R122).
void State::line_get_new_calls(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetNewCalls;
    const auto& in = invocation.inputs;
    Opener* line = line_of(invocation.application, number_of<F, "hLine">(in));
    if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    const auto select = number_of<F, "dwSelect">(in);
    if (select != LINECALLSELECT_LINE && select != LINECALLSELECT_ADDRESS)
        return refuse(invocation, LINEERR_INVALCALLSELECT);
    const Device& device = *devices_.find(line->device);
    const auto address = number_of<F, "dwAddressID">(in);
    if (select == LINECALLSELECT_ADDRESS && address >= device.addresses)
        return refuse(invocation, LINEERR_INVALADDRESSID);
    std::vector<Call*> unknown;
    for (const Handle handle : device.calls) {
        Call* call = calls_.find(handle);
        if (call->stage != CallStage::live || call->address_known == AddressKnown::asked ||
            (select == LINECALLSELECT_ADDRESS && call->address != address))
            continue;
        if (!holds(*registrations_.find(line->app), *call)) unknown.push_back(call);
    }
    answer_call_list(invocation, *line, unknown);
}

// The parent first (R123), then the calls that the provider has reported as CONFERENCED with it.
void State::line_get_conf_related_calls(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetConfRelatedCalls;
    const CallHandle* handle =
        call_handle_of(invocation.application, number_of<F, "hCall">(invocation.inputs));
    if (handle == nullptr) return refuse(invocation, LINEERR_INVALCALLHANDLE);
    Call& named = *calls_.find(handle->call);
    Call* parent = is_conferenced(named) ? conference_of(named) : &named;
    std::vector<Call*> related;
    if (parent != nullptr) related.push_back(parent);
    for (const Handle other : devices_.find(named.device)->calls)
        if (Call* call = calls_.find(other); parent != nullptr && conference_of(*call) == parent)
            related.push_back(call);
    if (related.size() < 2) return refuse(invocation, LINEERR_NOCONFERENCE);
    answer_call_list(invocation, *openers_.find(handle->line), related);
}

// The application's handles of these calls, new ones with MONITOR where it had none. If they do not fit, only
// the size needed is told, and nothing is given out.
void State::answer_call_list(const Invocation& invocation, Opener& line, const std::vector<Call*>& calls) {
    const auto place = abi::row(invocation.function).index_of("lpCallList");
    const auto& asked = invocation.inputs[place];
    constexpr std::size_t fixed = sizeof(LINECALLLIST);
    const auto list_size = calls.size() * sizeof(HCALL);
    if (asked.null) return refuse(invocation, LINEERR_INVALPOINTER);
    if (asked.number < fixed) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    std::vector<HCALL> handles;
    if (asked.number >= fixed + list_size)
        for (Call* call : calls) {
            const auto known = std::find_if(call->handles.begin(), call->handles.end(), [&](Handle h) {
                return openers_.find(call_handles_.find(h)->line)->app == line.app;
            });
            if (known != call->handles.end()) handles.push_back(*known);
            else if (const CallHandle* handle = new_call_handle(*call, line, LINECALLPRIVILEGE_MONITOR)) {
                handles.push_back(handle->handle);
                announce_counts(*call, LINECALLINFOSTATE_NUMMONITORS, handle->handle);
            }
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
    wire::Values outputs{};
    outputs[place] = bytes_value(bytes);
    answer(invocation.application, invocation.correlation, invocation.function, 0, outputs);
}

} // namespace offhook::core
