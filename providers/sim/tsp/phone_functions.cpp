// SPDX-License-Identifier: Apache-2.0
//
// TSPI_phone…

#include "provider/version.h"
#include "providers/sim/tsp/module.h"
#include "providers/sim/tsp/structures.h"

#include <algorithm>
#include <bit>

using namespace offhook;
using namespace offhook::sim;

namespace {

constexpr LONG error_of(DWORD error) { return static_cast<LONG>(error); }

// One device by its bit; `count`: it is not one bit, or there is no such device.
Device device_of(DWORD bit) {
    return std::has_single_bit(bit) && (bit & ~all_devices) == 0 ? static_cast<Device>(std::countr_zero(bit))
                                                                 : Device::count;
}

Reader reader_of(Session& session, const OpenPhone& phone) { return {session, phone.version}; }

bool has_lamp(DWORD button) { return button < buttons && button_rows[button].lamps != PHONELAMPMODE_DUMMY; }

// Reads or sets one of a device's levels.
LONG get_level(const char* function, HDRVPHONE handle, DWORD bit, DWORD HookDevice::*level, LPDWORD out) {
    return of_phone(function, handle, [&](Session&, const OpenPhone& phone) -> LONG {
        const Device device = device_of(bit);
        if (device == Device::count) return error_of(PHONEERR_INVALHOOKSWITCHDEV);
        if (out == nullptr) return error_of(PHONEERR_INVALPOINTER);
        *out = phone.station->phone.hook[static_cast<std::size_t>(device)].*level;
        return 0;
    });
}

LONG set_level(const char* function, DRV_REQUESTID id, HDRVPHONE handle, DWORD bit, DWORD HookDevice::*level,
               DWORD DeviceRow::*state, DWORD value) {
    return in_session<Side::phone>(function, [&](Session& session) {
        return session.on_phone(id, handle, [&session, bit, level, state, value](OpenPhone& phone) -> LONG {
            const Device device = device_of(bit);
            if (device == Device::count) return error_of(PHONEERR_INVALHOOKSWITCHDEV);
            const auto place = static_cast<std::size_t>(device);
            phone.station->phone.hook[place].*level = std::min(value, largest_volume); // R246
            session.pbx().changed(*phone.station, device_rows[place].*state);
            return 0;
        });
    });
}

} // namespace

LONG TSPIAPI TSPI_phoneOpen(DWORD dwDeviceID, HTAPIPHONE htPhone, LPHDRVPHONE lphdPhone, DWORD dwTSPIVersion,
                            PHONEEVENT lpfnEventProc) {
    return in_session<Side::phone>(__func__, [&](Session& session) {
        return session.open(dwDeviceID, htPhone, lphdPhone, dwTSPIVersion, lpfnEventProc);
    });
}

LONG TSPIAPI TSPI_phoneClose(HDRVPHONE hdPhone) {
    return closing<Side::phone>(__func__, [&](Session& session) { return session.close(hdPhone); });
}

LONG TSPIAPI TSPI_phoneGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                  LPPHONECAPS lpPhoneCaps) {
    return in_session<Side::phone>(__func__, [&](Session& session) -> LONG {
        const Station* station = session.phone_device(dwDeviceID);
        if (station == nullptr) return error_of(PHONEERR_BADDEVICEID);
        if (!provider::is_known_version(dwTSPIVersion)) return error_of(PHONEERR_INCOMPATIBLEAPIVERSION);
        if (dwExtVersion != 0 && dwExtVersion != extension_version)
            return error_of(PHONEERR_INCOMPATIBLEEXTVERSION);
        return fill(lpPhoneCaps, {session, dwTSPIVersion}, *station);
    });
}

LONG TSPIAPI TSPI_phoneGetStatus(HDRVPHONE hdPhone, LPPHONESTATUS lpPhoneStatus) {
    return of_phone(__func__, hdPhone, [&](Session& session, const OpenPhone& phone) {
        return fill(lpPhoneStatus, reader_of(session, phone), *phone.station);
    });
}

