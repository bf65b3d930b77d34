// SPDX-License-Identifier: Apache-2.0
//
// What is heard on calls: digits, tones, and the kinds of media that tones stand for.

#include "providers/sim/pbx/pbx.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace offhook::sim {
namespace {

constexpr DWORD digit_modes = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND;
constexpr std::string_view pulse_digits = "0123456789", dtmf_digits = "0123456789*#ABCD";
constexpr DWORD comma_pause = 2000; // milliseconds

// The kind of media that announces itself with this tone.
DWORD media_of(DWORD frequency) {
    switch (frequency) {
    case 1100: return LINEMEDIAMODE_G3FAX;     // ITU-T T.30, calling tone
    case 2100: return LINEMEDIAMODE_DATAMODEM; // ITU-T V.25, answer tone
    default: return 0;
    }
}

bool matches(const LINEMONITORTONE& wanted, const Sound& sound) {
    constexpr DWORD tolerance = 10; // Hz
    std::vector<DWORD> left;
    for (const Pulse& pulse : sound)
        if (pulse.hertz != 0) left.push_back(pulse.hertz);
    for (const DWORD frequency :
         {DWORD{wanted.dwFrequency1}, DWORD{wanted.dwFrequency2}, DWORD{wanted.dwFrequency3}}) {
        if (frequency == 0) continue;
        const auto found = std::find_if(left.begin(), left.end(), [&](DWORD heard) {
            return heard + tolerance >= frequency && heard <= frequency + tolerance;
        });
        if (found == left.end()) return false;
        left.erase(found);
    }
    return left.empty(); // with no frequency at all, silence is wanted
}

// What is at the other end, of a conference that of every member.
template <class Action> void for_each_far_end(Call& call, const Action& action) {
    const auto to = [&](Call* peer) {
        if (peer != nullptr) action(*peer);
    };
    if (is_conference(call))
        for (Call* member : call.members) to(member->peer);
    else to(call.peer);
}

// The calls there that are told of what is sent: a conference as well as the member of it.
template <class Action> void at_far_end(Call& call, const Action& action) {
    for_each_far_end(call, [&](Call& peer) {
        action(peer);
        if (peer.conference != nullptr) action(*peer.conference);
    });
}

} // namespace

const MediaControl& media_control_of(const Call& call) {
    return call.media_control ? *call.media_control : call.station->media_control;
}

LONG Pbx::monitor_digits(Call& call, DWORD modes) {
    if ((modes & ~digit_modes) != 0) return LINEERR_INVALDIGITMODE;
    if (modes != 0 && (call.state == CallState::idle || call.state == CallState::disconnected))
        return LINEERR_INVALCALLSTATE;
    call.monitored_digits = modes;
    return 0;
}

// ---- Gathering

LONG Pbx::gather_digits(Call& call, Gathering gathering, DWORD first_digit_timeout) {
    if (call.state == CallState::idle) return LINEERR_INVALCALLSTATE;
    if (gathering.modes == 0 || (gathering.modes & ~(LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF)) != 0)
        return LINEERR_INVALDIGITMODE;
    if (call.gathering) { // one at a time (R230)
        if (misbehaviour_.asked(Fault::r230)) call.gathering.reset();
        else end_gathering(call, LINEGATHERTERM_CANCEL);
    }
    call.gathering = std::move(gathering);
    time_gathering(call, first_digit_timeout, LINEGATHERTERM_FIRSTTIMEOUT);
    return 0;
}

LONG Pbx::stop_gathering(Call& call) {
    if (call.gathering) end_gathering(call, LINEGATHERTERM_CANCEL);
    return 0;
}

void Pbx::time_gathering(Call& call, DWORD milliseconds_, DWORD reason) {
    const std::uint32_t epoch = ++call.digit_epoch;
    if (milliseconds_ == 0) return;
    later(milliseconds(milliseconds_), [this, handle = call.handle, epoch, reason] {
        const auto found = calls_.find(handle);
        if (found && found->digit_epoch == epoch && found->gathering) end_gathering(*found, reason);
    });
}

// The buffer is complete when the message goes.
void Pbx::end_gathering(Call& call, DWORD reason) {
    const Gathering gathering = *std::exchange(call.gathering, std::nullopt);
    ++call.digit_epoch;
    std::memcpy(gathering.buffer, gathering.digits.data(), gathering.digits.size() * sizeof(char16_t));
    if (gathering.digits.size() < gathering.wanted) gathering.buffer[gathering.digits.size()] = u'\0';
    events_.call_event(call, LINE_GATHERDIGITS, reason, gathering.end_to_end_id);
}

void Pbx::gather(Call& call, char digit) {
    Gathering& gathering = *call.gathering;
    const auto wide = static_cast<char16_t>(digit);
    gathering.digits += wide; // one that terminates is part of what was gathered
    if (gathering.terminators.find(wide) != std::u16string::npos)
        end_gathering(call, LINEGATHERTERM_TERMDIGIT);
    else if (gathering.digits.size() == gathering.wanted) end_gathering(call, LINEGATHERTERM_BUFFERFULL);
    else time_gathering(call, gathering.inter_digit_timeout, LINEGATHERTERM_INTERTIMEOUT);
}

