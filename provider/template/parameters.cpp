// SPDX-License-Identifier: Apache-2.0

#include "parameters.h"

#include "session.h"

#include "abi/structure_table.h"

#include <cstring>

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
    if (given == nullptr) return {};
    const auto fixed = offhook::abi::fixed_size<LINECALLPARAMS>(version); // no newer field is read (R029)
    if (given->dwTotalSize < fixed) return {LINEERR_INVALCALLPARAMS, 0};
    LINECALLPARAMS wanted{};
    std::memcpy(&wanted, given, fixed);
    return {error_in(wanted), wanted.dwCallParamFlags};
}

} // namespace acme_provider
