// SPDX-License-Identifier: Apache-2.0
//
// Conferences: a call of its own (the parent) and the calls of the parties, which are its members.

#include "providers/sim/pbx/pbx.h"

#include <algorithm>
#include <utility>

namespace offhook::sim {

LONG Pbx::may_set_up_conference(const Station& station, const Call* original) const {
    if (original == nullptr) return may_originate(station);
    return may_wait_for_another(*original) ? 0 : LINEERR_INVALCALLSTATE;
}

// The parent waits while its owner calls a further party (R217). With no-hold the first party stays connected
// meanwhile, and the new one joins by itself (R220).
void Pbx::set_up_conference(Call& conference, Call* original, Call& consultation) {
    const bool no_hold = (consultation.parameter_flags & LINECALLPARAMFLAGS_NOHOLDCONFERENCE) != 0 &&
                         !misbehaviour_.asked(Fault::r220);
    conference.origin = LINECALLORIGIN_CONFERENCE;
    conference.reason = LINECALLREASON_DIRECT;
    conference.consultation = &consultation;
    consultation.consulted_for = &conference;
    consultation.related_id = conference.id;
    if (no_hold) consultation.joins = &conference;
    enter(conference, CallState::onhold_pending_conference);
    if (original != nullptr) {
        original->related_id = conference.id;
        original->conference = &conference;
        conference.members.push_back(original);
        if (!no_hold && !misbehaviour_.asked(Fault::r217)) enter(*original, CallState::conferenced);
    }
    originate(consultation);
}

void Pbx::make_member(Call& conference, Call& call) {
    if (call.conference != &conference) {
        call.conference = &conference;
        call.related_id = conference.id;
        conference.members.push_back(&call);
    }
    if (call.state != CallState::conferenced) enter(call, CallState::conferenced);
    tell_held(call, LINECONNECTEDMODE_ACTIVE);
}

// R216: with LINETRANSFERMODE_CONFERENCE all three go on together.
void Pbx::conference_from_transfer(Call& conference, Call& original, Call& consultation) {
    wait_no_more(original);
    if (consultation.consulted_for != nullptr) wait_no_more(*consultation.consulted_for);
    conference.origin = LINECALLORIGIN_CONFERENCE;
    enter(conference, CallState::connected, LINECONNECTEDMODE_ACTIVE);
    make_member(conference, original);
    make_member(conference, consultation);
}

LONG Pbx::may_prepare_to_add(const Call& conference) const {
    if (!is_conference(conference)) return LINEERR_INVALCONFCALLHANDLE;
    if (conference.state != CallState::connected || conference.consultation != nullptr)
        return LINEERR_INVALCALLSTATE;
    return conference.members.size() < configuration_.conference ? 0 : LINEERR_CONFERENCEFULL;
}

void Pbx::prepare_to_add(Call& conference, Call& consultation) {
    consultation.related_id = conference.id;
    if ((consultation.parameter_flags & LINECALLPARAMFLAGS_NOHOLDCONFERENCE) != 0) { // R220
        consultation.joins = &conference;
    } else {
        conference.consultation = &consultation;
        consultation.consulted_for = &conference;
        enter(conference, CallState::onhold_pending_conference);
    }
}

LONG Pbx::add_to_conference(Call& conference, Call& call) {
    if (!is_conference(conference) || is_conference(call) || call.conference != nullptr ||
        call.station != conference.station)
        return LINEERR_INVALCALLHANDLE;
    const bool joins_by_itself = conference.state == CallState::connected && call.consulted_for == nullptr;
    if (!row(conference.state).occupies_hold() && !joins_by_itself) return LINEERR_INVALCALLSTATE;
    if (call.state != CallState::connected && call.state != CallState::onhold &&
        call.state != CallState::proceeding && call.state != CallState::ringback)
        return LINEERR_INVALCALLSTATE;
    if (conference.members.size() >= configuration_.conference) return LINEERR_CONFERENCEFULL;
    if (call.consulted_for != nullptr) wait_no_more(*call.consulted_for);
    wait_no_more(conference); // it may have waited for another call
    make_member(conference, call);
    for (Call* member : conference.members)
        if (member->state == CallState::connected) make_member(conference, *member); // it was not held
    enter(conference, CallState::connected, LINECONNECTEDMODE_ACTIVE);
    return 0;
}

// Whoever is removed is out of the call altogether (LINEADDRESSCAPS.dwRemoveFromConfState).
LONG Pbx::remove_from_conference(Call& call) {
    if (call.state != CallState::conferenced) return LINEERR_INVALCALLSTATE;
    return drop(call);
}

void Pbx::leave_conference(Call& call) {
    Call& conference = *std::exchange(call.conference, nullptr);
    std::erase(conference.members, &call);
    if (conference.consultation == nullptr) shrink(conference);
}

// A conference of one party is a call again, without a parent (R218).
void Pbx::shrink(Call& conference) {
    if (conference.members.size() > 1 || conference.state == CallState::idle) return;
    if (misbehaviour_.asked(Fault::r218)) return;
    for (Call* last : std::exchange(conference.members, {})) {
        last->conference = nullptr;
        if (last->state == CallState::conferenced)
            enter(*last, CallState::connected, LINECONNECTEDMODE_ACTIVE);
    }
    end(conference);
}

} // namespace offhook::sim
