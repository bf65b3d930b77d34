// SPDX-License-Identifier: Apache-2.0
//
// What applications are told of lines and calls.

#include "session.h"

#include "abi/utf16.h"
#include "provider/structure.h"

namespace acme_provider {

using namespace offhook::provider;
using offhook::abi::to_utf16;

LONG Session::describe(LINEDEVCAPS* target, DWORD version, std::size_t place) const {
    const LineSettings& line = start_.configuration.lines[place];
    return fill_structure(target, version, [&](StructureWriter<LINEDEVCAPS>& caps) {
        // The same in every session.
        caps->dwPermanentLineID = (start_.provider << 16U) | static_cast<DWORD>(place + 1);
        caps->dwStringFormat = STRINGFORMAT_UNICODE;
        caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
        caps->dwNumAddresses = 1;
        caps->dwBearerModes = LINEBEARERMODE_VOICE;
        caps->dwMaxRate = rate;
        caps->dwMediaModes = media;
        caps->dwDevCapFlags = LINEDEVCAPFLAGS_CLOSEDROP; // a call that is closed is dropped
        caps->dwMaxNumActiveCalls = most_calls;
        caps->dwAnswerMode = LINEANSWERMODE_NONE;
        caps->dwLineFeatures = LINEFEATURE_MAKECALL;
        caps.text(&LINEDEVCAPS::dwProviderInfoSize, &LINEDEVCAPS::dwProviderInfoOffset, u"acme 0.1");
        caps.text(&LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset, to_utf16(line.name));
    });
}

LONG Session::describe(LINEADDRESSCAPS* target, DWORD version, std::size_t place) const {
    const LineSettings& line = start_.configuration.lines[place];
    return fill_structure(target, version, [&](StructureWriter<LINEADDRESSCAPS>& caps) {
        caps->dwLineDeviceID = devices_.device_of(place).value_or(0);
        caps->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
        caps->dwCallInfoStates = LINECALLINFOSTATE_APPSPECIFIC;
        caps->dwCallerIDFlags = caps->dwCalledIDFlags = LINECALLPARTYID_ADDRESS;
        caps->dwConnectedIDFlags = caps->dwRedirectionIDFlags = caps->dwRedirectingIDFlags =
            LINECALLPARTYID_UNAVAIL;
        caps->dwCallStates = states;
        caps->dwDialToneModes = LINEDIALTONEMODE_UNAVAIL;
        caps->dwBusyModes = LINEBUSYMODE_STATION;
        caps->dwSpecialInfo = LINESPECIALINFO_UNAVAIL;
        caps->dwDisconnectModes =
            LINEDISCONNECTMODE_NORMAL | LINEDISCONNECTMODE_REJECT | LINEDISCONNECTMODE_UNREACHABLE;
        caps->dwMaxNumActiveCalls = most_calls;
        caps->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED;
        caps->dwCallFeatures = call_features;
        caps->dwAddressFeatures = LINEADDRFEATURE_MAKECALL;
        caps->dwConnectedModes = LINECONNECTEDMODE_ACTIVE;
        caps->dwOfferingModes = LINEOFFERINGMODE_ACTIVE;
        caps->dwAvailableMediaModes = media;
        caps.text(&LINEADDRESSCAPS::dwAddressSize, &LINEADDRESSCAPS::dwAddressOffset, to_utf16(line.number));
    });
}

LONG Session::describe(LINEADDRESSSTATUS* target, const Line& line) const {
    const LineUse use = use_of(line);
    return fill_structure(target, line.service.version, [&](StructureWriter<LINEADDRESSSTATUS>& status) {
        status->dwNumInUse = use.active + use.held > 0 ? 1 : 0;
        status->dwNumActiveCalls = use.active;
        status->dwNumOnHoldCalls = use.held;
        status->dwNumOnHoldPendCalls = use.held_pending;
        status->dwAddressFeatures = is_full(line) ? 0 : LINEADDRFEATURE_MAKECALL;
    });
}

LONG Session::describe(LINEDEVSTATUS* target, const Line& line) const {
    const LineUse use = use_of(line);
    return fill_structure(target, line.service.version, [&](StructureWriter<LINEDEVSTATUS>& status) {
        status->dwNumActiveCalls = use.active;
        status->dwNumOnHoldCalls = use.held;
        status->dwNumOnHoldPendCalls = use.held_pending;
        status->dwLineFeatures = is_full(line) ? 0 : LINEFEATURE_MAKECALL;
        status->dwSignalLevel = status->dwBatteryLevel = 0xFFFF;
        status->dwRoamMode = LINEROAMMODE_UNAVAIL;
        status->dwDevStatusFlags = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE;
        status->dwAvailableMediaModes = media;
    });
}

LONG Session::describe(LINECALLINFO* target, const Call& call) const {
    return fill_structure(target, call.service.version(), [&](StructureWriter<LINECALLINFO>& info) {
        info->dwLineDeviceID = device_of(*call.line);
        info->dwBearerMode = LINEBEARERMODE_VOICE;
        info->dwRate = rate;
        info->dwMediaMode = call.service.media_mode;
        info->dwAppSpecific = call.app_specific;
        info->dwCallID = static_cast<DWORD>(call.handle);
        info->dwCallParamFlags = call.flags;
        info->dwCallStates = states;
        info->dwOrigin = call.origin;
        info->dwReason = LINECALLREASON_DIRECT;
        info->dwTrunk = 0xFFFFFFFF;
        info->dwCallerIDFlags = info->dwCalledIDFlags = LINECALLPARTYID_ADDRESS;
        info->dwConnectedIDFlags = info->dwRedirectionIDFlags = info->dwRedirectingIDFlags =
            LINECALLPARTYID_UNAVAIL;
        info.text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, to_utf16(call.caller));
        info.text(&LINECALLINFO::dwCalledIDSize, &LINECALLINFO::dwCalledIDOffset, to_utf16(call.called));
    });
}

LONG Session::describe(LINECALLSTATUS* target, const Call& call) const {
    return fill_structure(target, call.service.version(), [&](StructureWriter<LINECALLSTATUS>& status) {
        status->dwCallState = call.service.state();
        status->dwCallStateMode = call.service.mode();
        status->dwCallFeatures = features(call);
        status->tStateEntryTime = call.service.entered();
    });
}

} // namespace acme_provider
