// SPDX-License-Identifier: Apache-2.0
//
// What phones say of themselves, identifiers, and how structures are spoilt.

#include "abi/structure_reader.h"
#include "abi/utf16.h"
#include "provider/text.h"
#include "providers/sim/tsp/filling.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace offhook::sim {
namespace {

constexpr DWORD phone_states =
    PHONESTATE_OTHER | PHONESTATE_CONNECTED | PHONESTATE_DISCONNECTED | PHONESTATE_DISPLAY | PHONESTATE_LAMP |
    PHONESTATE_RINGMODE | PHONESTATE_RINGVOLUME | PHONESTATE_HANDSETHOOKSWITCH | PHONESTATE_HANDSETVOLUME |
    PHONESTATE_HANDSETGAIN | PHONESTATE_SPEAKERHOOKSWITCH | PHONESTATE_SPEAKERVOLUME |
    PHONESTATE_SPEAKERGAIN | PHONESTATE_HEADSETHOOKSWITCH | PHONESTATE_HEADSETVOLUME | PHONESTATE_HEADSETGAIN;
constexpr DWORD phone_features = 0x0FFFFFFF; // all that are about the phone's parts

constexpr char16_t phone_classes[] = u"tapi/phone\0tapi/line\0";

// A column of the button table, for the arrays of PHONECAPS.
std::array<DWORD, buttons> column(DWORD ButtonRow::*field) {
    std::array<DWORD, buttons> values{};
    for (std::size_t i = 0; i < buttons; ++i) values[i] = button_rows[i].*field;
    return values;
}

void set(std::byte* bytes, std::size_t at, std::uint32_t value) {
    std::memcpy(bytes + at, &value, sizeof value);
}

std::uint32_t get(const std::byte* bytes, std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes + at, sizeof value);
    return value;
}

constexpr std::size_t needed_field = 4, used_field = 8; // in every structure

} // namespace

std::u16string display_of(const Phone& phone) {
    std::u16string all;
    for (std::u16string row : phone.display) {
        row.resize(display_columns, u' ');
        all += row;
    }
    return all;
}

PhoneButtonText read(const PHONEBUTTONINFO* given) {
    const std::span<const std::byte> all(reinterpret_cast<const std::byte*>(given), given->dwTotalSize);
    PhoneButtonText out;
    out.function = abi::field_at(all, offsetof(PHONEBUTTONINFO, dwButtonFunction));
    out.text = abi::text_at(all, offsetof(PHONEBUTTONINFO, dwButtonTextSize),
                            offsetof(PHONEBUTTONINFO, dwButtonTextOffset));
    const auto part = abi::part_at(all, offsetof(PHONEBUTTONINFO, dwDevSpecificSize),
                                   offsetof(PHONEBUTTONINFO, dwDevSpecificOffset));
    out.device_specific = Bytes(part.begin(), part.end());
    return out;
}

LONG fill(PHONECAPS* target, const Reader& reader, const Station& station) {
    return filled(target, reader, [&](provider::StructureWriter<PHONECAPS>& writer) {
        const DWORD permanent =
            (reader.session.permanent_provider_id() << 16U) | static_cast<DWORD>(station.place + 1);
        writer->dwPermanentPhoneID = permanent;
        writer->dwStringFormat = STRINGFORMAT_UNICODE;
        writer->dwPhoneStates = phone_states;
        writer->dwHookSwitchDevs = all_devices;
        writer->dwHandsetHookSwitchModes = writer->dwSpeakerHookSwitchModes =
            writer->dwHeadsetHookSwitchModes = writer->dwSettableHandsetHookSwitchModes =
                writer->dwSettableSpeakerHookSwitchModes = writer->dwSettableHeadsetHookSwitchModes =
                    writer->dwMonitoredHandsetHookSwitchModes = writer->dwMonitoredSpeakerHookSwitchModes =
                        writer->dwMonitoredHeadsetHookSwitchModes = hookswitch_modes;
        writer->dwVolumeFlags = writer->dwGainFlags = all_devices;
        writer->dwDisplayNumRows = static_cast<DWORD>(display_rows);
        writer->dwDisplayNumColumns = static_cast<DWORD>(display_columns);
        writer->dwNumRingModes = ring_modes;
        writer->dwNumButtonLamps = buttons;
        writer->dwPhoneFeatures = phone_features;
        writer->PermanentPhoneGuid.Data1 = permanent;
        const auto array = [&](auto size, auto offset, const auto& values) {
            writer.bytes(size, offset, values.data(), values.size() * sizeof(DWORD));
        };
        array(&PHONECAPS::dwButtonModesSize, &PHONECAPS::dwButtonModesOffset, column(&ButtonRow::mode));
        array(&PHONECAPS::dwButtonFunctionsSize, &PHONECAPS::dwButtonFunctionsOffset,
              column(&ButtonRow::function));
        array(&PHONECAPS::dwLampModesSize, &PHONECAPS::dwLampModesOffset, column(&ButtonRow::lamps));
        std::array<DWORD, data_areas> areas{};
        areas.fill(static_cast<DWORD>(largest_data));
        writer->dwNumSetData = writer->dwNumGetData = static_cast<DWORD>(data_areas);
        array(&PHONECAPS::dwSetDataSize, &PHONECAPS::dwSetDataOffset, areas);
        array(&PHONECAPS::dwGetDataSize, &PHONECAPS::dwGetDataOffset, areas);
        writer.text(&PHONECAPS::dwProviderInfoSize, &PHONECAPS::dwProviderInfoOffset,
                    u"Offhook simulated exchange " OFFHOOK_VERSION);
        writer.text(&PHONECAPS::dwPhoneInfoSize, &PHONECAPS::dwPhoneInfoOffset, u"Simulated feature phone");
        writer.text(&PHONECAPS::dwPhoneNameSize, &PHONECAPS::dwPhoneNameOffset,
                    abi::to_utf16("Phone " + station.self.address));
        writer.bytes(&PHONECAPS::dwDeviceClassesSize, &PHONECAPS::dwDeviceClassesOffset, phone_classes,
                     sizeof phone_classes);
    });
}

