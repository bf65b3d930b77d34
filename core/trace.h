// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace offhook::core {

enum class TraceKind : std::uint8_t {
    session,       // a session went to another stage; `text` names it
    provider_call, // a TSPI function was called
    provider_return,
    provider_completion,
    provider_event,
    application_call, // a TAPI function was called
    application_result,
    application_event,
    violation, // a provider broke the rule `rule`; `text` says how
    stuck,     // a request, `what` its function, or a call, `what` its state, does not go on
};

enum class Tracing : std::uint8_t { off, on };

// One step of the life cycle. Views are valid only during the call. A field that does not apply is 0.
struct TraceRecord {
    TraceKind kind{};
    std::string_view what{};     // the function or message
    std::string_view provider{}; // its installed name
    std::uint32_t session = 0;
    std::uint32_t application = 0;
    std::uint64_t line = 0; // HTAPILINE towards a provider, HLINE towards an application
    std::uint64_t call = 0; // HTAPICALL or HCALL
    std::uint32_t request = 0;
    std::int32_t result = 0;
    // Of a message; of a call into a provider: its device number, its line handle, its call handle.
    std::uint64_t parameter1 = 0, parameter2 = 0, parameter3 = 0;
    std::uint32_t rule = 0;
    std::string_view text{};
};

} // namespace offhook::core
