// SPDX-License-Identifier: Apache-2.0
//
// A provider with one line that takes its time: each function of a call returns after `delay_ms` of its
// configuration. Its calls are connected at once, but for those to "nobody", whose request never completes.
#include "offhook_provider.h"
#include "tspi.h"

#include <array>
#include <bit>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <thread>

OFFHOOK_PROVIDER_NOTE("name=patient\nversion=1\ntitle=Takes its time\nneeds=");

namespace {

struct Session {
    const OFFHOOK_PROVIDER_SERVICES* services = nullptr;
    std::chrono::milliseconds delay{};
    std::array<char16_t, 64> name{};
    ASYNC_COMPLETION complete = nullptr;
    LINEEVENT event = nullptr;
    HTAPILINE line = nullptr;
};
Session session; // TSPI's functions have no other place to keep it

// The service's name of a call serves as this provider's too.
HDRVCALL driver_name(HTAPICALL call) { return std::bit_cast<HDRVCALL>(call); }
HTAPICALL service_name(HDRVCALL call) { return std::bit_cast<HTAPICALL>(call); }

void say_state(HTAPICALL call, DWORD state) {
    session.event(session.line, call, LINE_CALLSTATE, state, 0, LINEMEDIAMODE_INTERACTIVEVOICE);
}

void log(const char* what) { session.services->log(session.services->context, OFFHOOK_LOG_INFO, what); }

void take_time() { std::this_thread::sleep_for(session.delay); }

std::array<char, 64> configured(const char* key) {
    std::array<char, 64> value{};
    auto size = static_cast<std::uint32_t>(value.size());
    if (session.services->config_get(session.services->context, key, value.data(), &size) != 0) value[0] = 0;
    return value;
}

} // namespace

int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* services) {
    session.services = services;
    return 0;
}

LONG TSPI_providerInit(DWORD, DWORD, DWORD, DWORD, DWORD_PTR, DWORD_PTR, ASYNC_COMPLETION complete, LPDWORD) {
    session.complete = complete;
    session.delay = std::chrono::milliseconds(std::atoi(configured("delay_ms").data()));
    const auto name = configured("name");
    for (std::size_t i = 0; i < name.size(); ++i) session.name[i] = static_cast<unsigned char>(name[i]);
    log("TSPI_providerInit");
    return 0;
}

LONG TSPI_providerShutdown(DWORD, DWORD) {
    log("TSPI_providerShutdown");
    return 0;
}

LONG TSPI_providerInstall(HWND, DWORD) { return 0; }
LONG TSPI_providerRemove(HWND, DWORD) { return 0; }

LONG TSPI_providerEnumDevices(DWORD, LPDWORD lines, LPDWORD phones, HPROVIDER, LINEEVENT, PHONEEVENT) {
    *lines = 1;
    *phones = 0;
    return 0;
}

LONG TSPI_lineNegotiateTSPIVersion(DWORD, DWORD, DWORD, LPDWORD version) {
    *version = 0x00020002;
    return 0;
}

LONG TSPI_lineGetDevCaps(DWORD, DWORD, DWORD, LPLINEDEVCAPS caps) {
    const DWORD total = caps->dwTotalSize, name = sizeof session.name;
    if (total < sizeof *caps) return LINEERR_STRUCTURETOOSMALL;
    std::memset(caps, 0, sizeof *caps);
    caps->dwTotalSize = total;
    caps->dwNeededSize = sizeof *caps + name;
    caps->dwUsedSize = sizeof *caps;
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwNumAddresses = 1;
    caps->dwMaxNumActiveCalls = 10;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    if (total < caps->dwNeededSize) return 0;
    std::memcpy(reinterpret_cast<std::byte*>(caps) + caps->dwUsedSize, session.name.data(), name);
    caps->dwLineNameSize = name;
    caps->dwLineNameOffset = caps->dwUsedSize;
    caps->dwUsedSize += name;
    return 0;
}

LONG TSPI_lineOpen(DWORD, HTAPILINE line, LPHDRVLINE handle, DWORD, LINEEVENT event) {
    session.line = line;
    session.event = event;
    *handle = std::bit_cast<HDRVLINE>(line);
    return 0;
}

LONG TSPI_lineClose(HDRVLINE) {
    log("TSPI_lineClose");
    return 0;
}

LONG TSPI_lineGetNumAddressIDs(HDRVLINE, LPDWORD number) {
    *number = 1;
    return 0;
}

LONG TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE, HTAPICALL call, LPHDRVCALL handle, LPCWSTR number,
                       DWORD, LPLINECALLPARAMS const) {
    take_time();
    *handle = driver_name(call);
    if (number != nullptr && std::u16string_view(number) == u"nobody") return static_cast<LONG>(request);
    session.complete(request, 0);
    say_state(call, LINECALLSTATE_CONNECTED);
    return static_cast<LONG>(request);
}

LONG TSPI_lineGetCallStatus(HDRVCALL, LPLINECALLSTATUS status) {
    take_time();
    const DWORD total = status->dwTotalSize;
    if (total < sizeof *status) return LINEERR_STRUCTURETOOSMALL;
    std::memset(status, 0, sizeof *status);
    status->dwTotalSize = total;
    status->dwNeededSize = status->dwUsedSize = sizeof *status;
    status->dwCallState = LINECALLSTATE_CONNECTED;
    status->dwCallFeatures = LINECALLFEATURE_DROP;
    return 0;
}

LONG TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL call, LPCSTR, DWORD) {
    take_time();
    say_state(service_name(call), LINECALLSTATE_IDLE);
    session.complete(request, 0);
    return static_cast<LONG>(request);
}

LONG TSPI_lineCloseCall(HDRVCALL) { return 0; }
