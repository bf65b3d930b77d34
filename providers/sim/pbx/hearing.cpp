// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/pbx/hearing.h"

#include <algorithm>

namespace offhook::sim {
namespace {

// Why the call did not come about, or that it is over.
ProgressTone tone_of_disconnection(DWORD mode) {
    switch (mode) {
    case LINEDISCONNECTMODE_CONGESTION:
    case LINEDISCONNECTMODE_TEMPFAILURE:
    case LINEDISCONNECTMODE_QOSUNAVAIL: return ProgressTone::congestion;
    case LINEDISCONNECTMODE_BADADDRESS:
    case LINEDISCONNECTMODE_UNREACHABLE:
    case LINEDISCONNECTMODE_INCOMPATIBLE:
    case LINEDISCONNECTMODE_NUMBERCHANGED:
    case LINEDISCONNECTMODE_OUTOFORDER: return ProgressTone::special_information;
    default: return ProgressTone::busy;
    }
}

ProgressTone progress_tone(const Call& call) {
    switch (call.state) {
    case CallState::dialtone: return ProgressTone::dial;
    case CallState::ringback: return ProgressTone::ringing;
    case CallState::busy:
        return call.mode == LINEBUSYMODE_TRUNK ? ProgressTone::congestion : ProgressTone::busy;
    case CallState::special_info: return ProgressTone::special_information;
    case CallState::disconnected: return tone_of_disconnection(call.mode);
    case CallState::none:
    case CallState::offering:
    case CallState::accepted:
    case CallState::dialing:
    case CallState::proceeding:
    case CallState::connected:
    case CallState::onhold:
    case CallState::onhold_pending_transfer:
    case CallState::onhold_pending_conference:
    case CallState::conferenced:
    case CallState::idle:
    case CallState::count: break;
    }
    return ProgressTone::none;
}

// Does its own end hear and speak? The owner of a conference has left it for a while when it is held.
bool takes_part(const Call& call) {
    return call.state == CallState::connected ||
           (call.state == CallState::conferenced && call.conference != nullptr &&
            call.conference->state == CallState::connected);
}

// Does speech pass it? The members of a conference that its owner holds go on talking.
bool carries(const Call& call) {
    return call.state == CallState::connected || call.state == CallState::conferenced ||
           (is_conference(call) && row(call.state).occupies_hold());
}

} // namespace

Hearing hearing(const Call& call) {
    Hearing heard{progress_tone(call), {}};
    if (!takes_part(call)) return heard;
    std::vector<const Call*> reached{&call};
    const auto reach = [&](const Call* next) {
        if (next != nullptr && carries(*next) &&
            std::find(reached.begin(), reached.end(), next) == reached.end())
            reached.push_back(next);
    };
    for (std::size_t at = 0; at < reached.size(); ++at) {
        const Call& from = *reached[at];
        reach(from.peer);
        if (from.state == CallState::conferenced) reach(from.conference);
        for (const Call* member : from.members)
            if (member->state == CallState::conferenced) reach(member);
    }
    std::copy_if(reached.begin() + 1, reached.end(), std::back_inserter(heard.speakers),
                 [](const Call* one) { return takes_part(*one); });
    return heard;
}

} // namespace offhook::sim
