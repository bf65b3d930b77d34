// SPDX-License-Identifier: Apache-2.0
//
// What applications listen for on a call, gather and generate. Digits and media are listened for by each
// application for itself: the provider hears of the union, and each is told of what it asked for (R232).
// Everything else is asked under the name of the application's handle, which comes back with the message.
#include "core/argument_checks.h"
#include "core/provider_call.h"

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

// Digits or media.
struct State::Monitoring {
    Tapi asked{};
    Tspi function{};
    std::uint32_t CallHandle::*modes;
};

namespace {

constexpr std::size_t modes_place = 1; // of both functions, at both interfaces: after the call
static_assert(abi::row(Tapi::lineMonitorDigits).parameters[modes_place].name == "dwDigitModes" &&
              abi::row(Tapi::lineMonitorMedia).parameters[modes_place].name == "dwMediaModes" &&
              abi::row(Tspi::lineMonitorDigits).parameters[modes_place].name == "dwDigitModes" &&
              abi::row(Tspi::lineMonitorMedia).parameters[modes_place].name == "dwMediaModes");

} // namespace

void State::line_monitor_digits(const Invocation& invocation) {
    monitor(invocation, {Tapi::lineMonitorDigits, Tspi::lineMonitorDigits, &CallHandle::digit_modes});
}

void State::line_monitor_media(const Invocation& invocation) {
    monitor(invocation, {Tapi::lineMonitorMedia, Tspi::lineMonitorMedia, &CallHandle::monitored_media});
}

void State::monitor(const Invocation& invocation, const Monitoring& what) {
    CallHandle* handle = call_handle_of(invocation.application, invocation.inputs[0].number);
    if (handle == nullptr) return refuse(invocation, LINEERR_INVALCALLHANDLE);
    if (const auto error = check_arguments(what.asked, invocation.inputs); error != 0)
        return refuse(invocation, error);
    Call& call = *calls_.find(handle->call);
    if (call.state.state == LINECALLSTATE_IDLE) return refuse(invocation, LINEERR_INVALCALLSTATE);
    const auto before = handle->*what.modes;
    handle->*what.modes = static_cast<std::uint32_t>(invocation.inputs[modes_place].number);
    struct Asked {
        Handle application;
        std::uint32_t correlation;
        Handle handle;
        std::uint32_t before;
    };
    const Asked asked{invocation.application, invocation.correlation, handle->handle, before};
    update_monitoring(call, what, [this, asked, function = what.asked](const Outcome& outcome) {
        CallHandle* found = call_handles_.find(asked.handle);
        if (outcome.result != 0 && found != nullptr)
            (function == Tapi::lineMonitorDigits ? found->digit_modes : found->monitored_media) =
                asked.before;
        answer(asked.application, asked.correlation, function, outcome.result, {});
    });
}

// By all applications together.
std::uint32_t State::listened_for(const Call& call, std::uint32_t CallHandle::*modes) const {
    std::uint32_t all = 0;
    for (const Handle handle : call.handles)
        if (const CallHandle* held = call_handles_.find(handle); held != nullptr) all |= held->*modes;
    return all;
}

void State::update_monitoring(Call& call, const Monitoring& what, OutcomeContinuation then) {
    const auto modes = listened_for(call, what.modes);
    const Device& device = *devices_.find(call.device);
    Session* session = reachable_session(device.provider);
    if (session == nullptr || device.stage != DeviceStage::open)
        return then({as_result(LINEERR_OPERATIONFAILED), nullptr});
    if (!exports(*session, what.function)) return then({as_result(LINEERR_OPERATIONUNAVAIL), nullptr});
    wire::Values values{};
    values[0] = number_value(call.driver);
    values[modes_place] = number_value(modes);
    call_provider(*session, call.device, what.function, values, then);
}

// Each application's list of tones is its own at the provider too.
void State::line_monitor_tones(const Invocation& invocation) {
    constexpr auto F = Tapi::lineMonitorTones;
    if (CallHandle* handle = call_handle_of(invocation.application, number_of<F, "hCall">(invocation.inputs)))
        handle->tones =
            value_of<F, "lpToneList">(invocation.inputs).null ? Tones::not_monitored : Tones::monitored;
    pass_through(invocation, pass_through_of<F, Tspi::lineMonitorTones>);
}

// The handle is gone; the call goes on for others.
void State::stop_monitoring(Call& call, const CallHandle& released) {
    if (call.state.state == LINECALLSTATE_IDLE) return; // it has ended by itself
    if (released.digit_modes != 0)
        update_monitoring(call, {Tapi::lineMonitorDigits, Tspi::lineMonitorDigits, &CallHandle::digit_modes},
                          {});
    if (released.monitored_media != 0)
        update_monitoring(call,
                          {Tapi::lineMonitorMedia, Tspi::lineMonitorMedia, &CallHandle::monitored_media}, {});
    const Device& device = *devices_.find(call.device);
    Session* session = reachable_session(device.provider);
    if (released.tones == Tones::not_monitored || session == nullptr || device.stage != DeviceStage::open ||
        !exports(*session, Tspi::lineMonitorTones))
        return;
    call_provider(
        *session, call.device,
        Arguments<Tspi::lineMonitorTones>().with<"hdCall">(call.driver).with<"dwToneListID">(released.handle),
        {});
}

// Ticks are milliseconds; the service fills in what the provider left 0 (R233). They are of version 2.0.
std::uint64_t State::tick(const Opener& line, std::uint64_t given) const {
    if (line.version < abi::v2_0) return 0;
    return given != 0 ? given : std::max<std::uint32_t>(1, static_cast<std::uint32_t>(now_));
}

void State::monitored(const Call& call, std::uint32_t message,
                      const std::array<std::uint64_t, 3>& parameters) {
    for (const Handle handle : call.handles) {
        const CallHandle& held = *call_handles_.find(handle);
        const auto wanted = [&] {
            switch (message) {
            case LINE_MONITORDIGITS: return (held.digit_modes & parameters[1]) != 0;
            case LINE_MONITORMEDIA: return (held.monitored_media & parameters[0]) != 0;
            default: return held.tones == Tones::monitored && parameters[1] == handle; // dwToneListID
            }
        }();
        if (!wanted) continue;
        const Opener& line = *openers_.find(held.line);
        send(line, {.number = message,
                    .device = handle,
                    .parameter1 = parameters[0],
                    .parameter2 = message == LINE_MONITORDIGITS ? parameters[1] : 0,
                    .parameter3 = tick(line, parameters[2])});
    }
}

// Only the application that asked is told. parameters: why it ended, dwEndToEndID, the tick. `late`: the
// digits that were gathered.
void State::asked_for_has_ended(const Call& call, std::uint32_t message,
                                const std::array<std::uint64_t, 3>& parameters,
                                std::span<const std::byte> late) {
    const CallHandle* handle = call_handles_.find(parameters[1]);
    if (handle == nullptr || handle->call != call.handle) return; // it has let the call go
    const Opener& line = *openers_.find(handle->line);
    send(line, {.number = message,
                .device = handle->handle,
                .parameter1 = parameters[0],
                .parameter3 = tick(line, parameters[2]),
                .late = late});
}

} // namespace offhook::core
