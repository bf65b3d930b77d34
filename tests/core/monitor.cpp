// SPDX-License-Identifier: Apache-2.0
#include "tests/core/monitor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace offhook::test {

using abi::Tapi;
using abi::Tspi;
using core::number_of;
using core::wide_of;

void Monitor::fail(std::uint32_t rule, std::string what) {
    if (std::getenv("OFFHOOK_TRACE") != nullptr)
        std::fprintf(stderr, "BROKEN R%03u %s\n", rule, what.c_str());
    EXPECT_NE(std::ranges::find(rules, rule), rules.end()) << "a rule that Monitor::rules does not list";
    std::string number = std::to_string(rule);
    broken_.push_back("R" + std::string(3 - number.size(), '0') + number + ": " + std::move(what));
}

bool Monitor::broke(std::uint32_t rule) const {
    std::string number = std::to_string(rule);
    number = "R" + std::string(3 - number.size(), '0') + number;
    return std::any_of(broken_.begin(), broken_.end(),
                       [&](const std::string& line) { return line.starts_with(number); });
}

void Monitor::check_nothing_is_owed() {
    for (const auto& [session, state] : sessions_)
        if (state.stage == Stage::initialised && state.init_returned)
            fail(7, "a session was initialised and neither shut down nor lost");
    check_everything_is_answered();
}

void Monitor::check_everything_is_answered() {
    for (const auto& [id, application] : applications_) {
        for (const auto& [correlation, call] : application.calls)
            fail(44, std::string(abi::row(call.function).name) + " was never answered");
        for (const auto& [request, owed] : application.requests)
            if (dead_channels_.count(owed.channel) == 0)
                fail(46, "request " + std::to_string(request) + " was never replied to");
    }
}

// ---- Towards providers

void Monitor::host_started(std::uint32_t provider, std::uint32_t session) {
    if (running_.count(provider) != 0) fail(4, "a provider has two sessions at once");
    running_[provider] = session;
    sessions_[session] = {};
    sessions_[session].provider = provider;
}

void Monitor::host_ended(std::uint32_t session) {
    running_.erase(sessions_[session].provider);
    sessions_.erase(session);
}

void Monitor::to_host(std::uint32_t session, const wire::Frame& frame) {
    if (frame.header.kind != wire::FrameKind::call) return;
    call_enters_provider(sessions_.at(session), frame);
}

