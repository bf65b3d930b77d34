// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/tsp/module.h"

#include <utility>

namespace offhook::sip {

// The interface is made of C functions without a context: this is the one object behind them.
Module& Module::instance() {
    static Module module;
    return module;
}

void Module::attach(const OFFHOOK_PROVIDER_SERVICES* services) {
    const std::lock_guard guard(lock_);
    services_ = provider::Services(services);
}

provider::Services Module::services() const {
    const std::lock_guard guard(lock_);
    return services_;
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

LONG Module::start(SessionStart start) {
    const std::lock_guard guard(lock_);
    if (session_) return 0;
    try {
        session_ = std::make_shared<Session>(std::move(start));
    } catch (const std::runtime_error& error) {
        services_.log(provider::Severity::error, error.what());
        return LINEERR_RESOURCEUNAVAIL;
    }
    return 0;
}

void Module::stop() {
    std::shared_ptr<Session> ending;
    const std::lock_guard guard(lock_);
    ending.swap(session_);
    // It is destroyed with the lock held: a next session must not begin before this one has let go of its
    // ports.
    ending.reset();
}

std::shared_ptr<Session> Module::session() const {
    const std::lock_guard guard(lock_);
    return session_;
}

} // namespace offhook::sip
