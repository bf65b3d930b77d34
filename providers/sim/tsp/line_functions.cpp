// SPDX-License-Identifier: Apache-2.0
//
// TSPI_line… of devices, lines and addresses.

#include "abi/utf16.h"
#include "offhook/audio.h"
#include "provider/text.h"
#include "provider/version.h"
#include "providers/sim/tsp/module.h"
#include "providers/sim/tsp/structures.h"

#include <algorithm>
#include <bit>

using namespace offhook;
using namespace offhook::sim;

namespace {

Reader reader_of(Session& session, const OpenLine& line) { return {session, line.service.version}; }

// What a device says of itself, open or not.
template <class Body>
LONG of_device(const char* function, DWORD device, DWORD version, DWORD ext_version, Body&& body) {
    return in_session(function, [&](Session& session) -> LONG {
        const Station* station = session.line_device(device);
        if (station == nullptr) return LINEERR_BADDEVICEID;
        if (!provider::is_known_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
        if (ext_version != 0 && ext_version != extension_version) return LINEERR_INCOMPATIBLEEXTVERSION;
        return body(Reader{session, version}, *station);
    });
}

bool is_device_class(Session& session, LPCWSTR given, std::u16string_view name) {
    return given != nullptr && is_class(session.misbehaviour(), given, name);
}

// What a line, an address or a call is the scope of (LINECALLSELECT_).
struct Scope {
    LONG error = 0;
    std::shared_ptr<OpenLine> line;
    std::shared_ptr<Call> call; // null: the line, or its address, as such
};

Scope scope_of(Session& session, HDRVLINE line, DWORD address, HDRVCALL call, DWORD select) {
    switch (select) {
    case LINECALLSELECT_CALL: {
        const auto found = session.call(call);
        return found ? Scope{0, found->name->line, found} : Scope{LINEERR_INVALCALLHANDLE, nullptr, nullptr};
    }
    case LINECALLSELECT_LINE:
    case LINECALLSELECT_ADDRESS: {
        const auto found = session.line(line);
        if (!found) return {LINEERR_INVALLINEHANDLE, nullptr, nullptr};
        const bool is_other_address = select == LINECALLSELECT_ADDRESS && address != 0;
        return {is_other_address ? LINEERR_INVALADDRESSID : 0, found, nullptr};
    }
    default: return {LINEERR_INVALCALLSELECT, nullptr, nullptr};
    }
}

// The bytes of a device-specific request start with what is wanted (README.md).
constexpr DWORD count_calls = 1;
struct CountCalls {
    DWORD wanted;
    DWORD calls;
};

} // namespace

LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                 LPLINEDEVCAPS lpLineDevCaps) {
    return of_device(
        __func__, dwDeviceID, dwTSPIVersion, dwExtVersion,
        [&](const Reader& reader, const Station& station) { return fill(lpLineDevCaps, reader, station); });
}

LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID, DWORD dwTSPIVersion,
                                     DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps) {
    return of_device(__func__, dwDeviceID, dwTSPIVersion, dwExtVersion,
                     [&](const Reader& reader, const Station& station) -> LONG {
                         if (dwAddressID != 0) return LINEERR_INVALADDRESSID;
                         return fill(lpAddressCaps, reader, station);
                     });
}

LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine, DWORD dwTSPIVersion,
                           LINEEVENT lpfnEventProc) {
    return in_session(__func__, [&](Session& session) {
        return session.open(dwDeviceID, htLine, lphdLine, dwTSPIVersion, lpfnEventProc);
    });
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine) {
    return closing(__func__, [&](Session& session) { return session.close(hdLine); });
}

LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                   LPCWSTR lpsAddress, DWORD dwSize) {
    return of_line(__func__, hdLine, [&](Session&, const OpenLine& line) -> LONG {
        if (lpdwAddressID == nullptr || lpsAddress == nullptr) return LINEERR_INVALPOINTER;
        if (dwAddressMode != LINEADDRESSMODE_DIALABLEADDR) return LINEERR_INVALADDRESSMODE;
        if (abi::to_utf8(provider::counted_text(lpsAddress, dwSize)) != line.station->self.address)
            return LINEERR_INVALADDRESS;
        *lpdwAddressID = 0;
        return 0;
    });
}

LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
                                       LPLINEADDRESSSTATUS lpAddressStatus) {
    return of_line(__func__, hdLine, [&](Session& session, const OpenLine& line) -> LONG {
        if (dwAddressID != 0) return LINEERR_INVALADDRESSID;
        return fill(lpAddressStatus, reader_of(session, line), *line.station);
    });
}

LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs) {
    return of_line(__func__, hdLine, [&](Session&, const OpenLine&) -> LONG {
        if (lpdwNumAddressIDs == nullptr) return LINEERR_INVALPOINTER;
        *lpdwNumAddressIDs = 1;
        return 0;
    });
}

LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus) {
    return of_line(__func__, hdLine, [&](Session& session, const OpenLine& line) {
        return fill(lpLineDevStatus, reader_of(session, line), *line.station);
    });
}

LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates, DWORD dwAddressStates) {
    return of_line(__func__, hdLine, [&](Session&, OpenLine& line) -> LONG {
        if ((dwLineStates & ~provider::defined_line_states) != 0) return LINEERR_INVALLINESTATE;
        if ((dwAddressStates & ~provider::defined_address_states) != 0) return LINEERR_INVALADDRESSSTATE;
        line.line_states = dwLineStates;
        line.address_states = dwAddressStates;
        return 0;
    });
}

LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes) {
    return closing(__func__, [&](Session& session) -> LONG { // R089: a call that is not wanted any more
        const auto line = session.line(hdLine);
        return line ? session.set_media(*line, dwMediaModes) : LINEERR_INVALLINEHANDLE;
    });
}

LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
                                                LPLINECALLPARAMS const lpCallParams) {
    return of_line(__func__, hdLine, [&](Session& session, const OpenLine& line) -> LONG {
        if ((dwMediaModes & ~supported_media) != 0) return LINEERR_INVALMEDIAMODE;
        CallParameters parameters;
        if (const LONG error = read(lpCallParams, reader_of(session, line), parameters)) return error;
        return session.pbx().may_originate(*line.station) == 0 ? 0 : LINEERR_RESOURCEUNAVAIL;
    });
}

LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
                            LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass, HANDLE) {
    return in_session(__func__, [&](Session& session) -> LONG {
        if (lpszDeviceClass == nullptr || lpDeviceID == nullptr) return LINEERR_INVALPOINTER;
        const Scope scope = scope_of(session, hdLine, dwAddressID, hdCall, dwSelect);
        if (scope.error != 0) return scope.error;
        const Station* station = scope.line->station;
        const Reader reader{session, abi::v1_3}; // a VARSTRING is the same in all versions
        const auto device = [&](DWORD id) { return fill_binary(lpDeviceID, reader, &id, sizeof id); };
        if (is_device_class(session, lpszDeviceClass, u"tapi/line")) return device(session.line_of(*station));
        if (is_device_class(session, lpszDeviceClass, u"tapi/phone"))
            return device(session.phone_of(*station));
        if (is_device_class(session, lpszDeviceClass, OFFHOOK_AUDIO_CLASS_W))
            return dwSelect == LINECALLSELECT_CALL ? session.open_audio(*scope.call, lpDeviceID)
                                                   : LINEERR_INVALCALLSELECT; // a line as such has no audio
        return LINEERR_INVALDEVICECLASS;
    });
}

// None of its own: the service shows a generic one.
LONG TSPIAPI TSPI_lineGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon) {
    return in_session(__func__, [&](Session& session) -> LONG {
        if (session.line_device(dwDeviceID) == nullptr) return LINEERR_BADDEVICEID;
        if (lphIcon == nullptr) return LINEERR_INVALPOINTER;
        if (lpszDeviceClass != nullptr && *lpszDeviceClass != u'\0' &&
            !is_device_class(session, lpszDeviceClass, u"tapi/line"))
            return LINEERR_INVALDEVICECLASS;
        *lphIcon = nullptr;
        return 0;
    });
}

LONG TSPIAPI TSPI_lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCWSTR lpszDeviceClass) {
    return in_session(__func__, [&](Session& session) -> LONG {
        const Station* station = session.line_device(dwDeviceID);
        if (station == nullptr) return LINEERR_BADDEVICEID;
        if (!is_device_class(session, lpszDeviceClass, u"tapi/line")) return LINEERR_INVALDEVICECLASS;
        return fill_binary(lpDeviceConfig, {session, abi::v1_3}, station->configuration.data(),
                           station->configuration.size());
    });
}

