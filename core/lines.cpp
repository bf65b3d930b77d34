// SPDX-License-Identifier: Apache-2.0
//
// Lines: opening, closing, and what their openers want to hear of. The provider has a line open once, however
// many applications do.
#include "core/provider_call.h"

#include <algorithm>

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

namespace {

constexpr auto media_mode_bits = 0x00FFFFFFu & ~1u; // LINEMEDIAMODE_ bits; the vendor's are above (R253)

// LINECALLPRIVILEGE_ and LINEOPENOPTION_ bits (R114).
constexpr std::int32_t check_privileges(std::uint32_t privileges, std::uint32_t media_modes) {
    if ((privileges & (LINEOPENOPTION_PROXY | LINEOPENOPTION_SINGLEADDRESS)) != 0)
        return as_result(LINEERR_OPERATIONUNAVAIL);
    constexpr auto sharing = LINECALLPRIVILEGE_MONITOR | LINECALLPRIVILEGE_OWNER;
    if (privileges != LINECALLPRIVILEGE_NONE && (privileges == 0 || (privileges & ~sharing) != 0))
        return as_result(LINEERR_INVALPRIVSELECT);
    if ((privileges & LINECALLPRIVILEGE_OWNER) != 0 && (media_modes & media_mode_bits) == 0)
        return as_result(LINEERR_INVALMEDIAMODE);
    return 0;
}

} // namespace

OpenLine* State::open_line_of(Handle application, std::uint64_t handle) {
    OpenLine* line = open_lines_.find(handle);
    if (line == nullptr || line->stage != OpenStage::open) return nullptr;
    const LineApp* app = line_apps_.find(line->app);
    return app != nullptr && app->application == application ? line : nullptr;
}

void State::line_open(const Invocation& invocation) {
    constexpr auto F = Tapi::lineOpen;
    const auto& in = invocation.inputs;
    LineApp* app = line_app_of(invocation.application, number_of<F, "hLineApp">(in));
    if (app == nullptr) return refuse(invocation, LINEERR_INVALAPPHANDLE);
    const auto device_id = number_of<F, "dwDeviceID">(in);
    LineDevice* device = nullptr;
    if (device_id == LINEMAPPER) { // never reaches a provider (R125)
        for (const Handle handle : app->devices)
            if (LineDevice* candidate = devices_.find(handle);
                device == nullptr && candidate != nullptr && candidate->stage != DeviceStage::absent)
                device = candidate;
        if (device == nullptr) return refuse(invocation, LINEERR_LINEMAPPERFAILED);
    } else {
        device = device_of(*app, device_id);
        if (device == nullptr) return refuse(invocation, LINEERR_BADDEVICEID);
    }
    const auto version = number_of<F, "dwAPIVersion">(in);
    if (version < abi::v1_3 || version > abi::v2_2) return refuse(invocation, LINEERR_INCOMPATIBLEAPIVERSION);
    if (number_of<F, "dwExtVersion">(in) != 0) return refuse(invocation, LINEERR_INCOMPATIBLEEXTVERSION);
    const auto privileges = number_of<F, "dwPrivileges">(in);
    const auto media_modes = number_of<F, "dwMediaModes">(in);
    if (const auto error = check_privileges(privileges, media_modes); error != 0)
        return answer(invocation, error);
    if (running_session(device->provider) == nullptr) return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
    OpenLine* line = open_lines_.add();
    if (line == nullptr) return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
    line->app = app->handle;
    line->device = device->handle;
    line->version = version;
    line->privileges = privileges;
    line->media_modes = (privileges & LINECALLPRIVILEGE_OWNER) != 0 ? media_modes : 0;
    line->instance = wide_of<F, "dwCallbackInstance">(in);
    line->correlation = invocation.correlation;
    app->lines.push_back(line->handle);
    device->waiting.push_back(line->handle);
    switch (device->stage) {
    case DeviceStage::closed: return open_device(*device);
    case DeviceStage::open: return admit(*line, *device);
    case DeviceStage::absent:
    case DeviceStage::opening:
    case DeviceStage::closing: return; // device_opened or device_closed goes on
    }
}

// ---- Towards the provider: steps that can fail, and what a failure undoes

