// SPDX-License-Identifier: Apache-2.0
//
// The audio of calls: what the exchange knows, as the audio needs it, and streams for applications.

#include "provider/structure.h"
#include "providers/sim/pbx/hearing.h"
#include "providers/sim/tsp/session.h"
#include "providers/sim/tsp/structures.h"

#include <utility>

namespace offhook::sim {

std::vector<Mix> Session::mixes(std::span<const CallHandle> calls) {
    const std::lock_guard guard(lock_);
    std::vector<Mix> found;
    for (const CallHandle handle : calls) {
        const auto call = pbx_.find(handle);
        if (!call) continue;
        const Hearing heard = hearing(*call);
        Mix& mix = found.emplace_back(Mix{handle, heard.tone, {}});
        for (const Call* speaker : heard.speakers) mix.speakers.push_back({speaker->handle, speaker->sends});
    }
    return found;
}

LONG Session::open_audio(const Call& call, LPVARSTRING id) {
    if (call.state == CallState::idle) return LINEERR_INVALCALLSTATE;
    const Reader reader{*this, abi::v1_3}; // a VARSTRING is the same in all versions
    auto device = provider::audio_device(0);
    // Without room for the answer the caller will ask again: the stream stays for then.
    if (!provider::has_room(*id, sizeof device)) return fill_binary(id, reader, &device, sizeof device);
    auto stream = start_.services.audio_stream();
    if (!stream) return LINEERR_RESOURCEUNAVAIL;
    device.dwDirection = stream->direction;
    audio_.attach(call.handle, std::move(*stream));
    return fill_binary(id, reader, &device, sizeof device);
}

} // namespace offhook::sim
