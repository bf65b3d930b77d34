// SPDX-License-Identifier: Apache-2.0
//
// What providers report, and what applications are told of it.
#include "core/state.h"

#include "abi/call_states.h"
#include "wire/dialog.h"
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

// Changes that came with version 1.4, for which older applications are to initialise again.
constexpr std::uint32_t since_version_1_4 = LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_TRANSLATECHANGE;

// What comes behind the fields of a message: nothing, but for these.
bool is_sound_late(std::uint32_t message, std::span<const std::byte> late) {
    wire::Values digits{};
    wire::DialogBlocks blocks;
    wire::PayloadReader from(late);
    switch (message) {
    case LINE_GATHERDIGITS:
        return wire::decode_up(abi::row(abi::Tspi::lineGatherDigits), wire::Fill::at_message, late, digits);
    case LINE_CREATEDIALOGINSTANCE:
        return wire::read(late, blocks) && blocks.library.size() % sizeof(char16_t) == 0;
    case LINE_SENDDIALOGINSTANCEDATA: from.block(); return from.finished();
    default: return late.empty();
    }
}

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
    case wire::FrameKind::dialog:
    case wire::FrameKind::log: break;
    }
    reason = "a frame that a host does not send";
    return false;
}

bool State::event_arrived(Session& session, const wire::Frame& frame, std::string& reason) {
    wire::EventFromHost event;
    const std::uint32_t message = frame.header.function;
    if (!wire::read(frame.payload, event) || !is_sound_late(message, event.late)) {
        reason = "a malformed event";
        return false;
    }
    trace([&] {
        return TraceRecord{.kind = TraceKind::provider_event,
                           .what = message_name(message),
                           .provider = name_of(session),
                           .line = event.line,
                           .call = event.call,
                           .parameter1 = event.parameter1,
                           .parameter2 = event.parameter2,
                           .parameter3 = event.parameter3};
    });
    Call* call = calls_.find(event.call);
    if (message == LINE_NEWCALL) {
        if (call == nullptr || call->session != session.handle || call->stage != CallStage::reserved) {
            reason = "LINE_NEWCALL with a handle that was not granted";
            return false;
        }
        --session.credit;
        grant_calls(session);
    }
    std::array<std::uint64_t, 3> parameters{event.parameter1, event.parameter2, event.parameter3};
    if (all_is_reinitialisation(session, message, parameters)) return true;
    if (message == LINE_CREATEDIALOGINSTANCE) return dialog_created(session, event, reason);
    if (message == LINE_SENDDIALOGINSTANCEDATA) return dialog_data_sent(session, event);
    if (event.line == 0 && message != LINE_NEWCALL) {
        provider_event(session, message, parameters);
        return true;
    }
    Device* device = devices_.find(event.line);
    if (device == nullptr || device->provider != session.provider ||
        (device->stage != DeviceStage::open && device->stage != DeviceStage::opening) ||
        (device->kind == DeviceKind::phone && message == LINE_NEWCALL)) {
        // Sent before the provider saw the device's close; or a call of what is no line.
        if (message == LINE_NEWCALL) calls_.remove(call->handle);
        return true;
    }
    if (device->kind == DeviceKind::phone) {
        phone_event(*device, message, parameters);
    } else if (message == LINE_NEWCALL) {
        if (event.parameter1 != 0) new_call_arrived(session, *device, *call, event.parameter1);
        else {
            violation(session, 60, "LINE_NEWCALL with no call handle");
            calls_.remove(call->handle);
        }
    } else if (event.call == 0) {
        line_event(session, *device, message, parameters);
    } else if (call != nullptr && call->session == session.handle && call->device == device->handle) {
        call_event(session, *call, message, parameters, event.late);
    }
    return true;
}

// What is about no device that is open.
void State::provider_event(Session& session, std::uint32_t message,
                           const std::array<std::uint64_t, 3>& parameters) {
    switch (message) {
    case LINE_CREATE:
    case PHONE_CREATE:
        if (parameters[0] != static_cast<std::uint32_t>(session.provider))
            return violation(session, 90,
                             "a new device with another HPROVIDER than TSPI_providerEnumDevices got");
        return device_offered(session, message == LINE_CREATE ? DeviceKind::line : DeviceKind::phone,
                              parameters[1]);
    case LINE_REMOVE: return device_removed(session, DeviceKind::line, parameters[0]);
    case PHONE_REMOVE: return device_removed(session, DeviceKind::phone, parameters[0]);
    default: return;
    }
}

