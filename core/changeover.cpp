// SPDX-License-Identifier: Apache-2.0
//
// A provider was configured anew or removed while its session runs. The session keeps what it began with
// (R003), comes to its end, and the next begins with the change (R102); other providers' sessions go on.
//
//   waiting    applications that use its devices are told to reinitialise (R104), also those that come to use
//     |        one meanwhile; ends when none is open any more, or else after the grace
//   draining   no new calls; ends when the last one has, or else after its own time
//     |
//   shut down in order (core/sessions.cpp)
#include "core/state.h"

#include <algorithm>

namespace offhook::core {

void State::provider_changed(ProviderId id, Changeover when) {
    Provider* one = provider(id);
    Session* session = one != nullptr ? sessions_.find(one->session) : nullptr;
    if (session == nullptr || session->stage == SessionStage::shutting_down || !session->failure.empty())
        return;
    switch (when) {
    case Changeover::when_unused:
        if (one->changeover == ChangeoverStage::none) enter_changeover(*one, ChangeoverStage::waiting);
        if (one->changeover == ChangeoverStage::waiting)
            announce_changeover(*one); // again: to who was not told
        break;
    case Changeover::when_calls_end: enter_changeover(*one, ChangeoverStage::draining); break;
    case Changeover::at_once: return shut_session_down(*session);
    }
    end_if_free(*one);
}

void State::provider_removed(ProviderId id, Changeover when) {
    Provider* one = provider(id);
    if (one == nullptr) return;
    one->removed = true;
    cancel_timer(one->retry_timer);
    if (one->session != 0) return provider_changed(id, when);
    changeover_over(*one);
    for_each_device(*one, [this](Device& device) { retire_device(device); });
    providers_.erase(id);
}

// Nothing is left that the present stage waits for.
bool State::is_free(const Provider& one) const {
    const auto every = [&](DeviceKind kind, auto holds) {
        const auto& devices = one.range(kind).devices;
        return std::all_of(devices.begin(), devices.end(),
                           [&](Handle device) { return holds(*devices_.find(device)); });
    };
    const auto is_unused = [](const Device& device) {
        return device.stage == DeviceStage::closed || device.stage == DeviceStage::absent;
    };
    switch (one.changeover) {
    case ChangeoverStage::none: return false;
    case ChangeoverStage::waiting:
        return every(DeviceKind::line, is_unused) && every(DeviceKind::phone, is_unused);
    case ChangeoverStage::draining:
        return every(DeviceKind::line, [this](const Device& line) {
            return std::all_of(line.calls.begin(), line.calls.end(),
                               [this](Handle call) { return has_ended(call); });
        });
    }
    return false;
}

// Who still holds it can do no more than deallocate it.
bool State::has_ended(Handle call) const { return calls_.find(call)->state.state == LINECALLSTATE_IDLE; }

void State::end_if_free(Provider& one) {
    Session* session = sessions_.find(one.session);
    if (session != nullptr && session->stage == SessionStage::running && is_free(one))
        shut_session_down(*session);
}

// At the end of an input: while it is handled, whoever let something end still has it in hand.
void State::end_free_sessions() {
    if (!std::exchange(something_ended_, false)) return;
    for (auto& [id, one] : providers_) end_if_free(one);
}

// The stage begins, and its time, unless there is nothing that it has to wait for.
void State::enter_changeover(Provider& one, ChangeoverStage stage) {
    if (one.changeover == stage) return;
    one.changeover = stage;
    cancel_timer(one.changeover_timer);
    if (is_free(one)) return;
    const bool waiting = stage == ChangeoverStage::waiting;
    trace({.kind = TraceKind::session,
           .what = waiting ? "waits until it is unused" : "waits until its calls end",
           .provider = one.name,
           .session = one.session});
    const auto allowed = waiting ? configuration_.changeover_grace : configuration_.changeover_drain;
    if (allowed == 0) return;
    one.changeover_at = now_ + allowed;
    one.changeover_timer = start_timer(TimerKind::changeover, static_cast<std::uint32_t>(one.id), allowed);
}

void State::announce_changeover(const Provider& one) {
    registrations_.for_each([&](Registration& app) {
        const bool uses = std::any_of(app.opens.begin(), app.opens.end(), [&](Handle opener) {
            return devices_.find(openers_.find(opener)->device)->provider == one.id;
        });
        if (uses) tell_to_reinitialise(app, one.id, ReinitCause::change);
    });
}

// The present stage has lasted as long as it may.
void State::changeover_is_due(Provider& one) {
    Session* session = sessions_.find(one.session);
    if (session == nullptr) return;
    switch (one.changeover) {
    case ChangeoverStage::none: return;
    case ChangeoverStage::waiting:
        env_.log(Severity::warning, one.name + ": applications still use it after the grace; it takes no "
                                               "new calls and begins anew when the last one has ended");
        enter_changeover(one, ChangeoverStage::draining);
        return end_if_free(one);
    case ChangeoverStage::draining:
        env_.log(Severity::warning, one.name + ": its calls have not ended in time; they end now");
        return shut_session_down(*session);
    }
}

void State::changeover_over(Provider& one) {
    one.changeover = ChangeoverStage::none;
    cancel_timer(one.changeover_timer);
    if (!one.removed) return;
    registrations_.for_each([&](Registration& app) {
        std::erase_if(app.reinitialise, [&](const PendingReinit& told) { return told.provider == one.id; });
    });
}

} // namespace offhook::core
