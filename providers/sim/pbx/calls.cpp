// SPDX-License-Identifier: Apache-2.0
//
// What can be done with one call: make, accept, answer, hold, drop it.

#include "abi/media_modes.h"
#include "abi/utf16.h"
#include "provider/dial_string.h"
#include "providers/sim/pbx/pbx.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace offhook::sim {

// ---- The life of a call

Call& Pbx::create(Station& station, Standing standing) {
    auto call = std::make_shared<Call>();
    call->station = &station;
    call->standing = standing;
    call->id = ++last_call_;
    call->handle = calls_.add(call);
    return *call;
}

void Pbx::apply(Call& call, const CallParameters& given) {
    call.bearer_mode = given.bearer_mode;
    call.rate = given.rate;
    call.media_mode = given.media_mode;
    call.parameter_flags = given.flags;
    call.no_answer_timeout = given.no_answer_timeout;
    call.dial_parameters = given.dial_parameters;
    call.call_data = given.call_data;
    call.sending_flowspec = given.sending_flowspec;
    call.receiving_flowspec = given.receiving_flowspec;
    call.high_level = given.high_level;
    call.low_level = given.low_level;
    if (!given.user_user.empty()) call.user_user.push_back(given.user_user);
    if (given.calling_party) call.caller = {*given.calling_party, ""};
}

void Pbx::discard(Call& call) {
    call.standing = Standing::gone;
    forgotten_.push_back(calls_.remove(call.handle));
}

void Pbx::close(Call& call) {
    call.standing = Standing::gone;
    if (call.state != CallState::idle && call.state != CallState::none)
        drop(call); // LINEDEVCAPFLAGS_CLOSEDROP; lets go of it as well
    if (call.state != CallState::idle && call.state != CallState::none) end(call); // R080 is being broken
    if (auto still_known = calls_.remove(call.handle)) forgotten_.push_back(std::move(still_known));
}

// The one place where a call changes its state.
void Pbx::enter(Call& call, CallState state, DWORD mode) {
    if (!may_follow(call.state, state)) throw std::logic_error("a call cannot go on in this way");
    Station& station = *call.station;
    if (call.state == CallState::none) {
        station.calls.push_back(&call);
        ++station.calls_so_far;
    }
    const auto occupied = row(call.state).occupies;
    call.state = state;
    call.mode = mode;
    call.entered = std::chrono::system_clock::now();
    ++call.epoch;
    if (state == CallState::idle) leave(call);
    events_.call_state(call);
    if (state != CallState::idle)
        for (const LINEMEDIACONTROLCALLSTATE& entry : media_control_of(call).states)
            if ((entry.dwCallStates & row(state).name) != 0) control_media(call, entry.dwMediaControl);
    if (station.kind == Kind::outside) return;
    if (occupied != row(state).occupies) {
        const std::size_t number = station.calls.size();
        const DWORD use = number == 0   ? LINEADDRESSSTATE_INUSEZERO
                          : number == 1 ? LINEADDRESSSTATE_INUSEONE
                                        : LINEADDRESSSTATE_INUSEMANY;
        events_.line_event(station, LINE_LINEDEVSTATE, LINEDEVSTATE_NUMCALLS);
        events_.line_event(station, LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_NUMCALLS | use);
    }
    show_calls(station);
}

// An idle call is none of its station's any more. The service may still ask about it (R067, R068).
void Pbx::leave(Call& call) {
    Station& station = *call.station;
    std::erase(station.calls, &call);
    wait_no_more(call);
    for (Call* other : station.calls)
        if (other->joins == &call) other->joins = nullptr;
    if (call.gathering) end_gathering(call, LINEGATHERTERM_CANCEL);
    if (call.generation) end_generation(call, LINEGENERATETERM_CANCEL);
    if (!call.parked_at.empty()) parked_.erase(std::exchange(call.parked_at, {}));
    if (call.standing == Standing::unannounced || call.standing == Standing::gone)
        if (auto unknown = calls_.remove(call.handle)) forgotten_.push_back(std::move(unknown));
    if (station.kind == Kind::outside) {
        if (call.trunk < trunks_.size()) trunks_[call.trunk] = false;
        if (station.calls.empty())
            if (auto node = subscribers_.extract(station.self.address))
                abandoned_.push_back(std::move(node.mapped()));
        return;
    }
    quiet(station);
    if (!completions_.empty()) try_completions(station);
}

