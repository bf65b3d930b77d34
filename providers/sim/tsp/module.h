// SPDX-License-Identifier: Apache-2.0
//
// What the C functions of the interface share: the services, and the session while there is one.
#pragma once

#include "provider/module.h"
#include "providers/sim/tsp/session.h"

namespace offhook::sim {

class Module : public provider::Module<Session> {
  public:
    [[nodiscard]] Misbehaviour& misbehaviour() { return misbehaviour_; }

    // The configuration as it is, each problem logged.
    struct Read {
        Configuration configuration;
        LONG error = 0; // LINEERR_INIFILECORRUPT when there was a problem
    };
    [[nodiscard]] Read read() const { return read(services()); }
    [[nodiscard]] static Read read(const provider::Services& from);

    [[nodiscard]] LONG start(SessionStart start);
    void stop();

  private:
    Misbehaviour misbehaviour_;
};

// The interface is made of C functions without a context: this is the one object behind them.
[[nodiscard]] Module& module();

enum class Side : std::uint8_t { line, phone };

[[nodiscard]] constexpr LONG no_session(Side side) {
    return side == Side::line ? LINEERR_UNINITIALIZED : static_cast<LONG>(PHONEERR_UNINITIALIZED);
}

// Runs a function of the session for a C function of the interface.
template <Side side = Side::line, class Body>
LONG in_session(const char* function, const Body& body) noexcept {
    return module().in_session(function, body, no_session(side));
}

// The same for one that closes something, or after which less may be said.
template <Side side = Side::line, class Body> LONG closing(const char* function, const Body& body) noexcept {
    return module().enter(function, [&]() -> LONG {
        const auto session = module().session();
        return session ? session->closing_turn([&]() -> LONG { return body(*session); }) : no_session(side);
    });
}

// A synchronous function on a call, a line or a phone. Its completion is its result (R052).
template <class Body> LONG of_call(const char* function, HDRVCALL handle, const Body& body) noexcept {
    return module().of_call(function, handle, body);
}
template <class Body> LONG of_line(const char* function, HDRVLINE handle, const Body& body) noexcept {
    return module().of_line(function, handle, body);
}
template <class Body> LONG of_phone(const char* function, HDRVPHONE handle, const Body& body) noexcept {
    return module().of_phone(function, handle, body);
}

} // namespace offhook::sim
