// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/builder.h"

#include "cli/call_makers.h"
#include "cli/timeline/looks.h"

#include "tapi.h"

#include <algorithm>
#include <string_view>

namespace offhook::cli::timeline {
namespace {

constexpr std::string_view tspi = "TSPI_";

bool is_about_phones(std::string_view what) {
    return what.starts_with("TSPI_phone") || what.starts_with("PHONE_");
}

Device device_of(const Record& record) { return is_about_phones(record.what) ? Device::phone : Device::line; }

std::string without_prefix(const std::string& function) {
    return function.starts_with(tspi) ? function.substr(tspi.size()) : function;
}

} // namespace

void Builder::take(const Record& record) {
    // A clock that is set back must not turn the drawing around.
    now_ = {timeline_.whole.ends == Edge::seen ? std::max(now_.us, record.us) : record.us, now_.step + 1};
    if (timeline_.whole.begins == Edge::cut) timeline_.whole = from_now();
    timeline_.whole.end = now_;
    timeline_.whole.ends = Edge::seen;

    if (record.kind == "lost") return mark(nullptr, MarkKind::lost, record, {}, {});
    if (record.provider.empty()) return;
    Live& provider = live(record.provider);
    if (record.kind == "install") return install_step(provider, record);
    if (record.kind == "session") return session_step(provider, record);
    if (record.kind == "violation")
        return violation(provider, record, record.rule != 0 ? MarkKind::broken_rule : MarkKind::remark);
    if (record.kind == "stuck") return violation(provider, record, MarkKind::stuck);
    if (!record.kind.starts_with("provider_")) return;

    if (record.kind == "provider_call") function_called(provider, record);
    else if (record.kind == "provider_return") function_returned(provider, record);
    else if (record.kind == "provider_completion") request_completed(provider, record);
    else event(provider, record);
}

Timeline Builder::finish() && {
    for (auto& provider : timeline_.providers)
        if (provider.installed.ends == Edge::cut) provider.installed.end = now_;
    for (auto& [name, one] : lives_) {
        if (!one.session) continue;
        timeline_.sessions[*one.session].span.end = now_;
        for (const auto& [handle, opening] : one.openings) timeline_.openings[opening].span.end = now_;
        for (const auto& [handle, call] : one.calls) timeline_.calls[call].span.end = now_;
        for (const auto& [id, request] : one.requests) timeline_.requests[request].span.end = now_;
    }
    assign_lanes(timeline_);
    return std::move(timeline_);
}

void Builder::install_step(Live& one, const Record& record) {
    Span& installed = timeline_.providers[one.provider].installed;
    if (record.what == "installed") installed = from_now();
    else if (record.what == "removed") end(installed, Edge::seen);
    else mark(&one, MarkKind::change, record, {}, {});
}

// Stages of a session come in their order; the trace may begin with any of them.
void Builder::session_step(Live& one, const Record& record) {
    if (record.what == "ended" || record.what == "lost") return session_ends(one, record);
    if (record.what.starts_with("waits")) return mark(&one, MarkKind::change, record, {}, {});
    if (record.what == "starting" && one.session) session_ends(one, record); // its end is not in the trace
    if (!one.session) begin_session(one, record.what == "starting" ? Edge::seen : Edge::cut);
    Session& session = timeline_.sessions[*one.session];
    if (record.session != 0) session.handle = record.session;
    session.stages.push_back({now_, record.what});
}

void Builder::session_ends(Live& one, const Record& record) {
    const std::size_t place = session_of(one);
    Session& session = timeline_.sessions[place];
    end(session.span, Edge::seen);
    if (record.what == "lost") {
        session.failure = record.text.empty() ? "lost" : record.text;
        mark(&one, MarkKind::crash, record, {}, {});
    }
    while (!one.requests.empty()) end_request(one, one.requests.begin(), 0, Edge::torn);
    while (!one.openings.empty()) close(one, one.openings.begin()->first, Edge::torn);
    const auto provider = one.provider;
    one = {};
    one.provider = provider;
}

void Builder::function_called(Live& one, const Record& record) {
    // With its number of the device the provider gets, in the same call, the handle that stands for it.
    if (record.line != 0 && (record.what.ends_with("NegotiateTSPIVersion") || record.what.ends_with("Open")))
        one.device_ids[record.line] = record.parameters[0];
    const auto session = session_of(one);
    const auto opening = opening_of(one, record);
    Place call = call_of(one, record);
    if (record.what == "TSPI_lineMakeCall" && record.call != 0 && !call) {
        call = begin_call(one, record, "outgoing");
        if (call) timeline_.calls[*call].destination = record.destination;
    }
    if (record.request == 0) return;
    const Place track = opening ? Place(timeline_.openings[*opening].track) : Place();
    const auto function = without_prefix(record.what);
    const auto* const maker = call_maker(function);
    if (track && maker != nullptr) one.makers[*track] = {function, maker->calls};
    timeline_.requests.push_back({.span = from_now(),
                                  .function = function,
                                  .id = record.request,
                                  .session = session,
                                  .track = track,
                                  .call = call});
    one.requests[record.request] = timeline_.requests.size() - 1;
}

void Builder::function_returned(Live& one, const Record& record) {
    session_of(one);
    if (record.result >= 0) {
        if (record.what == "TSPI_lineOpen" || record.what == "TSPI_phoneOpen") open(one, record, Edge::seen);
        else if (record.what == "TSPI_lineClose" || record.what == "TSPI_phoneClose")
            close(one, record.line, Edge::seen);
        else if (const auto call = call_of(one, record); call && record.what == "TSPI_lineCloseCall") {
            end(timeline_.calls[*call].span, Edge::seen);
            one.calls.erase(record.call);
        }
        return;
    }
    if (record.what.ends_with("Open") && record.line != 0) {
        const auto track = track_of(one, record.line, device_of(record));
        mark(&one, MarkKind::refused, record, track, {});
        timeline_.marks.back().text = without_prefix(record.what) + ": " + error_name(record.result);
    }
    // A request that is refused has no completion (R051). Its identifier is not in the answer.
    const auto refused = std::ranges::find_if(one.requests, [&](const auto& entry) {
        const Request& request = timeline_.requests[entry.second];
        const bool same_call =
            record.call == 0 || !request.call || timeline_.calls[*request.call].handle == record.call;
        return record.request != 0 ? record.request == request.id
                                   : same_call && request.function == without_prefix(record.what);
    });
    if (refused != one.requests.end()) end_request(one, refused, record.result, Edge::seen);
    call_not_made(one, record);
}

void Builder::request_completed(Live& one, const Record& record) {
    session_of(one);
    const auto call = call_of(one, record);
    const auto opening = opening_of(one, record);
    one.last_what = record.what.starts_with(tspi) ? "the completion of " + without_prefix(record.what)
                                                  : std::string("a completion");
    one.last_call = call;
    one.last_track = opening ? Place(timeline_.openings[*opening].track) : Place();
    const auto found = one.requests.find(record.request);
    if (found == one.requests.end()) return;
    Request& request = timeline_.requests[found->second];
    if (!request.call) request.call = call;
    if (!request.track) request.track = one.last_track;
    end_request(one, found, record.result, Edge::seen);
    if (record.result != 0) call_not_made(one, record);
}

// Of a call that could not be made the handle is void (R064).
void Builder::call_not_made(Live& one, const Record& record) {
    const auto call = call_of(one, record);
    if (record.what != "TSPI_lineMakeCall" || !call) return;
    end(timeline_.calls[*call].span, Edge::seen);
    one.calls.erase(record.call);
}

void Builder::event(Live& one, const Record& record) {
    session_of(one);
    const auto opening = opening_of(one, record);
    one.last_what = record.what;
    one.last_track = opening ? Place(timeline_.openings[*opening].track) : Place();
    auto call = call_of(one, record);
    if (record.what == "LINE_NEWCALL" && record.call != 0 && !call)
        call = begin_call(one, record, "incoming");
    if (record.call != 0 && !call && opening)
        call = begin_call(one, record, maker_of_call(one, *one.last_track));
    one.last_call = call;
    if (record.what == "LINE_CALLSTATE" && call)
        timeline_.calls[*call].states.push_back(
            {now_, record.parameters[0],
             record.parameters[0] == LINECALLSTATE_DISCONNECTED ? record.parameters[1] : 0});
}

void Builder::violation(Live& one, const Record& record, MarkKind kind) {
    const bool itself = record.line != 0 || record.call != 0;
    const auto call = itself ? call_of(one, record) : one.last_call;
    const auto opening = itself ? opening_of(one, record) : Place();
    const auto track = opening  ? Place(timeline_.openings[*opening].track)
                       : call   ? Place(timeline_.calls[*call].track)
                       : itself ? Place()
                                : one.last_track;
    mark(&one, kind, record, track, call);
    timeline_.marks.back().during = !record.what.empty()      ? record.what
                                    : kind == MarkKind::stuck ? ""
                                                              : one.last_what;
}

Builder::Live& Builder::live(const std::string& provider) {
    const auto [found, is_new] = lives_.try_emplace(provider);
    if (is_new) {
        found->second.provider = timeline_.providers.size();
        timeline_.providers.push_back({.installed = {timeline_.whole.begin, now_}, .name = provider});
    }
    return found->second;
}

std::size_t Builder::session_of(Live& one) {
    return one.session ? *one.session : begin_session(one, Edge::cut);
}

std::size_t Builder::begin_session(Live& one, Edge begins) {
    const auto before = std::ranges::count(timeline_.sessions, one.provider, &Session::provider);
    const bool older = begins == Edge::cut && before == 0;
    timeline_.sessions.push_back({.span = older ? since(timeline_.whole) : from_now(),
                                  .provider = one.provider,
                                  .number = static_cast<std::uint64_t>(before) + 1});
    one.session = timeline_.sessions.size() - 1;
    return *one.session;
}

std::size_t Builder::track_of(const Live& one, std::uint64_t handle, Device device) {
    const auto id = one.device_ids.find(handle);
    const Track wanted{.provider = one.provider,
                       .device = device,
                       .id = id != one.device_ids.end() ? id->second : handle,
                       .identified = id != one.device_ids.end()};
    const auto found = std::ranges::find_if(timeline_.tracks, [&](const Track& track) {
        return track.provider == wanted.provider && track.device == device && track.id == wanted.id &&
               track.identified == wanted.identified;
    });
    if (found != timeline_.tracks.end()) return static_cast<std::size_t>(found - timeline_.tracks.begin());
    timeline_.tracks.push_back(wanted);
    return timeline_.tracks.size() - 1;
}

std::size_t Builder::open(Live& one, const Record& record, Edge begins) {
    if (const auto found = one.openings.find(record.line); found != one.openings.end()) return found->second;
    const auto session = session_of(one);
    const auto track = track_of(one, record.line, device_of(record));
    if (!record.line_name.empty()) timeline_.tracks[track].given_name = record.line_name;
    const bool first =
        std::ranges::find(timeline_.openings, track, &Opening::track) == timeline_.openings.end();
    const bool older = begins == Edge::cut && first;
    timeline_.openings.push_back({.span = older ? since(timeline_.sessions[session].span) : from_now(),
                                  .track = track,
                                  .session = session});
    return one.openings[record.line] = timeline_.openings.size() - 1;
}

void Builder::close(Live& one, std::uint64_t handle, Edge ends) {
    const auto found = one.openings.find(handle);
    if (found == one.openings.end()) return;
    end(timeline_.openings[found->second].span, ends);
    std::erase_if(one.calls, [&](const auto& entry) {
        Call& call = timeline_.calls[entry.second];
        if (call.opening != found->second) return false;
        end(call.span, Edge::torn);
        return true;
    });
    one.openings.erase(found);
}

// Nothing is asked of a device, and nothing comes from it, that is not open; the functions about versions and
// capabilities carry no handle of the provider's own.
Place Builder::opening_of(Live& one, const Record& record) {
    if (record.line == 0) return {};
    if (const auto found = one.openings.find(record.line); found != one.openings.end()) return found->second;
    const bool on_open = record.kind == "provider_event" || record.call != 0 || record.parameters[1] != 0 ||
                         (record.request != 0 && record.kind == "provider_call");
    if (!on_open || record.what.ends_with("Open") || record.what.ends_with("Close") ||
        record.what.ends_with("CloseCall"))
        return {};
    return open(one, record, Edge::cut);
}

Place Builder::call_of(Live& one, const Record& record) {
    const auto found = one.calls.find(record.call);
    return record.call != 0 && found != one.calls.end() ? Place(found->second) : Place();
}

Place Builder::begin_call(Live& one, const Record& record, std::string origin) {
    const auto place = opening_of(one, record);
    if (!place) return {};
    // Of a call with no beginning that is on a line which was open before the trace, it is not known how old
    // it is.
    const Opening& opening = timeline_.openings[*place];
    const bool older = origin.empty() && opening.span.begins == Edge::cut;
    timeline_.calls.push_back({.span = older ? since(opening.span) : from_now(),
                               .track = opening.track,
                               .opening = *place,
                               .number = timeline_.calls.size() + 1,
                               .handle = record.call,
                               .origin = std::move(origin)});
    return one.calls[record.call] = timeline_.calls.size() - 1;
}

// The function that made a call on a track, if there was one that still owes a call.
std::string Builder::maker_of_call(Live& one, std::size_t track) {
    const auto found = one.makers.find(track);
    if (found == one.makers.end() || found->second.calls == 0) return {};
    --found->second.calls;
    return found->second.function;
}

void Builder::end_request(Live& one, std::map<std::uint64_t, std::size_t>::iterator which,
                          std::int64_t result, Edge ends) {
    Request& request = timeline_.requests[which->second];
    request.result = result;
    end(request.span, ends);
    one.requests.erase(which);
}

void Builder::mark(const Live* one, MarkKind kind, const Record& record, Place track, Place call) {
    timeline_.marks.push_back({.at = now_,
                               .kind = kind,
                               .rule = record.rule,
                               .text = record.text.empty() ? record.what : record.text,
                               .provider = one != nullptr ? Place(one->provider) : Place(),
                               .track = track,
                               .call = call});
}

Span Builder::from_now() const { return {now_, now_, Edge::seen, Edge::cut}; }

// What was there already when the trace, and with it `container`, began.
Span Builder::since(const Span& container) const { return {container.begin, now_, Edge::cut, Edge::cut}; }

void Builder::end(Span& span, Edge ends) const {
    span.end = now_;
    span.ends = ends;
}

Timeline timeline_of(std::span<const Record> records) {
    Builder builder;
    for (const auto& record : records) builder.take(record);
    return std::move(builder).finish();
}

} // namespace offhook::cli::timeline