LONG TSPIAPI TSPI_phoneGetID(HDRVPHONE hdPhone, LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass, HANDLE) {
    return of_phone(__func__, hdPhone, [&](Session& session, const OpenPhone& phone) -> LONG {
        if (lpszDeviceClass == nullptr || lpDeviceID == nullptr) return error_of(PHONEERR_INVALPOINTER);
        constexpr DWORD fixed = sizeof(VARSTRING);
        if (lpDeviceID->dwTotalSize < fixed) return error_of(PHONEERR_STRUCTURETOOSMALL);
        const bool is_phone = is_class(session.misbehaviour(), lpszDeviceClass, u"tapi/phone");
        const bool is_line = is_class(session.misbehaviour(), lpszDeviceClass, u"tapi/line");
        if (!is_phone && !is_line) return error_of(PHONEERR_INVALDEVICECLASS);
        const DWORD id = is_phone ? phone.device : session.line_of(*phone.station);
        return fill_binary(lpDeviceID, reader_of(session, phone), &id, sizeof id);
    });
}

LONG TSPIAPI TSPI_phoneGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon) {
    return in_session<Side::phone>(__func__, [&](Session& session) -> LONG {
        if (session.phone_device(dwDeviceID) == nullptr) return error_of(PHONEERR_BADDEVICEID);
        if (lphIcon == nullptr) return error_of(PHONEERR_INVALPOINTER);
        if (lpszDeviceClass != nullptr && *lpszDeviceClass != u'\0' &&
            !is_class(session.misbehaviour(), lpszDeviceClass, u"tapi/phone"))
            return error_of(PHONEERR_INVALDEVICECLASS);
        *lphIcon = nullptr; // the service shows a generic one
        return 0;
    });
}

LONG TSPIAPI TSPI_phoneSetStatusMessages(HDRVPHONE hdPhone, DWORD dwPhoneStates, DWORD dwButtonModes,
                                         DWORD dwButtonStates) {
    return of_phone(__func__, hdPhone, [&](Session& session, OpenPhone& phone) -> LONG {
        constexpr DWORD all_modes = 0x3F, all_states = 0xF;
        if ((dwButtonModes & ~all_modes) != 0) return error_of(PHONEERR_INVALBUTTONMODE);
        if (dwButtonModes != 0 && ((dwButtonStates & ~all_states) != 0 || dwButtonStates == 0) && // R245
            !session.misbehaviour().asked(Fault::r245))
            return error_of(PHONEERR_INVALBUTTONSTATE);
        phone.states = dwPhoneStates;
        phone.button_modes = dwButtonModes;
        phone.button_states = dwButtonStates;
        return 0;
    });
}

// ---- Hookswitches, volume, gain, ring

LONG TSPIAPI TSPI_phoneGetHookSwitch(HDRVPHONE hdPhone, LPDWORD lpdwHookSwitchDevs) {
    return of_phone(__func__, hdPhone, [&](Session&, const OpenPhone& phone) -> LONG {
        if (lpdwHookSwitchDevs == nullptr) return error_of(PHONEERR_INVALPOINTER);
        *lpdwHookSwitchDevs = phone.station->phone.off_hook();
        return 0;
    });
}

LONG TSPIAPI TSPI_phoneSetHookSwitch(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwHookSwitchDevs,
                                     DWORD dwHookSwitchMode) {
    return in_session<Side::phone>(__func__, [&](Session& session) {
        return session.on_phone(
            dwRequestID, hdPhone, [&session, dwHookSwitchDevs, dwHookSwitchMode](OpenPhone& phone) -> LONG {
                if (dwHookSwitchDevs == 0 || (dwHookSwitchDevs & ~all_devices) != 0)
                    return error_of(PHONEERR_INVALHOOKSWITCHDEV);
                if (!std::has_single_bit(dwHookSwitchMode) || (dwHookSwitchMode & ~hookswitch_modes) != 0)
                    return error_of(PHONEERR_INVALHOOKSWITCHMODE);
                return session.pbx().set_hookswitch(*phone.station, dwHookSwitchDevs, dwHookSwitchMode);
            });
    });
}

