// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tapi.h"

#include <string>

namespace offhook::client {

// Why a call ends early. Thrown inside the library only: the exported functions turn it into a return value.
struct Failure {
    LONG error;      // LINEERR_
    std::string why; // for people, with what to do next; may be empty
};

} // namespace offhook::client
