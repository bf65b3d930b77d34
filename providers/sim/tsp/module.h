// SPDX-License-Identifier: Apache-2.0
//
// What the C functions of the interface share: the services, and the session while there is one.
#pragma once

#include "provider/entry.h"
#include "provider/services.h"
#include "providers/sim/tsp/session.h"

#include <memory>
#include <mutex>

namespace offhook::sim {

class Module {
  public:
    static Module& instance();

    void attach(const OFFHOOK_PROVIDER_SERVICES* services);
    [[nodiscard]] provider::Services services() const;
    [[nodiscard]] Misbehaviour& misbehaviour() { return misbehaviour_; }

    // The configuration as it is, each problem logged.
    struct Read {
        Configuration configuration;
        LONG error = 0; // LINEERR_INIFILECORRUPT when there was a problem
    };
    [[nodiscard]] Read read() const { return read(services()); }
    [[nodiscard]] static Read read(const provider::Services& from);

    // Where devices that come later are announced: what TSPI_providerEnumDevices brought.
    struct Creation {
        HPROVIDER provider = nullptr;
        LINEEVENT line = nullptr;
        PHONEEVENT phone = nullptr;
    };
    void set_creation(const Creation&);

    [[nodiscard]] LONG start(SessionStart start); // nothing happens if there is a session (R008)
    void stop();
    [[nodiscard]] std::shared_ptr<Session> session() const; // null: none

  private:
    mutable std::mutex lock_;
    provider::Services services_;
    Creation creation_;
    Misbehaviour misbehaviour_;
    std::shared_ptr<Session> session_;
};

enum class Side : std::uint8_t { line, phone };

[[nodiscard]] constexpr LONG no_session(Side side) {
    return side == Side::line ? LINEERR_UNINITIALIZED : static_cast<LONG>(PHONEERR_UNINITIALIZED);
}

// Runs a function of the session for a C function of the interface.
template <Side side = Side::line, class Body> LONG in_session(const char* function, Body&& body) noexcept {
    return provider::at_the_border(Module::instance().services(), function, [&]() -> LONG {
        const auto session = Module::instance().session();
        return session ? session->turn(std::forward<Body>(body)) : no_session(side);
    });
}

// The same for one that closes something.
template <Side side = Side::line, class Body> LONG closing(const char* function, Body&& body) noexcept {
    return provider::at_the_border(Module::instance().services(), function, [&]() -> LONG {
        const auto session = Module::instance().session();
        return session ? session->closing_turn(std::forward<Body>(body)) : no_session(side);
    });
}

// A synchronous function on a call. Its completion is its result (R052).
template <class Body> LONG of_call(const char* function, HDRVCALL handle, Body&& body) noexcept {
    return in_session(function, [&](Session& session) -> LONG {
        const auto call = session.call(handle);
        if (!call) return LINEERR_INVALCALLHANDLE;
        return body(session, *call);
    });
}

template <class Body> LONG of_line(const char* function, HDRVLINE handle, Body&& body) noexcept {
    return in_session(function, [&](Session& session) -> LONG {
        const auto line = session.line(handle);
        if (!line) return LINEERR_INVALLINEHANDLE;
        return body(session, *line);
    });
}

template <class Body> LONG of_phone(const char* function, HDRVPHONE handle, Body&& body) noexcept {
    return in_session<Side::phone>(function, [&](Session& session) -> LONG {
        const auto phone = session.phone(handle);
        if (!phone) return static_cast<LONG>(PHONEERR_INVALPHONEHANDLE);
        return body(session, *phone);
    });
}

// Asynchronous functions: see Session::on_call and its like.
template <class Work>
LONG request_on(const char* function, DRV_REQUESTID id, HDRVCALL call, Work work) noexcept {
    return in_session(function, [&](Session& session) { return session.on_call(id, call, std::move(work)); });
}
template <class Work>
LONG request_on(const char* function, DRV_REQUESTID id, HDRVLINE line, Work work) noexcept {
    return in_session(function, [&](Session& session) { return session.on_line(id, line, std::move(work)); });
}
template <class Work>
LONG request_on(const char* function, DRV_REQUESTID id, HDRVPHONE phone, Work work) noexcept {
    return in_session<Side::phone>(
        function, [&](Session& session) { return session.on_phone(id, phone, std::move(work)); });
}

} // namespace offhook::sim
