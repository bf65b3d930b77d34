// SPDX-License-Identifier: Apache-2.0
//
// The life of calls: what applications ask for from above, what the stack and the media report from below.

#include "abi/function_table.h"
#include "abi/structure_table.h"
#include "abi/utf16.h"
#include "provider/system_time.h"
#include "providers/sip/destination.h"
#include "providers/sip/disconnect.h"
#include "providers/sip/tsp/session.h"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace offhook::sip {
namespace {

constexpr int temporarily_unavailable = 480, not_acceptable_here = 488, service_unavailable = 503;

// The one media mode that a new call of ours has, of those that applications wait for.
DWORD media_of_incoming(DWORD wanted) {
    for (const DWORD mode : {LINEMEDIAMODE_INTERACTIVEVOICE, LINEMEDIAMODE_AUTOMATEDVOICE})
        if ((wanted & mode) != 0) return mode;
    return (wanted & LINEMEDIAMODE_UNKNOWN) != 0 ? LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_INTERACTIVEVOICE : 0;
}

// A field of call parameters that exists from version 2.0 on; 0 where they do not have it.
DWORD since_2_0(const LINECALLPARAMS& parameters, DWORD version, std::size_t offset) {
    if (version < abi::v2_0 || !abi::has_field(parameters.dwTotalSize, offset)) return 0;
    DWORD value = 0;
    std::memcpy(&value, reinterpret_cast<const std::byte*>(&parameters) + offset, sizeof value);
    return value;
}

LONG error_in(const LINECALLPARAMS& parameters, DWORD version) {
    const DWORD mode = parameters.dwAddressMode;
    // There is no predictive dialing: no state is one of those that the address knows (R227).
    if (since_2_0(parameters, version, offsetof(LINECALLPARAMS, dwPredictiveAutoTransferStates)) != 0)
        return LINEERR_INVALCALLPARAMS;
    if ((parameters.dwBearerMode & ~supported_bearers) != 0) return LINEERR_INVALBEARERMODE;
    if ((parameters.dwMediaMode & ~supported_media) != 0) return LINEERR_INVALMEDIAMODE;
    if (mode == LINEADDRESSMODE_ADDRESSID && parameters.dwAddressID != 0) return LINEERR_INVALADDRESSID;
    return mode > LINEADDRESSMODE_DIALABLEADDR ? LINEERR_INVALADDRESSMODE : 0;
}

// Seconds until an unanswered call is given up (R224); 0: never.
DWORD no_answer_timeout(const LINECALLPARAMS* parameters, DWORD version) {
    return parameters == nullptr
               ? 0
               : since_2_0(*parameters, version, offsetof(LINECALLPARAMS, dwNoAnswerTimeout));
}

} // namespace

void Session::emit(const Call& call, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
    callbacks_.call_event(call.line->sink, call.name, message, p1, p2, p3);
}

// An INVITE carries the whole number: whatever answers it says that dialing was complete, so that a call
// never leaves DIALING but through PROCEEDING or to its end.
void Session::advance(Call& call, CallState state, DWORD mode) {
    if (call.state == CallState::dialing && !may_follow(call.state, state))
        advance(call, CallState::proceeding, 0);
    if (!may_follow(call.state, state)) return;
    call.state = state;
    call.mode = mode;
    call.entered = provider::system_time(std::chrono::system_clock::now());
    emit(call, LINE_CALLSTATE, row(state).name, mode, call.media_mode);
}

bool Session::open_stream(Call& call, const LinePointer& line) {
    const Account& account = account_of(*line);
    call.stream = engine_.open(account.local, call.handle);
    if (!call.stream) {
        services_.log(provider::Severity::warning,
                      "no RTP port is free: widen the range rtp.first to rtp.last, which is " +
                          std::to_string(configuration_.rtp.first) + " to " +
                          std::to_string(configuration_.rtp.last));
        return false;
    }
    call.local.rtp = call.stream->local();
    call.local.codecs = account.codecs;
    call.local.session = call.handle;
    call.local.version = 1;
    return true;
}

// Follows the peer's answer to our offer. False: it cannot be followed; without one all stays as it is.
bool Session::connect_media(Call& call, const Described& description) {
    if (description.text.empty()) return true;
    const auto remote = media::read_answer(description.text, call.local);
    if (!remote) return false;
    call.stream->connect(*remote, description.source);
    return true;
}

