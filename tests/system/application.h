// SPDX-License-Identifier: Apache-2.0
//
// An application on the public interface, which remembers each message it got.
#pragma once

#include "tapi.h"
#include "wire/unique_fd.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace offhook::system_test {

// Throws what failed and why, unless the result is good.
LONG good(LONG result, const char* what);

class Application {
  public:
    Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;
    ~Application();

    HLINEAPP handle() const { return application_; }
    DWORD device(const std::string& line) const; // its identifier; throws when there is no such line
    LONG try_open(DWORD device, HLINE& line);
    HLINE open(const std::string& line); // as an owner of its calls

    // Waits for the reply to the call's request.
    HCALL call(HLINE line, const char* number);
    // Waits for a call that arrives, and returns it when it is offered.
    HCALL offered(HLINE line);
    void answer(HCALL call);
    void end(HCALL call);  // waits until it is idle
    void drop(HCALL call); // the same, and frees its handle
    // Two lines of this application: `number` reaches the second one.
    struct Pair {
        HCALL out = 0, in = 0;
    };
    Pair connect(HLINE from, HLINE to, const char* number);
    wire::UniqueFd audio(HCALL call) const;
    static LONG state(HCALL call, DWORD& state);

    // Waits for a message, which may have come already. Throws after 30 s, or when the service is lost.
    using Wanted = std::function<bool(const LINEMESSAGE&)>;
    LINEMESSAGE wait_for(const char* what, const Wanted& wanted);
    LONG wait_for_reply(LONG request);
    LINEMESSAGE wait_for_state(HCALL call, DWORD state);
    void wait_for_close(HLINE line);
    void wait_for_create(DWORD device);
    LONG next(LINEMESSAGE& message, DWORD timeout_ms);

    const std::vector<LINEMESSAGE>& messages() const { return messages_; }
    std::vector<DWORD> states_of(HCALL call) const;
    void forget_messages() { messages_.clear(); }

  private:
    HLINEAPP application_ = 0;
    DWORD lines_ = 0;
    std::vector<LINEMESSAGE> messages_;
};

} // namespace offhook::system_test
