// SPDX-License-Identifier: Apache-2.0
//
// Functions of the service itself, for the command line and for administrators: frames of kind `service` on a
// calls connection. Request and answer are JSON texts, each in one block. The answer is a frame of kind
// `service` with the same function and correlation; its `result` is 0, or a LINEERR_ value and then the text
// is {"error": "what is wrong and what to do"}.
#pragma once

#include <cstdint>

namespace offhook::wire {

enum class ServiceFunction : std::uint16_t {
    // {} ->
    // {"version","pid","uptime_s","socket","registry","applications":[{"id","name","user","pid","line_apps"}],
    //        "providers":[as provider_list]}
    status = 1,
    // {} -> {"lines":[{"device","name","provider","stage","opens","calls"}]}
    lines,
    // {} -> {"calls":[{"call","line","provider","state","mode","caller","called","owners","monitors"}]}
    calls,
    // {} ->
    // {"providers":[{"id","name","library","title","version","needs","stage","host_pid","lines","last_error",
    //        "retry_in_ms","settings":{key: value},"pending","change"}]}; secrets are masked. "settings":
    //        those
    // in force; "pending": what the next session has instead, or null. "change": what waits for the session's
    // end:
    // null, or {"what":"configuration" or "removal","stage":"waiting" (until no application has its devices
    // open) or "draining" (until its calls have ended),"in_ms" (the stage's end; 0: it has none),
    // "used_by":[{"application","name","user","pid","devices","calls"}]}. A provider that was removed is
    // listed until its session has ended.
    provider_list,
    // {"name"?, "library", "configuration":{key: value}, "approve":"needs,…"} -> {"id","name"}. For
    // administrators. Instead of "approve", "approve_declared": true for whatever the library declares to
    // need.
    provider_install,
    // {"name", "configuration":{key: value or null}, "apply"?} -> {"effect","change"}. For administrators.
    // Instead of "configuration", "back_to": the number of a change, whose whole configuration is set again.
    // "apply", for a session that runs and cannot take the change over: "when-unused" (the default: when no
    // application has its devices open), "when-calls-end" (it gets no new calls), "at-once".
    // "effect": "now" (the session has taken it over), "restart" (the session ends now), "waits" (for what
    // "change" says, as in provider_list), "next-session" (none runs).
    provider_config,
    // {"name", "apply"?} -> {"effect","change"}, as provider_config. For administrators.
    provider_remove,
    // {"state"?} -> {}. For administrators: it shows what every user's applications do. From then on the
    // service sends a frame of this function for each trace record (correlation 0):
    // {"time_ms","kind","what","provider","line","call","request","result","application","text",
    // "parameters":[…]}
    // With "state", first of all such a record of kind "state" for each session that runs, each line that is
    // open and each call that is there: "what" is "session", "line" or "call", "text" a line's name or a
    // call's state.
    watch,
    // {"name", "command"} -> {"reply"}. For administrators. What a provider understands it says itself
    // (OFFHOOK_providerCommand).
    provider_command,
    // {"name"?} -> {"changes":[{"number","time","author","provider","change"}]}, the oldest first: when
    // (seconds since 1970), by which user (a number; null: the service itself), and what, with secrets
    // masked.
    provider_history,
    // {"name"} of a provider, or {"library"} ->
    // {"fields":[{"key","type","title","help","required","default"?,
    // "minimum"?,"maximum"?,"choices"?,"set":{key: value},"pending":{key: value or null}}]}: what a provider
    // declares (offhook_provider.h), what is in force and what waits; secrets are masked. For administrators,
    // who may
    // read any library.
    provider_fields,
    // {"since_us"?, "follow"?} -> {}. What has been kept of what passed the service since a time
    // (microseconds since
    // 1970; 0: all of it); with "follow", and then what comes. An administrator sees all of it, everybody
    // else the
    // frames of their own applications. From then on the service sends frames of this function (correlation
    // 0):
    // first {"names":{"sessions":[[number, provider]],"applications":[[number, program]],
    // "calls":[[session, HDRVCALL, HTAPICALL]],"lines":[[HTAPILINE, name]]}}, what began before; then
    // {"lost","entries"}: how many entries were overwritten before they could be sent, and entries in
    // hexadecimal
    // (trace/transfer.h); at the end, without "follow", {"end":true}.
    trace,
    // {} -> the whole state for people who look for a fault (daemon/dump.h). For administrators.
    dump,
};

} // namespace offhook::wire
