// SPDX-License-Identifier: Apache-2.0
//
// The providers of the project, as what is to be certified.
#pragma once

#include "certify/target.h"

namespace offhook::certify {

Target simulation();
// The same, whose requests take their time: so that closing finds something outstanding.
Target slow_simulation();
// Two accounts that call each other over the loopback interface.
Target sip();

} // namespace offhook::certify
