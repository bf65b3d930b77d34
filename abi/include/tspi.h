// SPDX-License-Identifier: Apache-2.0

// The provider interface (TSPI 1.3 to 3.1): what a telephony service provider includes. It needs the constants and
// structures of the application interface, so this header brings tapi.h with it.

#ifndef OFFHOOK_TSPI_H
#define OFFHOOK_TSPI_H

#include "offhook/tspi_constants.h"
#include "offhook/tspi_functions.h"
#include "offhook/tspi_structures.h"
#include "offhook/tspi_types.h"
#include "tapi.h"

#endif // OFFHOOK_TSPI_H