LONG Session::make_call(DRV_REQUESTID request, HDRVLINE line_handle, HTAPICALL name, HDRVCALL* handle,
                        std::u16string_view number, const LINECALLPARAMS* parameters) {
    const std::lock_guard guard(lock_);
    const auto line = find(line_handle);
    if (!line) return LINEERR_INVALLINEHANDLE;
    if (handle == nullptr) return LINEERR_INVALPOINTER;
    if (parameters != nullptr)
        if (const LONG error = error_in(*parameters, line->version); error != 0) return error;
    const Account& account = account_of(*line);
    Destination destination = destination_of(abi::to_utf8(number), account);
    if (destination.error != 0) return destination.error;

    auto call = std::make_shared<Call>();
    call->line = line;
    call->name = name;
    call->caller = {account.user, account.display, Presentation::shown};
    call->called = {std::move(destination.number), "", Presentation::shown};
    if (parameters != nullptr) {
        if (parameters->dwMediaMode != 0) call->media_mode = parameters->dwMediaMode;
        if (parameters->dwBearerMode != 0) call->bearer_mode = parameters->dwBearerMode;
        call->call_parameter_flags = parameters->dwCallParamFlags;
    }
    call->handle = calls_.add(call);
    if (!open_stream(*call, line)) {
        calls_.remove(call->handle);
        return LINEERR_RESOURCEUNAVAIL;
    }
    call->making = provider::Request(callbacks_, request);
    call->leg = stack_->invite(line->account, destination.uri, media::write_offer(call->local));
    legs_.emplace(*call->leg, call);
    *handle = provider::to_handle<HDRVCALL>(call->handle); // R061
    if (const DWORD seconds = no_answer_timeout(parameters, line->version); seconds != 0)
        timers_.after(std::chrono::seconds(seconds),
                      [this, call_handle = call->handle] { give_up(call_handle); });
    return static_cast<LONG>(request);
}

// The INVITE left: as early as a call can be said to be dialing (R057).
void Session::sent(LegId leg) {
    const std::lock_guard guard(lock_);
    const auto call = find(leg);
    if (!call) return;
    call->making.complete(0);
    advance(*call, CallState::dialing);
}

void Session::progress(LegId leg, int status, const Described& description) {
    const std::lock_guard guard(lock_);
    const auto call = find(leg);
    if (!call) return;
    static_cast<void>(connect_media(*call, description)); // early media; the answer decides
    advance(*call, status == 180 ? CallState::ringback : CallState::proceeding);
}

void Session::answered(LegId leg, const Described& description) {
    const std::lock_guard guard(lock_);
    const auto call = find(leg);
    if (!call) return;
    if (!connect_media(*call, description)) {
        services_.log(provider::Severity::warning,
                      "a peer's session description has no G.711 audio for us; the call is ended");
        stack_->hang_up(leg);
        return finish(*call, {Ending::Cause::failed, not_acceptable_here});
    }
    if (call->state == CallState::connected) return; // the answer to an offer within the call
    call->connected = call->direction == Direction::outgoing ? call->called : call->caller;
    advance(*call, CallState::connected, call->line->version >= abi::v1_4 ? LINECONNECTEDMODE_ACTIVE : 0);
    call->answering.complete(0); // R058
}

std::optional<std::string> Session::offered(LegId leg, const Described& description) {
    const std::lock_guard guard(lock_);
    const auto call = find(leg);
    if (!call) return std::nullopt;
    ++call->local.version; // RFC 3264, section 8
    if (description.text.empty()) return media::write_offer(call->local);
    auto answer = media::answer_offer(description.text, call->local);
    if (!answer) return std::nullopt;
    call->stream->connect(answer->remote, description.source);
    return std::move(answer->text);
}

int Session::incoming(const Incoming& incoming) {
    const std::lock_guard guard(lock_);
    const auto line = open_lines_[incoming.account];
    const DWORD media_mode = line ? media_of_incoming(line->wanted_media) : 0;
    if (media_mode == 0) return temporarily_unavailable; // nobody wants it (R089)
    auto call = std::make_shared<Call>();
    call->direction = Direction::incoming;
    call->line = line;
    call->media_mode = media_mode;
    call->caller = incoming.caller;
    call->called = incoming.called;
    call->offer = incoming.offer.text;
    call->handle = calls_.add(call);
    if (!open_stream(*call, line)) {
        calls_.remove(call->handle);
        return service_unavailable;
    }
    if (!call->offer.empty()) {
        const auto answer = media::answer_offer(call->offer, call->local);
        if (!answer) {
            engine_.close(call->stream);
            calls_.remove(call->handle);
            return not_acceptable_here;
        }
        call->source = incoming.offer.source;
    }
    call->name = callbacks_.new_call(line->sink, provider::to_handle<HDRVCALL>(call->handle));
    if (call->name == nullptr) { // refused: nothing more may be said of it (R072)
        engine_.close(call->stream);
        calls_.remove(call->handle);
        return service_unavailable;
    }
    call->leg = incoming.leg;
    legs_.emplace(incoming.leg, call);
    advance(*call, CallState::offering, line->version >= abi::v1_4 ? LINEOFFERINGMODE_ACTIVE : 0);
    stack_->ring(incoming.leg);
    return 0;
}

LONG Session::accept(DRV_REQUESTID request, HDRVCALL handle) {
    const std::lock_guard guard(lock_);
    const auto call = find(handle);
    if (!call) return LINEERR_INVALCALLHANDLE;
    if (call->state != CallState::offering) return LINEERR_INVALCALLSTATE;
    advance(*call, CallState::accepted); // the caller hears it ring since it was offered
    callbacks_.complete(request, 0);
    return static_cast<LONG>(request);
}

