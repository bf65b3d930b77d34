// SPDX-License-Identifier: Apache-2.0

// The application interface (TAPI 1.3 to 3.1): what a program that uses telephony includes.

#ifndef OFFHOOK_TAPI_H
#define OFFHOOK_TAPI_H

#include "offhook/tapi_constants.h"
#include "offhook/tapi_functions.h"
#include "offhook/tapi_structures.h"
#include "offhook/tapi_types.h"
#include "offhook/tapi_version.h"
#include "offhook/windows_types.h"

#endif // OFFHOOK_TAPI_H
