// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/tsp/module.h"

#include <fcntl.h>

#include <utility>

namespace offhook::sim {

Module& module() {
    static Module one;
    return one;
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

LONG Module::start(SessionStart start) {
    if (session() && misbehaviour_.asked(Fault::r008)) return LINEERR_OPERATIONFAILED;
    start.services = services();
    start.creation = creation();
    return provider::Module<Session>::start(
        [&] { return std::make_shared<Session>(std::move(start), misbehaviour_); });
}

void Module::stop() {
    const auto ending = session(); // it behaves again, and then ends
    if (misbehaviour_.asked(Fault::r001)) static_cast<void>(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    misbehaviour_.behave();
    provider::Module<Session>::stop();
}

} // namespace offhook::sim
