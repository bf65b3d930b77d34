// SPDX-License-Identifier: Apache-2.0
//
// What the C functions of the interface share.
#pragma once

#include "provider/module.h"
#include "providers/sip/account.h"
#include "providers/sip/tsp/session.h"

namespace offhook::sip {

class Module : public provider::Module<Session> {
  public:
    static Module& instance();

    // The configuration as it is, each problem logged.
    struct Read {
        Configuration configuration;
        LONG error = 0; // LINEERR_INIFILECORRUPT when there was a problem
    };
    [[nodiscard]] Read read() const;
};

// Runs a function of the session for a C function of the interface.
template <class Body> LONG in_session(const char* function, Body&& body) noexcept {
    return Module::instance().in_session(function, std::forward<Body>(body));
}

} // namespace offhook::sip
