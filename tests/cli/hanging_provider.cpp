// SPDX-License-Identifier: Apache-2.0
//
// A provider that never ends to install itself.
#include "offhook_provider.h"
#include "tspi.h"

#include <unistd.h>

OFFHOOK_PROVIDER_NOTE("name=hanging\nversion=1\ntitle=Never ends to install itself\nneeds=");

namespace {
const OFFHOOK_PROVIDER_SERVICES* services = nullptr; // TSPI's functions have no other place to keep it
}

int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* given) {
    services = given;
    return 0;
}

LONG TSPI_providerInstall(HWND, DWORD) {
    services->log(services->context, OFFHOOK_LOG_INFO, "installs itself");
    for (;;) ::pause();
}
