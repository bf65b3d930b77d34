// SPDX-License-Identifier: Apache-2.0
//
// Opening and closing of lines and phones. The provider has a device open once, however many applications do.
#include "core/device_functions.h"
#include "core/provider_call.h"

#include <algorithm>

namespace offhook::core {

using abi::Tspi;

Opener* State::opener_of(Handle application, std::uint64_t handle, DeviceKind kind) {
    Opener* opener = openers_.find(handle);
    if (opener == nullptr || opener->stage != OpenStage::open) return nullptr;
    const Registration* app = registrations_.find(opener->app);
    return app != nullptr && app->application == application && app->kind == kind ? opener : nullptr;
}

// The arguments of lineOpen or phoneOpen have been checked.
void State::open(const Invocation& invocation, Registration& app, Device& device, const Opening& opening) {
    if (opening.version < abi::v1_3 || opening.version > abi::v2_2)
        return refuse(invocation, LINEERR_INCOMPATIBLEAPIVERSION);
    if (running_session(device.provider) == nullptr || !takes_new_calls(*provider(device.provider)))
        return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
    if (told_to_reinitialise(app, device.provider)) return refuse(invocation, LINEERR_REINIT);
    Opener* opener = openers_.add();
    if (opener == nullptr) return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
    opener->app = app.handle;
    opener->device = device.handle;
    opener->version = opening.version;
    opener->extension = opening.extension;
    opener->privileges = opening.privileges;
    opener->media_modes = opening.media_modes;
    opener->instance = opening.instance;
    opener->correlation = invocation.correlation;
    app.opens.push_back(opener->handle);
    if (opening.search) searches_.emplace(opener->handle, *opening.search);
    wait_for(device, *opener);
}

void State::wait_for(Device& device, Opener& opener) {
    device.waiting.push_back(opener.handle);
    switch (device.stage) {
    case DeviceStage::closed: return open_device(device);
    case DeviceStage::open: return admit(opener, device);
    case DeviceStage::absent:
    case DeviceStage::opening:
    case DeviceStage::closing: return; // device_opened or device_closed goes on
    }
}

// ---- Towards the provider: steps that can fail, and what a failure undoes

// The first opener's version is the one that is committed until the device closes (R020, R022).
void State::open_device(Device& device) {
    Session* session = running_session(device.provider);
    if (session == nullptr) return device_not_opened(device, as_result(LINEERR_RESOURCEUNAVAIL));
    device.stage = DeviceStage::opening;
    device.version = openers_.find(device.waiting.front())->version;
    device.extension = 0;
    device.driver = 0;
    device.addresses = 1;
    device.reported = {};
    take_open_step(*session, device, OpenStep::negotiate);
}

void State::take_open_step(Session& session, Device& device, OpenStep step) {
    const auto then = [this, handle = device.handle, step](const Outcome& outcome) {
        open_step_returned(handle, step, outcome);
    };
    const auto& functions = functions_of(device.kind);
    switch (step) {
    case OpenStep::negotiate:
        return call_provider(session, device.handle, functions.negotiate,
                             Arguments<Tspi::lineNegotiateTSPIVersion>()
                                 .with<"dwDeviceID">(device.number)
                                 .with<"dwLowVersion">(device.version)
                                 .with<"dwHighVersion">(device.version)
                                 .values(),
                             then);
    case OpenStep::open:
        return call_provider(session, device.handle, functions.open,
                             Arguments<Tspi::lineOpen>()
                                 .with<"dwDeviceID">(device.number)
                                 .with<"htLine">(device.handle)
                                 .with<"dwTSPIVersion">(device.version)
                                 .values(),
                             then);
    case OpenStep::count_addresses:
        if (device.kind != DeviceKind::line || !exports(session, Tspi::lineGetNumAddressIDs)) break;
        return call_provider(session, device.handle,
                             Arguments<Tspi::lineGetNumAddressIDs>().with<"hdLine">(device.driver), then);
    case OpenStep::detect_media:
        if (device.kind != DeviceKind::line || !exports(session, Tspi::lineSetDefaultMediaDetection)) break;
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
    Device* device = devices_.find(handle);
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
        if (device->driver == 0) { // the provider has it open, and nobody could ever close it
            const std::string what =
                std::string(abi::row(functions_of(device->kind).open).name) + " gave no handle";
            violation(*session, 60, what);
            return end_session(*session, what);
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
        const auto waiting = std::exchange(device->waiting, {});
        for (const Handle opener : waiting) fail_open(opener, error);
        return close_at_provider(*session, *device);
    }
    device_not_opened(*device, error);
}

void State::device_opened(Device& device) {
    device.stage = DeviceStage::open;
    const auto waiting = device.waiting;
    for (const Handle handle : waiting)
        if (Opener* opener = openers_.find(handle)) admit(*opener, device);
    if (Session* session = reachable_session(device.provider)) offer_waiting_calls(*session, device);
    if (device.opens.empty() && device.waiting.empty())
        close_device(device); // its openers went away meanwhile
}

void State::device_not_opened(Device& device, std::int32_t error) {
    if (device.stage != DeviceStage::absent) device.stage = DeviceStage::closed;
    const auto waiting = std::exchange(device.waiting, {});
    for (const Handle opener : waiting) fail_open(opener, error);
    something_ended_ = true;
    if (device.removed) forget_device(device);
}

void State::close_device(Device& device) {
    if (device.stage != DeviceStage::open) return;
    if (Session* session = reachable_session(device.provider)) close_at_provider(*session, device);
}

// An extension that is selected stays so until version 0 is (R023).
void State::close_at_provider(Session& session, Device& device) {
    device.stage = DeviceStage::closing;
    if (device.extension != 0) select_extension(session, device, 0, {});
    call_provider(session, device.handle, functions_of(device.kind).close,
                  Arguments<Tspi::lineClose>().with<"hdLine">(device.driver).values(),
                  [this, handle = device.handle](const Outcome&) {
                      if (Device* closed = devices_.find(handle)) device_closed(*closed);
                  });
}

void State::device_closed(Device& device) {
    abort_requests_of_device(device);
    const auto calls = device.calls;
    for (const Handle call : calls) remove_call(call);
    device.driver = 0;
    if (device.stage == DeviceStage::closing) device.stage = DeviceStage::closed;
    if (device.closer != 0)
        answer(std::exchange(device.closer, 0), device.closer_correlation,
               functions_of(device.kind).asked_close, 0, {});
    something_ended_ = true;
    if (device.removed) return forget_device(device);
    if (device.waiting.empty()) return;
    if (device.stage == DeviceStage::closed) open_device(device);
    else device_not_opened(device, as_result(LINEERR_RESOURCEUNAVAIL));
}

// ---- Towards applications

// The device is open: one more opener. The version of the extension is selected for the first that uses one,
// and later ones must use the same (R022, R024); then the line's media modes are added to what the provider
// detects (R088).
void State::admit(Opener& opener, Device& device) {
    if (const auto search = searches_.find(opener.handle);
        search != searches_.end() && !search->second.would_do)
        return ask_line(opener, device);
    Session* session = reachable_session(device.provider);
    const bool other = device.extension != 0 && device.extension != opener.extension;
    if (opener.extension == 0 || device.extension == opener.extension) return admit_media(opener, device);
    if (other || session == nullptr || !exports(*session, functions_of(device.kind).select_extension))
        return not_admitted(opener, device, as_result(LINEERR_INCOMPATIBLEEXTVERSION));
    select_extension(*session, device, opener.extension,
                     [this, handle = opener.handle, on = device.handle](const Outcome& outcome) {
                         const auto [opened, its_device] = still_waiting(handle, on);
                         if (its_device == nullptr) return;
                         if (outcome.result == 0) return admit_media(*opened, *its_device);
                         its_device->extension = 0;
                         not_admitted(*opened, *its_device, outcome.result);
                     });
}

// Who waited for a device that has been closed meanwhile was refused, or waits for another line by now.
std::pair<Opener*, Device*> State::still_waiting(Handle opener_handle, Handle device_handle) {
    Opener* opener = openers_.find(opener_handle);
    Device* device = devices_.find(device_handle);
    if (opener == nullptr || device == nullptr || opener->device != device_handle ||
        device->stage != DeviceStage::open)
        return {nullptr, nullptr};
    return {opener, device};
}

void State::select_extension(Session& session, Device& device, std::uint32_t version,
                             OutcomeContinuation then) {
    device.extension = version;
    call_provider(session, device.handle, functions_of(device.kind).select_extension,
                  Arguments<Tspi::lineSelectExtVersion>()
                      .with<"hdLine">(device.driver)
                      .with<"dwExtVersion">(version)
                      .values(),
                  then);
}

void State::admit_media(Opener& opener, Device& device) {
    const auto wanted = wanted_media_modes(device);
    if (wanted == device.media_modes) return admitted(opener, device);
    device.media_modes = wanted;
    update_media_detection(device,
                           [this, handle = opener.handle, on = device.handle](const Outcome& outcome) {
                               const auto [opened, its_device] = still_waiting(handle, on);
                               if (its_device == nullptr) return;
                               if (outcome.result == 0) return admitted(*opened, *its_device);
                               not_admitted(*opened, *its_device, outcome.result);
                           });
}

void State::not_admitted(Opener& opener, Device& device, std::int32_t error) {
    std::erase(device.waiting, opener.handle);
    fail_open(opener.handle, error);
    if (device.stage != DeviceStage::open) return;
    if (device.opens.empty() && device.waiting.empty()) return close_device(device);
    stop_unwanted_detection(device);
}

// Nobody waits for it: what cannot be changed stays as it is.
void State::stop_unwanted_detection(Device& device) {
    const auto wanted = wanted_media_modes(device);
    if (wanted == device.media_modes) return;
    device.media_modes = wanted;
    update_media_detection(device, {});
}

void State::admitted(Opener& opener, Device& device) {
    std::erase(device.waiting, opener.handle);
    device.opens.push_back(opener.handle);
    opener.stage = OpenStage::open;
    searches_.erase(opener.handle);
    Registration& app = *registrations_.find(opener.app);
    trace([&] {
        return TraceRecord{.kind = TraceKind::application_event,
                           .what = device.kind == DeviceKind::line ? "line open" : "phone open",
                           .application = app.application,
                           .line = opener.handle};
    });
    answer(app.application, opener.correlation, functions_of(device.kind).asked_open, 0,
           Arguments<abi::Tapi::lineOpen>().with<"lphLine">(opener.handle).values());
    if (device.kind == DeviceKind::line) tell_openers(device, LINEDEVSTATE_OPEN, opener.handle);
    else tell_phone_holders(device, opener);
    if (provider(device.provider)->changeover == ChangeoverStage::waiting)
        tell_to_reinitialise(app, device.provider, ReinitCause::change);
}

void State::fail_open(Handle handle, std::int32_t error) {
    Opener* opener = openers_.find(handle);
    if (opener == nullptr) return;
    if (Registration* app = registrations_.find(opener->app)) {
        if (try_next_line(*opener, *app)) return;
        if (searches_.erase(handle) != 0) error = as_result(LINEERR_LINEMAPPERFAILED);
        std::erase(app->opens, handle);
        answer(app->application, opener->correlation, functions_of(app->kind).asked_open, error, {});
    }
    openers_.remove(handle);
}

void State::close(const Invocation& invocation, Opener& opener) {
    Device& device = *devices_.find(opener.device);
    release_opener(opener.handle);
    if (device.stage != DeviceStage::closing) return answer(invocation, 0);
    device.closer = invocation.application; // the last opener waits for the provider
    device.closer_correlation = invocation.correlation;
}

// The opener is gone, for whatever reason. Its calls go with it (R069, R076, R079); after the last opener the
// device is closed.
void State::release_opener(Handle handle) {
    const Opener* found = openers_.find(handle);
    if (found == nullptr) return;
    if (Registration* app = registrations_.find(found->app)) {
        std::erase(app->opens, handle);
        if (found->stage == OpenStage::opening)
            answer(app->application, found->correlation, functions_of(app->kind).asked_open,
                   as_result(LINEERR_OPERATIONFAILED), {});
    }
    Device& device = *devices_.find(found->device);
    std::erase(device.opens, handle);
    std::erase(device.waiting, handle);
    const auto calls = found->calls;
    for (const Handle call : calls) release_call_handle(call, Release::line_closed);
    abandon_created_calls(device, handle);
    const Opener released = *found;
    searches_.erase(handle);
    openers_.remove(handle);
    if (device.stage != DeviceStage::open) return;
    if (device.opens.empty() && device.waiting.empty()) return close_device(device);
    give_up_interests(device, released);
}

// What the provider does for this opener alone is undone.
void State::give_up_interests(Device& device, const Opener& released) {
    if (device.kind == DeviceKind::line) tell_openers(device, LINEDEVSTATE_CLOSE, 0);
    else if (released.stage == OpenStage::open) tell_phone_holders(device, released);
    Session* session = reachable_session(device.provider);
    const auto uses_extension = [&](Handle opener) { return openers_.find(opener)->extension != 0; };
    if (session != nullptr && device.extension != 0 &&
        std::none_of(device.opens.begin(), device.opens.end(), uses_extension) &&
        std::none_of(device.waiting.begin(), device.waiting.end(), uses_extension))
        select_extension(*session, device, 0, {});
    stop_unwanted_detection(device);
    give_up_status_messages(device);
}

// LINE_CLOSE, PHONE_CLOSE: the handles of device and calls are invalid from now on (R086).
void State::force_close(Device& device) {
    const auto opens = device.opens;
    for (const Handle handle : opens) {
        if (const Opener* opener = openers_.find(handle))
            send(*opener, {.number = functions_of(device.kind).closed, .device = handle});
        release_opener(handle);
    }
    const auto waiting = std::exchange(device.waiting, {});
    for (const Handle handle : waiting) fail_open(handle, as_result(LINEERR_RESOURCEUNAVAIL));
    if (device.stage == DeviceStage::absent) device_closed(device);
    else if (device.opens.empty()) close_device(device); // only openers that were waiting had kept it open
}

} // namespace offhook::core
