// SPDX-License-Identifier: Apache-2.0
//
// Parking a call, and taking one that is parked or rings elsewhere.

#include "providers/sim/pbx/pbx.h"

#include <algorithm>
#include <utility>

namespace offhook::sim {

// The other party waits in the slot; the call here is over (R221).
LONG Pbx::park(Call& call, const std::string& slot) {
    if (call.state != CallState::connected || call.peer == nullptr || is_conference(call))
        return LINEERR_INVALCALLSTATE;
    const auto& slots = configuration_.parks;
    const bool exists =
        std::find(slots.begin(), slots.end(), slot) != slots.end() || extension(slot) != nullptr;
    if (!exists || parked_at(slot) != nullptr) return LINEERR_INVALADDRESS;
    tell_held(call, LINECONNECTEDMODE_ACTIVEHELD);
    Call* other = part(call);
    other->parked_at = slot;
    parked_[slot] = other;
    if (!misbehaviour_.asked(Fault::r221)) end(call);
    return 0;
}

std::string Pbx::free_slot() const {
    for (const auto& slot : configuration_.parks)
        if (!parked_.contains(slot)) return slot;
    return {};
}

Call* Pbx::parked_at(const std::string& slot) const {
    const auto found = parked_.find(slot);
    return found == parked_.end() ? nullptr : found->second;
}

void Pbx::unpark(Call& into, Call& parked) {
    parked_.erase(std::exchange(parked.parked_at, {}));
    into.origin = origin_of(*parked.station);
    into.reason = LINECALLREASON_UNPARK;
    into.caller = parked.station->self;
    into.called = into.station->self;
    into.media_mode = parked.media_mode;
    into.call_data = parked.call_data;
    join(parked, into);
    connect(into, parked);
}

Call* Pbx::ringing_at(const Station& station) const {
    Call* offered = station.first_in(CallState::offering);
    if (offered == nullptr) offered = station.first_in(CallState::accepted);
    return offered != nullptr && offered->peer != nullptr ? offered : nullptr;
}

Call* Pbx::ringing_in(const std::string& group) const {
    for (const auto& station : extensions_)
        if (station && station->group == group)
            if (Call* call = ringing_at(*station)) return call;
    return nullptr;
}

bool Pbx::is_group(const std::string& group) const {
    return std::any_of(extensions_.begin(), extensions_.end(),
                       [&](const auto& station) { return station && station->group == group; });
}

void Pbx::pick_up(Call& into, Call& ringing) {
    Call* caller = part(ringing);
    into.origin = ringing.origin;
    into.reason = LINECALLREASON_PICKUP;
    into.trunk = ringing.trunk;
    into.caller = ringing.caller;
    into.called = ringing.called;
    into.redirecting = ringing.station->self;
    into.media_mode = ringing.media_mode;
    into.call_data = ringing.call_data;
    left(ringing, LINEDISCONNECTMODE_PICKUP);
    join(*caller, into);
    make_room(into);
    connect(into, *caller);
}

} // namespace offhook::sim