// ---- Two ends

void Pbx::join(Call& one, Call& other) {
    one.peer = &other;
    other.peer = &one;
    other.id = one.id;
}

// Takes a call apart from its other end, which is returned.
Call* Pbx::part(Call& call) {
    Call* other = std::exchange(call.peer, nullptr);
    if (other != nullptr) other->peer = nullptr;
    return other;
}

void Pbx::set_identity(Call& call, const Station& other) {
    if (call.connected == other.self) return;
    call.connected = other.self;
    events_.call_event(call, LINE_CALLINFO, LINECALLINFOSTATE_CONNECTEDID);
}

// Both ends can be heard from now on.
void Pbx::connect(Call& one, Call& other) {
    for (Call* call : {&one, &other})
        if (call->state != CallState::conferenced && !row(call->state).occupies_hold() &&
            !(call->state == CallState::connected && call->mode == LINECONNECTEDMODE_ACTIVE))
            enter(*call, CallState::connected, LINECONNECTEDMODE_ACTIVE);
    set_identity(one, *other.station);
    set_identity(other, *one.station);
    for (Call* call : {&one, &other}) connected(*call);
}

void Pbx::connected(Call& call) {
    if (Call* conference = std::exchange(call.joins, nullptr)) add_to_conference(*conference, call);
}

// The far end has gone, or the way there: what that means depends on how far the call had come.
void Pbx::left(Call& call, DWORD disconnect_mode) {
    switch (call.state) {
    case CallState::none:
    case CallState::disconnected:
    case CallState::idle: return;
    case CallState::offering:
    case CallState::accepted: // nobody is to answer it any more
    case CallState::conferenced: enter(call, CallState::disconnected, disconnect_mode); return end(call);
    case CallState::dialtone:
    case CallState::dialing:
    case CallState::proceeding:
    case CallState::ringback:
    case CallState::busy:
    case CallState::special_info:
    case CallState::connected:
    case CallState::onhold:
    case CallState::onhold_pending_transfer:
    case CallState::onhold_pending_conference: hang_up(call, disconnect_mode); return;
    case CallState::count: return;
    }
}

// The call is over, but its owner has not noticed. Where nobody can notice, it ends at once.
void Pbx::hang_up(Call& call, DWORD disconnect_mode) {
    wait_no_more(call);
    enter(call, CallState::disconnected, disconnect_mode);
    const bool unattended = call.station->kind == Kind::outside ||
                            (call.standing != Standing::known && call.station->phone.off_hook() == 0);
    if (unattended) end(call);
}

// The last state of every call (R210), and what follows for those that it belonged to.
void Pbx::end(Call& call) {
    enter(call, CallState::idle);
    if (call.conference != nullptr) leave_conference(call);
    if (call.consulted_for != nullptr) reconnect(call);
}

// Lets go of the far end.
void Pbx::release(Call& call) {
    const bool refused = call.state == CallState::offering || call.state == CallState::accepted;
    if (Call* other = part(call))
        left(*other, refused ? LINEDISCONNECTMODE_REJECT : LINEDISCONNECTMODE_NORMAL);
}

// ---- Making calls

LONG Pbx::may_originate(const Station& station) const {
    if (!station.is_usable() || (station.status & LINEDEVSTATUSFLAGS_LOCKED) != 0)
        return LINEERR_INVALLINESTATE;
    if (station.number_of(Occupies::active) >= station.limit) return LINEERR_CALLUNAVAIL;
    return 0;
}

