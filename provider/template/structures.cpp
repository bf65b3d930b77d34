// SPDX-License-Identifier: Apache-2.0

#include "structures.h"

#include "abi/utf16.h"
#include "provider/structure.h"

namespace acme_provider {

using namespace offhook::provider;
using offhook::abi::to_utf16;

LONG describe(LINEDEVCAPS* target, DWORD version, const LineSettings& line, DWORD permanent_line) {
    return fill_structure(target, version, [&](StructureWriter<LINEDEVCAPS>& caps) {
        caps->dwPermanentLineID = permanent_line;
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

LONG describe(LINEADDRESSCAPS* target, DWORD version, const LineSettings& line, DWORD device) {
    return fill_structure(target, version, [&](StructureWriter<LINEADDRESSCAPS>& caps) {
        caps->dwLineDeviceID = device;
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
        caps->dwCallFeatures = features;
        caps->dwAddressFeatures = LINEADDRFEATURE_MAKECALL;
        caps->dwConnectedModes = LINECONNECTEDMODE_ACTIVE;
        caps->dwOfferingModes = LINEOFFERINGMODE_ACTIVE;
        caps->dwAvailableMediaModes = media;
        caps.text(&LINEADDRESSCAPS::dwAddressSize, &LINEADDRESSCAPS::dwAddressOffset, to_utf16(line.number));
    });
}

LONG describe(LINEADDRESSSTATUS* target, DWORD version, const LineUse& use) {
    return fill_structure(target, version, [&](StructureWriter<LINEADDRESSSTATUS>& status) {
        status->dwNumInUse = use.active + use.held > 0 ? 1 : 0;
        status->dwNumActiveCalls = use.active;
        status->dwNumOnHoldCalls = use.held;
        status->dwAddressFeatures = use.full() ? 0 : LINEADDRFEATURE_MAKECALL;
    });
}

LONG describe(LINEDEVSTATUS* target, DWORD version, const LineUse& use) {
    return fill_structure(target, version, [&](StructureWriter<LINEDEVSTATUS>& status) {
        status->dwNumActiveCalls = use.active;
        status->dwNumOnHoldCalls = use.held;
        status->dwLineFeatures = use.full() ? 0 : LINEFEATURE_MAKECALL;
        status->dwSignalLevel = status->dwBatteryLevel = 0xFFFF;
        status->dwRoamMode = LINEROAMMODE_UNAVAIL;
        status->dwDevStatusFlags = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE;
        status->dwAvailableMediaModes = media;
    });
}

LONG describe(LINECALLINFO* target, const Call& call, DWORD device) {
    return fill_structure(target, call.service.version(), [&](StructureWriter<LINECALLINFO>& info) {
        info->dwLineDeviceID = device;
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

LONG describe(LINECALLSTATUS* target, const Call& call) {
    return fill_structure(target, call.service.version(), [&](StructureWriter<LINECALLSTATUS>& status) {
        status->dwCallState = call.service.state();
        status->dwCallStateMode = call.service.mode();
        status->dwCallFeatures = features_in(call.service.state(), features);
        status->tStateEntryTime = call.service.entered();
    });
}

} // namespace acme_provider
