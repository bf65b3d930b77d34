// SPDX-License-Identifier: Apache-2.0
//
// Feature phones: what is done to them, by hand and by the service, and what that does to calls.

#include "providers/sim/pbx/phone.h"

#include "providers/sim/pbx/pbx.h"

#include <algorithm>
#include <utility>

namespace offhook::sim {

Phone::Phone() : button(buttons) {
    for (std::size_t i = 0; i < buttons; ++i) {
        button[i].mode = button_rows[i].mode;
        button[i].function = button_rows[i].function;
        button[i].text = button_rows[i].text;
    }
}

DWORD Phone::off_hook() const {
    DWORD bits = 0;
    for (std::size_t i = 0; i < devices; ++i)
        if (hook[i].hookswitch != PHONEHOOKSWITCHMODE_ONHOOK) bits |= device_rows[i].bit;
    return bits;
}

void Pbx::changed(Station& station, DWORD phone_states, DWORD detail) {
    events_.phone_event(station, PHONE_STATE, phone_states, detail);
}

// ---- Hookswitches

LONG Pbx::set_hookswitch(Station& station, DWORD which, DWORD mode) {
    if (misbehaviour_.asked(Fault::r249)) which = all_devices;
    Phone& phone = station.phone;
    const DWORD before = phone.off_hook();
    DWORD states = 0;
    for (std::size_t i = 0; i < devices; ++i) { // the others stay as they are (R249)
        if ((which & device_rows[i].bit) == 0 || phone.hook[i].hookswitch == mode) continue;
        phone.hook[i].hookswitch = mode;
        states |= device_rows[i].hookswitch;
    }
    if (states == 0) return 0;
    const bool single = (states & (states - 1)) == 0; // R251
    changed(station, states, single || misbehaviour_.asked(Fault::r251) ? mode : 0);
    if (before == 0 && phone.off_hook() != 0) off_hook(station);
    if (before != 0 && phone.off_hook() == 0) on_hook(station);
    return 0;
}

// Who lifts the handset answers what rings there, or wants to dial.
void Pbx::off_hook(Station& station) {
    if (Call* offered = station.first_in(CallState::offering)) {
        answer(*offered);
    } else if (Call* accepted = station.first_in(CallState::accepted)) {
        answer(*accepted);
    } else if (station.number_of(Occupies::active) == 0 && may_originate(station) == 0) {
        originate(create(station, Standing::unannounced)); // R073
    }
}

void Pbx::on_hook(Station& station) {
    const auto calls = station.calls;
    for (Call* call : calls)
        if (row(call->state).occupies == Occupies::active && call->state != CallState::offering &&
            call->state != CallState::accepted)
            drop(*call);
}

// ---- Buttons and lamps

void Pbx::press(Station& station, DWORD number) {
    Button& button = station.phone.button[number];
    const DWORD reported = number <= keypad_pound && misbehaviour_.asked(Fault::r247) ? number + 1 : number;
    button.state = PHONEBUTTONSTATE_DOWN;
    events_.phone_event(station, PHONE_BUTTON, reported, button.mode, PHONEBUTTONSTATE_DOWN);
    button.state = PHONEBUTTONSTATE_UP;
    if (!misbehaviour_.asked(Fault::r248)) // R248
        events_.phone_event(station, PHONE_BUTTON, reported, button.mode, PHONEBUTTONSTATE_UP);
    Call* connected = station.first_in(CallState::connected);
    if (number <= keypad_pound) {
        const char digit = keypad[number];
        Call* dialing = station.first_in(CallState::dialtone);
        if (dialing == nullptr) dialing = station.first_in(CallState::dialing);
        if (dialing != nullptr) { // '#' ends a number, and so does its last digit where that is known
            const std::string so_far = dialing->dialed + digit;
            if (digit == '#') dial(*dialing, "");
            else dial(*dialing, std::string(1, digit) + (extension(so_far) != nullptr ? "" : ";"));
        } else if (connected != nullptr) {
            send_digit(*connected, digit);
        }
        return;
    }
    switch (button.function) {
    case PHONEBUTTONFUNCTION_HOLD:
        if (connected != nullptr) hold(*connected);
        else if (Call* held = station.first_in(CallState::onhold)) unhold(*held);
        return;
    case PHONEBUTTONFUNCTION_DROP:
        if (connected != nullptr) drop(*connected);
        return;
    case PHONEBUTTONFUNCTION_DONOTDISTURB: {
        const bool on = station.forwarding.find(Condition::always, "", LINECALLORIGIN_INTERNAL) != nullptr;
        Forwarding forwarding;
        if (!on) forwarding.entries.push_back({LINEFORWARDMODE_UNCOND, "", ""});
        forward(station, std::move(forwarding));
        set_lamp(station, number, on ? PHONELAMPMODE_OFF : PHONELAMPMODE_STEADY);
        return;
    }
    default: return; // the application's
    }
}

void Pbx::set_lamp(Station& station, DWORD button, DWORD mode) {
    DWORD& lamp = station.phone.button[button].lamp;
    if (std::exchange(lamp, mode) != mode) changed(station, PHONESTATE_LAMP, button);
}

// The lamp of the line shows how its calls are.
void Pbx::show_calls(Station& station) {
    DWORD mode = PHONELAMPMODE_OFF;
    if (station.phone.ring_mode != 0) mode = PHONELAMPMODE_FLASH;
    else if (station.number_of(Occupies::active) != 0) mode = PHONELAMPMODE_STEADY;
    else if (!station.calls.empty()) mode = PHONELAMPMODE_WINK;
    set_lamp(station, line_button, mode);
}

void Pbx::set_ring(Station& station, DWORD mode, DWORD volume) {
    Phone& phone = station.phone;
    if (std::exchange(phone.ring_mode, mode) != mode) changed(station, PHONESTATE_RINGMODE, mode);
    if (std::exchange(phone.ring_volume, volume) != volume) changed(station, PHONESTATE_RINGVOLUME);
}

// ---- Display

// What goes beyond the edge is not shown (R250).
void Pbx::display(Station& station, std::size_t row, std::size_t column, std::u16string_view text) {
    std::u16string& line = station.phone.display[row];
    line.resize(display_columns, u' ');
    const std::size_t fits = std::min(text.size(), display_columns - column);
    line.replace(column, fits, text.substr(0, fits));
    if (fits < text.size() && row + 1 < display_rows && misbehaviour_.asked(Fault::r250))
        display(station, row + 1, 0, text.substr(fits));
    changed(station, PHONESTATE_DISPLAY);
}

} // namespace offhook::sim
