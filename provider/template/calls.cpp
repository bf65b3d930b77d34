// SPDX-License-Identifier: Apache-2.0
//
// The life of calls. Replace dialed(), ring() and answered() by what your telephones do; what the service may
// be told, and when, is watched over by ServiceCall.

#include "session.h"

#include "parameters.h"

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

DWORD Session::features(const Call& call) const { return features_in(call.service.state(), call_features); }

LONG Session::make_call(Line& line, const WantedCall& wanted, Request request) {
    // What is returned as an error is the whole answer: no completion follows (R051).
    if (wanted.address == nullptr) return LINEERR_INVALADDRESS; // there is no dial tone to wait at
    const Parameters parameters = read_parameters(wanted.parameters, line.service.version);
    if (parameters.error != 0) return parameters.error;
    Dialed number = read_dial_string(offhook::abi::to_utf8(wanted.address));
    if (number.error != 0) return number.error;
    if (number.digits.empty() || number.dialing == Dialing::more_to_come) return LINEERR_INVALADDRESS;
    if (is_full(line)) return LINEERR_CALLUNAVAIL;

    const auto call = std::make_shared<Call>(ServiceCall(line.service, wanted.name, std::move(request)),
                                             line.shared_from_this());
    call->caller = settings_of(line).number;
    call->called = std::move(number.digits); // what comes in is copied (R050)
    call->flags = parameters.flags;
    call->handle = calls_.add(call);
    *wanted.handle = to_handle<HDRVCALL>(call->handle); // before this returns (R061)
    later(start_.configuration.dial_after, call, &Session::dialed);
    return 0;
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
    auto call = std::make_shared<Call>(ServiceCall(line->service), line);
    call->origin = LINECALLORIGIN_INTERNAL;
    call->caller = caller.caller;
    call->called = caller.called;
    Beginning beginning(*this, call);
    if (!call->service.announce(to_handle<HDRVCALL>(call->handle))) return nullptr; // R070
    beginning.keep();
    return call;
}

void Session::ring(const CallPointer& caller, std::size_t place) {
    const LinePointer line = lines_.at(place);
    // A call that nobody waits for is not announced (R089).
    if (!line || (line->wanted_media & media) == 0) {
        caller->service.become(LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_UNREACHABLE);
        return;
    }
    const bool full = line == caller->line || is_full(*line);
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

LONG Session::answer(Call& call, Request request) {
    call.service.become(LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
    if (const auto caller = call.other.lock())
        caller->service.become(LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
    request.complete(0); // when the thing is done (R058)
    return 0;
}

LONG Session::drop(Call& call, Request request) {
    const bool rejected = call.service.state() == LINECALLSTATE_OFFERING;
    call.service.become(LINECALLSTATE_IDLE); // the last state (R080); the call stays known (R067)
    part(call, rejected ? LINEDISCONNECTMODE_REJECT : LINEDISCONNECTMODE_NORMAL);
    request.complete(0);
    return 0;
}

void Session::released(Call& call) { part(call, LINEDISCONNECTMODE_NORMAL); }

} // namespace acme_provider
