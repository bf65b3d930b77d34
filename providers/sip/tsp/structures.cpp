// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/tsp/structures.h"

#include "abi/structure_writer.h"
#include "abi/utf16.h"

#include <cstring>

namespace offhook::sip {
namespace {

constexpr DWORD most_active_calls = 1000;
constexpr DWORD disconnect_modes_of_2_0 = LINEDISCONNECTMODE_CANCELLED | LINEDISCONNECTMODE_BLOCKED;
constexpr DWORD disconnect_modes = LINEDISCONNECTMODE_NORMAL | LINEDISCONNECTMODE_UNKNOWN |
                                   LINEDISCONNECTMODE_REJECT | LINEDISCONNECTMODE_BUSY |
                                   LINEDISCONNECTMODE_NOANSWER | LINEDISCONNECTMODE_BADADDRESS |
                                   LINEDISCONNECTMODE_UNREACHABLE | LINEDISCONNECTMODE_INCOMPATIBLE;
constexpr DWORD identity_flags =
    LINECALLPARTYID_NAME | LINECALLPARTYID_ADDRESS | LINECALLPARTYID_BLOCKED | LINECALLPARTYID_UNKNOWN;

// Each ended by a NUL, the list by one more.
constexpr char16_t device_classes[] = u"offhook/audio\0tapi/line\0";

// Everything that is not the service's own is the provider's to fill: begin with zeros.
template <class T> void zero_behind_sizes(T& structure) {
    constexpr std::size_t sizes = 3 * sizeof(DWORD);
    std::memset(reinterpret_cast<std::byte*>(&structure) + sizes, 0, sizeof structure - sizes);
}

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

LONG fill(LINEDEVCAPS* target, DWORD version, const Account& account, DWORD permanent_line_id) {
    abi::StructureWriter<LINEDEVCAPS> writer(target, version);
    if (const LONG error = writer.begin(); error != 0) return error;
    zero_behind_sizes(*writer.operator->());
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
    return writer.finish();
}

LONG fill(LINEADDRESSCAPS* target, DWORD version, const Account& account, DWORD device) {
    abi::StructureWriter<LINEADDRESSCAPS> writer(target, version);
    if (const LONG error = writer.begin(); error != 0) return error;
    zero_behind_sizes(*writer.operator->());
    writer->dwLineDeviceID = device;
    writer->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
    writer->dwCallInfoStates = LINECALLINFOSTATE_APPSPECIFIC | LINECALLINFOSTATE_MEDIAMODE;
    writer->dwCallerIDFlags = writer->dwCalledIDFlags = writer->dwConnectedIDFlags = identity_flags;
    writer->dwRedirectionIDFlags = writer->dwRedirectingIDFlags = LINECALLPARTYID_UNAVAIL;
    writer->dwCallStates = all_call_states();
    writer->dwDialToneModes = LINEDIALTONEMODE_UNAVAIL;
    writer->dwBusyModes = LINEBUSYMODE_STATION;
    writer->dwSpecialInfo = LINESPECIALINFO_UNAVAIL;
    writer->dwDisconnectModes = disconnect_modes | (version >= abi::v2_0 ? disconnect_modes_of_2_0 : 0);
    writer->dwMaxNumActiveCalls = most_active_calls;
    writer->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED;
    writer->dwCallFeatures = all_call_features();
    writer->dwAddressFeatures = LINEADDRFEATURE_MAKECALL;
    writer->dwConnectedModes = LINECONNECTEDMODE_ACTIVE;
    writer->dwOfferingModes = LINEOFFERINGMODE_ACTIVE;
    writer->dwAvailableMediaModes = supported_media;
    writer.text(&LINEADDRESSCAPS::dwAddressSize, &LINEADDRESSCAPS::dwAddressOffset,
                abi::to_utf16(account.user));
    if (version >= abi::v2_0)
        classes(writer, &LINEADDRESSCAPS::dwDeviceClassesSize, &LINEADDRESSCAPS::dwDeviceClassesOffset);
    return writer.finish();
}

LONG fill(LINEADDRESSSTATUS* target, DWORD version, const LineUse& use) {
    abi::StructureWriter<LINEADDRESSSTATUS> writer(target, version);
    if (const LONG error = writer.begin(); error != 0) return error;
    zero_behind_sizes(*writer.operator->());
    writer->dwNumInUse = use.active_calls > 0 ? 1 : 0;
    writer->dwNumActiveCalls = use.active_calls;
    writer->dwAddressFeatures = use.active_calls < most_active_calls ? LINEADDRFEATURE_MAKECALL : 0;
    return writer.finish();
}

LONG fill(LINEDEVSTATUS* target, DWORD version, const LineUse& use) {
    abi::StructureWriter<LINEDEVSTATUS> writer(target, version);
    if (const LONG error = writer.begin(); error != 0) return error;
    const DWORD opens = writer->dwNumOpens, open_media = writer->dwOpenMediaModes; // the service's (R133)
    zero_behind_sizes(*writer.operator->());
    writer->dwNumOpens = opens;
    writer->dwOpenMediaModes = open_media;
    writer->dwNumActiveCalls = use.active_calls;
    writer->dwLineFeatures = use.active_calls < most_active_calls ? LINEFEATURE_MAKECALL : 0;
    writer->dwSignalLevel = writer->dwBatteryLevel = 0xFFFF;
    writer->dwRoamMode = LINEROAMMODE_UNAVAIL;
    writer->dwDevStatusFlags = use.service == LineUse::Service::in_service
                                   ? LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE
                                   : 0;
    writer->dwAvailableMediaModes = supported_media;
    return writer.finish();
}

LONG fill(LINECALLINFO* target, const Call& call, DWORD device) {
    abi::StructureWriter<LINECALLINFO> writer(target, call.line->version);
    if (const LONG error = writer.begin(); error != 0) return error;
    const LINECALLINFO given = *writer.operator->();
    zero_behind_sizes(*writer.operator->());
    // The service's own (R133).
    writer->hLine = given.hLine;
    writer->dwMonitorDigitModes = given.dwMonitorDigitModes;
    writer->dwMonitorMediaModes = given.dwMonitorMediaModes;
    writer->dwNumOwners = given.dwNumOwners;
    writer->dwNumMonitors = given.dwNumMonitors;

    writer->dwLineDeviceID = device;
    writer->dwBearerMode = call.bearer_mode;
    writer->dwRate = 64'000;
    writer->dwMediaMode = call.media_mode;
    writer->dwAppSpecific = call.app_specific;
    writer->dwCallID = static_cast<DWORD>(call.handle);
    writer->dwCallParamFlags = call.call_parameter_flags;
    writer->dwCallStates = all_call_states();
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
    text(&LINECALLINFO::dwConnectedIDNameSize, &LINECALLINFO::dwConnectedIDNameOffset, connected.name);
    return writer.finish();
}

LONG fill(LINECALLSTATUS* target, const Call& call) {
    abi::StructureWriter<LINECALLSTATUS> writer(target, call.line->version);
    if (const LONG error = writer.begin(); error != 0) return error;
    const DWORD privilege = writer->dwCallPrivilege; // the service's
    zero_behind_sizes(*writer.operator->());
    writer->dwCallPrivilege = privilege;
    writer->dwCallState = row(call.state).name;
    writer->dwCallStateMode = call.mode;
    writer->dwCallFeatures = row(call.state).features;
    writer->tStateEntryTime = call.entered;
    return writer.finish();
}

LONG fill(VARSTRING* target, const void* value, std::size_t size) {
    abi::StructureWriter<VARSTRING> writer(target, abi::v1_3);
    if (const LONG error = writer.begin(); error != 0) return error;
    writer->dwStringFormat = STRINGFORMAT_BINARY;
    writer.bytes(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, value, size);
    return writer.finish();
}

} // namespace offhook::sip
