// SPDX-License-Identifier: Apache-2.0
//
// Names of constants, for people.
#pragma once

#include "trace/constants.h"

#include <string>

namespace offhook::cli {

using trace::Constant;
using trace::find;
using trace::lineerr_constants;

// A call's state for people: "connected". A vendor's substate in the high 8 bits is left out.
std::string state_name(std::uint64_t state);

// Why a call ended, for people: "busy".
std::string disconnect_name(std::uint64_t mode);

} // namespace offhook::cli
