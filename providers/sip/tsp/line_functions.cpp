// SPDX-License-Identifier: Apache-2.0
//
// TSPI_line… of devices, lines and addresses.

#include "provider/text.h"
#include "providers/sip/tsp/module.h"

using namespace offhook::sip;

LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD, LPLINEDEVCAPS lpLineDevCaps) {
    return in_session(__func__, [&](Session& session) {
        return session.device_caps(dwDeviceID, dwTSPIVersion, lpLineDevCaps);
    });
}

LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID, DWORD dwTSPIVersion, DWORD,
                                     LPLINEADDRESSCAPS lpAddressCaps) {
    return in_session(__func__, [&](Session& session) {
        return session.address_caps(dwDeviceID, dwAddressID, dwTSPIVersion, lpAddressCaps);
    });
}

LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine, DWORD dwTSPIVersion,
                           LINEEVENT lpfnEventProc) {
    return in_session(__func__, [&](Session& session) {
        return session.open_line(dwDeviceID, htLine, lphdLine, dwTSPIVersion, lpfnEventProc);
    });
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine) {
    return in_session(__func__, [&](Session& session) { return session.close_line(hdLine); });
}

LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                   LPCWSTR lpsAddress, DWORD dwSize) {
    return in_session(__func__, [&](Session& session) {
        if (lpsAddress == nullptr) return LINEERR_INVALPOINTER;
        return session.address_id(hdLine, lpdwAddressID, dwAddressMode,
                                  offhook::provider::counted_text(lpsAddress, dwSize));
    });
}

LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
                                       LPLINEADDRESSSTATUS lpAddressStatus) {
    return in_session(__func__, [&](Session& session) {
        return session.address_status(hdLine, dwAddressID, lpAddressStatus);
    });
}

LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs) {
    return in_session(
        __func__, [&](Session& session) { return session.number_of_addresses(hdLine, lpdwNumAddressIDs); });
}

LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus) {
    return in_session(__func__,
                      [&](Session& session) { return session.line_status(hdLine, lpLineDevStatus); });
}

LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates, DWORD dwAddressStates) {
    return in_session(__func__, [&](Session& session) {
        return session.set_status_messages(hdLine, dwLineStates, dwAddressStates);
    });
}

LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes) {
    return in_session(__func__,
                      [&](Session& session) { return session.set_media_detection(hdLine, dwMediaModes); });
}

LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
                                                LPLINECALLPARAMS const lpCallParams) {
    return in_session(
        __func__, [&](Session& session) { return session.check_media(hdLine, dwMediaModes, lpCallParams); });
}

LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
                            LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass, HANDLE) {
    return in_session(__func__, [&](Session& session) {
        if (lpszDeviceClass == nullptr) return LINEERR_INVALPOINTER;
        return session.line_id(hdLine, dwAddressID, hdCall, dwSelect, lpszDeviceClass, lpDeviceID);
    });
}

// There are no extensions: an identifier of zeros says so (R025).
LONG TSPIAPI TSPI_lineGetExtensionID(DWORD, DWORD, LPLINEEXTENSIONID lpExtensionID) {
    if (lpExtensionID == nullptr) return LINEERR_INVALPOINTER;
    *lpExtensionID = {};
    return 0;
}
