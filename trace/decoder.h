// SPDX-License-Identifier: Apache-2.0
//
// Turns entries of the trace, in their order, into records: JSON objects, one of which is a line of `offhook
// trace
// --json`. What they hold stands in offhook-trace(7).
//
// What a frame does not say follows from the frames before it: which function returned, which call a
// provider's handle means, and which call of the service an application's handle means.
#pragma once

#include "trace/entry.h"
#include "trace/note.h"
#include "trace/values.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace offhook::trace {

class Decoder {
  public:
    // What began before the first entry.
    void name_session(std::uint32_t session, std::string provider);
    void name_application(std::uint32_t application, std::string program);
    // A call's handle at its provider, for calls that began before the first entry.
    void name_call(std::uint32_t session, std::uint64_t driver, std::uint32_t call);

    // Null: the entry holds nothing that can be shown.
    nlohmann::json decode(const Entry&);

  private:
    struct Place {
        std::uint32_t line = 0, call = 0; // HTAPILINE, HTAPICALL
    };
    // A call into a provider that has not returned, or its request that has not completed.
    struct Operation {
        Place place{};
        std::uint32_t request = 0;
        std::vector<std::uint32_t> created{}; // HTAPICALL that the function creates, in its order
    };
    struct Session {
        std::string provider;
        std::map<std::uint32_t, Operation> operations; // by correlation
        std::map<std::uint64_t, std::uint32_t> calls;  // HTAPICALL by HDRVCALL
    };
    // A call of an application that has not returned.
    struct Invocation {
        std::uint32_t line = 0, call = 0; // HLINE, HCALL
    };
    struct Application {
        std::string program;
        std::map<std::uint32_t, Invocation> invocations;     // by correlation
        std::map<std::uint32_t, std::uint32_t> lines, calls; // of the service, by those of the application
    };
    // What came in last: what goes out after it is its consequence.
    struct Cause {
        Boundary boundary{};
        std::uint32_t application = 0;
        std::string_view function{};
        Invocation invocation{};
        Place place{};
    };
    struct Requested {
        Place place{};
        std::uint32_t application = 0;
        std::uint16_t function = 0; // of the application
    };

    using Json = nlohmann::json;
    void decode_note(const Entry&, Json&);
    void decode_frame(const Entry&, const wire::Frame&, Json&);
    void call_into_provider(const Entry&, const wire::Frame&, Json&);
    void provider_returned(const Entry&, const wire::Frame&, Json&);
    void request_completed(const Entry&, const wire::Frame&, Json&);
    void provider_event(const Entry&, const wire::Frame&, Json&);
    void application_call(const Entry&, const wire::Frame&, Json&);
    void application_result(const Entry&, const wire::Frame&, Json&);
    void application_event(const Entry&, const wire::Frame&, Json&);
    void place_in_service(const Application&, const Invocation&, Json&) const;
    std::uint32_t call_named(const Session&, const Parameters&) const;

    std::map<std::uint32_t, Session> sessions_;
    std::map<std::uint32_t, Application> applications_;
    std::map<std::uint32_t, Requested> requests_; // that have not completed
    Cause cause_;
};

} // namespace offhook::trace
