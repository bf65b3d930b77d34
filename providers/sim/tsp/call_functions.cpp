// SPDX-License-Identifier: Apache-2.0
//
// TSPI_line… of calls that are there. Those that make calls are in new_call_functions.cpp.

#include "abi/utf16.h"
#include "provider/dial_string.h"
#include "providers/sim/tsp/module.h"
#include "providers/sim/tsp/structures.h"

#include <span>

using namespace offhook;
using namespace offhook::sim;

namespace {

Reader reader_of(Session& session, const Call& call) { return {session, call.name->line->service.version}; }

// Asks something of the exchange about one call.
template <class Ask> LONG ask(const char* function, DRV_REQUESTID id, HDRVCALL call, Ask ask) {
    return in_session(function, [&](Session& session) {
        return session.on_call(id, call,
                               [&session, ask](Call& target) { return ask(session.pbx(), target); });
    });
}

// The same with information for the other user, which goes first.
template <class Ask>
LONG ask_with_information(const char* function, DRV_REQUESTID id, HDRVCALL call, LPCSTR information,
                          DWORD size, Ask after) {
    if (information != nullptr && size > largest_user_user) return LINEERR_USERUSERINFOTOOBIG;
    return ask(function, id, call,
               [bytes = bytes_of(information, size), after](Pbx& pbx, Call& target) -> LONG {
                   if (!bytes.empty()) static_cast<void>(pbx.send_user_user(target, bytes));
                   return after(pbx, target);
               });
}

// A number that a call is to go to.
template <class Ask>
LONG send_to(const char* function, DRV_REQUESTID id, HDRVCALL call, LPCWSTR address, Ask after) {
    if (address == nullptr) return LINEERR_INVALADDRESS;
    const provider::Dialed dialed = provider::read_dial_string(abi::to_utf8(address));
    if (dialed.error != 0 || dialed.digits.empty()) return LINEERR_INVALADDRESS;
    return ask(function, id, call, [number = dialed.digits, after](Pbx& pbx, Call& target) {
        return after(pbx, target, number);
    });
}

// Changes something of a call that is in LINECALLINFO.
template <class Change>
LONG change(const char* function, DRV_REQUESTID id, HDRVCALL call, DWORD what, Change change_it) {
    return in_session(function, [&](Session& session) {
        return session.on_call(id, call, [&session, what, change_it](Call& target) -> LONG {
            if (target.state == CallState::idle) return LINEERR_INVALCALLSTATE;
            change_it(target);
            session.say(CallNotice{target.name, {LINE_CALLINFO, what}, nullptr});
            return 0;
        });
    });
}

} // namespace

// ---- Control

LONG TSPIAPI TSPI_lineAccept(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                             DWORD dwSize) {
    return ask_with_information(__func__, dwRequestID, hdCall, lpsUserUserInfo, dwSize,
                                [](Pbx& pbx, Call& call) { return pbx.accept(call); });
}

LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                             DWORD dwSize) {
    return ask_with_information(__func__, dwRequestID, hdCall, lpsUserUserInfo, dwSize,
                                [](Pbx& pbx, Call& call) { return pbx.answer(call); });
}

LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo, DWORD dwSize) {
    return ask_with_information(__func__, dwRequestID, hdCall, lpsUserUserInfo, dwSize,
                                [](Pbx& pbx, Call& call) { return pbx.drop(call); });
}

LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall) {
    return ask(__func__, dwRequestID, hdCall, [](Pbx& pbx, Call& call) { return pbx.hold(call); });
}

LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall) {
    return ask(__func__, dwRequestID, hdCall, [](Pbx& pbx, Call& call) { return pbx.unhold(call); });
}

LONG TSPIAPI TSPI_lineSecureCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall) {
    return ask(__func__, dwRequestID, hdCall, [](Pbx& pbx, Call& call) { return pbx.secure(call); });
}

LONG TSPIAPI TSPI_lineRemoveFromConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall) {
    return ask(__func__, dwRequestID, hdCall,
               [](Pbx& pbx, Call& call) { return pbx.remove_from_conference(call); });
}

LONG TSPIAPI TSPI_lineReleaseUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall) {
    return ask(__func__, dwRequestID, hdCall,
               [](Pbx& pbx, Call& call) { return pbx.release_user_user(call); });
}

LONG TSPIAPI TSPI_lineSendUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                                       DWORD dwSize) {
    return ask(__func__, dwRequestID, hdCall,
               [bytes = bytes_of(lpsUserUserInfo, dwSize)](Pbx& pbx, Call& call) {
                   return pbx.send_user_user(call, bytes);
               });
}

LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress, DWORD) {
    if (lpszDestAddress == nullptr) return LINEERR_INVALADDRESS;
    return ask(__func__, dwRequestID, hdCall, [text = abi::to_utf8(lpszDestAddress)](Pbx& pbx, Call& call) {
        return pbx.dial(call, pbx.heard(text));
    });
}

LONG TSPIAPI TSPI_lineRedirect(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress, DWORD) {
    return send_to(
        __func__, dwRequestID, hdCall, lpszDestAddress,
        [](Pbx& pbx, Call& call, const std::string& number) { return pbx.redirect(call, number); });
}

LONG TSPIAPI TSPI_lineBlindTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress,
                                    DWORD) {
    return send_to(
        __func__, dwRequestID, hdCall, lpszDestAddress,
        [](Pbx& pbx, Call& call, const std::string& number) { return pbx.blind_transfer(call, number); });
}

LONG TSPIAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall, HDRVCALL hdHeldCall) {
    return in_session(__func__, [&](Session& session) {
        return session.on_call(dwRequestID, hdActiveCall, [&session, hdHeldCall](Call& active) -> LONG {
            const auto held = session.call(hdHeldCall);
            return held ? session.pbx().swap(active, *held) : LINEERR_INVALCALLHANDLE;
        });
    });
}

LONG TSPIAPI TSPI_lineAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
                                      HDRVCALL hdConsultCall) {
    return in_session(__func__, [&](Session& session) {
        return session.on_call(dwRequestID, hdConfCall, [&session, hdConsultCall](Call& conference) -> LONG {
            const auto added = session.call(hdConsultCall);
            return added ? session.pbx().add_to_conference(conference, *added) : LINEERR_INVALCALLHANDLE;
        });
    });
}

LONG TSPIAPI TSPI_linePark(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwParkMode,
                           LPCWSTR lpszDirAddress, LPVARSTRING lpNonDirAddress) {
    if (dwParkMode != LINEPARKMODE_DIRECTED && dwParkMode != LINEPARKMODE_NONDIRECTED)
        return LINEERR_INVALPARKMODE;
    const bool directed = dwParkMode == LINEPARKMODE_DIRECTED;
    if (directed ? lpszDirAddress == nullptr : lpNonDirAddress == nullptr) return LINEERR_INVALPOINTER;
    const std::string address = directed ? abi::to_utf8(lpszDirAddress) : std::string();
    return in_session(__func__, [&](Session& session) {
        return session.on_call(dwRequestID, hdCall,
                               [&session, directed, address, lpNonDirAddress](Call& call) -> LONG {
                                   if (directed) return session.pbx().park(call, address);
                                   const std::u16string slot = abi::to_utf16(session.pbx().free_slot());
                                   if (slot.empty()) return LINEERR_RESOURCEUNAVAIL;
                                   const std::size_t room = lpNonDirAddress->dwTotalSize;
                                   if (room < sizeof(VARSTRING) + (slot.size() + 1) * sizeof(char16_t))
                                       return LINEERR_STRUCTURETOOSMALL; // the address must not be lost
                                   if (const LONG error = session.pbx().park(call, abi::to_utf8(slot)))
                                       return error;
                                   if (session.misbehaviour().asked(Fault::r056))
                                       return 0; // and the output stays as it was
                                   return fill_text(lpNonDirAddress, {session, abi::v1_3}, slot);
                               });
    });
}

LONG TSPIAPI TSPI_lineCompleteCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPDWORD lpdwCompletionID,
                                   DWORD dwCompletionMode, DWORD) {
    if (lpdwCompletionID == nullptr) return LINEERR_INVALPOINTER;
    return ask(__func__, dwRequestID, hdCall, [lpdwCompletionID, dwCompletionMode](Pbx& pbx, Call& call) {
        DWORD id = 0;
        const LONG error = pbx.complete_call(call, dwCompletionMode, id);
        if (error == 0) *lpdwCompletionID = id; // before the completion of the request (R056)
        return error;
    });
}

LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall) {
    return closing(__func__, [&](Session& session) { return session.close(hdCall); });
}

// ---- Information

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo) {
    return of_call(__func__, hdCall, [&](Session& session, const Call& call) {
        return fill(lpCallInfo, reader_of(session, call), call);
    });
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus) {
    return of_call(__func__, hdCall, [&](Session& session, const Call& call) -> LONG {
        if (call.state == CallState::idle && session.misbehaviour().asked(Fault::r068))
            return LINEERR_INVALCALLSTATE;
        return fill(lpCallStatus, reader_of(session, call), call);
    });
}

LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID) {
    return of_call(__func__, hdCall, [&](Session&, const Call&) -> LONG {
        if (lpdwAddressID == nullptr) return LINEERR_INVALPOINTER;
        *lpdwAddressID = 0;
        return 0;
    });
}

LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific) {
    return of_call(__func__, hdCall, [&](Session& session, Call& call) -> LONG {
        call.app_specific = dwAppSpecific;
        if (session.misbehaviour().asked(Fault::r052)) {
            constexpr DRV_REQUESTID nobodys = 0x7FFFFFF0;
            session.say(StrayNotice{nobodys, 0});
        }
        const bool told = call.state != CallState::idle ? !session.misbehaviour().asked(Fault::r135)
                                                        : session.misbehaviour().asked(Fault::r127_set);
        if (told) session.say(CallNotice{call.name, {LINE_CALLINFO, LINECALLINFOSTATE_APPSPECIFIC}, nullptr});
        return 0;
    });
}

LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode) {
    return of_call(__func__, hdCall, [&](Session& session, Call& call) {
        return session.pbx().set_media_mode(call, dwMediaMode);
    });
}

LONG TSPIAPI TSPI_lineSetCallData(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPVOID lpCallData,
                                  DWORD dwSize) {
    if (dwSize > largest_call_data || (dwSize != 0 && lpCallData == nullptr)) return LINEERR_INVALPARAM;
    return change(__func__, dwRequestID, hdCall, LINECALLINFOSTATE_CALLDATA,
                  [data = bytes_of(lpCallData, dwSize)](Call& call) { call.call_data = data; });
}

LONG TSPIAPI TSPI_lineSetCallParams(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwBearerMode,
                                    DWORD dwMinRate, DWORD dwMaxRate, LPLINEDIALPARAMS const lpDialParams) {
    if (dwBearerMode == 0 || (dwBearerMode & (dwBearerMode - 1)) != 0) return LINEERR_INVALBEARERMODE;
    if ((dwBearerMode & supported_bearers) == 0) return LINEERR_BEARERMODEUNAVAIL;
    if (dwMinRate > dwMaxRate) return LINEERR_INVALRATE;
    if (dwMinRate > largest_rate) return LINEERR_RATEUNAVAIL;
    const DWORD rate = dwMaxRate == 0 ? largest_rate : std::min<DWORD>(dwMaxRate, largest_rate);
    std::vector<LINEDIALPARAMS> dial; // none: they stay as they are
    if (lpDialParams != nullptr) dial.push_back(*lpDialParams);
    return ask(__func__, dwRequestID, hdCall, [dwBearerMode, rate, dial](Pbx& pbx, Call& call) {
        return pbx.set_parameters(call, dwBearerMode, rate, dial.empty() ? nullptr : dial.data());
    });
}

LONG TSPIAPI TSPI_lineSetCallQualityOfService(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                              LPVOID lpSendingFlowspec, DWORD dwSendingFlowspecSize,
                                              LPVOID lpReceivingFlowspec, DWORD dwReceivingFlowspecSize) {
    return change(__func__, dwRequestID, hdCall, LINECALLINFOSTATE_QOS,
                  [sending = bytes_of(lpSendingFlowspec, dwSendingFlowspecSize),
                   receiving = bytes_of(lpReceivingFlowspec, dwReceivingFlowspecSize)](Call& call) {
                      call.sending_flowspec = sending;
                      call.receiving_flowspec = receiving;
                  });
}

LONG TSPIAPI TSPI_lineSetCallTreatment(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwTreatment) {
    if (dwTreatment < LINECALLTREATMENT_SILENCE || dwTreatment > LINECALLTREATMENT_MUSIC)
        return LINEERR_INVALPARAM;
    return change(__func__, dwRequestID, hdCall, LINECALLINFOSTATE_TREATMENT,
                  [dwTreatment](Call& call) { call.treatment = dwTreatment; });
}

// ---- Digits, tones and media

LONG TSPIAPI TSPI_lineMonitorDigits(HDRVCALL hdCall, DWORD dwDigitModes) {
    return of_call(__func__, hdCall, [&](Session& session, Call& call) {
        return session.pbx().monitor_digits(call, dwDigitModes);
    });
}

