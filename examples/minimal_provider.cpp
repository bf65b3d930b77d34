// SPDX-License-Identifier: Apache-2.0
//
// A whole telephony service provider, as small as one can be: a line called "minimal" on which every call is
// answered at once. docs/writing-a-provider.md explains it piece by piece.
#include "offhook_provider.h"
#include "tspi.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <mutex>
#include <string_view>

OFFHOOK_PROVIDER_NOTE("name=minimal\nversion=1.0\ntitle=A line that answers every call\nneeds=\n");

namespace {

constexpr DWORD only_version = 0x00020002; // of TSPI: that of the structures as this file sees them (R029)

struct Call {
    HTAPICALL name; // the service's name for it
    DWORD state;    // LINECALLSTATE_
};

// What a session knows. The process ends with the session, so nothing of it is left over for the next one.
struct Session {
    std::mutex mutex;
    ASYNC_COMPLETION complete = nullptr;
    DWORD first_line = 0; // the identifiers of our lines begin here (R098)
    HTAPILINE line = nullptr;
    LINEEVENT event = nullptr;
    std::map<std::uintptr_t, Call> calls; // by HDRVCALL
    std::uintptr_t last_call = 0;         // 0 is never a handle (R060)
};
Session session;

constexpr std::uintptr_t the_line = 1;
constexpr DWORD call_states =
    LINECALLSTATE_IDLE | LINECALLSTATE_DIALING | LINECALLSTATE_PROCEEDING | LINECALLSTATE_CONNECTED;

template <class Handle> std::uintptr_t number(Handle handle) {
    return reinterpret_cast<std::uintptr_t>(handle);
}

void set_state(Call& call, DWORD state, DWORD mode) {
    call.state = state;
    session.event(session.line, call.name, LINE_CALLSTATE, state, mode, LINEMEDIAMODE_INTERACTIVEVOICE);
}

// A structure starts with its total size; what is filled beyond the fixed part counts as needed and as used
// (R030).
template <class Structure> bool begin(Structure* structure) {
    const DWORD total = structure->dwTotalSize;
    if (total < sizeof *structure) return false;
    std::memset(structure, 0, sizeof *structure);
    structure->dwTotalSize = total;
    structure->dwNeededSize = structure->dwUsedSize = sizeof *structure;
    return true;
}

template <class Structure>
void append(Structure* structure, std::u16string_view text, DWORD& size, DWORD& offset) {
    const auto bytes = static_cast<DWORD>((text.size() + 1) * sizeof(char16_t)); // with its NUL
    structure->dwNeededSize += bytes;
    if (structure->dwNeededSize > structure->dwTotalSize) return; // the caller sees how much it lacks
    std::memcpy(reinterpret_cast<std::byte*>(structure) + structure->dwUsedSize, text.data(), bytes);
    size = bytes;
    offset = structure->dwUsedSize;
    structure->dwUsedSize += bytes;
}

// A call that was not to be a voice call, or to be transferred by itself, is refused before it is made
// (R227).
LONG error_in(const LINECALLPARAMS* parameters) {
    if (parameters == nullptr) return 0; // the defaults, as zeros are (R225)
    if (parameters->dwTotalSize < sizeof *parameters) return LINEERR_INVALCALLPARAMS;
    if (parameters->dwBearerMode > LINEBEARERMODE_VOICE) return LINEERR_BEARERMODEUNAVAIL;
    if ((parameters->dwMediaMode & ~LINEMEDIAMODE_INTERACTIVEVOICE) != 0) return LINEERR_INVALMEDIAMODE;
    return parameters->dwPredictiveAutoTransferStates != 0 ? LINEERR_INVALCALLPARAMS : 0;
}

// So is a number that is to be continued after something that this line cannot wait for (R178, R179).
LONG error_in(LPCWSTR number) {
    for (; number != nullptr && *number != 0; ++number) switch (*number) {
        case u'?': return LINEERR_DIALPROMPT;
        case u'$': return LINEERR_DIALBILLING;
        case u'@': return LINEERR_DIALQUIET;
        case u'W':
        case u'w': return LINEERR_DIALDIALTONE;
        default: break;
        }
    return 0;
}

} // namespace

extern "C" {

// ---- Before and around the session

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD, DWORD low, DWORD high, LPDWORD version) {
    if (high < only_version || low > only_version) return LINEERR_INCOMPATIBLEAPIVERSION;
    *version = only_version;
    return 0;
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD, LPDWORD lines, LPDWORD phones, HPROVIDER, LINEEVENT,
                                      PHONEEVENT) {
    *lines = 1;
    *phones = 0;
    return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD, DWORD, DWORD first_line, DWORD, DWORD_PTR, DWORD_PTR,
                               ASYNC_COMPLETION complete, LPDWORD options) {
    session.complete = complete;
    session.first_line = first_line;
    *options = 0; // we may be called by several threads at once (R012)
    return 0;
}