void State::line_event(Session&, Device& device, std::uint32_t message,
                       const std::array<std::uint64_t, 3>& parameters) {
    const Message event{.number = message,
                        .parameter1 = parameters[0],
                        .parameter2 = parameters[1],
                        .parameter3 = parameters[2]};
    const auto opens = device.opens;
    switch (message) {
    case LINE_CLOSE: return force_close(device); // the provider asks for it (R086)
    case LINE_LINEDEVSTATE:
        for (const Handle handle : opens) {
            const Opener& line = *openers_.find(handle);
            if (line.version < abi::v1_4 && (parameters[0] & since_version_1_4) != 0)
                capabilities_changed(line, event);
            else if ((line.wants.states & parameters[0]) != 0) send(line, event);
        }
        return;
    case LINE_ADDRESSSTATE:
        for (const Handle handle : opens) {
            const Opener& line = *openers_.find(handle);
            if (line.version < abi::v1_4 && (parameters[1] & LINEADDRESSSTATE_CAPSCHANGE) != 0)
                capabilities_changed(line, event);
            else if ((line.wants.address_states & parameters[1]) != 0) send(line, event);
        }
        return;
    case LINE_DEVSPECIFIC:
    case LINE_DEVSPECIFICFEATURE:
        for (const Handle handle : opens)
            if (const Opener& line = *openers_.find(handle); line.extension != 0) send(line, event); // R255
        return;
    default: return;
    }
}

// Applications of version 1.3 know no change of capabilities: they are to initialise again (R238). That is
// said once, not for each device that they have open.
void State::capabilities_changed(const Opener& opener, const Message& original) {
    Registration& app = *registrations_.find(opener.app);
    const auto owner = devices_.find(opener.device)->provider;
    if (!told_to_reinitialise(app, owner))
        translate_to_reinitialise(app, owner, original.number, original.parameter1);
}

void State::call_event(Session& session, Call& call, std::uint32_t message,
                       const std::array<std::uint64_t, 3>& parameters, std::span<const std::byte> late) {
    if (message == LINE_CALLSTATE)
        return call_state_changed(session, call,
                                  {static_cast<std::uint32_t>(parameters[0]), parameters[1],
                                   static_cast<std::uint32_t>(parameters[2])});
    if (call.stage != CallStage::live) return; // not before its first state (R071)
    switch (message) {
    case LINE_CALLINFO:
        if (call.state.state == LINECALLSTATE_IDLE) return; // R127
        call.parties_known = PartiesKnown::no;
        for (const Handle handle : call.handles)
            send(*openers_.find(call_handles_.find(handle)->line),
                 {.number = LINE_CALLINFO, .device = handle, .parameter1 = parameters[0]});
        return;
    case LINE_CALLDEVSPECIFIC: return device_specific(call, LINE_DEVSPECIFIC, parameters);
    case LINE_CALLDEVSPECIFICFEATURE: return device_specific(call, LINE_DEVSPECIFICFEATURE, parameters);
    case LINE_MONITORDIGITS:
    case LINE_MONITORMEDIA:
    case LINE_MONITORTONE: return monitored(call, message, parameters);
    case LINE_GENERATE:
    case LINE_GATHERDIGITS: return asked_for_has_ended(call, message, parameters, late);
    default: return;
    }
}

// Applications know one message for lines and calls.
void State::device_specific(const Call& call, std::uint32_t message,
                            const std::array<std::uint64_t, 3>& parameters) {
    for (const Handle handle : call.handles) {
        const Opener& line = *openers_.find(call_handles_.find(handle)->line);
        if (line.extension == 0) continue; // R255
        send(line, {.number = message,
                    .device = handle,
                    .parameter1 = parameters[0],
                    .parameter2 = parameters[1],
                    .parameter3 = parameters[2]});
    }
}

void State::send(const Registration& app, const Message& message) {
    const Application* application = applications_.find(app.application);
    if (application == nullptr) return;
    trace([&] {
        return TraceRecord{.kind = TraceKind::application_event,
                           .what = message_name(message.number),
                           .application = app.application,
                           .line = message.device,
                           .call = message.device,
                           .parameter1 = message.parameter1,
                           .parameter2 = message.parameter2,
                           .parameter3 = message.parameter3};
    });
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::event,
                                      .function = static_cast<std::uint16_t>(message.number),
                                      .sequence = application->results});
    wire::write(writer, wire::EventToApplication{message.device, message.instance, message.parameter1,
                                                 message.parameter2, message.parameter3});
    writer.raw(message.late);
    writer.finish();
    env_.to_channel(app.channel, frame_);
}

void State::send(const Opener& line, Message message) {
    const Registration* app = registrations_.find(line.app);
    if (app == nullptr) return;
    message.instance = line.instance;
    if (message.device == 0) message.device = line.handle;
    send(*app, message);
}

void State::tell_openers(const Device& device, std::uint32_t line_state, Handle except) {
    for (const Handle handle : device.opens) {
        const Opener& line = *openers_.find(handle);
        if (handle != except && (line.wants.states & line_state) != 0)
            send(line, {.number = LINE_LINEDEVSTATE, .parameter1 = line_state});
    }
}

} // namespace offhook::core
