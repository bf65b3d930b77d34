// SPDX-License-Identifier: Apache-2.0
#include "cli/problem.h"

#include "cli/names.h"

#include <array>

namespace offhook::cli {
namespace {

struct Advice {
    std::int32_t error;
    Exit exit;
    std::string_view next;
};

constexpr std::string_view see_status =
    "'offhook status' shows the providers and why the last session of one ended; the service's log says more";

constexpr auto advice = std::to_array<Advice>({
    {LINEERR_SERVICE_NOT_RUNNING, Exit::no_service,
     "start the service: 'systemctl start offhookd', or 'offhookd' in the foreground; if it listens "
     "elsewhere, name its "
     "socket with --socket"},
    {LINEERR_NODRIVER, Exit::refused,
     "the line's provider does not run: 'offhook provider list' shows why; 'offhook provider config NAME' "
     "changes its "
     "configuration"},
    {LINEERR_NODEVICE, Exit::not_found, "the line is gone: 'offhook lines' shows those that exist"},
    {LINEERR_BADDEVICEID, Exit::not_found, "'offhook lines' shows the lines that exist"},
    {LINEERR_RESOURCEUNAVAIL, Exit::refused,
     "the line's provider may be starting again: try in a few seconds; 'offhook status' shows its session"},
    {LINEERR_REINIT, Exit::refused, "devices have changed: run the command again"},
    {LINEERR_ALLOCATED, Exit::refused,
     "another program holds the line: 'offhook status' shows the applications"},
    {LINEERR_INUSE, Exit::refused,
     "'offhook calls' shows what is in use; drop a call with 'offhook drop --line LINE'"},
    {LINEERR_CALLUNAVAIL, Exit::refused,
     "the line carries as many calls as it can: 'offhook calls' shows them; drop one, or use another line"},
    {LINEERR_INVALADDRESS, Exit::refused,
     "write the number as the line's provider expects it, without blanks"},
    {LINEERR_INVALMEDIAMODE, Exit::refused,
     "the line does not carry voice: choose another from 'offhook lines'"},
    {LINEERR_INVALCALLHANDLE, Exit::not_found, "the call has ended: 'offhook calls' shows those that exist"},
    {LINEERR_INVALCALLSTATE, Exit::refused,
     "'offhook calls' shows the call's state; it may have ended meanwhile"},
    {LINEERR_INVALDEVICECLASS, Exit::refused,
     "the line's provider gives no audio to programs: leave out --play, --record, --tone and --echo"},
    {LINEERR_NOTOWNER, Exit::refused,
     "only an owner may do this: run the command as the user who made the call"},
    {LINEERR_OPERATIONUNAVAIL, Exit::refused,
     "neither the service nor the line's provider offers it: 'offhook coverage' lists what is there"},
    {LINEERR_NOMULTIPLEINSTANCE, Exit::refused,
     "remove the installed one first: 'offhook provider remove NAME'"},
    {LINEERR_STRUCTURETOOSMALL, Exit::refused, "report it: the command gave too little room"},
    {LINEERR_NOMEM, Exit::refused, "free memory on this machine, then try again"},
});

Problem problem(std::int32_t error, std::string_view doing, const std::string& reason) {
    const Constant* named = find(lineerr_constants, error);
    std::string text(doing);
    text += ": " + trace::error_name(error);
    if (!reason.empty()) text += " (" + reason + ")";
    else if (named != nullptr) text += " (" + std::string(named->meaning) + ")";
    Problem result(Exit::refused, text, std::string(see_status));
    result.error = error;
    for (const auto& row : advice) {
        if (row.error != error) continue;
        result.exit = row.exit;
        result.next_step = row.next;
    }
    return result;
}

} // namespace

Problem tapi_problem(std::int32_t error, std::string_view doing) { return problem(error, doing, {}); }

Problem service_problem(std::int32_t error, std::string_view doing, const std::string& reason) {
    return problem(error, doing, reason);
}

std::int32_t checked(std::int32_t result, std::string_view doing) {
    if (result < 0) throw tapi_problem(result, doing);
    return result;
}

} // namespace offhook::cli
