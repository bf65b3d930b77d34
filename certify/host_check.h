// SPDX-License-Identifier: Apache-2.0
//
// Is the program that was named for offhook-host one? What no host says of itself would be taken for the
// provider's fault.
#pragma once

#include "certify/target.h"

namespace offhook::certify {

// What is wrong with it; empty: nothing.
std::string problem_of_host(const Target&);

} // namespace offhook::certify
