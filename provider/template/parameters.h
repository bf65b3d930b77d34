// SPDX-License-Identifier: Apache-2.0
//
// How an application wants a call to be made.
#pragma once

#include "tspi.h"

namespace acme_provider {

struct Parameters {
    LONG error = 0; // LINEERR_: such a call cannot be made
    DWORD flags = 0;
};

// Null, and zeros, stand for the defaults (R225).
[[nodiscard]] Parameters read_parameters(const LINECALLPARAMS* given, DWORD version);

} // namespace acme_provider
