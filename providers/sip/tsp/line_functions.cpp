// SPDX-License-Identifier: Apache-2.0
//
// TSPI_line…: what every provider of lines has, and what calls here can do.

#include "providers/sip/tsp/session.h"

using namespace offhook::sip;

#include "provider/line_functions.inc"

LONG TSPIAPI TSPI_lineAccept(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR, DWORD) {
    return module().on_call(__func__, dwRequestID, hdCall, LINECALLFEATURE_ACCEPT, &Session::accept);
}

LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR, DWORD) {
    return module().on_call(__func__, dwRequestID, hdCall, LINECALLFEATURE_ANSWER, &Session::answer);
}

LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR, DWORD) {
    return module().on_call(__func__, dwRequestID, hdCall, LINECALLFEATURE_DROP, &Session::drop);
}

LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode) {
    return module().of_call(__func__, hdCall, [&](Session& session, Call& call) {
        return session.set_media_mode(call, dwMediaMode);
    });
}

LONG TSPIAPI TSPI_lineMonitorDigits(HDRVCALL hdCall, DWORD dwDigitModes) {
    return module().of_call(__func__, hdCall, [&](Session& session, Call& call) {
        return session.monitor_digits(call, dwDigitModes);
    });
}

LONG TSPIAPI TSPI_lineGenerateDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitMode,
                                     LPCWSTR lpszDigits, DWORD dwDuration) {
    return module().of_call(__func__, hdCall, [&](Session& session, Call& call) {
        if (lpszDigits == nullptr) return session.stop_digits(call);
        return session.generate_digits(call, dwEndToEndID, dwDigitMode, lpszDigits, dwDuration);
    });
}
