// SPDX-License-Identifier: Apache-2.0
//
// The life of calls: what applications ask for from above, what the stack and the media report from below.

#include "abi/media_modes.h"
#include "abi/utf16.h"
#include "provider/call_parameters.h"
#include "providers/sip/destination.h"
#include "providers/sip/disconnect.h"
#include "providers/sip/tsp/session.h"

#include <chrono>

namespace offhook::sip {
namespace {

constexpr int temporarily_unavailable = 480, not_acceptable_here = 488, service_unavailable = 503;

// The one media mode that a new call of ours has, of those that applications wait for.
DWORD media_of_incoming(DWORD wanted) {
    for (const DWORD mode : {LINEMEDIAMODE_INTERACTIVEVOICE, LINEMEDIAMODE_AUTOMATEDVOICE})
        if ((wanted & mode) != 0) return mode;
    return (wanted & LINEMEDIAMODE_UNKNOWN) != 0 ? LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_INTERACTIVEVOICE : 0;
}

LONG error_in(const LINECALLPARAMS& parameters) {
    const DWORD mode = parameters.dwAddressMode;
    // There is no predictive dialing: no state is one of those that the address knows (R227).
    if (parameters.dwPredictiveAutoTransferStates != 0) return LINEERR_INVALCALLPARAMS;
    if ((parameters.dwBearerMode & ~supported_bearers) != 0) return LINEERR_INVALBEARERMODE;
    const DWORD media = parameters.dwMediaMode; // 0: the default (R225)
    if (media != 0 && (!abi::is_media_mode(media) || (media & ~supported_media) != 0))
        return LINEERR_INVALMEDIAMODE; // R142
    if (mode == LINEADDRESSMODE_ADDRESSID && parameters.dwAddressID != 0) return LINEERR_INVALADDRESSID;
    return mode > LINEADDRESSMODE_DIALABLEADDR ? LINEERR_INVALADDRESSMODE : 0;
}

} // namespace

DWORD Session::features(const Call& call) const {
    const DWORD state = call.service.state();
    const DWORD now = provider::features_in(state, call_features);
    return state == LINECALLSTATE_CONNECTED ? now : now & ~digit_features;
}

// An INVITE carries the whole number: whatever answers it says that dialing was complete, so that a call
// never leaves DIALING but through PROCEEDING or to its end.
void Session::advance(Call& call, DWORD state, DWORD mode) {
    if (call.service.state() == LINECALLSTATE_DIALING && !call.service.may_become(state))
        call.service.become(LINECALLSTATE_PROCEEDING);
    call.service.become(state, mode);
}

bool Session::open_stream(Call& call) {
    const Account& account = account_of(*call.line);
    call.stream = engine_.open(account.local, call.handle);
    if (!call.stream) {
        services_.log(provider::Severity::warning,
                      "no RTP port is free: widen the range rtp.first to rtp.last, which is " +
                          std::to_string(ports_.first) + " to " + std::to_string(ports_.last));
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

LONG Session::check_call(const Line& line, const LINECALLPARAMS* parameters) const {
    const auto wanted = provider::copy_parameters(parameters, line.service.version);
    return wanted ? error_in(*wanted) : LINEERR_INVALCALLPARAMS;
}

LONG Session::make_call(Line& line, const provider::WantedCall& wanted, provider::Request request) {
    // Without an address the call would wait at a dial tone, and a SIP line has none.
    if (wanted.address == nullptr) return LINEERR_INVALADDRESS;
    const auto parameters = provider::copy_parameters(wanted.parameters, line.service.version);
    if (!parameters) return LINEERR_INVALCALLPARAMS;
    if (const LONG error = error_in(*parameters); error != 0) return error;
    const Account& account = account_of(line);
    Destination destination = destination_of(abi::to_utf8(wanted.address), account);
    if (destination.error != 0) return destination.error;

    const auto call = std::make_shared<Call>(
        provider::ServiceCall(line.service, wanted.name, std::move(request)), line.shared_from_this());
    call->caller = {account.user, account.display, Presentation::shown};
    call->called = {std::move(destination.number), "", Presentation::shown};
    if (parameters->dwMediaMode != 0) call->service.media_mode = parameters->dwMediaMode;
    if (parameters->dwBearerMode != 0) call->bearer_mode = parameters->dwBearerMode;
    call->call_parameter_flags = parameters->dwCallParamFlags;
    Beginning beginning(*this, call);
    if (!open_stream(*call)) return LINEERR_RESOURCEUNAVAIL;
    call->leg = stack_->invite(line.place, destination.uri, media::write_offer(call->local));
    legs_.emplace(*call->leg, call);
    *wanted.handle = provider::to_handle<HDRVCALL>(call->handle); // R061
    // Seconds until an unanswered call is given up (R224); 0: never.
    if (const DWORD seconds = parameters->dwNoAnswerTimeout; seconds != 0)
        timers_.after(std::chrono::seconds(seconds), [this, handle = call->handle] { give_up(handle); });
    beginning.keep();
    return 0;
}

// The INVITE left: as early as a call can be said to be dialing (R057).
void Session::sent(LegId leg) {
    const std::lock_guard guard(lock_);
    const auto call = find(leg);
    if (!call) return;
    call->service.made();
    advance(*call, LINECALLSTATE_DIALING);
}

void Session::progress(LegId leg, int status, const Described& description) {
    const std::lock_guard guard(lock_);
    const auto call = find(leg);
    if (!call) return;
    static_cast<void>(connect_media(*call, description)); // early media; the answer decides
    advance(*call, status == 180 ? LINECALLSTATE_RINGBACK : LINECALLSTATE_PROCEEDING);
}

void Session::answered(LegId leg, const Described& description) {
    const std::lock_guard guard(lock_);
    const auto call = find(leg);
    if (!call) return;
    if (!connect_media(*call, description)) {
        services_.log(provider::Severity::warning,
                      "a peer's session description has no G.711 audio for us; the call is ended");
        stack_->hang_up(leg);
        return finish(call, {Ending::Cause::failed, not_acceptable_here});
    }
    if (call->service.state() == LINECALLSTATE_CONNECTED) return; // the answer to an offer within the call
    call->connected = call->direction == Direction::outgoing ? call->called : call->caller;
    advance(*call, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
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
    const auto line = lines_.at(incoming.account);
    const DWORD media_mode = line ? media_of_incoming(line->wanted_media) : 0;
    if (media_mode == 0) return temporarily_unavailable; // nobody wants it (R089)
    const auto call = std::make_shared<Call>(provider::ServiceCall(line->service), line);
    call->direction = Direction::incoming;
    call->service.media_mode = media_mode;
    call->caller = incoming.caller;
    call->called = incoming.called;
    call->offer = incoming.offer.text;
    Beginning beginning(*this, call);
    if (!open_stream(*call)) return service_unavailable;
    if (!call->offer.empty()) {
        if (!media::answer_offer(call->offer, call->local)) return not_acceptable_here;
        call->source = incoming.offer.source;
    }
    legs_.emplace(incoming.leg, call);
    if (!call->service.announce(provider::to_handle<HDRVCALL>(call->handle))) { // R072
        legs_.erase(incoming.leg);
        return service_unavailable;
    }
    call->leg = incoming.leg;
    beginning.keep();
    advance(*call, LINECALLSTATE_OFFERING, LINEOFFERINGMODE_ACTIVE);
    stack_->ring(incoming.leg);
    return 0;
}

LONG Session::accept(Call& call, provider::Request request) {
    advance(call, LINECALLSTATE_ACCEPTED); // the caller hears it ring since it was offered
    request.complete(0);
    return 0;
}

LONG Session::answer(Call& call, provider::Request request) {
    if (call.answering.pending()) return LINEERR_INVALCALLSTATE;
    std::string description;
    if (call.offer.empty()) {
        description = media::write_offer(call.local); // the caller's answer comes with its ACK
    } else if (auto answer = media::answer_offer(call.offer, call.local)) {
        description = std::move(answer->text);
        call.stream->connect(answer->remote, call.source);
    }
    call.answering = std::move(request);
    stack_->answer(*call.leg, description);
    return 0;
}

LONG Session::drop(Call& call, provider::Request request) {
    // The peer's confirmation is not waited for: an unreachable one would hold the line up for half a minute.
    if (call.leg) stack_->hang_up(*call.leg);
    finish(calls_.find(call.handle), {Ending::Cause::dropped, 0});
    request.complete(0);
    return 0;
}

void Session::ended(LegId leg, const Ending& ending) {
    const std::lock_guard guard(lock_);
    if (const auto call = find(leg)) finish(call, ending);
}

// The way every call ends, but for one that is closed first.
void Session::finish(const CallPointer& ending_call, const Ending& ending) {
    Call& call = *ending_call;
    let_go_of_leg(call);
    if (call.service.making()) {
        call.service.fail(LINEERR_OPERATIONFAILED);
        calls_.remove(call.handle); // it never was (R064)
        return;
    }
    call.answering.complete(LINEERR_INVALCALLSTATE);
    end_generation(call, LINEGENERATETERM_CANCEL);
    const DWORD version = call.service.version();
    switch (ending.cause) {
    case Ending::Cause::dropped: break;
    case Ending::Cause::hung_up: advance(call, LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_NORMAL); break;
    case Ending::Cause::cancelled:
        advance(call, LINECALLSTATE_DISCONNECTED, disconnect_of(487, version).mode);
        break;
    case Ending::Cause::failed: {
        // A status answers the INVITE; a call that stood, or that the peer made, was lost on the way.
        const bool tried =
            call.direction == Direction::outgoing && call.service.state() != LINECALLSTATE_CONNECTED;
        const Disconnect disconnect =
            tried ? disconnect_of(ending.status, version) : Disconnect{LINEDISCONNECTMODE_UNREACHABLE, 0};
        if (disconnect.busy != 0) advance(call, LINECALLSTATE_BUSY, disconnect.busy);
        advance(call, LINECALLSTATE_DISCONNECTED, disconnect.mode);
        break;
    }
    }
    advance(call, LINECALLSTATE_IDLE);
}

// The SIP side is over, or left to end by itself.
void Session::let_go_of_leg(Call& call) {
    if (call.leg) legs_.erase(*call.leg);
    call.leg.reset();
    if (call.stream) engine_.close(std::exchange(call.stream, nullptr));
}

void Session::released(Call& call) {
    if (call.leg) stack_->hang_up(*call.leg);
    let_go_of_leg(call);
    call.answering.complete(LINEERR_OPERATIONFAILED);
}

void Session::give_up(std::uint64_t handle) {
    const std::lock_guard guard(lock_);
    const auto call = calls_.find(handle);
    if (!call || !call->leg || call->service.state() == LINECALLSTATE_CONNECTED) return;
    stack_->hang_up(*call->leg);
    finish(call, {Ending::Cause::failed, 408});
}

void Session::registration(std::size_t account, Registration registration, const std::string& reason) {
    const std::lock_guard guard(lock_);
    const auto found = accounts_.find(account);
    if (found == accounts_.end()) return; // removed meanwhile
    const Account& about = found->second;
    const bool registered = registration == Registration::registered;
    const auto service = registered ? Service::in_service : Service::out_of_service;
    if (!registered)
        services_.log(provider::Severity::warning, about.address_of_record() + " is not registered at " +
                                                       about.registrar + ": " + reason +
                                                       "; trying again in 30 s");
    if (std::exchange(service_.at(account), service) == service) return;
    if (registered)
        services_.log(provider::Severity::info,
                      about.address_of_record() + " is registered at " + about.registrar);
    if (const auto line = lines_.at(account)) report(*line, service);
}

void Session::report(const Line& line, Service service) {
    report(line, service == Service::in_service ? LINEDEVSTATE_CONNECTED | LINEDEVSTATE_INSERVICE
                                                : LINEDEVSTATE_DISCONNECTED | LINEDEVSTATE_OUTOFSERVICE);
}

void Session::report(const Line& line, DWORD line_states) {
    if (const DWORD wanted = line_states & line.line_states; wanted != 0)
        callbacks_.line_event(line.service.sink, LINE_LINEDEVSTATE, wanted);
}

} // namespace offhook::sip
