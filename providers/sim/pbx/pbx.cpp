// SPDX-License-Identifier: Apache-2.0
//
// The stations of the exchange, and how calls come to them and go.

#include "providers/sim/pbx/pbx.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace offhook::sim {

Pbx::Pbx(const Configuration& configuration, Clock& clock, Events& events, Misbehaviour& misbehaviour)
    : configuration_(configuration),
      clock_(clock),
      events_(events),
      misbehaviour_(misbehaviour),
      trunks_(configuration.trunks, false) {
    extensions_.reserve(configuration_.extensions.size());
    for (const auto& number : configuration_.extensions) add_extension(number);
}

void Pbx::settle() {
    while (!due_.empty()) {
        const auto due = std::exchange(due_, {});
        for (const auto& action : due) action();
    }
    forgotten_.clear();
    abandoned_.clear();
}

void Pbx::later(milliseconds delay, Clock::Action action) {
    if (delay.count() == 0) due_.push_back(std::move(action));
    else clock_.after(delay, std::move(action));
}

void Pbx::later(milliseconds delay, Call& call, std::function<void(Call&)> action) {
    later(delay, [this, handle = call.handle, epoch = call.epoch, action = std::move(action)] {
        if (const auto found = calls_.find(handle); found && found->epoch == epoch) action(*found);
    });
}

// ---- Stations

Station* Pbx::extension(std::string_view number) const {
    const auto found = numbers_.find(std::string(number));
    return found == numbers_.end() ? nullptr : found->second;
}

Station* Pbx::extension_at(std::size_t place) const {
    return place < extensions_.size() ? extensions_[place].get() : nullptr;
}

Station& Pbx::add_extension(const std::string& number) {
    auto station = std::make_unique<Station>();
    station->place = extensions_.size();
    station->self.address = number;
    set_up(*station);
    numbers_.emplace(number, station.get());
    return *extensions_.emplace_back(std::move(station));
}

// What the configuration says of an extension.
void Pbx::set_up(Station& station) {
    const auto name = configuration_.names.find(station.self.address);
    station.self.name = name == configuration_.names.end() ? std::string() : name->second;
    const auto group = configuration_.groups.find(station.self.address);
    station.group = group == configuration_.groups.end() ? "1" : group->second;
    station.limit = configuration_.calls;
}

void Pbx::reconfigure(const Configuration& configuration) {
    configuration_ = configuration;
    for (const auto& station : extensions_)
        if (station) set_up(*station);
}

void Pbx::remove_extension(Station& station) {
    const auto calls = station.calls;
    for (Call* call : calls) close(*call);
    std::erase_if(completions_, [&](const auto& entry) { return entry.second.from == &station; });
    numbers_.erase(station.self.address);
    abandoned_.push_back(std::move(extensions_[station.place]));
}

Station& Pbx::subscriber(const std::string& number) {
    auto& station = subscribers_[number];
    if (!station) {
        station = std::make_unique<Station>();
        station->kind = Kind::outside;
        station->self.address = number;
        station->limit = configuration_.trunks;
        const auto special = configuration_.subscribers.find(number);
        station->behaviour =
            special == configuration_.subscribers.end() ? configuration_.others : special->second;
    }
    return *station;
}

Station* Pbx::subscriber_with_calls(std::string_view number) const {
    const auto found = subscribers_.find(std::string(number));
    return found == subscribers_.end() ? nullptr : found->second.get();
}

bool Pbx::is_reachable(const std::string& number) const {
    const auto& prefix = configuration_.outside_prefix;
    return extension(number) != nullptr || (number.starts_with(prefix) && number.size() > prefix.size());
}

void Pbx::set_status(Station& station, DWORD status) {
    constexpr DWORD plug = LINEDEVSTATUSFLAGS_CONNECTED, service = LINEDEVSTATUSFLAGS_INSERVICE;
    constexpr DWORD message = LINEDEVSTATUSFLAGS_MSGWAIT, lock = LINEDEVSTATUSFLAGS_LOCKED;
    const DWORD before = std::exchange(station.status, status);
    const auto report = [&](DWORD flag, DWORD on, DWORD off) {
        if (((before ^ status) & flag) != 0)
            events_.line_event(station, LINE_LINEDEVSTATE, (status & flag) != 0 ? on : off);
    };
    report(plug, LINEDEVSTATE_CONNECTED, LINEDEVSTATE_DISCONNECTED);
    report(service, LINEDEVSTATE_INSERVICE, LINEDEVSTATE_OUTOFSERVICE);
    report(message, LINEDEVSTATE_MSGWAITON, LINEDEVSTATE_MSGWAITOFF);
    report(lock, LINEDEVSTATE_LOCK, LINEDEVSTATE_LOCK);
    if (!station.is_usable()) cut(station);
}