LONG TSPIAPI TSPI_phoneGetVolume(HDRVPHONE hdPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume) {
    return get_level(__func__, hdPhone, dwHookSwitchDev, &HookDevice::volume, lpdwVolume);
}

LONG TSPIAPI TSPI_phoneSetVolume(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
                                 DWORD dwVolume) {
    return set_level(__func__, dwRequestID, hdPhone, dwHookSwitchDev, &HookDevice::volume, &DeviceRow::volume,
                     dwVolume);
}

LONG TSPIAPI TSPI_phoneGetGain(HDRVPHONE hdPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain) {
    return get_level(__func__, hdPhone, dwHookSwitchDev, &HookDevice::gain, lpdwGain);
}

LONG TSPIAPI TSPI_phoneSetGain(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
                               DWORD dwGain) {
    return set_level(__func__, dwRequestID, hdPhone, dwHookSwitchDev, &HookDevice::gain, &DeviceRow::gain,
                     dwGain);
}

LONG TSPIAPI TSPI_phoneGetRing(HDRVPHONE hdPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume) {
    return of_phone(__func__, hdPhone, [&](Session&, const OpenPhone& phone) -> LONG {
        if (lpdwRingMode == nullptr || lpdwVolume == nullptr) return error_of(PHONEERR_INVALPOINTER);
        *lpdwRingMode = phone.station->phone.ring_mode;
        *lpdwVolume = phone.station->phone.ring_volume;
        return 0;
    });
}

LONG TSPIAPI TSPI_phoneSetRing(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwRingMode,
                               DWORD dwVolume) {
    return in_session<Side::phone>(__func__, [&](Session& session) {
        return session.on_phone(dwRequestID, hdPhone,
                                [&session, dwRingMode, dwVolume](OpenPhone& phone) -> LONG {
                                    if (dwRingMode > ring_modes) return error_of(PHONEERR_INVALRINGMODE);
                                    session.pbx().set_ring(*phone.station, dwRingMode,
                                                           std::min(dwVolume, largest_volume)); // R246
                                    return 0;
                                });
    });
}

// ---- Buttons and lamps

LONG TSPIAPI TSPI_phoneGetButtonInfo(HDRVPHONE hdPhone, DWORD dwButtonLampID,
                                     LPPHONEBUTTONINFO lpButtonInfo) {
    return of_phone(__func__, hdPhone, [&](Session& session, const OpenPhone& phone) -> LONG {
        if (dwButtonLampID >= buttons) return error_of(PHONEERR_INVALBUTTONLAMPID);
        return fill(lpButtonInfo, reader_of(session, phone), phone.station->phone.button[dwButtonLampID]);
    });
}

LONG TSPIAPI TSPI_phoneSetButtonInfo(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwButtonLampID,
                                     LPPHONEBUTTONINFO const lpButtonInfo) {
    if (lpButtonInfo == nullptr) return error_of(PHONEERR_INVALPOINTER);
    const PhoneButtonText given = read(lpButtonInfo); // copied now (R050)
    return in_session<Side::phone>(__func__, [&](Session& session) {
        return session.on_phone(dwRequestID, hdPhone, [dwButtonLampID, given](OpenPhone& phone) -> LONG {
            if (dwButtonLampID >= buttons) return error_of(PHONEERR_INVALBUTTONLAMPID);
            Button& button = phone.station->phone.button[dwButtonLampID];
            button.function = given.function;
            if (!given.text.empty()) button.text = given.text;
            button.device_specific = given.device_specific;
            return 0;
        });
    });
}

LONG TSPIAPI TSPI_phoneGetLamp(HDRVPHONE hdPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode) {
    return of_phone(__func__, hdPhone, [&](Session&, const OpenPhone& phone) -> LONG {
        if (!has_lamp(dwButtonLampID)) return error_of(PHONEERR_INVALBUTTONLAMPID);
        if (lpdwLampMode == nullptr) return error_of(PHONEERR_INVALPOINTER);
        *lpdwLampMode = phone.station->phone.button[dwButtonLampID].lamp;
        return 0;
    });
}

