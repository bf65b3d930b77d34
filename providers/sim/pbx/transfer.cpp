// SPDX-License-Identifier: Apache-2.0
//
// Transfer: handing the other party of a call on to a third.

#include "providers/sim/pbx/pbx.h"

#include <utility>

namespace offhook::sim {

LONG Pbx::blind_transfer(Call& call, const std::string& number) {
    if (call.state != CallState::connected || call.peer == nullptr || is_conference(call))
        return LINEERR_INVALCALLSTATE;
    if (!is_reachable(number)) return LINEERR_INVALADDRESS;
    Call* other = part(call);
    const Party here = call.station->self;
    end(call); // R221
    arrive(*other, {number, LINECALLREASON_TRANSFER, here, {number, ""}});
    return 0;
}

LONG Pbx::may_set_up_transfer(const Call& call) const {
    return may_wait_for_another(call) ? 0 : LINEERR_INVALCALLSTATE;
}

// The original call waits while its owner talks to whom it is to be transferred to (R214).
void Pbx::set_up_transfer(Call& original, Call& consultation) {
    original.consultation = &consultation;
    consultation.consulted_for = &original;
    consultation.related_id = original.id;
    original.related_id = consultation.id;
    if (!misbehaviour_.asked(Fault::r214)) {
        enter(original, CallState::onhold_pending_transfer);
        tell_held(original, LINECONNECTEDMODE_ACTIVEHELD);
    }
}

LONG Pbx::may_complete_transfer(const Call& original, const Call& consultation) const {
    if (&original == &consultation || original.station != consultation.station)
        return LINEERR_INVALCALLHANDLE;
    if (original.state != CallState::onhold_pending_transfer && original.state != CallState::onhold)
        return LINEERR_INVALCALLSTATE;
    switch (consultation.state) {
    case CallState::connected:
    case CallState::ringback:
    case CallState::busy:
    case CallState::proceeding: return is_conference(consultation) ? LINEERR_INVALCALLSTATE : 0;
    default: return LINEERR_INVALCALLSTATE;
    }
}

// Both parties are left to each other, however far the second call has come (R216).
void Pbx::complete_transfer(Call& original, Call& consultation) {
    wait_no_more(original);
    if (consultation.consulted_for != nullptr) wait_no_more(*consultation.consulted_for);
    const CallState progress = consultation.state;
    const std::string number = consultation.dialed;
    const Party here = original.station->self;
    Call* first = part(original);
    Call* second = part(consultation);
    if (!misbehaviour_.asked(Fault::r216)) end(original);
    end(consultation);
    if (first == nullptr) {
        if (second != nullptr) left(*second, LINEDISCONNECTMODE_NORMAL);
    } else if (second != nullptr) {
        second->id = first->id;
        join(*first, *second);
        for (Call* call : {first, second}) {
            call->redirecting = here;
            events_.call_event(*call, LINE_CALLINFO, LINECALLINFOSTATE_REDIRECTINGID);
        }
        if (progress == CallState::connected) {
            connect(*first, *second);
        } else { // it still rings
            second->caller = first->station->self;
            events_.call_event(*second, LINE_CALLINFO, LINECALLINFOSTATE_CALLERID);
        }
    } else if (progress == CallState::busy) {
        left(*first, LINEDISCONNECTMODE_BUSY);
    } else {
        arrive(*first, {number, LINECALLREASON_TRANSFER, here, {number, ""}});
    }
}

} // namespace offhook::sim
