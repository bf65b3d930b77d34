// SPDX-License-Identifier: Apache-2.0
//
// The life of calls. Replace dialed(), ring() and answered() by what your telephones do; what the service may
// be told, and when, is watched over by ServiceCall.

#include "session.h"

#include "parameters.h"
#include "structures.h"

#include "abi/utf16.h"
#include "provider/dial_string.h"

#include <algorithm>

namespace acme_provider {
namespace {

using namespace offhook::provider;

// The one end has gone: the other has nobody to talk to any more, and waits until it is dropped as well.
void part(Call& call, DWORD mode) {
    if (const auto other = call.other.lock()) other->service.become(LINECALLSTATE_DISCONNECTED, mode);
    call.other.reset();
}

} // namespace

// A call that is being made is nobody's yet (R062).
Session::CallPointer Session::find(HDRVCALL call) const {
    auto found = calls_.find(handle_value(call));
    return found && found->service.known() ? found : nullptr;
}

LONG Session::make_call(DRV_REQUESTID request, HDRVLINE line_handle, HTAPICALL name, HDRVCALL* handle,
                        std::u16string_view address, const LINECALLPARAMS* parameters) {
    const std::lock_guard guard(lock_);
    const auto line = find(line_handle);
    // What is returned as an error is the whole answer: no completion follows (R051).
    if (!line) return LINEERR_INVALLINEHANDLE;
    if (handle == nullptr) return LINEERR_INVALPOINTER;
    const Parameters wanted = read_parameters(parameters, line->calls.version);
    if (wanted.error != 0) return wanted.error;
    Dialed number = read_dial_string(offhook::abi::to_utf8(address));
    if (number.error != 0) return number.error;
    if (number.digits.empty() || number.dialing == Dialing::more_to_come) return LINEERR_INVALADDRESS;
    if (use_of(*line).full()) return LINEERR_CALLUNAVAIL;

    const auto call =
        std::make_shared<Call>(ServiceCall(line->calls, name, Request(callbacks_, request)), line);
    call->caller = start_.configuration.lines[line->place].number;
    call->called = std::move(number.digits); // what comes in is copied (R050)
    call->flags = wanted.flags;
    call->handle = calls_.add(call);
    *handle = to_handle<HDRVCALL>(call->handle); // before this returns (R061)
    later(start_.configuration.dial_after, call, &Session::dialed);
    return static_cast<LONG>(request); // R043
}

void Session::later(std::chrono::milliseconds delay, const CallPointer& call, Step step) {
    if (delay == delay.zero()) return (this->*step)(call);
    timers_.after(delay, [this, handle = call->handle, step] {
        const std::lock_guard guard(lock_);
        if (const auto found = calls_.find(handle)) (this->*step)(found); // nothing, if it is gone
    });
}

void Session::dialed(const CallPointer& call) {
    call->service.made(); // no later than PROCEEDING (R057), and before its first state (R063)
    call->service.become(LINECALLSTATE_DIALING);
    call->service.become(LINECALLSTATE_PROCEEDING);
    const auto& lines = start_.configuration.lines;
    const auto called = std::find_if(lines.begin(), lines.end(),
                                     [&](const auto& line) { return line.number == call->called; });
    if (called != lines.end()) return ring(call, static_cast<std::size_t>(called - lines.begin()));
    if (start_.configuration.answer_after != std::chrono::milliseconds(0))
        call->service.become(LINECALLSTATE_RINGBACK);
    later(start_.configuration.answer_after, call, &Session::answered);
}

void Session::answered(const CallPointer& call) {
    call->service.become(LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
}

// A new call on this line; null: the service refuses it (R072).
Session::CallPointer Session::offer(const Call& caller, const LinePointer& line) {
    auto call = std::make_shared<Call>(ServiceCall(line->calls), line);
    call->origin = LINECALLORIGIN_INTERNAL;
    call->caller = caller.caller;
    call->called = caller.called;
    call->handle = calls_.add(call);
    if (call->service.announce(to_handle<HDRVCALL>(call->handle))) return call; // R070
    calls_.remove(call->handle);
    return nullptr;
}

void Session::ring(const CallPointer& caller, std::size_t place) {
    const LinePointer& line = open_[place];
    // A call that nobody waits for is not announced (R089).
    if (!line || (line->wanted_media & media) == 0) {
        caller->service.become(LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_UNREACHABLE);
        return;
    }
    const bool full = line == caller->line || use_of(*line).full();
    const CallPointer call = full ? nullptr : offer(*caller, line);
    if (!call) {
        caller->service.become(LINECALLSTATE_BUSY, LINEBUSYMODE_STATION);
        return;
    }
    call->other = caller;
    caller->other = call;
    call->service.become(LINECALLSTATE_OFFERING, LINEOFFERINGMODE_ACTIVE); // R071
    caller->service.become(LINECALLSTATE_RINGBACK);
}

template <class Work>
LONG Session::on_call(DRV_REQUESTID request, HDRVCALL handle, DWORD feature, const Work& work) {
    const std::lock_guard guard(lock_);
    const auto call = find(handle);
    if (!call) return LINEERR_INVALCALLHANDLE;
    if (features_in(call->service.state(), features & feature) == 0) return LINEERR_INVALCALLSTATE; // R212
    work(*call);
    callbacks_.complete(request, 0); // when the thing is done (R058)
    return static_cast<LONG>(request);
}

LONG Session::answer(DRV_REQUESTID request, HDRVCALL handle) {
    return on_call(request, handle, LINECALLFEATURE_ANSWER, [](Call& call) {
        call.service.become(LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
        if (const auto caller = call.other.lock())
            caller->service.become(LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
    });
}

LONG Session::drop(DRV_REQUESTID request, HDRVCALL handle) {
    return on_call(request, handle, LINECALLFEATURE_DROP, [](Call& call) {
        const bool rejected = call.service.state() == LINECALLSTATE_OFFERING;
        call.service.become(LINECALLSTATE_IDLE); // the last state (R080); the call stays known (R067)
        part(call, rejected ? LINEDISCONNECTMODE_REJECT : LINEDISCONNECTMODE_NORMAL);
    });
}

// Nothing is said of it any more, and what is outstanding completes (R065, R078).
void Session::release(Call& call) {
    calls_.remove(call.handle);
    call.service.close();
    part(call, LINEDISCONNECTMODE_NORMAL);
}

LONG Session::close_call(HDRVCALL handle) {
    const std::lock_guard guard(lock_);
    const auto call = calls_.find(handle_value(handle)); // also one that is still being made
    if (!call) return LINEERR_INVALCALLHANDLE;
    release(*call);
    return 0;
}

// ---- Questions, which have an answer in every state (R068)

LONG Session::address_of(HDRVCALL handle, DWORD* address) const {
    const std::lock_guard guard(lock_);
    if (!find(handle)) return LINEERR_INVALCALLHANDLE;
    if (address == nullptr) return LINEERR_INVALPOINTER;
    *address = 0;
    return 0;
}

LONG Session::call_info(HDRVCALL handle, LINECALLINFO* info) const {
    const std::lock_guard guard(lock_);
    const auto call = find(handle);
    return call ? describe(info, *call, device_of(*call->line)) : LINEERR_INVALCALLHANDLE;
}

LONG Session::call_status(HDRVCALL handle, LINECALLSTATUS* status) const {
    const std::lock_guard guard(lock_);
    const auto call = find(handle);
    return call ? describe(status, *call) : LINEERR_INVALCALLHANDLE;
}

LONG Session::set_app_specific(HDRVCALL handle, DWORD value) {
    const std::lock_guard guard(lock_);
    const auto call = find(handle);
    if (!call) return LINEERR_INVALCALLHANDLE;
    call->app_specific = value;
    call->service.report(LINE_CALLINFO, LINECALLINFOSTATE_APPSPECIFIC); // others see it by this (R135)
    return 0;
}

} // namespace acme_provider