void Monitor::call_enters_provider(Session& session, const wire::Frame& frame) {
    const auto function = static_cast<Tspi>(frame.header.function);
    const auto& row = abi::row(function);
    const std::string name(row.name);
    wire::Values in{};
    if (!wire::decode_down(row, frame.payload, in)) return fail(41, name + " with malformed inputs");
    ProviderCall call{function, 0, 0, 0, 0};

    switch (function) {
    case Tspi::lineNegotiateTSPIVersion:
        if (number_of<Tspi::lineNegotiateTSPIVersion, "dwDeviceID">(in) == INITIALIZE_NEGOTIATION) {
            if (session.stage != Stage::started) fail(2, "the session's version is negotiated twice");
            session.stage = Stage::negotiated;
        } else if (!session.init_returned) {
            fail(9, "a line's version is negotiated before providerInit has returned");
        }
        break;
    case Tspi::providerEnumDevices:
        if (session.stage != Stage::negotiated)
            fail(2, "devices are enumerated before the version is negotiated");
        session.stage = Stage::enumerated;
        break;
    case Tspi::providerInit:
        if (session.stage != Stage::enumerated) fail(15, "providerInit before negotiation and enumeration");
        session.stage = Stage::initialised;
        break;
    case Tspi::providerShutdown:
        if (session.stage != Stage::initialised) fail(7, "providerShutdown without providerInit");
        if (!session.outstanding.empty()) fail(2, "providerShutdown while another function has not returned");
        if (!session.lines.empty()) fail(2, "providerShutdown while a line is open");
        session.stage = Stage::shut_down;
        break;
    default:
        if (session.stage == Stage::shut_down) fail(2, name + " after providerShutdown");
        if (!session.init_returned) fail(9, name + " before providerInit has returned");
    }

    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& parameter = row.parameters[i];
        if (parameter.kind == abi::Kind::local || parameter.direction == abi::Direction::out) continue;
        const auto value = in[i].number;
        if (parameter.name == "dwRequestID") {
            call.request = static_cast<std::uint32_t>(value);
            if (value == 0 || value > 0x7FFFFFFF) fail(45, name + " with a request id out of range");
            if (!session.requests.insert(call.request).second)
                fail(45, name + " with the id of an outstanding request");
        } else if (parameter.name == "hdLine" || parameter.name == "hdPhone") {
            call.line = value;
            if (session.lines.count(value) == 0)
                fail(75, name + " with a handle of a device that is not open");
        } else if (parameter.name.starts_with("hd") &&
                   parameter.name.find("Call") != std::string_view::npos && value != 0) {
            call.call = value;
            const auto found = session.calls.find(value);
            if (found == session.calls.end()) fail(67, name + " with a call handle that is not valid");
            else if (call.line == 0) call.line = found->second.line;
            if (found != session.calls.end() && found->second.creator != 0 && function != Tspi::lineCloseCall)
                fail(62, name + " on a call whose creation is not complete");
        } else if (parameter.name.starts_with("ht") && parameter.name.ends_with("Call")) {
            call.service_call = value;
            if (value == 0 && function != Tspi::lineCompleteTransfer)
                fail(61, name + " without the service's call handle");
        }
    }
    if (function == Tspi::lineCloseCall) session.calls.erase(call.call); // nothing may follow
    if (function == Tspi::lineClose || function == Tspi::phoneClose) {
        session.lines.erase(call.line);
        std::erase_if(session.calls, [&](const auto& entry) { return entry.second.line == call.line; });
    }
    session.outstanding[frame.header.correlation] = call;
}

void Monitor::from_host(std::uint32_t id, const wire::Frame& frame) {
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) return;
    Session& session = found->second;
    if (frame.header.kind == wire::FrameKind::completion) {
        const auto request = frame.header.correlation;
        if (session.requests.erase(request) == 0) return;
        const bool returned =
            std::none_of(session.outstanding.begin(), session.outstanding.end(),
                         [&](const auto& entry) { return entry.second.request == request; });
        if (returned) creation_completed(session, request, frame.header.result);
        else session.completed_before_return[request] = frame.header.result;
        return;
    }
    if (frame.header.kind == wire::FrameKind::event && frame.header.function == LINE_NEWCALL) {
        wire::EventFromHost event;
        if (wire::read(frame.payload, event) && event.parameter1 != 0)
            session.calls[event.parameter1] = {0, 0};
        return;
    }
    if (frame.header.kind != wire::FrameKind::result) return;
    const auto operation = session.outstanding.find(frame.header.correlation);
    if (operation == session.outstanding.end()) return;
    const ProviderCall call = operation->second;
    session.outstanding.erase(operation);
    wire::Values out{};
    if (frame.header.result < 0) session.requests.erase(call.request);
    if (frame.header.result < 0 ||
        !wire::decode_up(abi::row(call.function), abi::Fill::at_return, frame.payload, out))
        return;
    if (call.function == Tspi::providerInit) session.init_returned = true;
    if (call.function == Tspi::providerShutdown) session.init_returned = false;
    if (call.function == Tspi::lineOpen) session.lines.insert(wide_of<Tspi::lineOpen, "lphdLine">(out));
    if (call.function == Tspi::phoneOpen) session.lines.insert(wide_of<Tspi::phoneOpen, "lphdPhone">(out));
    if (call.service_call != 0 && frame.header.result == static_cast<std::int32_t>(call.request)) {
        const auto& row = abi::row(call.function);
        for (std::size_t i = 0; i < row.count; ++i) {
            if (!row.parameters[i].name.starts_with("lphd") || out[i].number == 0) continue;
            session.calls[out[i].number] = {call.line, call.request};
            session.created[call.request].push_back(out[i].number);
        }
        if (const auto early = session.completed_before_return.find(call.request);
            early != session.completed_before_return.end())
            creation_completed(session, call.request, early->second);
    }
    session.completed_before_return.erase(call.request);
}

