// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/tsp/module.h"

#include <fcntl.h>

#include <utility>

namespace offhook::sim {

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

Module::Read Module::read(const provider::Services& from) {
    Keys keys;
    for (const auto& key : from.keys()) keys.emplace(key, from.text(key).value_or(""));
    std::vector<std::string> problems;
    Read result;
    result.configuration = read_configuration(keys, problems);
    for (const auto& problem : problems) from.log(provider::Severity::error, "configuration: " + problem);
    if (!problems.empty()) result.error = LINEERR_INIFILECORRUPT;
    return result;
}

void Module::set_creation(const Creation& creation) {
    const std::lock_guard guard(lock_);
    creation_ = creation;
}

LONG Module::start(SessionStart start) {
    const std::lock_guard guard(lock_);
    if (session_) return misbehaviour_.asked(Fault::r008) ? LINEERR_OPERATIONFAILED : 0;
    start.services = services_;
    start.provider = creation_.provider;
    start.line_created = creation_.line;
    start.phone_created = creation_.phone;
    session_ = std::make_shared<Session>(std::move(start), misbehaviour_);
    return 0;
}

void Module::stop() {
    std::shared_ptr<Session> ending;
    {
        const std::lock_guard guard(lock_);
        ending.swap(session_);
        creation_ = {};
    }
    if (misbehaviour_.asked(Fault::r001)) static_cast<void>(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    misbehaviour_.behave();
    ending.reset(); // a function that is still running keeps it until it returns
}

std::shared_ptr<Session> Module::session() const {
    const std::lock_guard guard(lock_);
    return session_;
}

} // namespace offhook::sim
