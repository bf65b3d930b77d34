// SPDX-License-Identifier: Apache-2.0
//
// What the service checks of arguments before a provider sees them (R041): the modes that a function takes,
// and the pointers that it needs.
#pragma once

#include "wire/codec.h"

namespace offhook::core {

// 0, or the error that the function's page names.
[[nodiscard]] std::uint32_t check_arguments(abi::Tapi, const wire::Values& inputs);

} // namespace offhook::core