void Monitor::creation_completed(Session& session, std::uint32_t request, std::int32_t result) {
    const auto created = session.created.find(request);
    if (created == session.created.end()) return;
    for (const auto driver : created->second) {
        const auto call = session.calls.find(driver);
        if (call == session.calls.end()) continue;
        if (result == 0) call->second.creator = 0;
        else session.calls.erase(call); // void without TSPI_lineCloseCall (R064)
    }
    session.created.erase(created);
}

// ---- Towards applications

void Monitor::from_application(std::uint32_t id, const wire::Frame& frame) {
    if (frame.header.kind == wire::FrameKind::dialog) return;
    const auto function = static_cast<Tapi>(frame.header.function);
    wire::Values in{};
    if (!wire::decode_down(abi::row(function), frame.payload, in)) return;
    PendingCall call{.function = function};
    const auto& row = abi::row(function);
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& parameter = row.parameters[i];
        if (parameter.kind == abi::Kind::local || parameter.direction == abi::Direction::out) continue;
        if (parameter.name == "hLineApp" || parameter.name == "hPhoneApp")
            call.app = static_cast<std::uint32_t>(in[i].number);
        if (parameter.name == "hLine" || parameter.name == "hPhone")
            call.line = static_cast<std::uint32_t>(in[i].number);
        // Of two calls, as in lineSwapHold, the first decides where the reply comes.
        if (call.call == 0 && parameter.name.starts_with("h") && parameter.name.ends_with("Call"))
            call.call = static_cast<std::uint32_t>(in[i].number);
    }
    if (function == Tapi::lineOpen) {
        call.instance = wide_of<Tapi::lineOpen, "dwCallbackInstance">(in);
        call.version = number_of<Tapi::lineOpen, "dwAPIVersion">(in);
    }
    if (function == Tapi::phoneOpen) {
        call.instance = wide_of<Tapi::phoneOpen, "dwCallbackInstance">(in);
        call.version = number_of<Tapi::phoneOpen, "dwAPIVersion">(in);
    }
    if (function == Tapi::lineInitializeEx || function == Tapi::phoneInitializeEx)
        call.channel = static_cast<std::uint32_t>(frame.header.sequence);
    if (const auto line = lines_.find(call.line); line != lines_.end()) call.channel = line->second.channel;
    if (const auto handle = handles_.find(call.call); handle != handles_.end()) {
        call.channel = handle->second.channel;
        call.line = handle->second.line; // lineSetupConference ignores hLine then
    }
    applications_[id].calls[frame.header.correlation] = call;
}

