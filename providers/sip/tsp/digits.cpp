// SPDX-License-Identifier: Apache-2.0
//
// Digits of calls: played as telephone events, heard as telephone events or in SIP INFO.

#include "abi/utf16.h"
#include "providers/sip/tsp/session.h"

#include <algorithm>

namespace offhook::sip {

LONG Session::monitor_digits(Call& call, DWORD modes) {
    constexpr DWORD supported = LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND;
    if ((modes & ~supported) != 0) return LINEERR_INVALDIGITMODE;
    if (modes != 0 && !call.stream) return LINEERR_INVALCALLSTATE;
    call.monitored_digits = modes;
    return 0;
}

LONG Session::generate_digits(Call& call, DWORD end_to_end_id, DWORD mode, std::u16string_view digits,
                              DWORD milliseconds) {
    if (mode != LINEDIGITMODE_DTMF) return LINEERR_INVALDIGITMODE;
    if ((features(call) & LINECALLFEATURE_GENERATEDIGITS) == 0) return LINEERR_INVALCALLSTATE;
    end_generation(call, LINEGENERATETERM_CANCEL); // R231
    const DWORD duration =
        milliseconds == 0 ? usual_digit : std::clamp(milliseconds, shortest_digit, longest_digit);
    if (!call.stream->play(abi::to_utf8(digits), duration)) return LINEERR_OPERATIONUNAVAIL;
    call.generation = end_to_end_id;
    return 0;
}

LONG Session::stop_digits(Call& call) {
    if (call.stream) call.stream->stop_playing();
    end_generation(call, LINEGENERATETERM_CANCEL);
    return 0;
}

void Session::end_generation(Call& call, DWORD reason) {
    if (const auto id = std::exchange(call.generation, std::nullopt))
        call.service.report(LINE_GENERATE, reason, *id);
}

void Session::digits_played(std::uint64_t owner) {
    const std::lock_guard guard(lock_);
    if (const auto call = calls_.find(owner)) end_generation(*call, LINEGENERATETERM_DONE);
}

void Session::digit(std::uint64_t owner, media::DigitEvent event) {
    const std::lock_guard guard(lock_);
    const auto call = calls_.find(owner);
    if (!call || call->service.state() != LINECALLSTATE_CONNECTED) return;
    const DWORD mode = event.edge == media::DigitEdge::begin ? LINEDIGITMODE_DTMF : LINEDIGITMODE_DTMFEND;
    if ((call->monitored_digits & mode) != 0)
        call->service.report(LINE_MONITORDIGITS, static_cast<unsigned char>(event.digit), mode);
}

// SIP INFO says a whole digit at once.
void Session::digit(LegId leg, char digit) {
    std::uint64_t handle = 0;
    {
        const std::lock_guard guard(lock_);
        const auto call = find(leg);
        if (!call || !media::event_of_digit(digit)) return;
        handle = call->handle;
    }
    this->digit(handle, media::DigitEvent{digit, media::DigitEdge::begin});
    this->digit(handle, media::DigitEvent{digit, media::DigitEdge::end});
}

} // namespace offhook::sip