void Pbx::hear_digit(Call& call, char digit) {
    const auto report = [&](DWORD mode) {
        if ((call.monitored_digits & mode) != 0 && !misbehaviour_.asked(Fault::r059))
            events_.call_event(call, LINE_MONITORDIGITS, static_cast<unsigned char>(digit), mode);
    };
    report(LINEDIGITMODE_DTMF);
    report(LINEDIGITMODE_DTMFEND);
    for (const LINEMEDIACONTROLDIGIT& entry : media_control_of(call).digits)
        if ((entry.dwDigit & 0xFFU) == static_cast<unsigned char>(digit) &&
            (entry.dwDigitModes & (LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND)) != 0)
            control_media(call, entry.dwMediaControl);
    if (call.gathering) gather(call, digit);
}

void Pbx::send_digit(Call& call, char digit, DWORD duration) {
    at_far_end(call, [&](Call& heard) { hear_digit(heard, digit); });
    events_.digit_sent(call, digit, milliseconds(duration));
}

void Pbx::receive_digit(Call& call, char digit) {
    hear_digit(call, digit);
    for_each_far_end(call, [&](Call& far) {
        events_.digit_sent(far, digit, milliseconds(usual_dial_parameters.dwDigitDuration));
    });
}

// ---- Generating

LONG Pbx::generate_digits(Call& call, Generation generation) {
    if (generation.mode != LINEDIGITMODE_PULSE && generation.mode != LINEDIGITMODE_DTMF)
        return LINEERR_INVALDIGITMODE;
    if (call.state == CallState::idle || call.state == CallState::disconnected) return LINEERR_INVALCALLSTATE;
    stop_generating(call); // R231
    const auto valid = generation.mode == LINEDIGITMODE_PULSE ? pulse_digits : dtmf_digits;
    std::erase_if(generation.digits,
                  [&](char c) { return c != ',' && valid.find(c) == std::string_view::npos; });
    generation.duration = generation.duration == 0
                              ? call.dial_parameters.dwDigitDuration
                              : std::clamp<DWORD>(generation.duration, least_dial_parameters.dwDigitDuration,
                                                  most_dial_parameters.dwDigitDuration);
    call.generation = std::move(generation);
    generate_next(call.handle, ++call.generation_epoch);
    return 0;
}

// One digit goes out, and the next when it is over and a pause of its length as well: the duration of digits
// is that of the spacing between them too (TSPI_lineGenerateDigits).
void Pbx::generate_next(std::uint64_t handle, std::uint32_t epoch) {
    const auto call = calls_.find(handle);
    if (!call || !call->generation || call->generation_epoch != epoch) return;
    Generation& generation = *call->generation;
    if (generation.digits.empty()) return end_generation(*call, LINEGENERATETERM_DONE);
    const char digit = generation.digits.front();
    generation.digits.erase(0, 1);
    const DWORD takes = digit == ',' ? comma_pause : 2 * generation.duration;
    if (digit != ',' && generation.mode == LINEDIGITMODE_DTMF) send_digit(*call, digit, generation.duration);
    else if (digit != ',') at_far_end(*call, [&](Call& heard) { hear_digit(heard, digit); });
    later(milliseconds(takes), [this, handle, epoch] { generate_next(handle, epoch); });
}

LONG Pbx::generate_tone(Call& call, Generation generation, Sound sound) {
    if (call.state == CallState::idle) return LINEERR_INVALCALLSTATE;
    stop_generating(call);
    const DWORD duration = generation.duration;
    call.generation = std::move(generation);
    const std::uint32_t epoch = ++call.generation_epoch;
    at_far_end(call, [&](Call& heard) { hear_tone(heard, sound); });
    call.sends = std::move(sound);
    if (duration == 0) return 0; // until it is cancelled
    later(milliseconds(duration), [this, handle = call.handle, epoch] {
        const auto found = calls_.find(handle);
        if (found && found->generation && found->generation_epoch == epoch)
            end_generation(*found, LINEGENERATETERM_DONE);
    });
    return 0;
}

LONG Pbx::stop_generating(Call& call) {
    if (!call.generation) return 0;
    call.sends.clear();
    if (misbehaviour_.asked(Fault::r231)) call.generation.reset();
    else end_generation(call, LINEGENERATETERM_CANCEL);
    return 0;
}

void Pbx::end_generation(Call& call, DWORD reason) {
    const Generation generation = *std::exchange(call.generation, std::nullopt);
    ++call.generation_epoch;
    call.sends.clear();
    events_.call_event(call, LINE_GENERATE, reason, generation.end_to_end_id);
}

void Pbx::receive_tone(Call& call, const Sound& sound) {
    for_each_far_end(call, [&](Call& far) { far.sends = sound; });
    hear_tone(call, sound);
}

void Pbx::hear_tone(Call& call, const Sound& sound) {
    for (const auto& [list, tones] : call.monitored_tones)
        for (const LINEMONITORTONE& tone : tones)
            if (matches(tone, sound)) events_.call_event(call, LINE_MONITORTONE, tone.dwAppSpecific, list);
    const MediaControl& control = media_control_of(call);
    for (const LINEMEDIACONTROLTONE& entry : control.tones)
        if (matches({0, entry.dwDuration, entry.dwFrequency1, entry.dwFrequency2, entry.dwFrequency3}, sound))
            control_media(call, entry.dwMediaControl);
    for (const Pulse& pulse : sound) {
        const DWORD media = media_of(pulse.hertz);
        if ((media & call.monitored_media) != 0) events_.call_event(call, LINE_MONITORMEDIA, media);
        for (const LINEMEDIACONTROLMEDIA& entry : control.media)
            if ((entry.dwMediaModes & media) != 0) control_media(call, entry.dwMediaControl);
    }
}

void Pbx::control_media(Call& call, DWORD action) {
    if (action != LINEMEDIACONTROL_NONE) events_.media_controlled(call, action);
}

} // namespace offhook::sim
