// SPDX-License-Identifier: Apache-2.0
//
// Carries out a call of an exported function by its signature.
#pragma once

#include "client/calls_connection.h"

#include <memory>

namespace offhook::client {

// A call whose arguments were checked and encoded.
class Invocation {
  public:
    // Throws Failure when an argument is wrong (R041).
    Invocation(const Signature&, Arguments);

    // Sends it, waits, and writes the outputs that are filled at return. `channel`: of the events connection,
    // for the functions that initialise. Returns the service's result; throws Failure when there is none.
    LONG run(CallsConnection&, std::uint64_t channel = 0);

  private:
    const Signature& signature_;
    Arguments arguments_;
    std::vector<std::byte> frame_;
};

// The frame of a call with inputs that were checked. Throws Failure when it is too long.
std::vector<std::byte> call_frame(const Signature&, const wire::Values& inputs);

// The connection that a function of this row is called on. Throws Failure.
std::shared_ptr<CallsConnection> connection_for(const abi::TapiFunction&, const Arguments&);

// The whole of an exported function that the service answers. Nothing escapes.
LONG invoke(const Signature&, const Arguments&) noexcept;

} // namespace offhook::client
