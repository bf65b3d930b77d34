// SPDX-License-Identifier: Apache-2.0
//
// What lines and addresses say of themselves.

#include "abi/utf16.h"
#include "providers/sim/tsp/filling.h"

#include <array>

namespace offhook::sim {
namespace {

constexpr DWORD disconnect_modes_of_1_x =
    LINEDISCONNECTMODE_NORMAL | LINEDISCONNECTMODE_REJECT | LINEDISCONNECTMODE_PICKUP |
    LINEDISCONNECTMODE_FORWARDED | LINEDISCONNECTMODE_BUSY | LINEDISCONNECTMODE_NOANSWER |
    LINEDISCONNECTMODE_BADADDRESS | LINEDISCONNECTMODE_UNREACHABLE | LINEDISCONNECTMODE_CONGESTION;
constexpr DWORD disconnect_modes_of_2_0 =
    LINEDISCONNECTMODE_NUMBERCHANGED | LINEDISCONNECTMODE_OUTOFORDER | LINEDISCONNECTMODE_DONOTDISTURB;
constexpr DWORD line_features = LINEFEATURE_DEVSPECIFIC | LINEFEATURE_DEVSPECIFICFEAT | LINEFEATURE_FORWARD |
                                LINEFEATURE_SETMEDIACONTROL | LINEFEATURE_SETTERMINAL;
constexpr DWORD line_features_of_2_0 =
    LINEFEATURE_SETDEVSTATUS | LINEFEATURE_FORWARDFWD | LINEFEATURE_FORWARDDND;
constexpr DWORD address_features = LINEADDRFEATURE_FORWARD | LINEADDRFEATURE_PICKUP |
                                   LINEADDRFEATURE_SETMEDIACONTROL | LINEADDRFEATURE_SETTERMINAL |
                                   LINEADDRFEATURE_UNPARK;
constexpr DWORD address_features_of_2_0 = LINEADDRFEATURE_PICKUPGROUP | LINEADDRFEATURE_PICKUPDIRECT |
                                          LINEADDRFEATURE_PICKUPWAITING | LINEADDRFEATURE_FORWARDFWD |
                                          LINEADDRFEATURE_FORWARDDND;
constexpr DWORD address_flags =
    LINEADDRCAPFLAGS_FWDNUMRINGS | LINEADDRCAPFLAGS_SECURE | LINEADDRCAPFLAGS_DIALED |
    LINEADDRCAPFLAGS_ORIGOFFHOOK | LINEADDRCAPFLAGS_SETUPCONFNULL | LINEADDRCAPFLAGS_AUTORECONNECT |
    LINEADDRCAPFLAGS_COMPLETIONID | LINEADDRCAPFLAGS_CONFERENCEHELD | LINEADDRCAPFLAGS_TRANSFERHELD |
    LINEADDRCAPFLAGS_PARTIALDIAL | LINEADDRCAPFLAGS_FWDSTATUSVALID | LINEADDRCAPFLAGS_FWDINTEXTADDR |
    LINEADDRCAPFLAGS_FWDBUSYNAADDR | LINEADDRCAPFLAGS_CONFDROP | LINEADDRCAPFLAGS_PICKUPCALLWAIT;
constexpr DWORD address_flags_of_2_0 = LINEADDRCAPFLAGS_SETCALLINGID;
constexpr DWORD call_info_states =
    LINECALLINFOSTATE_OTHER | LINECALLINFOSTATE_BEARERMODE | LINECALLINFOSTATE_RATE |
    LINECALLINFOSTATE_MEDIAMODE | LINECALLINFOSTATE_APPSPECIFIC | LINECALLINFOSTATE_TRUNK |
    LINECALLINFOSTATE_CALLERID | LINECALLINFOSTATE_CONNECTEDID | LINECALLINFOSTATE_REDIRECTIONID |
    LINECALLINFOSTATE_REDIRECTINGID | LINECALLINFOSTATE_USERUSERINFO | LINECALLINFOSTATE_TERMINAL |
    LINECALLINFOSTATE_DIALPARAMS;
constexpr DWORD call_info_states_of_2_0 =
    LINECALLINFOSTATE_TREATMENT | LINECALLINFOSTATE_QOS | LINECALLINFOSTATE_CALLDATA;
constexpr DWORD identity =
    LINECALLPARTYID_NAME | LINECALLPARTYID_ADDRESS | LINECALLPARTYID_UNKNOWN | LINECALLPARTYID_UNAVAIL;

constexpr std::array<LINETERMCAPS, terminals> terminal_caps{
    {{LINETERMDEV_PHONE, terminal_modes, LINETERMSHARING_PRIVATE},
     {LINETERMDEV_SPEAKER, terminal_modes, LINETERMSHARING_PRIVATE},
     {LINETERMDEV_HEADSET, terminal_modes, LINETERMSHARING_PRIVATE}}};

// Each ended by a NUL, the list by one more.
constexpr char16_t line_classes[] = u"tapi/line\0tapi/phone\0offhook/audio\0";

template <class T> void classes(provider::StructureWriter<T>& writer) {
    writer.bytes(&T::dwDeviceClassesSize, &T::dwDeviceClassesOffset, line_classes, sizeof line_classes);
}

DWORD when(bool condition, DWORD bits) { return condition ? bits : 0; }

bool can_call(const Reader& reader, const Station& station) {
    return reader.session.pbx().may_originate(station) == 0;
}

} // namespace

LONG fill(LINEDEVCAPS* target, const Reader& reader, const Station& station) {
    const bool is_2_0 = reader.version >= abi::v2_0;
    return filled(target, reader, [&](provider::StructureWriter<LINEDEVCAPS>& writer) {
        const DWORD permanent =
            (reader.session.permanent_provider_id() << 16U) | static_cast<DWORD>(station.place + 1);
        writer->dwPermanentLineID = permanent;
        writer->dwStringFormat = STRINGFORMAT_UNICODE;
        writer->dwAddressModes = LINEADDRESSMODE_ADDRESSID | LINEADDRESSMODE_DIALABLEADDR;
        writer->dwNumAddresses = 1;
        writer->dwBearerModes = supported_bearers;
        writer->dwMaxRate = largest_rate;
        writer->dwMediaModes = supported_media;
        writer->dwGenerateToneModes = LINETONEMODE_CUSTOM | LINETONEMODE_RINGBACK | LINETONEMODE_BUSY |
                                      LINETONEMODE_BEEP | LINETONEMODE_BILLING;
        writer->dwGenerateToneMaxNumFreq = most_tones;
        writer->dwGenerateDigitModes = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF;
        writer->dwMonitorToneMaxNumFreq = 3;
        writer->dwMonitorToneMaxNumEntries = most_tone_entries;
        writer->dwMonitorDigitModes = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND;
        writer->dwGatherDigitsMinTimeout = shortest_timeout;
        writer->dwGatherDigitsMaxTimeout = longest_timeout;
        writer->dwMedCtlDigitMaxListSize = writer->dwMedCtlMediaMaxListSize =
            writer->dwMedCtlToneMaxListSize = writer->dwMedCtlCallStateMaxListSize = most_media_control;
        writer->dwDevCapFlags = LINEDEVCAPFLAGS_HIGHLEVCOMP | LINEDEVCAPFLAGS_LOWLEVCOMP |
                                LINEDEVCAPFLAGS_MEDIACONTROL | LINEDEVCAPFLAGS_CLOSEDROP;
        writer->dwMaxNumActiveCalls = static_cast<DWORD>(station.limit);
        writer->dwAnswerMode = reader.session.pbx().configuration().answer_mode;
        writer->dwRingModes = ring_modes;
        writer->dwLineStates = reportable_line_states;
        writer->dwUUIAcceptSize = writer->dwUUIAnswerSize = writer->dwUUIMakeCallSize =
            writer->dwUUIDropSize = writer->dwUUISendUserUserInfoSize = writer->dwUUICallInfoSize =
                largest_user_user;
        writer->MinDialParams = least_dial_parameters;
        writer->MaxDialParams = most_dial_parameters;
        writer->DefaultDialParams = usual_dial_parameters;
        writer->dwNumTerminals = static_cast<DWORD>(terminals);
        writer->dwLineFeatures = line_features | LINEFEATURE_MAKECALL | when(is_2_0, line_features_of_2_0);
        writer->dwSettableDevStatus = settable_status;
        writer->PermanentLineGuid.Data1 = permanent;
        writer.text(&LINEDEVCAPS::dwProviderInfoSize, &LINEDEVCAPS::dwProviderInfoOffset,
                    u"Offhook simulated exchange " OFFHOOK_VERSION);
        writer.text(&LINEDEVCAPS::dwSwitchInfoSize, &LINEDEVCAPS::dwSwitchInfoOffset, u"Simulated PBX");
        writer.text(&LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset,
                    abi::to_utf16(station.self.name.empty() ? "Extension " + station.self.address
                                                            : station.self.name));
        writer.bytes(&LINEDEVCAPS::dwTerminalCapsSize, &LINEDEVCAPS::dwTerminalCapsOffset,
                     terminal_caps.data(), sizeof terminal_caps);
        if (is_2_0) classes(writer);
    });
}

LONG fill(LINEADDRESSCAPS* target, const Reader& reader, const Station& station) {
    const bool is_2_0 = reader.version >= abi::v2_0;
    const Configuration& configuration = reader.session.pbx().configuration();
    return filled(target, reader, [&](provider::StructureWriter<LINEADDRESSCAPS>& writer) {
        writer->dwLineDeviceID = reader.session.line_of(station);
        writer->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
        writer->dwAddressStates = reportable_address_states;
        writer->dwCallInfoStates = call_info_states | when(is_2_0, call_info_states_of_2_0);
        writer->dwCallerIDFlags = writer->dwCalledIDFlags = writer->dwConnectedIDFlags =
            writer->dwRedirectionIDFlags = writer->dwRedirectingIDFlags = identity;
        writer->dwCallStates = all_call_states();
        writer->dwDialToneModes = LINEDIALTONEMODE_INTERNAL;
        writer->dwBusyModes = LINEBUSYMODE_STATION | LINEBUSYMODE_TRUNK | LINEBUSYMODE_UNKNOWN;
        writer->dwSpecialInfo = LINESPECIALINFO_CUSTIRREG;
        writer->dwDisconnectModes = disconnect_modes_of_1_x | when(is_2_0, disconnect_modes_of_2_0);
        writer->dwMaxNumActiveCalls = static_cast<DWORD>(station.limit);
        writer->dwMaxNumOnHoldCalls = writer->dwMaxNumOnHoldPendingCalls = 100;
        writer->dwMaxNumConference = writer->dwMaxNumTransConf = static_cast<DWORD>(configuration.conference);
        writer->dwAddrCapFlags = address_flags | when(is_2_0, address_flags_of_2_0);
        writer->dwCallFeatures = all_call_features();
        writer->dwRemoveFromConfCaps = LINEREMOVEFROMCONF_ANY;
        writer->dwRemoveFromConfState = LINECALLSTATE_IDLE;
        writer->dwTransferModes = LINETRANSFERMODE_TRANSFER | LINETRANSFERMODE_CONFERENCE;
        writer->dwParkModes = LINEPARKMODE_DIRECTED | LINEPARKMODE_NONDIRECTED;
        writer->dwForwardModes = all_forward_modes();
        writer->dwMaxForwardEntries = writer->dwMaxSpecificEntries = static_cast<DWORD>(most_forwards);
        writer->dwMinFwdNumRings = fewest_rings;
        writer->dwMaxFwdNumRings = most_rings;
        writer->dwMaxCallCompletions = static_cast<DWORD>(most_completions);
        writer->dwCallCompletionConds = LINECALLCOMPLCOND_BUSY | LINECALLCOMPLCOND_NOANSWER;
        writer->dwCallCompletionModes = LINECALLCOMPLMODE_CALLBACK;
        writer->dwAddressFeatures = address_features | LINEADDRFEATURE_MAKECALL | LINEADDRFEATURE_SETUPCONF |
                                    LINEADDRFEATURE_UNCOMPLETECALL | when(is_2_0, address_features_of_2_0);
        writer->dwMaxCallDataSize = largest_call_data;
        writer->dwCallFeatures2 = features2_of(all_call_features());
        writer->dwMaxNoAnswerTimeout = longest_no_answer / 1000;
        writer->dwConnectedModes = LINECONNECTEDMODE_ACTIVE | LINECONNECTEDMODE_ACTIVEHELD;
        writer->dwOfferingModes = LINEOFFERINGMODE_ACTIVE;
        writer->dwAvailableMediaModes = supported_media;
        writer.text(&LINEADDRESSCAPS::dwAddressSize, &LINEADDRESSCAPS::dwAddressOffset,
                    abi::to_utf16(station.self.address));
        if (!is_2_0) return;
        classes(writer);
        // Treatments have the names that every service knows.
        constexpr std::array<LINECALLTREATMENTENTRY, 4> treatments{{{LINECALLTREATMENT_SILENCE, 0, 0},
                                                                    {LINECALLTREATMENT_RINGBACK, 0, 0},
                                                                    {LINECALLTREATMENT_BUSY, 0, 0},
                                                                    {LINECALLTREATMENT_MUSIC, 0, 0}}};
        writer.bytes(&LINEADDRESSCAPS::dwCallTreatmentListSize, &LINEADDRESSCAPS::dwCallTreatmentListOffset,
                     treatments.data(), sizeof treatments);
        if (writer->dwCallTreatmentListSize != 0)
            writer->dwNumCallTreatments = static_cast<DWORD>(treatments.size());
    });
}

LONG fill(LINEADDRESSSTATUS* target, const Reader& reader, const Station& station) {
    const bool is_2_0 = reader.version >= abi::v2_0;
    return filled(target, reader, [&](provider::StructureWriter<LINEADDRESSSTATUS>& writer) {
        writer->dwNumInUse = station.calls.empty() ? 0 : 1;
        writer->dwNumActiveCalls = static_cast<DWORD>(station.number_of(Occupies::active));
        writer->dwNumOnHoldCalls = static_cast<DWORD>(station.number_of(Occupies::held));
        writer->dwNumOnHoldPendCalls = static_cast<DWORD>(station.number_of(Occupies::held_pending));
        writer->dwAddressFeatures =
            address_features | when(is_2_0, address_features_of_2_0) |
            when(can_call(reader, station), LINEADDRFEATURE_MAKECALL | LINEADDRFEATURE_SETUPCONF) |
            when(reader.session.pbx().completions_of(station) != 0, LINEADDRFEATURE_UNCOMPLETECALL);
        writer->dwNumRingsNoAnswer = station.forwarding.rings;
        writer.bytes(&LINEADDRESSSTATUS::dwTerminalModesSize, &LINEADDRESSSTATUS::dwTerminalModesOffset,
                     station.terminal.data(), sizeof station.terminal);
        const auto& entries = station.forwarding.entries;
        if (entries.empty()) return;
        // The list, and behind it the texts that it points to, as one part.
        const std::size_t start = (writer->dwUsedSize + 1U) / 2 * 2;
        std::vector<LINEFORWARD> list;
        std::u16string texts;
        const std::size_t entry_size = abi::fixed_size<LINEFORWARD>(reader.version);
        const auto text = [&](const std::string& value, DWORD& size, DWORD& offset) {
            if (value.empty()) return;
            offset =
                static_cast<DWORD>(start + entries.size() * entry_size + texts.size() * sizeof(char16_t));
            texts += abi::to_utf16(value) + u'\0';
            size = static_cast<DWORD>(start + entries.size() * entry_size + texts.size() * sizeof(char16_t) -
                                      offset);
        };
        for (const Forward& entry : entries) {
            DWORD caller_size = 0, caller_offset = 0, size = 0, offset = 0;
            text(entry.caller, caller_size, caller_offset);
            text(entry.destination, size, offset);
            LINEFORWARD row{};
            row.dwForwardMode = entry.mode;
            row.dwCallerAddressSize = caller_size;
            row.dwCallerAddressOffset = caller_offset;
            row.dwDestAddressSize = size;
            row.dwDestAddressOffset = offset;
            list.push_back(row);
        }
        Bytes block;
        for (const LINEFORWARD& row : list) {
            const auto bytes = bytes_of(&row, entry_size);
            block.insert(block.end(), bytes.begin(), bytes.end());
        }
        const auto tail = bytes_of(texts.data(), texts.size() * sizeof(char16_t));
        block.insert(block.end(), tail.begin(), tail.end());
        writer.bytes(&LINEADDRESSSTATUS::dwForwardSize, &LINEADDRESSSTATUS::dwForwardOffset, block.data(),
                     block.size());
        if (writer->dwForwardSize == 0) return;
        // The array is the entries alone; their texts lie behind it.
        writer->dwForwardSize = static_cast<DWORD>(entries.size() * entry_size);
        writer->dwForwardNumEntries = static_cast<DWORD>(entries.size());
    });
}

LONG fill(LINEDEVSTATUS* target, const Reader& reader, const Station& station) {
    const bool is_2_0 = reader.version >= abi::v2_0;
    return filled(target, reader, [&](provider::StructureWriter<LINEDEVSTATUS>& writer) {
        writer->dwNumActiveCalls = static_cast<DWORD>(station.number_of(Occupies::active));
        writer->dwNumOnHoldCalls = static_cast<DWORD>(station.number_of(Occupies::held));
        writer->dwNumOnHoldPendCalls = static_cast<DWORD>(station.number_of(Occupies::held_pending));
        writer->dwLineFeatures = line_features | when(is_2_0, line_features_of_2_0) |
                                 when(can_call(reader, station), LINEFEATURE_MAKECALL);
        writer->dwNumCallCompletions = reader.session.pbx().completions_of(station);
        writer->dwRingMode = station.phone.ring_mode;
        writer->dwSignalLevel = writer->dwBatteryLevel = 0xFFFF;
        writer->dwRoamMode = LINEROAMMODE_UNAVAIL;
        writer->dwDevStatusFlags = station.status;
        writer->dwAvailableMediaModes = station.is_usable() ? supported_media : 0;
        writer.bytes(&LINEDEVSTATUS::dwTerminalModesSize, &LINEDEVSTATUS::dwTerminalModesOffset,
                     station.terminal.data(), sizeof station.terminal);
    });
}

} // namespace offhook::sim
