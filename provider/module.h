// SPDX-License-Identifier: Apache-2.0
//
// What the C functions of the interface share, which have no context: the services, and the session while
// there is one. A provider has one object of this class.
#pragma once

#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "provider/entry.h"
#include "provider/services.h"

namespace offhook::provider {

template <class Session> class Module {
  public:
    // For OFFHOOK_providerAttach: the services of the session that is to come.
    [[nodiscard]] LONG attach(const OFFHOOK_PROVIDER_SERVICES* services) {
        if (services == nullptr) return LINEERR_INVALPOINTER;
        const std::lock_guard guard(lock_);
        services_ = Services(services);
        return 0;
    }

    [[nodiscard]] Services services() const {
        const std::lock_guard guard(lock_);
        return services_;
    }

    // Begins a session, which `make` returns as a shared pointer. Nothing happens if there is one already
    // (R008). A std::runtime_error says why there can be none: its text goes to the log.
    template <class Make> [[nodiscard]] LONG start(const Make& make) {
        const std::lock_guard guard(lock_);
        if (session_) return 0;
        try {
            session_ = make();
        } catch (const std::runtime_error& error) {
            services_.log(Severity::error, error.what());
            return LINEERR_RESOURCEUNAVAIL;
        }
        return 0;
    }

    // Ends the session. A function that is still running in it keeps it until it returns.
    void stop() {
        std::shared_ptr<Session> ending;
        const std::lock_guard guard(lock_);
        ending.swap(session_);
        // `ending` is destroyed after the lock is released: the session's threads may still ask for the
        // services.
    }

    // Null: there is none.
    [[nodiscard]] std::shared_ptr<Session> session() const {
        const std::lock_guard guard(lock_);
        return session_;
    }

    // Runs the body of a C function of the interface: its exceptions become results.
    template <class Body> LONG enter(const char* function, Body&& body) const noexcept {
        return at_the_border(services(), function, std::forward<Body>(body));
    }

    // The same with the session, or `without` when there is none (R009).
    template <class Body>
    LONG in_session(const char* function, Body&& body, LONG without = LINEERR_UNINITIALIZED) const noexcept {
        return enter(function, [&]() -> LONG {
            const auto running = session();
            return running ? std::forward<Body>(body)(*running) : without;
        });
    }

  private:
    mutable std::mutex lock_;
    Services services_;
    std::shared_ptr<Session> session_;
};

} // namespace offhook::provider
