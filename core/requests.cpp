// SPDX-License-Identifier: Apache-2.0
//
// Asynchronous requests. A request is submitted, accepted when the provider's function returns its id (R043),
// and completed exactly once (R046), whichever of return and completion comes first (R047); the application
// sees the return before the reply (R048).
#include "core/device_functions.h"
#include "core/state.h"

#include "wire/events.h"

#include <algorithm>

namespace offhook::core {

Request* State::new_request(const Invocation& invocation, const Opener& line, const PassThrough& plan) {
    Request* request = requests_.add();
    if (request == nullptr) return nullptr;
    Device& device = *devices_.find(line.device);
    ++device.requests;
    request->function = plan.to;
    request->plan = &plan;
    request->session = provider(device.provider)->session;
    request->application = invocation.application;
    request->app = line.app;
    request->device = device.handle;
    request->opener = line.handle;
    request->instance = line.instance;
    request->correlation = invocation.correlation;
    request->since = now_;
    arm_watchdog();
    return request;
}

// Asked by the service itself: nobody waits for it.
Request* State::new_own_request(Call& call, abi::Tspi function) {
    Request* request = requests_.add();
    if (request == nullptr) return nullptr;
    request->function = function;
    request->session = call.session;
    request->device = call.device;
    if (Device* device = devices_.find(call.device)) ++device->requests;
    bind(*request, call);
    request->since = now_;
    arm_watchdog();
    return request;
}

// The close of the call ends the request (R078).
void State::bind(Request& request, Call& call) {
    request.call = call.handle;
    call.requests.push_back(request.handle);
}

void State::request_returned(Handle handle, const Outcome& outcome) {
    Request* request = requests_.find(handle);
    if (request == nullptr) return;
    auto result = outcome.result;
    if (result >= 0 && result != static_cast<std::int32_t>(handle)) {
        if (const Session* session = sessions_.find(request->session))
            violation(*session, 43, "an asynchronous function returned neither an error nor its request id");
        result = as_result(LINEERR_OPERATIONFAILED);
    }
    if (result >= 0) name_created_calls(*request, *outcome.outputs);
    if (request->application != 0) {
        const Registration* app = registrations_.find(request->app);
        answer(request->application, request->correlation, request->plan->from, result, {},
               app != nullptr ? app->channel : ChannelId{});
    }
    if (result < 0) { // complete: no completion follows (R051), and the new calls' handles are void (R064)
        creation_failed(*request);
        return forget_request(*request);
    }
    const bool completed = request->stage == RequestStage::completed_early;
    request->stage = RequestStage::accepted;
    if (completed) {
        const auto outputs = std::move(request->early_outputs);
        return request_completed(handle, request->early_result, outputs);
    }
    const auto created = request->created;
    for (const Handle new_call : created)
        if (Call* call = calls_.find(new_call); call != nullptr && call->abandoned && call->driver != 0)
            close_call(*call);
}

// The provider has stored its handles of the calls that the function creates before it returned (R061). A
// forwarding needs a consultation call with some switches only.
void State::name_created_calls(const Request& request, const wire::Values& outputs) {
    if (request.created[0] == 0) return;
    const auto& row = abi::row(request.function);
    std::size_t next = 0;
    for (std::size_t i = 0; i < row.count; ++i) {
        if (!row.parameters[i].name.starts_with("lphd")) continue;
        Call* call = calls_.find(request.created[next++]);
        if (call == nullptr) continue;
        call->driver = outputs[i].number;
        const Session* session = sessions_.find(request.session);
        if (call->driver == 0 && session != nullptr && request.function != abi::Tspi::lineForward)
            violation(*session, 60, "a function that creates a call gave no call handle");
    }
}

bool State::completion_arrived(Session& session, const wire::Frame& frame, std::string& reason) {
    const Request* request = requests_.find(frame.header.correlation);
    auto result = frame.header.result;
    trace([&] {
        return TraceRecord{.kind = TraceKind::provider_completion,
                           .what = request != nullptr ? abi::row(request->function).name
                                                      : std::string_view("unknown request"),
                           .provider = name_of(session),
                           .line = request != nullptr ? request->device : 0,
                           .call = request != nullptr ? request->shown_call() : 0,
                           .request = frame.header.correlation,
                           .result = result};
    });
    if (request == nullptr && was_given_up(frame.header.correlation)) return true; // late, but the one
    if (request == nullptr || request->session != session.handle) {
        violation(session, 46, "it completed a request that is not outstanding");
        return true;
    }
    wire::Values outputs{};
    if (result == 0 && frame.header.function == static_cast<std::uint16_t>(request->function) &&
        !wire::decode_up(abi::row(request->function), wire::Fill::at_reply, frame.payload, outputs)) {
        reason = "malformed outputs in a completion of " + std::string(abi::row(request->function).name);
        return false;
    }
    if (result > 0) {
        violation(session, 46, "it completed a request with a result that is neither 0 nor an error");
        result = as_result(LINEERR_OPERATIONFAILED);
    }
    if (request->stage == RequestStage::completed_early) {
        violation(session, 46, "it completed a request twice");
        return true;
    }
    request_completed(request->handle, result, frame.payload);
    return true;
}

// `outputs`: what the provider filled before it completed the request with 0 (R056), as it was sent.
void State::request_completed(Handle handle, std::int32_t result, std::span<const std::byte> outputs) {
    Request* request = requests_.find(handle);
    if (request == nullptr) return;
    switch (request->stage) { // what comes before the return waits for it (R048)
    case RequestStage::submitted:
        request->stage = RequestStage::completed_early;
        request->early_result = result;
        request->early_outputs.assign(outputs.begin(), outputs.end());
        return;
    case RequestStage::completed_early: return;
    case RequestStage::accepted: break;
    }
    const Request completed = std::move(*request);
    forget_request(completed);
    if (result == 0 && completed.function == abi::Tspi::lineDrop) call_was_dropped(completed.call);
    const bool takes =
        completed.function == abi::Tspi::lineAnswer || completed.function == abi::Tspi::lineAccept;
    if (Call* taken = calls_.find(completed.call); taken != nullptr && takes && result == 0)
        was_taken_by(*taken, completed.app);
    if (completed.plan == nullptr) return;
    Filled filled;
    if (result == 0 && !outputs.empty()) {
        wire::Values provider_filled{};
        if (wire::decode_up(abi::row(completed.function), wire::Fill::at_reply, outputs, provider_filled))
            result = outputs_for_application(*completed.plan, completed.form, completed.session,
                                             provider_filled, filled);
    }
    if (completed.created[0] != 0) return calls_created(completed, result, filled);
    reply(completed, result, filled.values);
}

void State::reply(const Request& request, std::int32_t result, const wire::Values& outputs) {
    const Registration* app = registrations_.find(request.app);
    const Application* application = app != nullptr ? applications_.find(app->application) : nullptr;
    if (application == nullptr) return;
    trace([&] {
        return TraceRecord{.kind = TraceKind::application_event,
                           .what = app->kind == DeviceKind::line ? "LINE_REPLY" : "PHONE_REPLY",
                           .application = app->application,
                           .call = request.shown_call(),
                           .request = request.handle,
                           .result = result};
    });
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::event,
                                      .function = static_cast<std::uint16_t>(functions_of(app->kind).reply),
                                      .correlation = request.handle,
                                      .sequence = application->results});
    wire::write(writer, wire::EventToApplication{.instance = request.instance,
                                                 .parameter1 = request.handle,
                                                 .parameter2 = static_cast<std::uint32_t>(result)});
    if (result == 0) wire::encode_up(abi::row(request.plan->from), wire::Fill::at_reply, writer, outputs);
    writer.finish();
    env_.to_channel(app->channel, frame_);
}

