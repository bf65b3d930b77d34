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

const State::Monitoring& State::monitoring_of(Tapi function) {
    static constexpr Monitoring digits{Tapi::lineMonitorDigits, Tspi::lineMonitorDigits,
                                       &CallHandle::digit_modes};
    static constexpr Monitoring media{Tapi::lineMonitorMedia, Tspi::lineMonitorMedia,
                                      &CallHandle::monitored_media};
    return function == Tapi::lineMonitorDigits ? digits : media;
}

void State::line_monitor_digits(const Invocation& invocation) {
    monitor(invocation, monitoring_of(Tapi::lineMonitorDigits));
}

void State::line_monitor_media(const Invocation& invocation) {
    monitor(invocation, monitoring_of(Tapi::lineMonitorMedia));
}

void State::monitor(const Invocation& invocation, const Monitoring& what) {
    const CallHandle* handle = call_handle_of(invocation.application, invocation.inputs[0].number);
    if (handle == nullptr) return refuse(invocation, LINEERR_INVALCALLHANDLE);
    if (const auto error = check_arguments(what.asked, invocation.inputs); error != 0)
        return refuse(invocation, error);
    change_monitoring(*calls_.find(handle->call), what,
                      {.holder = handle->handle,
                       .modes = static_cast<std::uint32_t>(invocation.inputs[modes_place].number),
                       .application = invocation.application,
                       .correlation = invocation.correlation});
}

// One after the other: the provider is told of the union, and which that is depends on whether it has taken
// the change before.
void State::change_monitoring(const Call& call, const Monitoring& what, const MonitoringChange& change) {
    auto& changes = monitoring_changes_[{call.handle, what.asked}];
    changes.push_back(change);
    if (changes.size() == 1) begin_monitoring_change(call.handle, what);
}

// Why a change cannot be made any more; 0: it can.
std::uint32_t State::call_error(const Call* call, const MonitoringChange& change) const {
    if (call == nullptr || (change.holder != 0 && call_handles_.find(change.holder) == nullptr))
        return LINEERR_INVALCALLHANDLE;
    return call->state.state == LINECALLSTATE_IDLE || call->handles.empty() ? LINEERR_INVALCALLSTATE : 0;
}

void State::begin_monitoring_change(Handle name, const Monitoring& what) {
    const auto change = monitoring_changes_.at({name, what.asked}).front();
    Call* call = calls_.find(name);
    CallHandle* holder = call_handles_.find(change.holder);
    const auto before = holder != nullptr ? holder->*what.modes : 0;
    if (const auto error = call_error(call, change); error != 0)
        return monitoring_changed(name, what, before, as_result(error));
    if (holder != nullptr) holder->*what.modes = change.modes;
    update_monitoring(*call, what, [this, name, before, function = what.asked](const Outcome& outcome) {
        monitoring_changed(name, monitoring_of(function), before, outcome.result);
    });
}

void State::monitoring_changed(Handle name, const Monitoring& what, std::uint32_t before,
                               std::int32_t result) {
    const auto found = monitoring_changes_.find({name, what.asked});
    const auto change = found->second.front();
    found->second.pop_front();
    CallHandle* holder = call_handles_.find(change.holder);
    if (holder != nullptr) {
        const Call& call = *calls_.find(name);
        const auto all = listened_for(call, what.modes);
        holder->*what.modes = before;
        const bool changed = listened_for(call, what.modes) != all;
        if (result == 0) {
            holder->*what.modes = change.modes;
            // Who asked knows it from the result.
            if (changed) announce_counts(call, LINECALLINFOSTATE_MONITORMODES, holder->handle);
        }
    }
    const bool more = !found->second.empty();
    if (!more) monitoring_changes_.erase(found);
    if (change.application != 0) answer(change.application, change.correlation, what.asked, result, {});
    if (more) begin_monitoring_change(name, what);
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

// Is something not listened for any more, now that the handle is gone?
bool State::ends_monitoring(const Call& call, const CallHandle& released) const {
    return (released.digit_modes & ~listened_for(call, &CallHandle::digit_modes)) != 0 ||
           (released.monitored_media & ~listened_for(call, &CallHandle::monitored_media)) != 0;
}

// The handle is gone; the call goes on for others.
void State::stop_monitoring(Call& call, const CallHandle& released) {
    if (call.state.state == LINECALLSTATE_IDLE) return; // it has ended by itself
    for (const auto function : {Tapi::lineMonitorDigits, Tapi::lineMonitorMedia})
        if (const auto& what = monitoring_of(function); released.*what.modes != 0)
            change_monitoring(call, what, {});
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
