// SPDX-License-Identifier: Apache-2.0
//
// A feature phone: what it is made of and how it stands.
#pragma once

#include "tspi.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace offhook::sim {

inline constexpr DWORD largest_volume = 0xFFFF;
inline constexpr DWORD ring_modes = 3;
inline constexpr std::size_t display_rows = 2, display_columns = 24;
inline constexpr std::size_t data_areas = 2, largest_data = 256;

// The devices that can be off hook, in the order of their bits in PHONEHOOKSWITCHDEV_.
enum class Device : std::uint8_t { handset, speaker, headset, count };
inline constexpr std::size_t devices = static_cast<std::size_t>(Device::count);

struct DeviceRow {
    DWORD bit = 0;                              // PHONEHOOKSWITCHDEV_
    DWORD hookswitch = 0, volume = 0, gain = 0; // PHONESTATE_ bits of their changes
};
inline constexpr std::array<DeviceRow, devices> device_rows{{
    {PHONEHOOKSWITCHDEV_HANDSET, PHONESTATE_HANDSETHOOKSWITCH, PHONESTATE_HANDSETVOLUME,
     PHONESTATE_HANDSETGAIN},
    {PHONEHOOKSWITCHDEV_SPEAKER, PHONESTATE_SPEAKERHOOKSWITCH, PHONESTATE_SPEAKERVOLUME,
     PHONESTATE_SPEAKERGAIN},
    {PHONEHOOKSWITCHDEV_HEADSET, PHONESTATE_HEADSETHOOKSWITCH, PHONESTATE_HEADSETVOLUME,
     PHONESTATE_HEADSETGAIN},
}};
inline constexpr DWORD all_devices =
    PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET;
inline constexpr DWORD hookswitch_modes = PHONEHOOKSWITCHMODE_ONHOOK | PHONEHOOKSWITCHMODE_MIC |
                                          PHONEHOOKSWITCHMODE_SPEAKER | PHONEHOOKSWITCHMODE_MICSPEAKER;

struct ButtonRow {
    DWORD mode = 0;     // PHONEBUTTONMODE_
    DWORD function = 0; // PHONEBUTTONFUNCTION_
    DWORD lamps = PHONELAMPMODE_DUMMY;
    const char16_t* text = u"";
};
inline constexpr DWORD lamp_modes = PHONELAMPMODE_OFF | PHONELAMPMODE_STEADY | PHONELAMPMODE_WINK |
                                    PHONELAMPMODE_FLASH | PHONELAMPMODE_FLUTTER;

// By their number. The keypad comes first (R247): 0 to 9, * and #.
inline constexpr std::array button_rows{
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"0"},
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"1"},
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"2"},
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"3"},
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"4"},
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"5"},
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"6"},
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"7"},
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"8"},
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"9"},
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"*"},
    ButtonRow{PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, PHONELAMPMODE_DUMMY, u"#"},
    ButtonRow{PHONEBUTTONMODE_CALL, PHONEBUTTONFUNCTION_UNKNOWN, lamp_modes, u"Line"},
    ButtonRow{PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_HOLD, PHONELAMPMODE_DUMMY, u"Hold"},
    ButtonRow{PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_DROP, PHONELAMPMODE_DUMMY, u"Drop"},
    ButtonRow{PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_DONOTDISTURB, lamp_modes, u"Do not disturb"},
    ButtonRow{PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_CALLAPP, lamp_modes, u"Application"},
};
inline constexpr DWORD buttons = static_cast<DWORD>(button_rows.size());
inline constexpr DWORD keypad_star = 10, keypad_pound = 11, line_button = 12, do_not_disturb_button = 15;
inline constexpr char keypad[] = "0123456789*#";

struct Button {
    DWORD mode = 0, function = 0;
    DWORD state = PHONEBUTTONSTATE_UP;
    DWORD lamp = PHONELAMPMODE_OFF;
    std::u16string text;
    std::vector<std::byte> device_specific;
};

struct HookDevice {
    DWORD hookswitch = PHONEHOOKSWITCHMODE_ONHOOK;
    DWORD volume = largest_volume / 2, gain = largest_volume / 2;
};

struct Phone {
    Phone();

    std::array<HookDevice, devices> hook;
    DWORD ring_mode = 0; // 0: it does not ring
    DWORD ring_volume = largest_volume / 2;
    std::vector<Button> button; // by number
    std::array<std::u16string, display_rows> display;
    std::array<std::vector<std::byte>, data_areas> data;
    DWORD status = PHONESTATUSFLAGS_CONNECTED;

    [[nodiscard]] DWORD off_hook() const; // PHONEHOOKSWITCHDEV_ bits
};

} // namespace offhook::sim
