// SPDX-License-Identifier: Apache-2.0
//
// What an application says of a call that it makes, for all that see the call.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace offhook::core {

// Of LINECALLPARAMS, and then of LINECALLINFO: they take the place of what the provider has there (R042).
struct CallTexts {
    std::u16string displayable_address, called_party, comment;
};

// The texts of a LINECALLPARAMS that has passed abi::check_passed; null: it has none.
std::unique_ptr<const CallTexts> texts_of_parameters(std::span<const std::byte> parameters);

} // namespace offhook::core