void Monitor::to_application(std::uint32_t id, const wire::Frame& frame) {
    if (lost_applications_.count(id) != 0) return; // nobody reads it any more
    Application& application = applications_[id];
    if (frame.header.kind == wire::FrameKind::dialog) return;
    ++application.results;
    const auto pending = application.calls.find(frame.header.correlation);
    if (pending == application.calls.end()) return fail(44, "a call was answered twice");
    const PendingCall call = pending->second;
    application.calls.erase(pending);
    const auto& row = abi::row(call.function);
    const auto result = frame.header.result;
    if (row.mode == abi::Mode::async) {
        if (result == 0) return fail(44, std::string(row.name) + " returned 0");
        if (result > 0 && !application.requests
                               .emplace(static_cast<std::uint32_t>(result),
                                        Outstanding{call.channel, call.line, call.function})
                               .second)
            fail(45, "a request id was given out while it was outstanding");
        return;
    }
    if (result != 0 || shows_dialog(call.function)) return;
    wire::Values out{};
    if (!wire::decode_up(row, abi::Fill::at_return, frame.payload, out))
        return fail(41, std::string(row.name) + " with malformed outputs");
    switch (call.function) {
    case Tapi::lineInitializeEx:
        application.line_apps[number_of<Tapi::lineInitializeEx, "lphLineApp">(out)] = call.channel;
        application_of_channel_[call.channel] = id;
        return;
    case Tapi::phoneInitializeEx:
        application.line_apps[number_of<Tapi::phoneInitializeEx, "lphPhoneApp">(out)] = call.channel;
        application_of_channel_[call.channel] = id;
        return;
    case Tapi::phoneOpen: {
        const auto app = application.line_apps.find(call.app);
        lines_[number_of<Tapi::phoneOpen, "lphPhone">(out)] = {
            app != application.line_apps.end() ? app->second : 0, call.instance, call.version};
        return;
    }
    case Tapi::lineOpen: {
        const auto app = application.line_apps.find(call.app);
        lines_[number_of<Tapi::lineOpen, "lphLine">(out)] = {
            app != application.line_apps.end() ? app->second : 0, call.instance, call.version};
        return;
    }
    case Tapi::lineClose:
    case Tapi::phoneClose: return free_line(call.line);
    case Tapi::lineDeallocateCall: handles_.erase(call.call); return;
    case Tapi::lineGetNewCalls:
        for (const auto handle : calls_in(core::value_of<Tapi::lineGetNewCalls, "lpCallList">(out).bytes))
            if (!handles_.emplace(handle, Handle{call.channel, call.line, true, true, false}).second)
                fail(122, "lineGetNewCalls gave a handle that is in use");
        return;
    case Tapi::lineGetConfRelatedCalls: // some of them the application has
        for (const auto handle :
             calls_in(core::value_of<Tapi::lineGetConfRelatedCalls, "lpCallList">(out).bytes))
            handles_.emplace(handle, Handle{call.channel, call.line, true, true, false});
        return;
    default: return;
    }
}

void Monitor::free_line(std::uint32_t line) {
    lines_.erase(line);
    std::erase_if(handles_, [&](const auto& entry) { return entry.second.line == line; });
}

void Monitor::to_channel(std::uint32_t channel, const wire::Frame& frame) {
    if (const auto owner = application_of_channel_.find(channel);
        owner != application_of_channel_.end() && lost_applications_.count(owner->second) != 0)
        return; // nobody reads it any more
    if (dead_channels_.count(channel) != 0) return fail(242, "a message after lineShutdown");
    const auto owner = application_of_channel_.find(channel);
    if (owner == application_of_channel_.end())
        return fail(5, "a message before lineInitializeEx was answered");
    Application& application = applications_[owner->second];
    if (frame.header.sequence > application.results)
        fail(48, "a message waits for a result that was not sent");
    wire::PayloadReader from(frame.payload);
    wire::EventToApplication event;
    if (!wire::read(from, event)) return fail(41, "a malformed message");
    constexpr std::size_t event_size = 4 + 4 * 8; // of the fields

    const auto message = frame.header.function;
    const auto announced = app_new_call_.extract(channel);
    if (!announced.empty() && (message != LINE_CALLSTATE || event.device != announced.mapped()))
        fail(129, "LINE_APPNEWCALL is not followed by the call's LINE_CALLSTATE");
    switch (message) {
    case LINE_REPLY:
    case PHONE_REPLY: {
        const auto request = static_cast<std::uint32_t>(event.parameter1);
        const auto found = application.requests.find(request);
        if (found == application.requests.end())
            return fail(46, "a reply to a request that is not outstanding");
        const auto asked = found->second;
        application.requests.erase(found);
        if (event.parameter2 != 0) return;
        wire::Values late{};
        const auto& row = abi::row(asked.function);
        if (!wire::decode_up(row, abi::Fill::at_reply, frame.payload.subspan(event_size), late))
            return fail(56, "a reply with malformed outputs of " + std::string(row.name));
        for (std::size_t i = 0; i < row.count; ++i) {
            const auto handle = static_cast<std::uint32_t>(late[i].number);
            if (!row.parameters[i].name.starts_with("lph") || handle == 0) continue;
            if (!handles_.emplace(handle, Handle{channel, asked.line, true, true, false}).second)
                fail(45, "a call handle that is in use");
        }
        return;
    }
    case LINE_APPNEWCALL: {
        const auto handle = static_cast<std::uint32_t>(event.parameter2);
        if (lines_.count(event.device) == 0) fail(86, "a message for a line that is not open");
        if (event.parameter3 != LINECALLPRIVILEGE_OWNER && event.parameter3 != LINECALLPRIVILEGE_MONITOR)
            fail(128, "LINE_APPNEWCALL without a privilege");
        if (!handles_.emplace(handle, Handle{channel, event.device, false, false, false}).second)
            fail(130, "LINE_APPNEWCALL for a handle that the application has");
        app_new_call_[channel] = handle;
        return;
    }
    case LINE_CALLSTATE:
    case LINE_CALLINFO: return event_of_call(channel, message, event);
    case LINE_CLOSE:
    case PHONE_CLOSE:
        if (lines_.count(event.device) == 0) fail(86, "a device is closed that is not open");
        return free_line(event.device);
    case PHONE_STATE:
    case PHONE_BUTTON:
    case LINE_LINEDEVSTATE:
        if (event.device != 0 && lines_.count(event.device) == 0)
            fail(86, "a message for a device that is not open");
        return;
    case LINE_MONITORDIGITS:
    case LINE_GENERATE:
    case LINE_GATHERDIGITS:
        if (handles_.count(event.device) == 0)
            fail(66, "digits for a call that the application does not have");
        return;
    default: return;
    }
}

