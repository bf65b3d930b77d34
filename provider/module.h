// SPDX-License-Identifier: Apache-2.0
//
// What the C functions of the interface share, which have no context: the services, and the session while
// there is one. A provider has one object of this class, and each of its functions is one expression of it:
// what the function is about is looked up here, and what it does is a function of the session, which is
// locked meanwhile.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "provider/devices.h"
#include "provider/entry.h"
#include "provider/request.h"
#include "provider/services.h"
#include "provider/version.h"

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
        creation_ = {};
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

    // The same with the session, or `without` when there is none (R009). Session::turn runs it.
    template <class Body>
    LONG in_session(const char* function, const Body& body,
                    LONG without = LINEERR_UNINITIALIZED) const noexcept {
        return enter(function, [&]() -> LONG {
            const auto running = session();
            if (!running) return without;
            return running->turn([&]() -> LONG { return std::invoke(body, *running); });
        });
    }

    // About a device, open or not; `body` is given its place (devices.h).
    template <class Body>
    LONG of_device(const char* function, DWORD device, const Body& body) const noexcept {
        return in_session(function, [&](Session& session) -> LONG {
            const auto place = session.devices().place_of(device);
            return place ? std::invoke(body, session, *place) : LINEERR_BADDEVICEID;
        });
    }
    // The same in a version that the caller names.
    template <class Body>
    LONG of_device(const char* function, DWORD device, DWORD version, const Body& body) const noexcept {
        return of_device(function, device, [&](Session& session, std::size_t place) -> LONG {
            return is_known_version(version) ? std::invoke(body, session, place)
                                             : LINEERR_INCOMPATIBLEAPIVERSION;
        });
    }

    // About an open line, or a call that the service knows.
    template <class Body>
    LONG of_line(const char* function, HDRVLINE handle, const Body& body) const noexcept {
        return in_session(function, [&](Session& session) -> LONG {
            const auto line = session.line(handle);
            return line ? std::invoke(body, session, *line) : LINEERR_INVALLINEHANDLE;
        });
    }
    template <class Body>
    LONG of_call(const char* function, HDRVCALL handle, const Body& body) const noexcept {
        return in_session(function, [&](Session& session) -> LONG {
            const auto call = session.call(handle);
            return call ? std::invoke(body, session, *call) : LINEERR_INVALCALLHANDLE;
        });
    }
    template <class Body>
    LONG of_phone(const char* function, HDRVPHONE handle, const Body& body) const noexcept {
        const auto ask = [&](Session& session) -> LONG {
            const auto phone = session.phone(handle);
            return phone ? std::invoke(body, session, *phone) : static_cast<LONG>(PHONEERR_INVALPHONEHANDLE);
        };
        return in_session(function, ask, static_cast<LONG>(PHONEERR_UNINITIALIZED));
    }

    // Asynchronous functions (request.h). `start` is given the Request as well; it returns 0, or the error
    // for which nothing was begun.
    template <class Start>
    LONG on_line(const char* function, DRV_REQUESTID id, HDRVLINE handle, const Start& start) const noexcept {
        return of_line(function, handle, [&](Session& session, auto& line) {
            return accept(session.callbacks(), id, [&](Request request) -> LONG {
                return std::invoke(start, session, line, std::move(request));
            });
        });
    }
    // Refused unless the call's state allows the feature, which Session::features says (R212).
    template <class Start>
    LONG on_call(const char* function, DRV_REQUESTID id, HDRVCALL handle, DWORD feature,
                 const Start& start) const noexcept {
        return of_call(function, handle, [&](Session& session, auto& call) -> LONG {
            if ((session.features(call) & feature) == 0) return LINEERR_INVALCALLSTATE;
            return accept(session.callbacks(), id, [&](Request request) -> LONG {
                return std::invoke(start, session, call, std::move(request));
            });
        });
    }

    // Where devices that come later are announced, from TSPI_providerEnumDevices on.
    void set_creation(const DeviceCreation& creation) {
        const std::lock_guard guard(lock_);
        creation_ = creation;
    }
    [[nodiscard]] DeviceCreation creation() const {
        const std::lock_guard guard(lock_);
        return creation_;
    }

  private:
    mutable std::mutex lock_;
    Services services_;
    DeviceCreation creation_;
    std::shared_ptr<Session> session_;
};

} // namespace offhook::provider
