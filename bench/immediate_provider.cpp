// SPDX-License-Identifier: Apache-2.0
//
// A provider whose every call is connected, and every request completed, before its function returns.
// TSPI_lineAccept first sends as many events about the call as it was given bytes.
#include "offhook_provider.h"
#include "tspi.h"

#include <bit>

OFFHOOK_PROVIDER_NOTE("name=immediate\nversion=1\ntitle=Answers everything at once\nneeds=");

namespace {

struct Session {
    ASYNC_COMPLETION complete = nullptr;
    LINEEVENT event = nullptr;
    HTAPILINE line = nullptr;
};
Session session; // of one line; TSPI's functions have no other place to keep it

// The service's name of a call serves as this provider's too.
HDRVCALL driver_name(HTAPICALL call) { return std::bit_cast<HDRVCALL>(call); }
HTAPICALL service_name(HDRVCALL call) { return std::bit_cast<HTAPICALL>(call); }

void say_state(HTAPICALL call, DWORD state) {
    session.event(session.line, call, LINE_CALLSTATE, state, 0, LINEMEDIAMODE_INTERACTIVEVOICE);
}

} // namespace

LONG TSPI_providerInit(DWORD, DWORD, DWORD, DWORD, DWORD_PTR, DWORD_PTR, ASYNC_COMPLETION complete, LPDWORD) {
    session.complete = complete;
    return 0;
}

LONG TSPI_providerShutdown(DWORD, DWORD) { return 0; }
LONG TSPI_providerInstall(HWND, DWORD) { return 0; }
LONG TSPI_providerRemove(HWND, DWORD) { return 0; }

LONG TSPI_providerEnumDevices(DWORD, LPDWORD lines, LPDWORD phones, HPROVIDER, LINEEVENT, PHONEEVENT) {
    *lines = 1;
    *phones = 0;
    return 0;
}

LONG TSPI_lineNegotiateTSPIVersion(DWORD, DWORD, DWORD high, LPDWORD version) {
    *version = high;
    return 0;
}

LONG TSPI_lineOpen(DWORD, HTAPILINE line, LPHDRVLINE handle, DWORD, LINEEVENT event) {
    session.line = line;
    session.event = event;
    *handle = std::bit_cast<HDRVLINE>(line);
    return 0;
}

LONG TSPI_lineClose(HDRVLINE) { return 0; }

LONG TSPI_lineGetNumAddressIDs(HDRVLINE, LPDWORD number) {
    *number = 1;
    return 0;
}

LONG TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE, HTAPICALL call, LPHDRVCALL handle, LPCWSTR, DWORD,
                       LPLINECALLPARAMS const) {
    *handle = driver_name(call);
    session.complete(request, 0);
    say_state(call, LINECALLSTATE_CONNECTED);
    return static_cast<LONG>(request);
}

LONG TSPI_lineAccept(DRV_REQUESTID request, HDRVCALL call, LPCSTR, DWORD events) {
    for (DWORD i = 0; i < events; ++i) say_state(service_name(call), LINECALLSTATE_CONNECTED);
    session.complete(request, 0);
    return static_cast<LONG>(request);
}

LONG TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL call, LPCSTR, DWORD) {
    session.complete(request, 0);
    say_state(service_name(call), LINECALLSTATE_IDLE);
    return static_cast<LONG>(request);
}

LONG TSPI_lineCloseCall(HDRVCALL) { return 0; }