void Pbx::originate(Call& call) {
    call.origin = LINECALLORIGIN_OUTBOUND;
    if (!call.caller.known()) call.caller = call.station->self;
    if (call.bearer_mode == LINEBEARERMODE_PASSTHROUGH && !misbehaviour_.asked(Fault::r228))
        enter(call, CallState::connected, LINECONNECTEDMODE_ACTIVE); // R228
    else enter(call, CallState::dialtone, LINEDIALTONEMODE_INTERNAL);
}

std::string Pbx::heard(std::string text) {
    const auto error = provider::read_dial_string(text).error;
    const bool prompts = error == LINEERR_DIALPROMPT;
    const bool waits =
        error == LINEERR_DIALBILLING || error == LINEERR_DIALQUIET || error == LINEERR_DIALDIALTONE;
    if ((prompts && misbehaviour_.asked(Fault::r178)) || (waits && misbehaviour_.asked(Fault::r179)))
        std::erase_if(text,
                      [](char c) { return std::string_view("?$@Ww").find(c) != std::string_view::npos; });
    return text;
}

LONG Pbx::dial(Call& call, std::string_view text) {
    if (call.state != CallState::dialtone && call.state != CallState::dialing) return LINEERR_INVALCALLSTATE;
    const provider::Dialed dialed = provider::read_dial_string(text);
    if (dialed.error != 0) {
        if (misbehaviour_.asked(Fault::r179_partly) && call.state == CallState::dialtone)
            enter(call, CallState::dialing);
        return dialed.error;
    }
    if (call.dialed.empty() && dialed.digits.empty() && dialed.dialing == provider::Dialing::complete &&
        call.state == CallState::dialtone)
        return LINEERR_INVALADDRESS;
    call.dialed += dialed.digits;
    call.called = {call.dialed, ""};
    if (call.state == CallState::dialtone) enter(call, CallState::dialing);
    if (dialed.dialing == provider::Dialing::more_to_come) return 0;
    enter(call, CallState::proceeding);
    route(call);
    return 0;
}

void Pbx::ring_from(Station& subscriber, const std::string& number, const std::string& name) {
    subscriber.self.name = name;
    Call& call = create(subscriber, Standing::unannounced);
    call.origin = LINECALLORIGIN_OUTBOUND;
    enter(call, CallState::dialing);
    enter(call, CallState::proceeding);
    if (take_trunk(call, call.trunk)) arrive(call, {number, LINECALLREASON_DIRECT, {}, {}});
    else fail(call, CallState::disconnected, 0, LINEDISCONNECTMODE_CONGESTION);
}

// ---- Answering

LONG Pbx::accept(Call& call) {
    if (call.state != CallState::offering) return LINEERR_INVALCALLSTATE;
    enter(call, CallState::accepted);
    return 0;
}

LONG Pbx::answer(Call& call) {
    if (call.state != CallState::offering && call.state != CallState::accepted) return LINEERR_INVALCALLSTATE;
    make_room(call);
    if (Call* caller = call.peer) {
        connect(call, *caller);
    } else { // the exchange itself has called, because a call can be completed
        enter(call, CallState::connected, LINECONNECTEDMODE_ACTIVE);
        const auto completion = completions_.extract(call.completes);
        if (completion) {
            completions_changed(*call.station);
            arrive(call, {completion.mapped().number, LINECALLREASON_CALLCOMPLETION, {}, {}});
        }
    }
    quiet(*call.station);
    return 0;
}

// What answering does to a call that is connected already (LINEDEVCAPS.dwAnswerMode).
void Pbx::make_room(Call& answered) {
    if (configuration_.answer_mode == LINEANSWERMODE_NONE) return;
    Call* active = answered.station->first_in(CallState::connected);
    if (active == nullptr) return;
    if (configuration_.answer_mode == LINEANSWERMODE_HOLD) hold(*active);
    else drop(*active);
}

