// SPDX-License-Identifier: Apache-2.0
//
// What applications are told of lines and calls.

#include "providers/sip/tsp/session.h"

#include "abi/utf16.h"
#include "provider/structure.h"

namespace offhook::sip {
namespace {

constexpr DWORD most_active_calls = 1000;
constexpr DWORD reportable_line_states = LINEDEVSTATE_CONNECTED | LINEDEVSTATE_DISCONNECTED |
                                         LINEDEVSTATE_INSERVICE | LINEDEVSTATE_OUTOFSERVICE |
                                         LINEDEVSTATE_CAPSCHANGE;
constexpr DWORD disconnect_modes_of_2_0 = LINEDISCONNECTMODE_CANCELLED | LINEDISCONNECTMODE_BLOCKED;
constexpr DWORD disconnect_modes = LINEDISCONNECTMODE_NORMAL | LINEDISCONNECTMODE_UNKNOWN |
                                   LINEDISCONNECTMODE_REJECT | LINEDISCONNECTMODE_BUSY |
                                   LINEDISCONNECTMODE_NOANSWER | LINEDISCONNECTMODE_BADADDRESS |
                                   LINEDISCONNECTMODE_UNREACHABLE | LINEDISCONNECTMODE_INCOMPATIBLE;
constexpr DWORD identity_flags =
    LINECALLPARTYID_NAME | LINECALLPARTYID_ADDRESS | LINECALLPARTYID_BLOCKED | LINECALLPARTYID_UNKNOWN;

// Each ended by a NUL, the list by one more.
constexpr char16_t device_classes[] = u"offhook/audio\0tapi/line\0";

template <class T, class Size, class Offset>
void classes(abi::StructureWriter<T>& writer, Size T::*size, Offset T::*offset) {
    writer.bytes(size, offset, device_classes, sizeof device_classes);
}

DWORD flags_of(const Party& party) {
    if (party.presentation == Presentation::withheld) return LINECALLPARTYID_BLOCKED;
    const DWORD address = party.address.empty() ? 0 : LINECALLPARTYID_ADDRESS;
    const DWORD name = party.name.empty() ? 0 : LINECALLPARTYID_NAME;
    return address + name == 0 ? LINECALLPARTYID_UNKNOWN : address | name;
}

} // namespace

LONG Session::describe(LINEDEVCAPS* target, DWORD version, std::size_t place) const {
    const Account& account = accounts_.at(place);
    const DWORD permanent_line_id = (permanent_provider_id_ << 16U) | account.number;
    return provider::fill_structure(target, version, [&](provider::StructureWriter<LINEDEVCAPS>& writer) {
        writer->dwPermanentLineID = permanent_line_id;
        writer->dwStringFormat = STRINGFORMAT_UNICODE;
        writer->dwAddressModes = LINEADDRESSMODE_ADDRESSID | LINEADDRESSMODE_DIALABLEADDR;
        writer->dwNumAddresses = 1;
        writer->dwBearerModes = supported_bearers;
        writer->dwMaxRate = 64'000; // G.711
        writer->dwMediaModes = supported_media;
        writer->dwGenerateDigitModes = LINEDIGITMODE_DTMF;
        writer->dwMonitorDigitModes = LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND;
        writer->dwDevCapFlags = LINEDEVCAPFLAGS_CLOSEDROP;
        writer->dwMaxNumActiveCalls = most_active_calls;
        writer->dwAnswerMode = LINEANSWERMODE_NONE;
        writer->dwLineStates = reportable_line_states;
        writer->MinDialParams.dwDigitDuration = shortest_digit;
        writer->MaxDialParams.dwDigitDuration = longest_digit;
        writer->DefaultDialParams.dwDigitDuration = usual_digit;
        writer->dwLineFeatures = LINEFEATURE_MAKECALL;
        writer->PermanentLineGuid.Data1 = permanent_line_id;
        writer.text(&LINEDEVCAPS::dwProviderInfoSize, &LINEDEVCAPS::dwProviderInfoOffset,
                    u"Offhook SIP " OFFHOOK_VERSION);
        writer.text(&LINEDEVCAPS::dwSwitchInfoSize, &LINEDEVCAPS::dwSwitchInfoOffset,
                    abi::to_utf16(!account.registrar.empty() ? account.registrar : account.peer));
        const std::string name = account.display.empty() ? account.address_of_record() : account.display;
        writer.text(&LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset, abi::to_utf16(name));
        if (version >= abi::v2_0)
            classes(writer, &LINEDEVCAPS::dwDeviceClassesSize, &LINEDEVCAPS::dwDeviceClassesOffset);
    });
}

LONG Session::describe(LINEADDRESSCAPS* target, DWORD version, std::size_t place) const {
    const Account& account = accounts_.at(place);
    return provider::fill_structure(target, version, [&](provider::StructureWriter<LINEADDRESSCAPS>& writer) {
        writer->dwLineDeviceID = devices_.device_of(place).value_or(0);
        writer->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
        writer->dwCallInfoStates = LINECALLINFOSTATE_APPSPECIFIC | LINECALLINFOSTATE_MEDIAMODE;
        writer->dwCallerIDFlags = writer->dwCalledIDFlags = writer->dwConnectedIDFlags = identity_flags;
        writer->dwRedirectionIDFlags = writer->dwRedirectingIDFlags = LINECALLPARTYID_UNAVAIL;
        writer->dwCallStates = call_states;
        writer->dwDialToneModes = LINEDIALTONEMODE_UNAVAIL;
        writer->dwBusyModes = LINEBUSYMODE_STATION;
        writer->dwSpecialInfo = LINESPECIALINFO_UNAVAIL;
        writer->dwDisconnectModes = disconnect_modes | (version >= abi::v2_0 ? disconnect_modes_of_2_0 : 0);
        writer->dwMaxNumActiveCalls = most_active_calls;
        writer->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED;
        writer->dwCallFeatures = call_features;
        writer->dwAddressFeatures = LINEADDRFEATURE_MAKECALL;
        writer->dwConnectedModes = LINECONNECTEDMODE_ACTIVE;
        writer->dwOfferingModes = LINEOFFERINGMODE_ACTIVE;
        writer->dwAvailableMediaModes = supported_media;
        writer.text(&LINEADDRESSCAPS::dwAddressSize, &LINEADDRESSCAPS::dwAddressOffset,
                    abi::to_utf16(account.user));
        if (version >= abi::v2_0)
            classes(writer, &LINEADDRESSCAPS::dwDeviceClassesSize, &LINEADDRESSCAPS::dwDeviceClassesOffset);
    });
}

LONG Session::describe(LINEADDRESSSTATUS* target, const Line& line) const {
    const DWORD calls = active_calls(line);
    return provider::fill_structure(
        target, line.service.version, [&](provider::StructureWriter<LINEADDRESSSTATUS>& writer) {
            writer->dwNumInUse = calls > 0 ? 1 : 0;
            writer->dwNumActiveCalls = calls;
            writer->dwAddressFeatures = calls < most_active_calls ? LINEADDRFEATURE_MAKECALL : 0;
        });
}

LONG Session::describe(LINEDEVSTATUS* target, const Line& line) const {
    const DWORD calls = active_calls(line);
    return provider::fill_structure(
        target, line.service.version, [&](provider::StructureWriter<LINEDEVSTATUS>& writer) {
            writer->dwNumActiveCalls = calls;
            writer->dwLineFeatures = calls < most_active_calls ? LINEFEATURE_MAKECALL : 0;
            writer->dwSignalLevel = writer->dwBatteryLevel = 0xFFFF;
            writer->dwRoamMode = LINEROAMMODE_UNAVAIL;
            writer->dwDevStatusFlags = service_.at(line.place) == Service::in_service
                                           ? LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE
                                           : 0;
            writer->dwAvailableMediaModes = supported_media;
        });
}

LONG Session::describe(LINECALLINFO* target, const Call& call) const {
    return provider::fill_structure(
        target, call.service.version(), [&](provider::StructureWriter<LINECALLINFO>& writer) {
            writer->dwLineDeviceID = device_of(*call.line);
            writer->dwBearerMode = call.bearer_mode;
            writer->dwRate = 64'000;
            writer->dwMediaMode = call.service.media_mode;
            writer->dwAppSpecific = call.app_specific;
            writer->dwCallID = static_cast<DWORD>(call.handle);
            writer->dwCallParamFlags = call.call_parameter_flags;
            writer->dwCallStates = call_states;
            writer->dwOrigin =
                call.direction == Direction::outgoing ? LINECALLORIGIN_OUTBOUND : LINECALLORIGIN_EXTERNAL;
            writer->dwReason = LINECALLREASON_DIRECT;
            writer->dwTrunk = 0xFFFFFFFF;
            writer->dwRedirectionIDFlags = writer->dwRedirectingIDFlags = LINECALLPARTYID_UNAVAIL;

            const Party connected = call.connected.value_or(Party{});
            writer->dwCallerIDFlags = flags_of(call.caller);
            writer->dwCalledIDFlags = flags_of(call.called);
            writer->dwConnectedIDFlags = flags_of(connected);
            const auto text = [&](auto size, auto offset, const std::string& value) {
                writer.text(size, offset, abi::to_utf16(value));
            };
            text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, call.caller.address);
            text(&LINECALLINFO::dwCallerIDNameSize, &LINECALLINFO::dwCallerIDNameOffset, call.caller.name);
            text(&LINECALLINFO::dwCalledIDSize, &LINECALLINFO::dwCalledIDOffset, call.called.address);
            text(&LINECALLINFO::dwCalledIDNameSize, &LINECALLINFO::dwCalledIDNameOffset, call.called.name);
            text(&LINECALLINFO::dwConnectedIDSize, &LINECALLINFO::dwConnectedIDOffset, connected.address);
            text(&LINECALLINFO::dwConnectedIDNameSize, &LINECALLINFO::dwConnectedIDNameOffset,
                 connected.name);
        });
}

LONG Session::describe(LINECALLSTATUS* target, const Call& call) const {
    return provider::fill_structure(target, call.service.version(),
                                    [&](provider::StructureWriter<LINECALLSTATUS>& writer) {
                                        writer->dwCallState = call.service.state();
                                        writer->dwCallStateMode = call.service.mode();
                                        writer->dwCallFeatures = features(call);
                                        writer->tStateEntryTime = call.service.entered();
                                    });
}

} // namespace offhook::sip
