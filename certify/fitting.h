// SPDX-License-Identifier: Apache-2.0
//
// A script and what there is for it: configurations that lives change to, and commands.
#pragma once

#include "certify/script.h"
#include "certify/target.h"

namespace offhook::certify {

// As it can be played: each choice names one that there is, and what there is nothing for is left out.
Script fitted(Script, const Target&);

// A step that the target has nothing for, as it is written, and what would have to be given.
struct Missing {
    std::string step;
    std::string option; // "--change FILE"
    std::size_t wanted = 0, given = 0;
};
std::optional<Missing> missing_for(const Script&, const Target&);

} // namespace offhook::certify