void Pbx::forward(Station& station, Forwarding forwarding) {
    station.forwarding = std::move(forwarding);
    if (misbehaviour_.asked(Fault::r229)) return;
    events_.line_event(station, LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_FORWARD); // in effect (R229)
}

void Pbx::cut(Station& station) {
    const auto calls = station.calls;
    for (Call* call : calls) {
        if (call->state == CallState::idle || call->state == CallState::disconnected) continue;
        if (Call* other = part(*call)) left(*other, LINEDISCONNECTMODE_OUTOFORDER);
        left(*call, LINEDISCONNECTMODE_OUTOFORDER);
    }
}

// ---- Ringing

void Pbx::ring(Station& station) {
    if (station.kind == Kind::outside) return;
    station.phone.ring_mode = station.ring_mode;
    changed(station, PHONESTATE_RINGMODE, station.phone.ring_mode);
    ring_again(station, ++station.ring_epoch, misbehaviour_.asked(Fault::r158) ? 7 : 0); // R158
    show_calls(station);
}

// One ring, and the next after a cycle.
void Pbx::ring_again(Station& station, DWORD epoch, DWORD count) {
    events_.line_event(station, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, station.ring_mode, count);
    if (!events_.counts_rings(station)) return;
    later(configuration_.ring_cycle, [this, place = station.place, epoch, count] {
        Station* ringing = extension_at(place);
        if (ringing != nullptr && ringing->ring_epoch == epoch) ring_again(*ringing, epoch, count + 1);
    });
}

void Pbx::quiet(Station& station) {
    if (station.phone.ring_mode == 0 || station.first_in(CallState::offering) != nullptr ||
        station.first_in(CallState::accepted) != nullptr)
        return;
    ++station.ring_epoch;
    station.phone.ring_mode = 0;
    changed(station, PHONESTATE_RINGMODE, 0);
    show_calls(station);
}

// ---- Arriving calls

// From the end of dialing to the destination.
void Pbx::route(Call& caller) {
    later(configuration_.ring_delay, caller, [this](Call& call) {
        arrive(call, {call.dialed, LINECALLREASON_DIRECT, {}, {}});
    });
}

void Pbx::arrive(Call& caller, const Arrival& arrival) {
    if (Station* target = extension(arrival.number)) return offer(caller, *target, arrival);
    const auto& prefix = configuration_.outside_prefix;
    if (!is_reachable(arrival.number))
        return fail(caller, CallState::disconnected, 0, LINEDISCONNECTMODE_BADADDRESS);
    const std::string number = arrival.number.substr(prefix.size());
    const auto special = configuration_.subscribers.find(number);
    switch (special == configuration_.subscribers.end() ? configuration_.others : special->second) {
    case Outside::busy: return fail(caller, CallState::busy, LINEBUSYMODE_STATION, LINEDISCONNECTMODE_BUSY);
    case Outside::refuse: return fail(caller, CallState::disconnected, 0, LINEDISCONNECTMODE_REJECT);
    case Outside::unreachable:
        return fail(caller, CallState::disconnected, 0, LINEDISCONNECTMODE_UNREACHABLE);
    case Outside::congestion: return fail(caller, CallState::disconnected, 0, LINEDISCONNECTMODE_CONGESTION);
    case Outside::special:
        return fail(caller, CallState::special_info, LINESPECIALINFO_CUSTIRREG,
                    LINEDISCONNECTMODE_NUMBERCHANGED);
    case Outside::answer:
    case Outside::ring: break;
    }
    if (!take_trunk(caller, caller.trunk))
        return fail(caller, CallState::busy, LINEBUSYMODE_TRUNK, LINEDISCONNECTMODE_CONGESTION);
    offer(caller, subscriber(number), arrival);
}

// One trunk of the exchange, which stays taken as long as the call outside.
bool Pbx::take_trunk(Call& caller, DWORD& trunk) {
    const auto free = std::find(trunks_.begin(), trunks_.end(), false);
    if (free == trunks_.end()) return false;
    *free = true;
    trunk = static_cast<DWORD>(free - trunks_.begin());
    if (caller.station->kind == Kind::extension)
        events_.call_event(caller, LINE_CALLINFO, LINECALLINFOSTATE_TRUNK);
    return true;
}

