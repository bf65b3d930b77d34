// SPDX-License-Identifier: Apache-2.0
//
// A provider that misbehaves on demand: the configuration key "TSPI_…" of a function holds the actions that
// it takes when it is entered, separated by spaces.
#include "tests/host/unruly_actions.h"

#include <cstring>

namespace unruly = offhook::host::unruly;
using unruly::act;
using unruly::Situation;

#ifndef UNRULY_NEEDS
#define UNRULY_NEEDS ""
#endif
OFFHOOK_PROVIDER_NOTE("name=unruly\nversion=1\nneeds=" UNRULY_NEEDS);

std::int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* given) {
    unruly::services = given;
    return act("OFFHOOK_providerAttach").result;
}

LONG TSPI_providerInit(DWORD, DWORD, DWORD, DWORD, DWORD_PTR, DWORD_PTR, ASYNC_COMPLETION completion,
                       LPDWORD options) {
    unruly::completion = completion;
    unruly::say("options " + std::to_string(*options));
    if (unruly::configured("reentrant") == "no") *options = LINETSPIOPTION_NONREENTRANT;
    if (unruly::configured("reentrant") == "perhaps") *options = ~DWORD{LINETSPIOPTION_NONREENTRANT};
    return act("TSPI_providerInit").result;
}

LONG TSPI_providerShutdown(DWORD version, DWORD provider) {
    unruly::say("shut down " + std::to_string(version) + " " + std::to_string(provider));
    return act("TSPI_providerShutdown").result;
}

LONG TSPI_lineOpen(DWORD, HTAPILINE line, LPHDRVLINE, DWORD, LINEEVENT event) {
    unruly::line = line;
    unruly::line_event = event;
    return act("TSPI_lineOpen").result;
}

LONG TSPI_lineClose(HDRVLINE) { return act("TSPI_lineClose").result; }

LONG TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE, HTAPICALL, LPHDRVCALL, LPCWSTR, DWORD,
                       LPLINECALLPARAMS const) {
    return act("TSPI_lineMakeCall", Situation{.result = static_cast<LONG>(request), .request = request})
        .result;
}

LONG TSPI_linePark(DRV_REQUESTID request, HDRVCALL, DWORD, LPCWSTR, LPVARSTRING address) {
    return act("TSPI_linePark",
               Situation{.result = static_cast<LONG>(request), .request = request, .structure = address})
        .result;
}

LONG TSPI_lineGetDevCaps(DWORD, DWORD, DWORD, LPLINEDEVCAPS caps) {
    caps->dwNeededSize = caps->dwUsedSize = caps->dwTotalSize;
    return act("TSPI_lineGetDevCaps", Situation{.structure = caps}).result;
}

LONG TSPI_lineGetNumAddressIDs(HDRVLINE, LPDWORD number) {
    *number = 1;
    return act("TSPI_lineGetNumAddressIDs", Situation{.structure = number}).result;
}

LONG TSPI_lineGetID(HDRVLINE, DWORD, HDRVCALL, DWORD, LPVARSTRING, LPCWSTR, HANDLE) {
    return act("TSPI_lineGetID").result;
}

LONG TSPI_providerInstall(HWND, DWORD) { return act("TSPI_providerInstall").result; }

LONG TUISPI_lineConfigDialog(TUISPIDLLCALLBACK, DWORD, HWND, LPCWSTR) {
    return act("TUISPI_lineConfigDialog").result;
}