void State::forget_request(const Request& request) {
    const Handle handle = request.handle;
    if (Device* device = devices_.find(request.device)) --device->requests;
    if (Call* call = calls_.find(request.call)) std::erase(call->requests, handle);
    for (const Handle created : request.created)
        if (Call* call = calls_.find(created)) std::erase(call->requests, handle);
    requests_.remove(handle);
}

// TSPI_lineCloseCall has returned: whatever it should have completed is completed now (R078). It may also
// have been lost with its session, which is no fault of it.
void State::abort_requests_of_call(Call& call) {
    const auto requests = call.requests;
    for (const Handle handle : requests) {
        const Request* request = requests_.find(handle);
        if (request == nullptr) continue;
        if (const Session* session = sessions_.find(request->session);
            session != nullptr && session->failure.empty())
            violation(*session, 78, "TSPI_lineCloseCall returned before a request on the call was completed");
        request_completed(handle, as_result(LINEERR_OPERATIONFAILED));
    }
}

// The same for TSPI_lineClose (R083) and TSPI_phoneClose (R084).
void State::abort_requests_of_device(Device& device) {
    if (device.requests == 0) return; // as a rule: there may be ten thousand lines to close
    requests_.for_each([&](const Request& request) {
        if (request.device != device.handle) return;
        if (const Session* session = reachable_session(device.provider))
            violation(*session, device.kind == DeviceKind::line ? 83 : 84,
                      std::string(abi::row(functions_of(device.kind).close).name) +
                          " returned before a request on the device was completed");
        request_completed(request.handle, as_result(LINEERR_OPERATIONFAILED));
    });
}

} // namespace offhook::core
