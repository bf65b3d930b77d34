// SPDX-License-Identifier: Apache-2.0
//
// The table of options: how each key of the file is read.
#pragma once

#include "daemon/configuration.h"

#include <toml++/toml.h>

#include <span>
#include <string_view>

namespace offhook::daemon {

struct Option {
    std::string_view key;                                   // "section.key"
    std::string (*read)(Configuration&, const toml::node&); // what is wrong with the value; empty: nothing
};

std::span<const Option> options();

} // namespace offhook::daemon