LONG Pbx::redirect(Call& call, const std::string& number) {
    if (call.state != CallState::offering || call.peer == nullptr) return LINEERR_INVALCALLSTATE;
    if (!is_reachable(number)) return LINEERR_INVALADDRESS;
    Call* caller = part(call);
    const Party here = call.station->self;
    end(call); // R221
    arrive(*caller, {number, LINECALLREASON_REDIRECT, here, {number, ""}});
    return 0;
}

// ---- Ending

LONG Pbx::drop(Call& call) {
    if (call.state == CallState::idle || call.state == CallState::none) return LINEERR_INVALCALLSTATE;
    const bool tell_members = !misbehaviour_.asked(Fault::r219);
    for (Call* member : std::exchange(call.members, {})) { // R219
        member->conference = nullptr;
        release(*member);
        if (tell_members) end(*member);
    }
    wait_no_more(call);
    if (call.completes != 0 && call.state != CallState::connected)
        if (completions_.erase(call.completes) != 0) completions_changed(*call.station);
    release(call);
    if (!misbehaviour_.asked(Fault::r080)) end(call); // R080
    return 0;
}

// The consultation call is over: back to the call that waited for it (R215).
void Pbx::reconnect(Call& consultation) {
    Call& original = *consultation.consulted_for;
    wait_no_more(original);
    if (misbehaviour_.asked(Fault::r215)) return;
    if (is_conference(original) && original.members.size() < 2) return shrink(original);
    if (!row(original.state).occupies_hold()) return;
    enter(original, CallState::connected, LINECONNECTEDMODE_ACTIVE);
    tell_held(original, LINECONNECTEDMODE_ACTIVE);
}

// ---- Holding

// The other end of a held call sees that it is held.
void Pbx::tell_held(Call& holder, DWORD connected_mode) {
    if (holder.peer != nullptr && holder.peer->state == CallState::connected &&
        holder.peer->mode != connected_mode)
        enter(*holder.peer, CallState::connected, connected_mode);
}

LONG Pbx::hold(Call& call) {
    if (call.state != CallState::connected) return LINEERR_INVALCALLSTATE;
    enter(call, CallState::onhold);
    tell_held(call, LINECONNECTEDMODE_ACTIVEHELD);
    return 0;
}

LONG Pbx::unhold(Call& call) {
    switch (call.state) {
    case CallState::onhold_pending_transfer:
    case CallState::onhold_pending_conference:
        if (call.consultation != nullptr) return drop(*call.consultation); // which brings this one back
        [[fallthrough]];
    case CallState::onhold:
        enter(call, CallState::connected, LINECONNECTEDMODE_ACTIVE);
        tell_held(call, LINECONNECTEDMODE_ACTIVE);
        return 0;
    default: return LINEERR_INVALCALLSTATE;
    }
}

LONG Pbx::swap(Call& active, Call& held) {
    if (active.station != held.station || active.state != CallState::connected ||
        !row(held.state).occupies_hold())
        return LINEERR_INVALCALLSTATE;
    // A transfer goes on with the roles exchanged; a conference is always the one that waits.
    if (active.consulted_for == &held && held.state == CallState::onhold_pending_transfer) {
        enter(active, CallState::onhold_pending_transfer);
        std::swap(active.consultation, active.consulted_for);
        std::swap(held.consultation, held.consulted_for);
    } else if (active.consultation == &held && is_conference(active)) {
        enter(active, CallState::onhold_pending_conference);
    } else {
        enter(active, CallState::onhold);
    }
    enter(held, CallState::connected, LINECONNECTEDMODE_ACTIVE);
    tell_held(active, LINECONNECTEDMODE_ACTIVEHELD);
    tell_held(held, LINECONNECTEDMODE_ACTIVE);
    return 0;
}

// ---- What is attached to calls

LONG Pbx::secure(Call& call) {
    if (call.state == CallState::idle) return LINEERR_INVALCALLSTATE;
    call.parameter_flags |= LINECALLPARAMFLAGS_SECURE;
    return 0;
}

