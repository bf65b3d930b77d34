// SPDX-License-Identifier: Apache-2.0
//
// TSPI_line… of calls.

#include "providers/sip/tsp/module.h"

using namespace offhook::sip;

LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                               LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD,
                               LPLINECALLPARAMS const lpCallParams) {
    return in_session(__func__, [&](Session& session) { // Without an address the call would wait at a dial
                                                        // tone, and a SIP line has none.
        if (lpszDestAddress == nullptr) return LINEERR_INVALADDRESS;
        return session.make_call(dwRequestID, hdLine, htCall, lphdCall, lpszDestAddress, lpCallParams);
    });
}

LONG TSPIAPI TSPI_lineAccept(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR, DWORD) {
    return in_session(__func__, [&](Session& session) { return session.accept(dwRequestID, hdCall); });
}

LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR, DWORD) {
    return in_session(__func__, [&](Session& session) { return session.answer(dwRequestID, hdCall); });
}

LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR, DWORD) {
    return in_session(__func__, [&](Session& session) { return session.drop(dwRequestID, hdCall); });
}

LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall) {
    return in_session(__func__, [&](Session& session) { return session.close_call(hdCall); });
}

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo) {
    return in_session(__func__, [&](Session& session) { return session.call_info(hdCall, lpCallInfo); });
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus) {
    return in_session(__func__, [&](Session& session) { return session.call_status(hdCall, lpCallStatus); });
}

LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID) {
    return in_session(__func__,
                      [&](Session& session) { return session.call_address(hdCall, lpdwAddressID); });
}

LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific) {
    return in_session(__func__,
                      [&](Session& session) { return session.set_app_specific(hdCall, dwAppSpecific); });
}

LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode) {
    return in_session(__func__,
                      [&](Session& session) { return session.set_media_mode(hdCall, dwMediaMode); });
}

LONG TSPIAPI TSPI_lineMonitorDigits(HDRVCALL hdCall, DWORD dwDigitModes) {
    return in_session(__func__,
                      [&](Session& session) { return session.monitor_digits(hdCall, dwDigitModes); });
}

LONG TSPIAPI TSPI_lineGenerateDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitMode,
                                     LPCWSTR lpszDigits, DWORD dwDuration) {
    return in_session(__func__, [&](Session& session) {
        if (lpszDigits == nullptr) return session.stop_digits(hdCall);
        return session.generate_digits(hdCall, dwEndToEndID, dwDigitMode, lpszDigits, dwDuration);
    });
}