LONG Session::answer(DRV_REQUESTID request, HDRVCALL handle) {
    const std::lock_guard guard(lock_);
    const auto call = find(handle);
    if (!call) return LINEERR_INVALCALLHANDLE;
    const bool offered = call->state == CallState::offering || call->state == CallState::accepted;
    if (!offered || call->answering.pending()) return LINEERR_INVALCALLSTATE;
    std::string description;
    if (call->offer.empty()) {
        description = media::write_offer(call->local); // the caller's answer comes with its ACK
    } else if (auto answer = media::answer_offer(call->offer, call->local)) {
        description = std::move(answer->text);
        call->stream->connect(answer->remote, call->source);
    }
    call->answering = provider::Request(callbacks_, request);
    stack_->answer(*call->leg, description);
    return static_cast<LONG>(request);
}

LONG Session::drop(DRV_REQUESTID request, HDRVCALL handle) {
    const std::lock_guard guard(lock_);
    const auto call = find(handle);
    if (!call) return LINEERR_INVALCALLHANDLE;
    if (call->state == CallState::idle) return LINEERR_INVALCALLSTATE;
    // The peer's confirmation is not waited for: an unreachable one would hold the line up for half a minute.
    if (call->leg) stack_->hang_up(*call->leg);
    finish(*call, {Ending::Cause::dropped, 0});
    callbacks_.complete(request, 0);
    return static_cast<LONG>(request);
}

LONG Session::close_call(HDRVCALL handle) {
    const std::lock_guard guard(lock_);
    const auto call = calls_.find(provider::handle_value(handle));
    if (!call) return LINEERR_INVALCALLHANDLE;
    release(*call);
    return 0;
}

void Session::ended(LegId leg, const Ending& ending) {
    const std::lock_guard guard(lock_);
    if (const auto call = find(leg)) finish(*call, ending);
}

// The way every call ends, but for one that is closed first.
void Session::finish(Call& call, const Ending& ending) {
    if (call.leg) legs_.erase(*call.leg);
    call.leg.reset();
    if (call.stream) engine_.close(std::exchange(call.stream, nullptr));
    if (call.making.pending()) {
        call.making.complete(LINEERR_OPERATIONFAILED);
        calls_.remove(call.handle); // it never was (R064)
        return;
    }
    call.answering.complete(LINEERR_INVALCALLSTATE);
    end_generation(call, LINEGENERATETERM_CANCEL);
    const DWORD version = call.line->version;
    switch (ending.cause) {
    case Ending::Cause::dropped: break;
    case Ending::Cause::hung_up: advance(call, CallState::disconnected, LINEDISCONNECTMODE_NORMAL); break;
    case Ending::Cause::cancelled:
        advance(call, CallState::disconnected, disconnect_of(487, version).mode);
        break;
    case Ending::Cause::failed: {
        // A status answers the INVITE; a call that stood, or that the peer made, was lost on the way.
        const bool tried = call.direction == Direction::outgoing && call.state != CallState::connected;
        const Disconnect disconnect =
            tried ? disconnect_of(ending.status, version) : Disconnect{LINEDISCONNECTMODE_UNREACHABLE, 0};
        if (disconnect.busy != 0) advance(call, CallState::busy, disconnect.busy);
        advance(call, CallState::disconnected, disconnect.mode);
        break;
    }
    }
    advance(call, CallState::idle);
}

// Without another word to the service; its requests fail (R065, R078).
void Session::release(Call& call) {
    if (call.leg) {
        stack_->hang_up(*call.leg);
        legs_.erase(*call.leg);
        call.leg.reset();
    }
    if (call.stream) engine_.close(std::exchange(call.stream, nullptr));
    call.making.complete(LINEERR_OPERATIONFAILED);
    call.answering.complete(LINEERR_OPERATIONFAILED);
    calls_.remove(call.handle);
}

void Session::give_up(std::uint64_t handle) {
    const std::lock_guard guard(lock_);
    const auto call = calls_.find(handle);
    if (!call || !call->leg || call->state == CallState::connected) return;
    stack_->hang_up(*call->leg);
    finish(*call, {Ending::Cause::failed, 408});
}

void Session::registration(std::size_t account, Registration registration, const std::string& reason) {
    const std::lock_guard guard(lock_);
    const Account& about = configuration_.accounts[account];
    const bool registered = registration == Registration::registered;
    const auto service = registered ? LineUse::Service::in_service : LineUse::Service::out_of_service;
    if (!registered)
        services_.log(provider::Severity::warning, about.address_of_record() + " is not registered at " +
                                                       about.registrar + ": " + reason +
                                                       "; trying again in 30 s");
    if (std::exchange(service_[account], service) == service) return;
    if (registered)
        services_.log(provider::Severity::info,
                      about.address_of_record() + " is registered at " + about.registrar);
    const auto line = open_lines_[account];
    if (!line) return;
    const DWORD states = registered ? LINEDEVSTATE_CONNECTED | LINEDEVSTATE_INSERVICE
                                    : LINEDEVSTATE_DISCONNECTED | LINEDEVSTATE_OUTOFSERVICE;
    if (const DWORD wanted = states & line->reported_states; wanted != 0)
        callbacks_.line_event(line->sink, LINE_LINEDEVSTATE, wanted);
}

} // namespace offhook::sip