// The first opener's version is the one that is committed until the line closes (R020, R022).
void State::open_device(LineDevice& device) {
    Session* session = running_session(device.provider);
    if (session == nullptr) return device_not_opened(device, as_result(LINEERR_RESOURCEUNAVAIL));
    device.stage = DeviceStage::opening;
    device.version = open_lines_.find(device.waiting.front())->version;
    device.driver = 0;
    device.addresses = 1;
    device.line_states = device.address_states = 0;
    take_open_step(*session, device, OpenStep::negotiate);
}

void State::take_open_step(Session& session, LineDevice& device, OpenStep step) {
    const auto then = [this, handle = device.handle, step](const Outcome& outcome) {
        open_step_returned(handle, step, outcome);
    };
    switch (step) {
    case OpenStep::negotiate:
        return call_provider(session, device.handle,
                             Arguments<Tspi::lineNegotiateTSPIVersion>()
                                 .with<"dwDeviceID">(device.number)
                                 .with<"dwLowVersion">(device.version)
                                 .with<"dwHighVersion">(device.version),
                             then);
    case OpenStep::open:
        return call_provider(session, device.handle,
                             Arguments<Tspi::lineOpen>()
                                 .with<"dwDeviceID">(device.number)
                                 .with<"htLine">(device.handle)
                                 .with<"dwTSPIVersion">(device.version),
                             then);
    case OpenStep::count_addresses:
        if (!exports(session, Tspi::lineGetNumAddressIDs)) break;
        return call_provider(session, device.handle,
                             Arguments<Tspi::lineGetNumAddressIDs>().with<"hdLine">(device.driver), then);
    case OpenStep::detect_media:
        if (!exports(session, Tspi::lineSetDefaultMediaDetection)) break;
        device.media_modes = wanted_media_modes(device);
        return call_provider(session, device.handle,
                             Arguments<Tspi::lineSetDefaultMediaDetection>()
                                 .with<"hdLine">(device.driver)
                                 .with<"dwMediaModes">(device.media_modes),
                             then);
    case OpenStep::done: return device_opened(device);
    }
    take_open_step(session, device,
                   static_cast<OpenStep>(static_cast<int>(step) + 1)); // an optional one that is absent
}

void State::open_step_returned(Handle handle, OpenStep step, const Outcome& outcome) {
    LineDevice* device = devices_.find(handle);
    if (device == nullptr) return;
    Session* session = reachable_session(device->provider);
    auto error = session == nullptr ? as_result(LINEERR_OPERATIONFAILED) : outcome.result;
    switch (step) {
    case OpenStep::negotiate:
        if (error == 0 &&
            number_of<Tspi::lineNegotiateTSPIVersion, "lpdwTSPIVersion">(*outcome.outputs) != device->version)
            error = as_result(LINEERR_INCOMPATIBLEAPIVERSION);
        break;
    case OpenStep::open:
        if (error != 0) break;
        device->driver = wide_of<Tspi::lineOpen, "lphdLine">(*outcome.outputs);
        if (device->driver == 0) {
            violation(*session, 60, "TSPI_lineOpen gave no line handle");
            error = as_result(LINEERR_OPERATIONFAILED);
        }
        break;
    case OpenStep::count_addresses:
        if (error == 0)
            device->addresses =
                std::max(1u, number_of<Tspi::lineGetNumAddressIDs, "lpdwNumAddressIDs">(*outcome.outputs));
        else if (session != nullptr) error = 0; // one address is what every line has
        break;
    case OpenStep::detect_media:
    case OpenStep::done: break;
    }
    if (error == 0)
        return take_open_step(*session, *device, static_cast<OpenStep>(static_cast<int>(step) + 1));
    if (session != nullptr && device->driver != 0) { // undo
        device->stage = DeviceStage::closing;
        const auto waiting = std::exchange(device->waiting, {});
        for (const Handle line : waiting) fail_open(line, error);
        return call_provider(*session, device->handle,
                             Arguments<Tspi::lineClose>().with<"hdLine">(device->driver),
                             [this, handle](const Outcome&) {
                                 if (LineDevice* closed = devices_.find(handle)) device_closed(*closed);
                             });
    }
    device_not_opened(*device, error);
}

void State::device_opened(LineDevice& device) {
    device.stage = DeviceStage::open;
    const auto waiting = device.waiting;
    for (const Handle handle : waiting)
        if (OpenLine* line = open_lines_.find(handle)) admit(*line, device);
    if (Session* session = reachable_session(device.provider)) offer_waiting_calls(*session, device);
    if (device.opens.empty() && device.waiting.empty())
        close_device(device); // its openers went away meanwhile
}

