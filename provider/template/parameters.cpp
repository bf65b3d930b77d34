// SPDX-License-Identifier: Apache-2.0

#include "parameters.h"

#include "session.h"

#include "provider/call_parameters.h"

namespace acme_provider {
namespace {

LONG error_in(const LINECALLPARAMS& wanted) {
    if (wanted.dwBearerMode != 0 && wanted.dwBearerMode != LINEBEARERMODE_VOICE)
        return LINEERR_BEARERMODEUNAVAIL;
    if ((wanted.dwMediaMode & ~media) != 0) return LINEERR_INVALMEDIAMODE;
    if (wanted.dwMaxRate != 0 && wanted.dwMinRate > wanted.dwMaxRate) return LINEERR_INVALRATE;
    if (wanted.dwMinRate > rate) return LINEERR_RATEUNAVAIL;
    if (wanted.dwAddressMode != 0 && wanted.dwAddressMode != LINEADDRESSMODE_ADDRESSID)
        return LINEERR_INVALADDRESSMODE;
    if (wanted.dwAddressMode != 0 && wanted.dwAddressID != 0) return LINEERR_INVALADDRESSID;
    // There is no predictive dialing here (R227).
    const bool predictive = (wanted.dwCallParamFlags & LINECALLPARAMFLAGS_PREDICTIVEDIAL) != 0 ||
                            wanted.dwPredictiveAutoTransferStates != 0;
    return predictive ? LINEERR_INVALCALLPARAMS : 0;
}

} // namespace

Parameters read_parameters(const LINECALLPARAMS* given, DWORD version) {
    const auto wanted = offhook::provider::copy_parameters(given, version);
    if (!wanted) return {LINEERR_INVALCALLPARAMS, 0};
    return {error_in(*wanted), wanted->dwCallParamFlags};
}

} // namespace acme_provider