void Monitor::event_of_call(std::uint32_t channel, std::uint32_t message,
                            const wire::EventToApplication& event) {
    auto found = handles_.find(event.device);
    if (found == handles_.end() && message == LINE_CALLSTATE && event.parameter3 != 0) {
        // Below 2.0 the first LINE_CALLSTATE is what brings the handle (R129).
        for (const auto& [handle, line] : lines_)
            if (line.instance == event.instance && line.version < abi::v2_0)
                found = handles_.emplace(event.device, Handle{channel, handle, false, false, false}).first;
    }
    if (found == handles_.end())
        return fail(66, "message " + std::to_string(message) + " with " + std::to_string(event.parameter1) +
                            " for a call handle that the application does not have");
    Handle& handle = found->second;
    if (handle.channel != channel) fail(66, "a message for another application's call handle");
    if (message == LINE_CALLINFO) {
        if (handle.idle) fail(127, "LINE_CALLINFO after IDLE");
        if (!handle.announced) fail(71, "LINE_CALLINFO before the first LINE_CALLSTATE");
        return;
    }
    if (handle.idle) fail(210, "LINE_CALLSTATE after IDLE");
    if (!handle.announced && event.parameter3 == 0)
        fail(128, "the first LINE_CALLSTATE carries no privilege");
    if (handle.announced && event.parameter3 != 0) fail(128, "a later LINE_CALLSTATE carries a privilege");
    if (event.parameter1 == LINECALLSTATE_CONFERENCED && event.parameter2 != 0) {
        const auto parent = handles_.find(static_cast<std::uint32_t>(event.parameter2));
        if (parent == handles_.end() || parent->second.line != handle.line)
            fail(132, "CONFERENCED with a parent that the application does not have");
    }
    handle.announced = true;
    handle.idle = event.parameter1 == LINECALLSTATE_IDLE;
}

void Monitor::channel_closed(std::uint32_t channel) {
    dead_channels_.insert(channel);
    std::vector<std::uint32_t> lines;
    for (const auto& [line, its_line] : lines_)
        if (its_line.channel == channel) lines.push_back(line);
    for (const auto line : lines) free_line(line);
    std::erase_if(handles_, [&](const auto& entry) { return entry.second.channel == channel; });
    for (auto& [id, application] : applications_) {
        std::erase_if(application.requests,
                      [&](const auto& entry) { return entry.second.channel == channel; });
        std::erase_if(application.line_apps, [&](const auto& entry) { return entry.second == channel; });
    }
    app_new_call_.erase(channel);
}

void Monitor::channel_lost(std::uint32_t channel) { channel_closed(channel); }

void Monitor::application_lost(std::uint32_t id) {
    for (const auto& [app, channel] : std::map(applications_[id].line_apps)) channel_closed(channel);
    applications_.erase(id);
    lost_applications_.insert(id);
}

} // namespace offhook::test