LONG Pbx::send_user_user(Call& call, Bytes information) {
    if (information.size() > largest_user_user) return LINEERR_USERUSERINFOTOOBIG;
    if (call.state != CallState::connected && call.state != CallState::offering &&
        call.state != CallState::accepted && call.state != CallState::ringback)
        return LINEERR_INVALCALLSTATE;
    if (call.peer == nullptr) return 0;
    call.peer->user_user.push_back(std::move(information));
    if (call.peer->user_user.size() == 1) // further ones wait until it is released
        events_.call_event(*call.peer, LINE_CALLINFO, LINECALLINFOSTATE_USERUSERINFO);
    return 0;
}

LONG Pbx::release_user_user(Call& call) {
    if (!call.user_user.empty()) call.user_user.pop_front();
    if (!call.user_user.empty() && call.state != CallState::idle) // R127
        events_.call_event(call, LINE_CALLINFO, LINECALLINFOSTATE_USERUSERINFO);
    return 0;
}

LONG Pbx::set_media_mode(Call& call, DWORD media_mode) {
    if (!abi::is_media_mode(media_mode) || (media_mode & ~supported_media) != 0)
        return LINEERR_INVALMEDIAMODE; // R142
    call.media_mode = media_mode;
    if (call.state != CallState::idle) events_.call_event(call, LINE_CALLINFO, LINECALLINFOSTATE_MEDIAMODE);
    return 0;
}

LONG Pbx::set_parameters(Call& call, DWORD bearer, DWORD rate, const LINEDIALPARAMS* dial_parameters) {
    if (call.state == CallState::idle || call.state == CallState::disconnected) return LINEERR_INVALCALLSTATE;
    call.bearer_mode = bearer;
    call.rate = rate;
    DWORD what = LINECALLINFOSTATE_BEARERMODE | LINECALLINFOSTATE_RATE;
    if (dial_parameters != nullptr) {
        call.dial_parameters =
            misbehaviour_.asked(Fault::r226) ? *dial_parameters : within_limits(*dial_parameters);
        what |= LINECALLINFOSTATE_DIALPARAMS;
    }
    events_.call_event(call, LINE_CALLINFO, what);
    if (bearer == LINEBEARERMODE_PASSTHROUGH &&
        (call.state == CallState::offering || call.state == CallState::accepted))
        return answer(call); // R228
    return 0;
}

// ---- What may be asked

DWORD Pbx::features(const Call& call) const {
    DWORD features = features_in(call.state);
    constexpr DWORD of_conferences = LINECALLFEATURE_PREPAREADDCONF;
    constexpr DWORD of_two_parties = LINECALLFEATURE_BLINDTRANSFER | LINECALLFEATURE_PARK;
    if (!may_wait_for_another(call)) features &= ~(LINECALLFEATURE_SETUPTRANSFER | LINECALLFEATURE_SETUPCONF);
    if (is_conference(call)) {
        features &= ~of_two_parties;
        if (call.state == CallState::connected) features |= of_conferences;
        if (call.state == CallState::onhold) features |= LINECALLFEATURE_ADDTOCONF;
    }
    return features;
}

LINEDIALPARAMS within_limits(LINEDIALPARAMS given) {
    const auto clamp = [](DWORD value, DWORD least, DWORD most, DWORD usual) {
        return value == 0 ? usual : std::clamp(value, least, most);
    };
    constexpr const auto &least = least_dial_parameters, &most = most_dial_parameters,
                         &usual = usual_dial_parameters;
    return {clamp(given.dwDialPause, least.dwDialPause, most.dwDialPause, usual.dwDialPause),
            clamp(given.dwDialSpeed, least.dwDialSpeed, most.dwDialSpeed, usual.dwDialSpeed),
            clamp(given.dwDigitDuration, least.dwDigitDuration, most.dwDigitDuration, usual.dwDigitDuration),
            clamp(given.dwWaitForDialtone, least.dwWaitForDialtone, most.dwWaitForDialtone,
                  usual.dwWaitForDialtone)};
}

} // namespace offhook::sim