void Pbx::offer(Call& caller, Station& target, const Arrival& arrival) {
    if (!target.is_usable()) return fail(caller, CallState::disconnected, 0, LINEDISCONNECTMODE_OUTOFORDER);
    if (forwarded(caller, target, arrival, Condition::always)) return;
    if (&target == caller.station || target.number_of(Occupies::active) >= target.limit) {
        if (forwarded(caller, target, arrival, Condition::busy)) return;
        return fail(caller, CallState::busy, LINEBUSYMODE_STATION, LINEDISCONNECTMODE_BUSY);
    }
    Call& callee = create(target, Standing::unannounced);
    callee.origin = origin_of(*caller.station);
    callee.reason = arrival.reason;
    callee.trunk = caller.trunk;
    callee.media_mode = caller.media_mode;
    callee.bearer_mode = caller.bearer_mode;
    callee.rate = caller.rate;
    callee.call_data = caller.call_data;
    callee.user_user = caller.user_user;
    callee.caller = caller.caller.known() ? caller.caller : caller.station->self;
    callee.called = caller.called.known() ? caller.called : target.self;
    callee.redirecting = arrival.redirecting;
    callee.redirection = arrival.redirection;
    join(caller, callee);
    if (arrival.redirection.known()) {
        caller.redirecting = arrival.redirecting;
        caller.redirection = arrival.redirection;
        events_.call_event(caller, LINE_CALLINFO,
                           LINECALLINFOSTATE_REDIRECTINGID | LINECALLINFOSTATE_REDIRECTIONID);
    }
    enter(callee, CallState::offering, LINEOFFERINGMODE_ACTIVE);
    ring(target);
    if (caller.state == CallState::proceeding) enter(caller, CallState::ringback);
    if (caller.no_answer_timeout != 0)
        later(milliseconds(caller.no_answer_timeout), caller, [this](Call& call) {
            if (call.state != CallState::ringback) return;
            if (Call* other = part(call)) left(*other, LINEDISCONNECTMODE_NORMAL);
            hang_up(call, misbehaviour_.asked(Fault::r224) ? LINEDISCONNECTMODE_NORMAL
                                                           : LINEDISCONNECTMODE_NOANSWER); // R224
        });
    if (target.kind == Kind::outside && target.behaviour == Outside::answer)
        later(configuration_.answer_delay, callee, [this](Call& call) { answer(call); });
    if (target.forwarding.covers(Condition::no_answer))
        later(configuration_.ring_cycle * target.forwarding.rings, callee,
              [this](Call& call) { no_answer(call); });
}

// Sends the call elsewhere if the target wants that.
bool Pbx::forwarded(Call& caller, Station& target, const Arrival& arrival, Condition condition) {
    const Forward* entry =
        target.forwarding.find(condition, caller.station->self.address, origin_of(*caller.station));
    if (entry == nullptr) return false;
    constexpr std::size_t most_hops = 10; // further ones are forwarded in a circle
    if (entry->destination.empty())       // do not disturb
        fail(caller, CallState::disconnected, 0, LINEDISCONNECTMODE_DONOTDISTURB);
    else if (arrival.hops == most_hops)
        fail(caller, CallState::busy, LINEBUSYMODE_UNKNOWN, LINEDISCONNECTMODE_UNREACHABLE);
    else
        arrive(caller, {entry->destination,
                        reason_of(condition),
                        target.self,
                        {entry->destination, ""},
                        arrival.hops + 1});
    return true;
}

void Pbx::no_answer(Call& callee) {
    if (callee.state != CallState::offering && callee.state != CallState::accepted) return;
    Call* caller = callee.peer;
    if (caller == nullptr) return;
    Station& station = *callee.station;
    const Forward* entry = station.forwarding.find(Condition::no_answer, caller->station->self.address,
                                                   origin_of(*caller->station));
    if (entry == nullptr || entry->destination.empty()) return;
    const std::string destination = entry->destination;
    part(callee);
    left(callee, LINEDISCONNECTMODE_FORWARDED);
    arrive(*caller, {destination, reason_of(Condition::no_answer), station.self, {destination, ""}, 1});
}

// The call cannot get there. Who has just dialed is in the state and hears the tone; for one that came here
// otherwise (transferred, redirected) it is over.
void Pbx::fail(Call& caller, CallState state, DWORD mode, DWORD disconnect_mode) {
    if (caller.state == CallState::proceeding && state != CallState::disconnected) enter(caller, state, mode);
    else left(caller, disconnect_mode);
}

} // namespace offhook::sim