LONG TSPIAPI TSPI_phoneSetLamp(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwButtonLampID,
                               DWORD dwLampMode) {
    return in_session<Side::phone>(__func__, [&](Session& session) {
        return session.on_phone(dwRequestID, hdPhone,
                                [&session, dwButtonLampID, dwLampMode](OpenPhone& phone) -> LONG {
                                    if (!has_lamp(dwButtonLampID))
                                        return error_of(PHONEERR_INVALBUTTONLAMPID);
                                    if (!std::has_single_bit(dwLampMode) || (dwLampMode & ~lamp_modes) != 0)
                                        return error_of(PHONEERR_INVALLAMPMODE);
                                    session.pbx().set_lamp(*phone.station, dwButtonLampID, dwLampMode);
                                    return 0;
                                });
    });
}

// ---- Display and data

LONG TSPIAPI TSPI_phoneGetDisplay(HDRVPHONE hdPhone, LPVARSTRING lpDisplay) {
    return of_phone(__func__, hdPhone, [&](Session& session, const OpenPhone& phone) -> LONG {
        if (lpDisplay == nullptr) return error_of(PHONEERR_INVALPOINTER);
        if (lpDisplay->dwTotalSize < sizeof(VARSTRING)) return error_of(PHONEERR_STRUCTURETOOSMALL);
        return fill_text(lpDisplay, reader_of(session, phone), display_of(phone.station->phone));
    });
}

LONG TSPIAPI TSPI_phoneSetDisplay(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwRow, DWORD dwColumn,
                                  LPCWSTR lpsDisplay, DWORD dwSize) {
    if (lpsDisplay == nullptr) return error_of(PHONEERR_INVALPOINTER);
    const std::u16string_view all(lpsDisplay, dwSize / sizeof(char16_t));
    const std::u16string text(all.substr(0, all.find(u'\0')));
    return in_session<Side::phone>(__func__, [&](Session& session) {
        return session.on_phone(dwRequestID, hdPhone,
                                [&session, dwRow, dwColumn, text](OpenPhone& phone) -> LONG {
                                    if (dwRow >= display_rows || dwColumn >= display_columns)
                                        return error_of(PHONEERR_INVALPARAM);
                                    session.pbx().display(*phone.station, dwRow, dwColumn, text);
                                    return 0;
                                });
    });
}

LONG TSPIAPI TSPI_phoneGetData(HDRVPHONE hdPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize) {
    return of_phone(__func__, hdPhone, [&](Session&, const OpenPhone& phone) -> LONG {
        if (dwDataID >= data_areas) return error_of(PHONEERR_INVALDATAID);
        const auto& data = phone.station->phone.data[dwDataID];
        if (lpData != nullptr) std::memcpy(lpData, data.data(), std::min<std::size_t>(dwSize, data.size()));
        return 0;
    });
}

LONG TSPIAPI TSPI_phoneSetData(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwDataID,
                               LPVOID const lpData, DWORD dwSize) {
    const Bytes data = bytes_of(lpData, std::min<std::size_t>(dwSize, largest_data));
    return in_session<Side::phone>(__func__, [&](Session& session) {
        return session.on_phone(dwRequestID, hdPhone, [dwDataID, data](OpenPhone& phone) -> LONG {
            if (dwDataID >= data_areas) return error_of(PHONEERR_INVALDATAID);
            phone.station->phone.data[dwDataID] = data;
            return 0;
        });
    });
}

// The block comes back as it was (R254); that it came is said with the number of its bytes.
LONG TSPIAPI TSPI_phoneDevSpecific(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, LPVOID, DWORD dwSize) {
    return in_session<Side::phone>(__func__, [&](Session& session) {
        return session.on_phone(dwRequestID, hdPhone, [&session, dwSize](OpenPhone& phone) -> LONG {
            if (phone.extension_version == 0 && !session.misbehaviour().asked(Fault::r255)) // R255
                return error_of(PHONEERR_OPERATIONUNAVAIL);
            session.report(*phone.station, {PHONE_DEVSPECIFIC, dwSize});
            return 0;
        });
    });
}