LONG TSPIAPI TSPI_providerShutdown(DWORD, DWORD) { return 0; }

// ---- Installation: there is nothing to set up

LONG TSPIAPI TSPI_providerInstall(HWND, DWORD) { return 0; }
LONG TSPIAPI TSPI_providerConfig(HWND, DWORD) { return 0; }
LONG TSPIAPI TSPI_providerRemove(HWND, DWORD) { return 0; }

// ---- The line

LONG TSPIAPI TSPI_lineGetDevCaps(DWORD, DWORD version, DWORD, LPLINEDEVCAPS caps) {
    if (version != only_version) return LINEERR_INCOMPATIBLEAPIVERSION;
    if (!begin(caps)) return LINEERR_STRUCTURETOOSMALL;
    append(caps, u"Offhook's smallest provider", caps->dwProviderInfoSize, caps->dwProviderInfoOffset);
    append(caps, u"minimal", caps->dwLineNameSize, caps->dwLineNameOffset);
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwNumAddresses = 1;
    caps->dwMaxNumActiveCalls = 10;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    return 0;
}

LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD line, DWORD, DWORD version, DWORD, LPLINEADDRESSCAPS caps) {
    if (version != only_version) return LINEERR_INCOMPATIBLEAPIVERSION;
    if (!begin(caps)) return LINEERR_STRUCTURETOOSMALL;
    caps->dwLineDeviceID = line;
    append(caps, u"1", caps->dwAddressSize, caps->dwAddressOffset);
    caps->dwMaxNumActiveCalls = 10;
    caps->dwCallStates = call_states;
    caps->dwCallFeatures = LINECALLFEATURE_DROP;
    return 0;
}

LONG TSPIAPI TSPI_lineOpen(DWORD line, HTAPILINE name, LPHDRVLINE handle, DWORD version, LINEEVENT event) {
    if (line != session.first_line) return LINEERR_BADDEVICEID;
    if (version != only_version) return LINEERR_INCOMPATIBLEAPIVERSION;
    session.line = name;
    session.event = event;
    *handle = reinterpret_cast<HDRVLINE>(the_line);
    return 0;
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE) { return 0; }

LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE, LPDWORD count) {
    *count = 1;
    return 0;
}

LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE, DWORD) { return 0; }

// ---- Calls

LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE, HTAPICALL name, LPHDRVCALL handle,
                               LPCWSTR number, DWORD, LPLINECALLPARAMS const parameters) {
    if (const LONG error = error_in(parameters); error != 0) return error; // no completion follows (R051)
    if (const LONG error = error_in(number); error != 0) return error;
    const std::lock_guard lock(session.mutex);
    const auto own = ++session.last_call;
    Call& call = session.calls.emplace(own, Call{name, LINECALLSTATE_IDLE}).first->second;
    *handle = reinterpret_cast<HDRVCALL>(own); // before the function returns (R061)
    session.complete(request, 0);              // before the first event of the call (R063)
    set_state(call, LINECALLSTATE_DIALING, 0);
    set_state(call, LINECALLSTATE_PROCEEDING, 0);
    set_state(call, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
    return static_cast<LONG>(request);
}

LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL handle, LPCSTR, DWORD) {
    const std::lock_guard lock(session.mutex);
    const auto call = session.calls.find(number(handle));
    if (call == session.calls.end()) return LINEERR_INVALCALLHANDLE;
    if (call->second.state != LINECALLSTATE_IDLE) set_state(call->second, LINECALLSTATE_IDLE, 0);
    session.complete(request, 0); // when the call is dropped (R058)
    return static_cast<LONG>(request);
}

LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL handle) {
    const std::lock_guard lock(session.mutex);
    return session.calls.erase(number(handle)) != 0 ? 0 : LINEERR_INVALCALLHANDLE;
}

LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL, LPDWORD address) {
    *address = 0;
    return 0;
}

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL, LPLINECALLINFO info) {
    if (!begin(info)) return LINEERR_STRUCTURETOOSMALL;
    info->dwLineDeviceID = session.first_line;
    info->dwBearerMode = LINEBEARERMODE_VOICE;
    info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    info->dwCallStates = call_states;
    info->dwOrigin = LINECALLORIGIN_OUTBOUND;
    return 0;
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL handle, LPLINECALLSTATUS status) {
    const std::lock_guard lock(session.mutex);
    const auto call = session.calls.find(number(handle));
    if (call == session.calls.end()) return LINEERR_INVALCALLHANDLE;
    if (!begin(status)) return LINEERR_STRUCTURETOOSMALL;
    status->dwCallState = call->second.state;
    status->dwCallFeatures = call->second.state == LINECALLSTATE_IDLE ? 0 : LINECALLFEATURE_DROP;
    return 0;
}
}
