// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

namespace offhook::wire {

// The descriptor that a program's only arguments give, `--socket NUMBER`, if it is a stream socket and none
// of the standard ones.
std::optional<int> inherited_socket(int count, char** arguments);

} // namespace offhook::wire