LONG TSPIAPI TSPI_lineGatherDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitModes, LPWSTR lpsDigits,
                                   DWORD dwNumDigits, LPCWSTR lpszTerminationDigits,
                                   DWORD dwFirstDigitTimeout, DWORD dwInterDigitTimeout) {
    return of_call(__func__, hdCall, [&](Session& session, Call& call) -> LONG {
        if (lpsDigits == nullptr) return session.pbx().stop_gathering(call);
        if (dwNumDigits == 0) return LINEERR_INVALPARAM;
        for (const DWORD timeout : {dwFirstDigitTimeout, dwInterDigitTimeout})
            if (timeout != 0 && (timeout < shortest_timeout || timeout > longest_timeout))
                return LINEERR_INVALTIMEOUT;
        Gathering gathering;
        gathering.end_to_end_id = dwEndToEndID;
        gathering.modes = dwDigitModes;
        gathering.buffer = lpsDigits;
        gathering.wanted = dwNumDigits;
        if (lpszTerminationDigits != nullptr) gathering.terminators = lpszTerminationDigits;
        constexpr std::u16string_view digits = u"0123456789*#ABCD";
        if (gathering.terminators.find_first_not_of(digits) != std::u16string::npos)
            return LINEERR_INVALDIGITS;
        gathering.inter_digit_timeout = dwInterDigitTimeout;
        return session.pbx().gather_digits(call, std::move(gathering), dwFirstDigitTimeout);
    });
}

LONG TSPIAPI TSPI_lineGenerateDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitMode,
                                     LPCWSTR lpszDigits, DWORD dwDuration) {
    return of_call(__func__, hdCall, [&](Session& session, Call& call) -> LONG {
        if (lpszDigits == nullptr) return session.pbx().stop_generating(call);
        return session.pbx().generate_digits(
            call, {dwEndToEndID, dwDigitMode, abi::to_utf8(lpszDigits), dwDuration});
    });
}

namespace {

// The tones that have names, as they sound in Europe (ITU-T E.180/Q.35).
Sound sound_of_mode(DWORD tone) {
    switch (tone) {
    case LINETONEMODE_RINGBACK: return sound_of(ProgressTone::ringing);
    case LINETONEMODE_BUSY: return sound_of(ProgressTone::busy);
    case LINETONEMODE_BEEP: return {{1400}};
    case LINETONEMODE_BILLING: return {{16'000}};
    default: return {};
    }
}

Pulse pulse_of(const LINEGENERATETONE& tone) {
    if (tone.dwCadenceOff == 0) return {tone.dwFrequency, 0, 1, 1, tone.dwVolume}; // constant
    const DWORD on = std::min(tone.dwCadenceOn, longest_cadence);
    return {tone.dwFrequency, 0, on, on + std::min(tone.dwCadenceOff, longest_cadence), tone.dwVolume};
}

} // namespace

LONG TSPIAPI TSPI_lineGenerateTone(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwToneMode, DWORD dwDuration,
                                   DWORD dwNumTones, LPLINEGENERATETONE const lpTones) {
    return of_call(__func__, hdCall, [&](Session& session, Call& call) -> LONG {
        if (dwToneMode == 0) return session.pbx().stop_generating(call);
        Sound sound = sound_of_mode(dwToneMode);
        if (dwToneMode == LINETONEMODE_CUSTOM) {
            if (dwNumTones == 0 || dwNumTones > most_tones || lpTones == nullptr) return LINEERR_INVALTONE;
            for (const auto& tone : std::span(lpTones, dwNumTones)) sound.push_back(pulse_of(tone));
        } else if (sound.empty()) {
            return LINEERR_INVALTONEMODE;
        }
        return session.pbx().generate_tone(call, {dwEndToEndID, dwToneMode, "", dwDuration},
                                           std::move(sound));
    });
}

LONG TSPIAPI TSPI_lineMonitorTones(HDRVCALL hdCall, DWORD dwToneListID, LPLINEMONITORTONE const lpToneList,
                                   DWORD dwNumEntries) {
    return of_call(__func__, hdCall, [&](Session&, Call& call) -> LONG {
        if (lpToneList == nullptr) {
            call.monitored_tones.erase(dwToneListID);
            return 0;
        }
        if (call.state == CallState::idle) return LINEERR_INVALCALLSTATE;
        if (dwNumEntries > most_tone_entries) return LINEERR_INVALTONE;
        call.monitored_tones[dwToneListID] = {lpToneList, lpToneList + dwNumEntries};
        return 0;
    });
}

LONG TSPIAPI TSPI_lineMonitorMedia(HDRVCALL hdCall, DWORD dwMediaModes) {
    return of_call(__func__, hdCall, [&](Session&, Call& call) -> LONG {
        if ((dwMediaModes & ~supported_media) != 0) return LINEERR_INVALMEDIAMODE;
        if (dwMediaModes != 0 && call.state == CallState::idle) return LINEERR_INVALCALLSTATE;
        call.monitored_media = dwMediaModes;
        return 0;
    });
}
