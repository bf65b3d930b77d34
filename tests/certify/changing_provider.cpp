// SPDX-License-Identifier: Apache-2.0
//
// A provider without devices that writes its own configuration: TSPI_providerConfig does what the key "do"
// says, and a session begins only with the configuration that it wrote.
#include "offhook_provider.h"
#include "tspi.h"

#include <cstdlib>
#include <cstring>
#include <string>

OFFHOOK_PROVIDER_NOTE("name=changing\nversion=1.0\ntitle=A provider that is configured\nneeds=\n");

namespace {

OFFHOOK_PROVIDER_SERVICES services; // as long as the process lives

std::string value_of(const char* key) {
    char text[64] = {};
    std::uint32_t size = sizeof text;
    return services.config_get(services.context, key, text, &size) == 0 ? text : "";
}

} // namespace

extern "C" {

int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* given) {
    services = *given;
    return 0;
}

LONG TSPIAPI TSPI_providerConfig(HWND, DWORD) {
    const auto what = value_of("do");
    if (what == "refuse") {
        services.log(services.context, OFFHOOK_LOG_WARNING, "this configuration is too much");
        return LINEERR_OPERATIONFAILED;
    }
    if (what == "crash") std::abort();
    if (what == "remove") return services.config_set(services.context, "wanted", nullptr);
    return services.config_set(services.context, "written", what.c_str());
}

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD, DWORD, DWORD, LPDWORD version) {
    *version = 0x00020002;
    return 0;
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD, LPDWORD lines, LPDWORD phones, HPROVIDER, LINEEVENT,
                                      PHONEEVENT) {
    *lines = *phones = 0;
    return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD, DWORD, DWORD, DWORD, DWORD_PTR, DWORD_PTR, ASYNC_COMPLETION, LPDWORD) {
    for (int line = 1; line <= 30; ++line)
        services.log(services.context, OFFHOOK_LOG_INFO, ("it begins, " + std::to_string(line)).c_str());
    return value_of("written") == "no good" || value_of("wanted") != "yes" ? LINEERR_INIFILECORRUPT : 0;
}

LONG TSPIAPI TSPI_providerShutdown(DWORD, DWORD) { return 0; }

} // extern "C"
