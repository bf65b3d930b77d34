// SPDX-License-Identifier: Apache-2.0
//
// The functions of TSPI, each with what the session answers. One that is not here is answered for us, with
// LINEERR_OPERATIONUNAVAIL.

#include "session.h"

#include "provider/module.h"
#include "provider/text.h"
#include "provider/version.h"

using namespace acme_provider;
using namespace offhook::provider;

namespace {

// The interface is made of C functions without a context: this is the one object behind them.
Module<Session>& module() {
    static Module<Session> one;
    return one;
}

// Runs a function of the session.
template <class Body> LONG in_session(const char* function, Body&& body) noexcept {
    return module().in_session(function, std::forward<Body>(body));
}

// The configuration, which must be as read_configuration wants it: else `error`, and the log says why.
template <class Body> LONG with_configuration(const char* function, LONG error, const Body& body) noexcept {
    return module().enter(function, [&]() -> LONG {
        Configuration configuration;
        try {
            configuration = read_configuration(module().services());
        } catch (const std::invalid_argument& problem) {
            module().services().log(Severity::error, std::string("configuration: ") + problem.what());
            return error;
        }
        return body(std::move(configuration));
    });
}

LONG check_configuration(const char* function) noexcept {
    return with_configuration(function, LINEERR_INVALPARAM, [](const Configuration&) { return 0; });
}

} // namespace

int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* services) {
    return module().attach(services);
}

// ---- Installation

LONG TSPIAPI TSPI_providerInstall(HWND, DWORD) { return check_configuration(__func__); }
LONG TSPIAPI TSPI_providerConfig(HWND, DWORD) { return check_configuration(__func__); }
LONG TSPIAPI TSPI_providerRemove(HWND, DWORD) { return 0; }

// ---- The session

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion, DWORD dwHighVersion,
                                           LPDWORD lpdwTSPIVersion) {
    if (dwDeviceID == INITIALIZE_NEGOTIATION) // before there is a session (R015)
        return negotiate(dwLowVersion, dwHighVersion, lpdwTSPIVersion);
    return in_session(__func__, [&](Session& session) {
        return session.has(dwDeviceID) ? negotiate(dwLowVersion, dwHighVersion, lpdwTSPIVersion)
                                       : LINEERR_BADDEVICEID;
    });
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD, LPDWORD lpdwNumLines, LPDWORD lpdwNumPhones, HPROVIDER,
                                      LINEEVENT, PHONEEVENT) {
    return with_configuration(__func__, LINEERR_OPERATIONFAILED,
                              [&](const Configuration& configuration) -> LONG {
                                  if (lpdwNumLines == nullptr || lpdwNumPhones == nullptr)
                                      return LINEERR_INVALPOINTER;
                                  *lpdwNumLines = static_cast<DWORD>(configuration.lines.size());
                                  *lpdwNumPhones = 0;
                                  return 0;
                              });
}

LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID, DWORD dwLineDeviceIDBase,
                               DWORD, DWORD_PTR, DWORD_PTR, ASYNC_COMPLETION lpfnCompletionProc,
                               LPDWORD lpdwTSPIOptions) {
    return with_configuration(__func__, LINEERR_INIFILECORRUPT, [&](Configuration configuration) -> LONG {
        if (!is_known_version(dwTSPIVersion)) return LINEERR_INCOMPATIBLEAPIVERSION;
        if (lpfnCompletionProc == nullptr || lpdwTSPIOptions == nullptr) return LINEERR_INVALPOINTER;
        *lpdwTSPIOptions = 0; // we may be called by several threads at once (R012)
        return module().start([&] {
            return std::make_shared<Session>(SessionStart{std::move(configuration), lpfnCompletionProc,
                                                          dwPermanentProviderID, dwLineDeviceIDBase});
        });
    });
}

LONG TSPIAPI TSPI_providerShutdown(DWORD, DWORD) {
    return module().enter(__func__, []() -> LONG {
        module().stop();
        return 0;
    });
}

// ---- Lines

// There are no extensions: an identifier of zeros says so (R025).
LONG TSPIAPI TSPI_lineGetExtensionID(DWORD, DWORD, LPLINEEXTENSIONID lpExtensionID) {
    if (lpExtensionID == nullptr) return LINEERR_INVALPOINTER;
    *lpExtensionID = {};
    return 0;
}

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

LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs) {
    return in_session(
        __func__, [&](Session& session) { return session.number_of_addresses(hdLine, lpdwNumAddressIDs); });
}

LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                   LPCWSTR lpsAddress, DWORD dwSize) {
    return in_session(__func__, [&](Session& session) {
        if (lpsAddress == nullptr) return LINEERR_INVALPOINTER;
        return session.address_id(hdLine, lpdwAddressID, dwAddressMode, counted_text(lpsAddress, dwSize));
    });
}

LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
                                       LPLINEADDRESSSTATUS lpAddressStatus) {
    return in_session(__func__, [&](Session& session) {
        return session.address_status(hdLine, dwAddressID, lpAddressStatus);
    });
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
        return session.device_id(hdLine, dwAddressID, hdCall, dwSelect, lpszDeviceClass, lpDeviceID);
    });
}

// ---- Calls

LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                               LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD,
                               LPLINECALLPARAMS const lpCallParams) {
    return in_session(__func__, [&](Session& session) {
        if (lpszDestAddress == nullptr) return LINEERR_INVALADDRESS; // there is no dial tone to wait at
        return session.make_call(dwRequestID, hdLine, htCall, lphdCall, lpszDestAddress, lpCallParams);
    });
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

LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID) {
    return in_session(__func__, [&](Session& session) { return session.address_of(hdCall, lpdwAddressID); });
}

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo) {
    return in_session(__func__, [&](Session& session) { return session.call_info(hdCall, lpCallInfo); });
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus) {
    return in_session(__func__, [&](Session& session) { return session.call_status(hdCall, lpCallStatus); });
}

LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific) {
    return in_session(__func__,
                      [&](Session& session) { return session.set_app_specific(hdCall, dwAppSpecific); });
}
