// SPDX-License-Identifier: Apache-2.0
//
// Completion of calls that met a busy station or one where nobody answered.

#include "providers/sim/pbx/pbx.h"

#include <algorithm>

namespace offhook::sim {

LONG Pbx::complete_call(Call& call, DWORD mode, DWORD& id) {
    if (call.state != CallState::busy && call.state != CallState::ringback &&
        call.state != CallState::proceeding)
        return LINEERR_INVALCALLSTATE;
    if (mode != LINECALLCOMPLMODE_CALLBACK) return LINEERR_INVALCALLCOMPLMODE;
    if (extension(call.dialed) == nullptr) return LINEERR_OPERATIONUNAVAIL; // nobody tells when it is free
    if (completions_of(*call.station) >= most_completions) return LINEERR_COMPLETIONOVERRUN;
    Station& station = *call.station;
    const std::string number = call.dialed;
    drop(call); // the exchange waits, not the caller
    id = ++last_completion_;
    completions_[id] = {&station, number};
    completions_changed(station);
    return 0;
}

LONG Pbx::uncomplete_call(Station& station, DWORD id) {
    const auto found = completions_.find(id);
    if (found == completions_.end() || found->second.from != &station) return LINEERR_INVALCOMPLETIONID;
    completions_.erase(found);
    completions_changed(station);
    return 0;
}

DWORD Pbx::completions_of(const Station& station) const {
    return static_cast<DWORD>(std::count_if(completions_.begin(), completions_.end(), [&](const auto& entry) {
        return entry.second.from == &station;
    }));
}

void Pbx::completions_changed(Station& station) {
    events_.line_event(station, LINE_LINEDEVSTATE, LINEDEVSTATE_NUMCOMPLETIONS);
}

// A call has ended here: somebody may have waited for that. Who waited is called first; the call itself
// follows when he answers (R223).
void Pbx::try_completions(Station& free) {
    later(configuration_.ring_delay, [this, number = free.self.address] {
        const Station* destination = extension(number);
        if (destination == nullptr || destination->number_of(Occupies::active) >= destination->limit) return;
        for (auto& [id, completion] : completions_) {
            if (completion.number != number || completion.stage != Completion::Stage::waiting) continue;
            Station& from = *completion.from;
            if (may_originate(from) != 0) continue;
            completion.stage = Completion::Stage::offered;
            Call& call = create(from, Standing::unannounced);
            call.completes = id;
            call.origin = LINECALLORIGIN_INTERNAL;
            call.reason = LINECALLREASON_CALLCOMPLETION;
            call.caller = destination->self;
            call.called = from.self;
            if (misbehaviour_.asked(Fault::r223)) {
                call.completes = 0;
                call.reason = LINECALLREASON_DIRECT;
            }
            enter(call, CallState::offering, LINEOFFERINGMODE_ACTIVE);
            ring(from);
            return;
        }
    });
}

} // namespace offhook::sim
