// SPDX-License-Identifier: Apache-2.0
//
// What providers report, and what applications are told of it.
#include "core/state.h"

#include "core/call_states.h"
#include "wire/events.h"

namespace offhook::core {
namespace {

#define MESSAGE(name, value, ...)                                                                            \
    case value: return #name;
constexpr std::string_view message_name(std::uint32_t message) {
    switch (message) {
#include "abi/table/messages.def"
    }
    return "unknown message";
}
#undef MESSAGE

} // namespace

bool State::host_frame(SessionId id, const wire::Frame& frame, std::string& reason) {
    Session* session = sessions_.find(static_cast<Handle>(id));
    if (session == nullptr || !session->failure.empty())
        return true; // it is being ended: late frames mean nothing
    switch (frame.header.kind) {
    case wire::FrameKind::result: return operation_returned(*session, frame, reason);
    case wire::FrameKind::completion: return completion_arrived(*session, frame, reason);
    case wire::FrameKind::event: return event_arrived(*session, frame, reason);
    case wire::FrameKind::hello:
    case wire::FrameKind::welcome:
    case wire::FrameKind::call:
    case wire::FrameKind::grant:
    case wire::FrameKind::service:
    case wire::FrameKind::goodbye:
    case wire::FrameKind::log: break;
    }
    reason = "a frame that a host does not send";
    return false;
}

bool State::event_arrived(Session& session, const wire::Frame& frame, std::string& reason) {
    wire::EventFromHost event;
    if (!wire::read(frame.payload, event)) {
        reason = "a malformed event";
        return false;
    }
    const std::uint32_t message = frame.header.function;
    trace({.kind = TraceKind::provider_event,
           .what = message_name(message),
           .provider = name_of(session),
           .line = event.line,
           .call = event.call,
           .parameter1 = event.parameter1,
           .parameter2 = event.parameter2,
           .parameter3 = event.parameter3});
    Call* call = calls_.find(event.call);
    if (message == LINE_NEWCALL) {
        if (call == nullptr || call->session != session.handle || call->stage != CallStage::reserved) {
            reason = "LINE_NEWCALL with a handle that was not granted";
            return false;
        }
        --session.credit;
        grant_calls(session);
    }
    LineDevice* device = devices_.find(event.line);
    if (device == nullptr || device->provider != session.provider ||
        (device->stage != DeviceStage::open && device->stage != DeviceStage::opening)) {
        // Sent before the provider saw the line's close.
        if (message == LINE_NEWCALL) calls_.remove(call->handle);
        return true;
    }
    const std::array<std::uint64_t, 3> parameters{event.parameter1, event.parameter2, event.parameter3};
    if (message == LINE_NEWCALL) {
        if (event.parameter1 != 0) new_call_arrived(session, *device, *call, event.parameter1);
        else {
            violation(session, 60, "LINE_NEWCALL with no call handle");
            calls_.remove(call->handle);
        }
    } else if (event.call == 0) {
        line_event(session, *device, message, parameters);
    } else if (call != nullptr && call->session == session.handle && call->device == device->handle) {
        call_event(session, *call, message, parameters);
    }
    return true;
}

void State::line_event(Session&, LineDevice& device, std::uint32_t message,
                       const std::array<std::uint64_t, 3>& parameters) {
    const Message event{.number = message,
                        .parameter1 = parameters[0],
                        .parameter2 = parameters[1],
                        .parameter3 = parameters[2]};
    const auto opens = device.opens;
    switch (message) {
    case LINE_CLOSE: return force_close(device); // the provider asks for it (R086)
    case LINE_LINEDEVSTATE:
        for (const Handle handle : opens)
            if (const OpenLine& line = *open_lines_.find(handle); (line.line_states & parameters[0]) != 0)
                send(line, event);
        return;
    case LINE_ADDRESSSTATE:
        for (const Handle handle : opens)
            if (const OpenLine& line = *open_lines_.find(handle); (line.address_states & parameters[1]) != 0)
                send(line, event);
        return;
    case LINE_DEVSPECIFIC:
    case LINE_DEVSPECIFICFEATURE:
        for (const Handle handle : opens) send(*open_lines_.find(handle), event);
        return;
    default: return;
    }
}

void State::call_event(Session& session, Call& call, std::uint32_t message,
                       const std::array<std::uint64_t, 3>& parameters) {
    switch (message) {
    case LINE_CALLSTATE:
        return call_state_changed(session, call,
                                  {static_cast<std::uint32_t>(parameters[0]), parameters[1],
                                   static_cast<std::uint32_t>(parameters[2])});
    case LINE_CALLINFO:
        if (call.stage != CallStage::live || call.state.state == LINECALLSTATE_IDLE) return; // R071, R127
        call.parties_known = PartiesKnown::no;
        for (const Handle handle : call.handles)
            send(*open_lines_.find(call_handles_.find(handle)->line),
                 {.number = LINE_CALLINFO, .device = handle, .parameter1 = parameters[0]});
        return;
    default: return;
    }
}

void State::send(const LineApp& app, const Message& message) {
    const Application* application = applications_.find(app.application);
    if (application == nullptr) return;
    trace({.kind = TraceKind::application_event,
           .what = message_name(message.number),
           .application = app.application,
           .line = message.device,
           .call = message.device,
           .parameter1 = message.parameter1,
           .parameter2 = message.parameter2,
           .parameter3 = message.parameter3});
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::event,
                                      .function = static_cast<std::uint16_t>(message.number),
                                      .sequence = application->results});
    wire::write(writer, wire::EventToApplication{message.device, message.instance, message.parameter1,
                                                 message.parameter2, message.parameter3});
    writer.finish();
    env_.to_channel(app.channel, frame_);
}

void State::send(const OpenLine& line, Message message) {
    const LineApp* app = line_apps_.find(line.app);
    if (app == nullptr) return;
    message.instance = line.instance;
    if (message.device == 0) message.device = line.handle;
    send(*app, message);
}

void State::tell_openers(const LineDevice& device, std::uint32_t line_state, Handle except) {
    for (const Handle handle : device.opens) {
        const OpenLine& line = *open_lines_.find(handle);
        if (handle != except && (line.line_states & line_state) != 0)
            send(line, {.number = LINE_LINEDEVSTATE, .parameter1 = line_state});
    }
}

} // namespace offhook::core