void State::device_not_opened(LineDevice& device, std::int32_t error) {
    if (device.stage != DeviceStage::absent) device.stage = DeviceStage::closed;
    const auto waiting = std::exchange(device.waiting, {});
    for (const Handle line : waiting) fail_open(line, error);
}

void State::close_device(LineDevice& device) {
    if (device.stage != DeviceStage::open) return;
    Session* session = reachable_session(device.provider);
    if (session == nullptr) return;
    device.stage = DeviceStage::closing;
    call_provider(*session, device.handle, Arguments<Tspi::lineClose>().with<"hdLine">(device.driver),
                  [this, handle = device.handle](const Outcome&) {
                      if (LineDevice* closed = devices_.find(handle)) device_closed(*closed);
                  });
}

void State::device_closed(LineDevice& device) {
    abort_requests_of_device(device);
    const auto calls = device.calls;
    for (const Handle call : calls) remove_call(call);
    device.driver = 0;
    if (device.stage == DeviceStage::closing) device.stage = DeviceStage::closed;
    if (device.closer != 0)
        answer(std::exchange(device.closer, 0), device.closer_correlation, Tapi::lineClose, 0, {});
    if (device.waiting.empty()) return;
    if (device.stage == DeviceStage::closed) open_device(device);
    else device_not_opened(device, as_result(LINEERR_RESOURCEUNAVAIL));
}

// ---- Towards applications

// The device is open: one more opener. Its media modes are added to what the provider detects (R088).
void State::admit(OpenLine& line, LineDevice& device) {
    const auto wanted = wanted_media_modes(device);
    if (wanted == device.media_modes) return line_is_open(line, device);
    device.media_modes = wanted;
    update_media_detection(device, [this, handle = line.handle](const Outcome& outcome) {
        OpenLine* opened = open_lines_.find(handle);
        LineDevice* its_device = opened != nullptr ? devices_.find(opened->device) : nullptr;
        if (its_device == nullptr) return;
        if (outcome.result == 0) return line_is_open(*opened, *its_device);
        std::erase(its_device->waiting, handle);
        fail_open(handle, outcome.result);
        if (its_device->opens.empty() && its_device->waiting.empty()) close_device(*its_device);
    });
}

void State::line_is_open(OpenLine& line, LineDevice& device) {
    std::erase(device.waiting, line.handle);
    device.opens.push_back(line.handle);
    line.stage = OpenStage::open;
    const LineApp& app = *line_apps_.find(line.app);
    trace({.kind = TraceKind::application_event,
           .what = "line open",
           .application = app.application,
           .line = line.handle});
    answer(app.application, line.correlation, Arguments<Tapi::lineOpen>().with<"lphLine">(line.handle));
    tell_openers(device, LINEDEVSTATE_OPEN, line.handle);
}

void State::fail_open(Handle handle, std::int32_t error) {
    OpenLine* line = open_lines_.find(handle);
    if (line == nullptr) return;
    if (LineApp* app = line_apps_.find(line->app)) {
        std::erase(app->lines, handle);
        answer(app->application, line->correlation, Tapi::lineOpen, error, {});
    }
    open_lines_.remove(handle);
}

void State::line_close(const Invocation& invocation) {
    OpenLine* line =
        open_line_of(invocation.application, number_of<Tapi::lineClose, "hLine">(invocation.inputs));
    if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    LineDevice& device = *devices_.find(line->device);
    release_line(line->handle);
    if (device.stage != DeviceStage::closing) return answer(invocation, 0);
    device.closer = invocation.application; // the last opener waits for TSPI_lineClose
    device.closer_correlation = invocation.correlation;
}