LONG TSPIAPI TSPI_lineSetDevConfig(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
                                   LPCWSTR lpszDeviceClass) {
    return in_session(__func__, [&](Session& session) -> LONG {
        constexpr DWORD largest = 4096;
        Station* station = session.line_device(dwDeviceID);
        if (station == nullptr) return LINEERR_BADDEVICEID;
        if (!is_device_class(session, lpszDeviceClass, u"tapi/line")) return LINEERR_INVALDEVICECLASS;
        if (lpDeviceConfig == nullptr) return LINEERR_INVALPOINTER;
        if (dwSize > largest) return LINEERR_INVALPARAM;
        station->configuration = bytes_of(lpDeviceConfig, dwSize);
        if (OpenLine* line = session.line_at(*station);
            line != nullptr && (line->line_states & LINEDEVSTATE_CONFIGCHANGE) != 0)
            session.say(*line, {LINE_LINEDEVSTATE, LINEDEVSTATE_CONFIGCHANGE});
        return 0;
    });
}

LONG TSPIAPI TSPI_lineSetLineDevStatus(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwStatusToChange,
                                       DWORD fStatus) {
    return in_session(__func__, [&](Session& session) {
        return session.on_line(
            dwRequestID, hdLine, [&session, dwStatusToChange, fStatus](OpenLine& line) -> LONG {
                if (dwStatusToChange == 0 || (dwStatusToChange & ~settable_status) != 0)
                    return LINEERR_INVALPARAM;
                const DWORD status = line.station->status;
                session.pbx().set_status(*line.station, fStatus != 0 ? status | dwStatusToChange
                                                                     : status & ~dwStatusToChange);
                return 0;
            });
    });
}

LONG TSPIAPI TSPI_lineForward(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD bAllAddresses,
                              DWORD dwAddressID, LPLINEFORWARDLIST const lpForwardList,
                              DWORD dwNumRingsNoAnswer, HTAPICALL, LPHDRVCALL lphdConsultCall,
                              LPLINECALLPARAMS const) {
    return in_session(__func__, [&](Session& session) -> LONG {
        if (!session.line(hdLine)) return LINEERR_INVALLINEHANDLE;
        if (bAllAddresses == 0 && dwAddressID != 0) return LINEERR_INVALADDRESSID;
        Forwarding forwarding; // copied now: the list is the caller's (R050)
        if (const LONG error = read(lpForwardList, dwNumRingsNoAnswer, session.pbx(), forwarding))
            return error;
        if (lphdConsultCall != nullptr) *lphdConsultCall = nullptr; // no consultation is needed
        return session.on_line(dwRequestID, hdLine,
                               [&session, forwarding](OpenLine& line, Ticket& ticket) -> LONG {
                                   ticket.succeed(); // accepted; in effect is what follows (R229)
                                   session.pbx().forward(*line.station, forwarding);
                                   return 0;
                               });
    });
}

LONG TSPIAPI TSPI_lineUncompleteCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwCompletionID) {
    return in_session(__func__, [&](Session& session) {
        return session.on_line(dwRequestID, hdLine, [&session, dwCompletionID](OpenLine& line) {
            return session.pbx().uncomplete_call(*line.station, dwCompletionID);
        });
    });
}

LONG TSPIAPI TSPI_lineSetTerminal(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                  HDRVCALL hdCall, DWORD dwSelect, DWORD dwTerminalModes, DWORD dwTerminalID,
                                  DWORD bEnable) {
    return in_session(__func__, [&](Session& session) -> LONG {
        const Scope scope = scope_of(session, hdLine, dwAddressID, hdCall, dwSelect);
        if (scope.error != 0) return scope.error;
        if (dwTerminalModes == 0 || (dwTerminalModes & ~terminal_modes) != 0)
            return LINEERR_INVALTERMINALMODE;
        if (dwTerminalID >= terminals) return LINEERR_INVALTERMINALID;
        const auto line = provider::to_handle<HDRVLINE>(scope.line->handle);
        return session.on_line(
            dwRequestID, line,
            [&session, call = scope.call, dwTerminalModes, dwTerminalID, bEnable](OpenLine& on) -> LONG {
                DWORD& modes = on.station->terminal[dwTerminalID];
                modes = bEnable != 0 ? modes | dwTerminalModes : modes & ~dwTerminalModes;
                if (call && call->standing == Standing::known && call->state != CallState::idle)
                    session.say(CallNotice{call->name, {LINE_CALLINFO, LINECALLINFOSTATE_TERMINAL}, nullptr});
                if ((on.line_states & LINEDEVSTATE_TERMINALS) != 0)
                    session.say(on, {LINE_LINEDEVSTATE, LINEDEVSTATE_TERMINALS});
                if ((on.address_states & LINEADDRESSSTATE_TERMINALS) != 0)
                    session.say(on, {LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_TERMINALS});
                return 0;
            });
    });
}

