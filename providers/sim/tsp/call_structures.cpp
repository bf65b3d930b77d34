// SPDX-License-Identifier: Apache-2.0
//
// What calls say of themselves, and what their makers want of them.

#include "abi/media_modes.h"
#include "abi/structure_reader.h"
#include "abi/utf16.h"
#include "provider/call_parameters.h"
#include "provider/dial_string.h"
#include "provider/system_time.h"
#include "providers/sim/tsp/filling.h"

#include <cstddef>

namespace offhook::sim {
namespace {

DWORD flags_of(const Party& party) {
    const DWORD address = party.address.empty() ? 0 : LINECALLPARTYID_ADDRESS;
    const DWORD name = party.name.empty() ? 0 : LINECALLPARTYID_NAME;
    return address + name == 0 ? LINECALLPARTYID_UNAVAIL : address | name;
}

} // namespace

LONG fill(LINECALLINFO* target, const Reader& reader, const Call& call) {
    return filled(target, reader, [&](provider::StructureWriter<LINECALLINFO>& writer) {
        writer->dwLineDeviceID = reader.session.line_of(*call.station);
        writer->dwBearerMode = call.bearer_mode;
        writer->dwRate = call.rate;
        writer->dwMediaMode =
            reader.session.misbehaviour().asked(Fault::r142_none) ? 0 : call.media_mode; // R142
        writer->dwAppSpecific = call.app_specific;
        writer->dwCallID = call.id;
        writer->dwRelatedCallID = call.related_id;
        writer->dwCallParamFlags = call.parameter_flags;
        writer->dwCallStates = all_call_states();
        writer->DialParams = call.dial_parameters;
        // INBOUND does not say which, so it is never used; CONFERENCE is a parent.
        writer->dwOrigin = call.origin;
        writer->dwReason = call.reason;
        writer->dwCompletionID = call.completes;
        writer->dwCountryCode = call.country_code;
        writer->dwTrunk = call.trunk;
        writer->dwCallTreatment = call.treatment;
        const auto text = [&](auto size, auto offset, const std::string& value) {
            writer.text(size, offset, abi::to_utf16(value));
        };
#define OFFHOOK_SIM_PARTY(field, party)                                                                      \
    writer->dw##field##IDFlags = flags_of(party);                                                            \
    text(&LINECALLINFO::dw##field##IDSize, &LINECALLINFO::dw##field##IDOffset, (party).address);             \
    text(&LINECALLINFO::dw##field##IDNameSize, &LINECALLINFO::dw##field##IDNameOffset, (party).name)
        OFFHOOK_SIM_PARTY(Caller, call.caller);
        OFFHOOK_SIM_PARTY(Called, call.called);
        OFFHOOK_SIM_PARTY(Connected, call.connected);
        OFFHOOK_SIM_PARTY(Redirection, call.redirection);
        OFFHOOK_SIM_PARTY(Redirecting, call.redirecting);
#undef OFFHOOK_SIM_PARTY
        const auto bytes = [&](auto size, auto offset, const Bytes& value) {
            writer.bytes(size, offset, value.data(), value.size());
        };
        if (!call.user_user.empty())
            bytes(&LINECALLINFO::dwUserUserInfoSize, &LINECALLINFO::dwUserUserInfoOffset,
                  call.user_user.front());
        bytes(&LINECALLINFO::dwHighLevelCompSize, &LINECALLINFO::dwHighLevelCompOffset, call.high_level);
        bytes(&LINECALLINFO::dwLowLevelCompSize, &LINECALLINFO::dwLowLevelCompOffset, call.low_level);
        bytes(&LINECALLINFO::dwCallDataSize, &LINECALLINFO::dwCallDataOffset, call.call_data);
        bytes(&LINECALLINFO::dwSendingFlowspecSize, &LINECALLINFO::dwSendingFlowspecOffset,
              call.sending_flowspec);
        bytes(&LINECALLINFO::dwReceivingFlowspecSize, &LINECALLINFO::dwReceivingFlowspecOffset,
              call.receiving_flowspec);
        writer.bytes(&LINECALLINFO::dwTerminalModesSize, &LINECALLINFO::dwTerminalModesOffset,
                     call.station->terminal.data(), sizeof call.station->terminal);
    });
}

LONG fill(LINECALLSTATUS* target, const Reader& reader, const Call& call) {
    return filled(target, reader, [&](provider::StructureWriter<LINECALLSTATUS>& writer) {
        writer->dwCallState = row(call.state).name;
        writer->dwCallStateMode = shown_mode(call, reader.version);
        writer->dwCallFeatures = reader.session.misbehaviour().asked(Fault::r212)
                                     ? all_call_features()
                                     : reader.session.pbx().features(call); // R212
        writer->dwCallFeatures2 = features2_of(writer->dwCallFeatures);
        writer->tStateEntryTime = provider::system_time(call.entered);
    });
}

LONG read(const LINECALLPARAMS* given, const Reader& reader, CallParameters& out) {
    Misbehaviour& misbehaviour = reader.session.misbehaviour();
    if (given == nullptr) {
        if (misbehaviour.asked(Fault::r225)) out.bearer_mode = 0;
        return 0;
    }
    const auto copy = provider::copy_parameters(given, reader.version);
    if (!copy) return LINEERR_INVALCALLPARAMS;
    const LINECALLPARAMS& fixed = *copy;
    const std::span<const std::byte> all(reinterpret_cast<const std::byte*>(given), given->dwTotalSize);
    if (abi::check_passed(abi::StructureId::LINECALLPARAMS, reader.version, all))
        return LINEERR_INVALCALLPARAMS;
    // 0 stands for the default (R225).
    if (fixed.dwBearerMode != 0) out.bearer_mode = fixed.dwBearerMode;
    if (fixed.dwMediaMode != 0) out.media_mode = fixed.dwMediaMode;
    if ((out.bearer_mode & (out.bearer_mode - 1)) != 0) return LINEERR_INVALBEARERMODE;
    if ((out.bearer_mode & supported_bearers) == 0) return LINEERR_BEARERMODEUNAVAIL;
    if (!abi::is_media_mode(out.media_mode) || (out.media_mode & ~supported_media) != 0)
        return LINEERR_INVALMEDIAMODE; // R142
    if (fixed.dwMaxRate != 0 && fixed.dwMinRate > fixed.dwMaxRate) return LINEERR_INVALRATE;
    if (fixed.dwMinRate > largest_rate) return LINEERR_RATEUNAVAIL;
    if (fixed.dwMaxRate != 0) out.rate = std::min<DWORD>(fixed.dwMaxRate, largest_rate);
    if (fixed.dwAddressMode == LINEADDRESSMODE_ADDRESSID && fixed.dwAddressID != 0)
        return LINEERR_INVALADDRESSID;
    // The exchange has no predictive dialing, so no state to transfer in is supported (R227).
    const bool predictive = fixed.dwPredictiveAutoTransferStates != 0 ||
                            (fixed.dwCallParamFlags & LINECALLPARAMFLAGS_PREDICTIVEDIAL) != 0;
    if (predictive && !misbehaviour.asked(Fault::r227)) return LINEERR_INVALCALLPARAMS;
    out.flags = fixed.dwCallParamFlags;
    out.no_answer_timeout = std::min<DWORD>(fixed.dwNoAnswerTimeout, longest_no_answer / 1000) * 1000;
    out.dial_parameters =
        misbehaviour.asked(Fault::r226) ? fixed.DialParams : within_limits(fixed.DialParams);
#define OFFHOOK_SIM_BYTES(target, field)                                                                     \
    if (const auto part = abi::part_at(all, offsetof(LINECALLPARAMS, dw##field##Size),                       \
                                       offsetof(LINECALLPARAMS, dw##field##Offset));                         \
        fixed.dw##field##Size != 0)                                                                          \
    out.target = Bytes(part.begin(), part.end())
    OFFHOOK_SIM_BYTES(user_user, UserUserInfo);
    OFFHOOK_SIM_BYTES(high_level, HighLevelComp);
    OFFHOOK_SIM_BYTES(low_level, LowLevelComp);
    OFFHOOK_SIM_BYTES(call_data, CallData);
    OFFHOOK_SIM_BYTES(sending_flowspec, SendingFlowspec);
    OFFHOOK_SIM_BYTES(receiving_flowspec, ReceivingFlowspec);
#undef OFFHOOK_SIM_BYTES
    if (out.user_user.size() > largest_user_user) return LINEERR_USERUSERINFOTOOBIG;
    if (out.call_data.size() > largest_call_data) return LINEERR_INVALCALLPARAMS;
    if (fixed.dwTargetAddressSize != 0) {
        const provider::Dialed target = provider::read_dial_string(
            abi::to_utf8(abi::text_at(all, offsetof(LINECALLPARAMS, dwTargetAddressSize),
                                      offsetof(LINECALLPARAMS, dwTargetAddressOffset))));
        if (target.error != 0) return target.error;
        out.target = target.digits;
    }
    if (fixed.dwCallingPartyIDSize != 0)
        out.calling_party = abi::to_utf8(abi::text_at(all, offsetof(LINECALLPARAMS, dwCallingPartyIDSize),
                                                      offsetof(LINECALLPARAMS, dwCallingPartyIDOffset)));
    return 0;
}

LONG read(const LINEFORWARDLIST* given, DWORD rings, Pbx& pbx, Forwarding& out) {
    out.rings = rings == 0 ? usual_rings : std::clamp(rings, fewest_rings, most_rings);
    if (given == nullptr || given->dwNumEntries == 0) return 0;
    // As every version up to 2.2 lays it out.
    const std::span<const std::byte> all(reinterpret_cast<const std::byte*>(given), given->dwTotalSize);
    if (abi::check_passed(abi::StructureId::LINEFORWARDLIST, abi::v2_2, all))
        return LINEERR_STRUCTURETOOSMALL;
    if (given->dwNumEntries > most_forwards) return LINEERR_INVALPARAM;
    for (std::size_t i = 0; i < given->dwNumEntries; ++i) {
        const std::size_t at =
            offsetof(LINEFORWARDLIST, ForwardList) + i * abi::fixed_size<LINEFORWARD>(abi::v2_2);
        const auto text = [&](std::size_t size, std::size_t offset) {
            return abi::to_utf8(abi::text_at(all, at + size, at + offset));
        };
        Forward entry;
        entry.mode = abi::field_at(all, at + offsetof(LINEFORWARD, dwForwardMode));
        if (!is_forward_mode(entry.mode)) return LINEERR_INVALPARAM;
        if (is_about_one_caller(entry.mode))
            entry.caller = text(offsetof(LINEFORWARD, dwCallerAddressSize),
                                offsetof(LINEFORWARD, dwCallerAddressOffset));
        const provider::Dialed destination = provider::read_dial_string(
            text(offsetof(LINEFORWARD, dwDestAddressSize), offsetof(LINEFORWARD, dwDestAddressOffset)));
        if (destination.error != 0) return destination.error;
        if (!destination.digits.empty() && !pbx.is_reachable(destination.digits)) return LINEERR_INVALADDRESS;
        entry.destination = destination.digits;
        out.entries.push_back(std::move(entry));
    }
    return 0;
}

} // namespace offhook::sim