LONG fill(PHONESTATUS* target, const Reader& reader, const Station& station) {
    const Phone& phone = station.phone;
    return filled(target, reader, [&](provider::StructureWriter<PHONESTATUS>& writer) {
        writer->dwStatusFlags = phone.status;
        writer->dwRingMode = phone.ring_mode;
        writer->dwRingVolume = phone.ring_volume;
        const auto& [handset, speaker, headset] = phone.hook;
        writer->dwHandsetHookSwitchMode = handset.hookswitch;
        writer->dwHandsetVolume = handset.volume;
        writer->dwHandsetGain = handset.gain;
        writer->dwSpeakerHookSwitchMode = speaker.hookswitch;
        writer->dwSpeakerVolume = speaker.volume;
        writer->dwSpeakerGain = speaker.gain;
        writer->dwHeadsetHookSwitchMode = headset.hookswitch;
        writer->dwHeadsetVolume = headset.volume;
        writer->dwHeadsetGain = headset.gain;
        writer->dwPhoneFeatures = phone_features;
        writer.text(&PHONESTATUS::dwDisplaySize, &PHONESTATUS::dwDisplayOffset, display_of(phone));
        std::array<DWORD, buttons> lamps{};
        for (std::size_t i = 0; i < buttons; ++i) lamps[i] = phone.button[i].lamp;
        writer.bytes(&PHONESTATUS::dwLampModesSize, &PHONESTATUS::dwLampModesOffset, lamps.data(),
                     sizeof lamps);
    });
}

LONG fill(PHONEBUTTONINFO* target, const Reader& reader, const Button& button) {
    return filled(target, reader, [&](provider::StructureWriter<PHONEBUTTONINFO>& writer) {
        writer->dwButtonMode = button.mode;
        writer->dwButtonFunction = button.function;
        writer->dwButtonState = button.state;
        writer.text(&PHONEBUTTONINFO::dwButtonTextSize, &PHONEBUTTONINFO::dwButtonTextOffset, button.text);
        writer.bytes(&PHONEBUTTONINFO::dwDevSpecificSize, &PHONEBUTTONINFO::dwDevSpecificOffset,
                     button.device_specific.data(), button.device_specific.size());
    });
}

LONG fill_binary(VARSTRING* target, const Reader& reader, const void* data, std::size_t size) {
    return filled(target, reader, [&](provider::StructureWriter<VARSTRING>& writer) {
        writer->dwStringFormat = STRINGFORMAT_BINARY;
        writer.bytes(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, data, size);
    });
}

LONG fill_text(VARSTRING* target, const Reader& reader, std::u16string_view text) {
    return filled(target, reader, [&](provider::StructureWriter<VARSTRING>& writer) {
        writer->dwStringFormat = STRINGFORMAT_UNICODE;
        writer.text(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, text);
    });
}

bool is_class(Misbehaviour& misbehaviour, std::u16string_view given, std::u16string_view name) {
    if (misbehaviour.asked(Fault::r256)) return given == name;
    return provider::same_class(given, name);
}

void spoil(Misbehaviour& misbehaviour, const Filled& filled) {
    const std::span parts = abi::parts_of(filled.id);
    const std::uint32_t fixed = abi::fixed_size(filled.id, filled.version);
    const auto first = [&](auto fits) -> const abi::Part* {
        for (const abi::Part& part : parts)
            if (part.kind != abi::PartKind::inline_array && abi::has_field(fixed, part.size_field) &&
                abi::has_field(fixed, part.offset_field) && fits(part))
                return &part;
        return nullptr;
    };
    const auto size_of = [&](const abi::Part& part) { return get(filled.bytes, part.size_field); };
    const abi::Part* full = first([&](const abi::Part& part) { return size_of(part) != 0; });
    const abi::Part* empty = first([&](const abi::Part& part) { return size_of(part) == 0; });
    const abi::Part* text =
        first([&](const abi::Part& part) { return part.kind == abi::PartKind::text && size_of(part) != 0; });
    const std::uint32_t used = get(filled.bytes, used_field);
    if (misbehaviour.asked(Fault::r030)) set(filled.bytes, filled.total, 0xBADBAD);
    if (full != nullptr && misbehaviour.asked(Fault::r033)) set(filled.bytes, full->size_field, filled.total);
    if (misbehaviour.asked(Fault::r034)) set(filled.bytes, needed_field, used - 4);
    if (empty != nullptr && misbehaviour.asked(Fault::r035)) set(filled.bytes, empty->offset_field, fixed);
    if (full != nullptr && misbehaviour.asked(Fault::r037)) set(filled.bytes, full->offset_field, used_field);
    if (full != nullptr && misbehaviour.asked(Fault::r038)) set(filled.bytes, used_field, fixed);
    if (text != nullptr && misbehaviour.asked(Fault::r040))
        std::memset(filled.bytes + get(filled.bytes, text->offset_field) + size_of(*text) - 2, 'X', 2);
}

} // namespace offhook::sim