// The opener is gone, for whatever reason. Its calls go with it (R069, R076, R079); after the last opener the
// device is closed.
void State::release_line(Handle handle) {
    OpenLine* line = open_lines_.find(handle);
    if (line == nullptr) return;
    if (LineApp* app = line_apps_.find(line->app)) {
        std::erase(app->lines, handle);
        if (line->stage == OpenStage::opening)
            answer(app->application, line->correlation, Tapi::lineOpen, as_result(LINEERR_OPERATIONFAILED),
                   {});
    }
    LineDevice& device = *devices_.find(line->device);
    std::erase(device.opens, handle);
    std::erase(device.waiting, handle);
    const auto calls = line->calls;
    for (const Handle call : calls) release_call_handle(call, Release::line_closed);
    abandon_created_calls(device, handle);
    open_lines_.remove(handle);
    if (device.stage != DeviceStage::open) return;
    if (device.opens.empty() && device.waiting.empty()) return close_device(device);
    tell_openers(device, LINEDEVSTATE_CLOSE, 0);
    if (const auto wanted = wanted_media_modes(device); wanted != device.media_modes) {
        device.media_modes = wanted;
        update_media_detection(device, {});
    }
    update_status_messages(device, {});
}

// LINE_CLOSE: the handles of line and calls are invalid from now on (R086).
void State::force_close(LineDevice& device) {
    const auto opens = device.opens;
    for (const Handle handle : opens) {
        if (const OpenLine* line = open_lines_.find(handle))
            send(*line, {.number = LINE_CLOSE, .device = handle});
        release_line(handle);
    }
    const auto waiting = std::exchange(device.waiting, {});
    for (const Handle handle : waiting) fail_open(handle, as_result(LINEERR_RESOURCEUNAVAIL));
    if (device.stage == DeviceStage::absent) device_closed(device);
    else if (device.opens.empty()) close_device(device); // only openers that were waiting had kept it open
}

std::uint32_t State::wanted_media_modes(const LineDevice& device) const {
    std::uint32_t modes = 0;
    for (const auto* lines : {&device.opens, &device.waiting})
        for (const Handle handle : *lines) modes |= open_lines_.find(handle)->media_modes;
    return modes;
}

void State::update_media_detection(LineDevice& device, OutcomeContinuation then) {
    Session* session = reachable_session(device.provider);
    if (session == nullptr) return then({as_result(LINEERR_OPERATIONFAILED), nullptr});
    if (!exports(*session, Tspi::lineSetDefaultMediaDetection)) return then({0, nullptr});
    call_provider(*session, device.handle,
                  Arguments<Tspi::lineSetDefaultMediaDetection>()
                      .with<"hdLine">(device.driver)
                      .with<"dwMediaModes">(device.media_modes),
                  then);
}

// The provider reports what any opener wants (R236).
void State::update_status_messages(LineDevice& device, OutcomeContinuation then) {
    std::uint32_t line_states = 0, address_states = 0;
    for (const Handle handle : device.opens) {
        line_states |= open_lines_.find(handle)->line_states;
        address_states |= open_lines_.find(handle)->address_states;
    }
    Session* session = reachable_session(device.provider);
    if (session == nullptr) return then({as_result(LINEERR_OPERATIONFAILED), nullptr});
    const bool unchanged = line_states == device.line_states && address_states == device.address_states;
    if (unchanged || !exports(*session, Tspi::lineSetStatusMessages)) return then({0, nullptr});
    device.line_states = line_states;
    device.address_states = address_states;
    call_provider(*session, device.handle,
                  Arguments<Tspi::lineSetStatusMessages>()
                      .with<"hdLine">(device.driver)
                      .with<"dwLineStates">(line_states)
                      .with<"dwAddressStates">(address_states),
                  then);
}

void State::line_set_status_messages(const Invocation& invocation) {
    constexpr auto F = Tapi::lineSetStatusMessages;
    OpenLine* line = open_line_of(invocation.application, number_of<F, "hLine">(invocation.inputs));
    if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    const auto line_states = number_of<F, "dwLineStates">(invocation.inputs);
    const auto address_states = number_of<F, "dwAddressStates">(invocation.inputs);
    constexpr auto known_line_states = 0x01FFFFFFu, known_address_states = 0x000001FFu;
    if ((line_states & ~known_line_states) != 0) return refuse(invocation, LINEERR_INVALLINESTATE);
    if ((address_states & ~known_address_states) != 0) return refuse(invocation, LINEERR_INVALADDRESSSTATE);
    line->line_states = line_states;
    line->address_states = address_states;
    update_status_messages(*devices_.find(line->device),
                           [this, application = invocation.application,
                            correlation = invocation.correlation](const Outcome& outcome) {
                               answer(application, correlation, F, outcome.result, {});
                           });
}

} // namespace offhook::core
