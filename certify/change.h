// SPDX-License-Identifier: Apache-2.0
//
// A change of the provider's configuration by the provider itself, as the service makes it: in a process of
// its own, whether or not a session runs (R102).
#pragma once

#include "certify/target.h"
#include "certify/traffic.h"

#include <optional>
#include <string>

namespace offhook::certify {

struct Change {
    std::string lost;                // why the process was lost; empty: it was not
    std::optional<Configuration> to; // none: the provider refused, or has no such function
};

// TSPI_providerConfig. What passes, and what the provider logs meanwhile, is added.
Change configure(const Target&, const Configuration& present, Traffic&);

} // namespace offhook::certify
