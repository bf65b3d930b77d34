// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/tsp/module.h"

namespace offhook::sip {

// The interface is made of C functions without a context: this is the one object behind them.
Module& Module::instance() {
    static Module module;
    return module;
}

Module::Read Module::read() const {
    const provider::Services from = services();
    Keys keys;
    for (const auto& key : from.keys()) keys.emplace(key, from.text(key).value_or(""));
    Problems problems;
    Read result;
    result.configuration = read_configuration(keys, outward_address(), problems);
    for (const auto& problem : problems) from.log(provider::Severity::error, "configuration: " + problem);
    if (!problems.empty()) result.error = LINEERR_INIFILECORRUPT;
    return result;
}

} // namespace offhook::sip
