// SPDX-License-Identifier: Apache-2.0
//
// Records of a trace, for tests of the timeline.
#pragma once

#include "cli/timeline/builder.h"

#include "tapi.h"

namespace offhook::cli::timeline {

// Writes a trace: each record comes at the time that was set last, in milliseconds since its beginning.
class Trace {
  public:
    static constexpr std::int64_t begin_us = 1'795'783'094'000'000; // 2026-11-27 12:38:14 UTC

    Trace& at(std::int64_t ms) {
        us_ = begin_us + ms * 1'000;
        return *this;
    }
    Trace& session(const char* what, const char* text = "") {
        Record record = of("session", what);
        record.text = text;
        return add(record);
    }
    Trace& install(const char* what) { return add(of("install", what)); }
    Trace& called(const char* what, std::uint64_t line, std::uint64_t call = 0, std::uint64_t request = 0,
                  std::uint64_t device = 0) {
        Record record = on("provider_call", what, line, call);
        record.request = request;
        record.parameters = {device, 1, call};
        return add(record);
    }
    Trace& returned(const char* what, std::uint64_t line, std::uint64_t call = 0, std::int64_t result = 0) {
        Record record = on("provider_return", what, line, call);
        record.result = result;
        return add(record);
    }
    Trace& completed(const char* what, std::uint64_t line, std::uint64_t call, std::uint64_t request,
                     std::int64_t result = 0) {
        Record record = on("provider_completion", what, line, call);
        record.request = request;
        record.result = result;
        return add(record);
    }
    Trace& event(const char* what, std::uint64_t line, std::uint64_t call, std::uint64_t parameter = 0,
                 std::uint64_t mode = 0) {
        Record record = on("provider_event", what, line, call);
        record.parameters = {parameter, mode, 0};
        return add(record);
    }
    Trace& state(std::uint64_t line, std::uint64_t call, std::uint64_t state, std::uint64_t mode = 0) {
        return event("LINE_CALLSTATE", line, call, state, mode);
    }
    Trace& violation(std::uint64_t rule, const char* text) {
        Record record = of("violation", "");
        record.rule = rule;
        record.text = text;
        return add(record);
    }
    Trace& add(Record record) {
        record.us = us_;
        records.push_back(std::move(record));
        return *this;
    }
    // What a session is before a call can be made: lines 7 and 8 are the devices 0 and 1.
    Trace& line_open(std::uint64_t line = 7, std::uint64_t device = 0) {
        return called("TSPI_lineOpen", line, 0, 0, device).returned("TSPI_lineOpen", line);
    }

    Timeline timeline() const { return timeline_of(records); }
    static Record of(const char* kind, const char* what) {
        Record record;
        record.kind = kind;
        record.what = what;
        record.provider = "sip";
        return record;
    }

    std::vector<Record> records;

  private:
    static Record on(const char* kind, const char* what, std::uint64_t line, std::uint64_t call) {
        Record record = of(kind, what);
        record.line = line;
        record.call = call;
        return record;
    }
    std::int64_t us_ = begin_us;
};

// One call from dialing to its end, in a session that begins and ends.
inline Trace whole_call() {
    Trace trace;
    trace.session("starting").at(10).session("running").line_open();
    trace.at(100).called("TSPI_lineMakeCall", 7, 9, 50).returned("TSPI_lineMakeCall", 7, 9, 50);
    trace.at(120).completed("TSPI_lineMakeCall", 7, 9, 50).state(7, 9, LINECALLSTATE_DIALING);
    trace.at(300).state(7, 9, LINECALLSTATE_CONNECTED);
    trace.at(700).state(7, 9, LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_NORMAL);
    trace.at(800).called("TSPI_lineDrop", 7, 9, 51).returned("TSPI_lineDrop", 7, 9, 51);
    trace.state(7, 9, LINECALLSTATE_IDLE).at(850).completed("TSPI_lineDrop", 7, 9, 51);
    trace.at(900).called("TSPI_lineCloseCall", 7, 9).returned("TSPI_lineCloseCall", 7, 9);
    trace.called("TSPI_lineClose", 7).returned("TSPI_lineClose", 7);
    trace.at(990).session("shutting down").at(1'000).session("ended");
    return trace;
}

} // namespace offhook::cli::timeline