namespace {

// Copies a list (R050). False: it is too long, or has an action that there is not.
template <class Entry> bool take(std::vector<Entry>& out, const Entry* list, DWORD entries) {
    if (entries > most_media_control || (list == nullptr && entries != 0)) return false;
    if (list != nullptr) out.assign(list, list + entries);
    return std::all_of(out.begin(), out.end(), [](const Entry& entry) {
        return std::has_single_bit(DWORD{entry.dwMediaControl}) &&
               (entry.dwMediaControl & ~media_actions) == 0;
    });
}

} // namespace

LONG TSPIAPI TSPI_lineSetMediaControl(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
                                      LPLINEMEDIACONTROLDIGIT const lpDigitList, DWORD dwDigitNumEntries,
                                      LPLINEMEDIACONTROLMEDIA const lpMediaList, DWORD dwMediaNumEntries,
                                      LPLINEMEDIACONTROLTONE const lpToneList, DWORD dwToneNumEntries,
                                      LPLINEMEDIACONTROLCALLSTATE const lpCallStateList,
                                      DWORD dwCallStateNumEntries) {
    return in_session(__func__, [&](Session& session) -> LONG {
        const Scope scope = scope_of(session, hdLine, dwAddressID, hdCall, dwSelect);
        if (scope.error != 0) return scope.error;
        MediaControl control; // null: there is none of that kind any more
        if (!take(control.digits, lpDigitList, dwDigitNumEntries)) return LINEERR_INVALDIGITLIST;
        if (!take(control.media, lpMediaList, dwMediaNumEntries)) return LINEERR_INVALMEDIALIST;
        if (!take(control.tones, lpToneList, dwToneNumEntries)) return LINEERR_INVALTONELIST;
        if (!take(control.states, lpCallStateList, dwCallStateNumEntries)) return LINEERR_INVALCALLSTATELIST;
        for (const auto& entry : control.media)
            if ((entry.dwMediaModes & ~supported_media) != 0) return LINEERR_INVALMEDIALIST;
        if (scope.call) scope.call->media_control = std::move(control);
        else scope.line->station->media_control = std::move(control);
        return 0;
    });
}

// ---- The extension

// One thing can be asked: how many calls the line has had. Any other block comes back as it was (R254).
LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL,
                                  LPVOID lpParams, DWORD dwSize) {
    return in_session(__func__, [&](Session& session) {
        return session.on_line(
            dwRequestID, hdLine, [&session, dwAddressID, lpParams, dwSize](OpenLine& line) -> LONG {
                if (line.extension_version == 0 && !session.misbehaviour().asked(Fault::r255)) // R255
                    return LINEERR_OPERATIONUNAVAIL;
                if (dwAddressID != 0) return LINEERR_INVALADDRESSID;
                CountCalls block{};
                if (lpParams == nullptr || dwSize < sizeof block) return 0;
                std::memcpy(&block, lpParams, sizeof block);
                if (session.misbehaviour().asked(Fault::r254)) block.wanted = 0xBAD;
                if (block.wanted == count_calls) block.calls = line.station->calls_so_far;
                if (!session.misbehaviour().asked(Fault::r056)) // before the completion (R056)
                    std::memcpy(lpParams, &block, sizeof block);
                if (block.wanted == count_calls)
                    session.say(line, {LINE_DEVSPECIFIC, count_calls, block.calls});
                return 0;
            });
    });
}

// The one feature that the line has as a button.
LONG TSPIAPI TSPI_lineDevSpecificFeature(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwFeature, LPVOID,
                                         DWORD) {
    return in_session(__func__, [&](Session& session) {
        return session.on_line(dwRequestID, hdLine, [&session, dwFeature](OpenLine& line) -> LONG {
            if (line.extension_version == 0 && !session.misbehaviour().asked(Fault::r255))
                return LINEERR_OPERATIONUNAVAIL;
            if (dwFeature != PHONEBUTTONFUNCTION_DONOTDISTURB) return LINEERR_INVALFEATURE;
            session.pbx().press(*line.station, do_not_disturb_button);
            session.say(line, {LINE_DEVSPECIFICFEATURE, dwFeature});
            return 0;
        });
    });
}
