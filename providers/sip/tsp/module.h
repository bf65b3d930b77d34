// SPDX-License-Identifier: Apache-2.0
//
// What the C functions of the interface share: the services, and the session while there is one.
#pragma once

#include "provider/entry.h"
#include "provider/services.h"
#include "providers/sip/account.h"
#include "providers/sip/tsp/session.h"

#include <memory>
#include <mutex>
#include <stdexcept>

namespace offhook::sip {

class Module {
  public:
    static Module& instance();

    void attach(const OFFHOOK_PROVIDER_SERVICES* services);
    [[nodiscard]] provider::Services services() const;

    // The configuration as it is, each problem logged.
    struct Read {
        Configuration configuration;
        LONG error = 0; // LINEERR_INIFILECORRUPT when there was a problem
    };
    [[nodiscard]] Read read() const;

    [[nodiscard]] LONG start(SessionStart start); // nothing happens if there is a session (R008)
    void stop();
    [[nodiscard]] std::shared_ptr<Session> session() const; // null: none

  private:
    mutable std::mutex lock_;
    provider::Services services_;
    std::shared_ptr<Session> session_;
};

// Runs a function of the session for a C function of the interface.
template <class Body> LONG in_session(const char* function, Body&& body) noexcept {
    return provider::at_the_border(Module::instance().services(), function, [&]() -> LONG {
        const auto session = Module::instance().session();
        return session ? body(*session) : LINEERR_UNINITIALIZED;
    });
}

} // namespace offhook::sip
