// SPDX-License-Identifier: Apache-2.0
//
// A provider's session: negotiate, enumerate, initialise, operate, shut down (R002, R015), or be lost. The
// host process lives exactly as long as the session.
#include "core/provider_call.h"

#include "abi/required_functions.h"

#include <algorithm>

namespace offhook::core {

std::string_view stage_name(SessionStage stage) {
    switch (stage) {
    case SessionStage::starting: return "starting";
    case SessionStage::negotiating: return "negotiating";
    case SessionStage::enumerating: return "enumerating";
    case SessionStage::initialising: return "initialising";
    case SessionStage::running: return "running";
    case SessionStage::shutting_down: return "shutting down";
    }
    return {};
}

Provider* State::provider(ProviderId id) {
    const auto found = providers_.find(id);
    return found == providers_.end() ? nullptr : &found->second;
}

Session* State::running_session(ProviderId id) {
    const Provider* one = provider(id);
    Session* session = one != nullptr ? sessions_.find(one->session) : nullptr;
    return session != nullptr && session->stage == SessionStage::running && session->failure.empty()
               ? session
               : nullptr;
}

Session* State::reachable_session(ProviderId id) {
    const Provider* one = provider(id);
    Session* session = one != nullptr ? sessions_.find(one->session) : nullptr;
    const bool reachable = session != nullptr && session->failure.empty() && !session->shutdown_called &&
                           session->stage >= SessionStage::running;
    return reachable ? session : nullptr;
}

void State::provider_added(ProviderId id, std::string name, std::string library) {
    Provider& added = providers_[id];
    added.id = id;
    added.name = std::move(name);
    added.library = std::move(library);
    added.removed = false;
    start_wanted_sessions();
}

bool State::sessions_are_wanted() const {
    if (shutting_down_) return false;
    return configuration_.sessions == Sessions::always || registrations_.size() != 0;
}

void State::start_wanted_sessions() {
    if (!sessions_are_wanted()) return;
    for (auto& [id, one] : providers_)
        if (one.session == 0 && one.retry_timer == 0 && !one.removed) start_session(one);
}

void State::start_session(Provider& one) {
    Session* session = sessions_.add();
    if (session == nullptr) return;
    session->provider = one.id;
    one.session = session->handle;
    one.last_error.clear();
    enter_stage(*session, SessionStage::starting);
    env_.start_host(one.id, SessionId{session->handle});
}

void State::enter_stage(Session& session, SessionStage stage) {
    session.stage = stage;
    trace({.kind = TraceKind::session,
           .what = stage_name(stage),
           .provider = name_of(session),
           .session = session.handle});
}

void State::host_ready(SessionId id, std::span<const std::byte> exported) {
    Session* session = sessions_.find(static_cast<Handle>(id));
    if (session == nullptr || session->stage != SessionStage::starting) return;
    session->exported.assign(exported.begin(), exported.end());
    negotiate_session(*session);
}

// The first call to any provider (R015); it covers lines and phones (R016).
void State::negotiate_session(Session& session) {
    enter_stage(session, SessionStage::negotiating);
    call_provider(
        session, 0,
        Arguments<abi::Tspi::lineNegotiateTSPIVersion>()
            .with<"dwDeviceID">(INITIALIZE_NEGOTIATION)
            .with<"dwLowVersion">(abi::v1_3)
            .with<"dwHighVersion">(abi::v2_2),
        [this, handle = session.handle](const Outcome& outcome) {
            Session* s = sessions_.find(handle);
            if (s == nullptr || !s->failure.empty()) return;
            if (outcome.result != 0) return end_session(*s, "it supports no version from 1.3 to 2.2");
            s->version = number_of<abi::Tspi::lineNegotiateTSPIVersion, "lpdwTSPIVersion">(*outcome.outputs);
            if (s->version < abi::v1_3 || s->version > abi::v2_2) {
                violation(*s, 17, "TSPI_lineNegotiateTSPIVersion chose a version outside of the range");
                return end_session(*s, "it chose an interface version outside of the range asked for");
            }
            enumerate_devices(*s);
        });
}

void State::enumerate_devices(Session& session) {
    enter_stage(session, SessionStage::enumerating);
    using abi::Tspi;
    call_provider(session, 0,
                  Arguments<Tspi::providerEnumDevices>()
                      .with<"dwPermanentProviderID">(static_cast<std::uint32_t>(session.provider))
                      .with<"hProvider">(static_cast<std::uint32_t>(session.provider)),
                  [this, handle = session.handle](const Outcome& outcome) {
                      Session* s = sessions_.find(handle);
                      if (s == nullptr || !s->failure.empty()) return;
                      if (outcome.result != 0) return end_session(*s, "TSPI_providerEnumDevices failed");
                      s->lines = number_of<Tspi::providerEnumDevices, "lpdwNumLines">(*outcome.outputs);
                      s->phones = number_of<Tspi::providerEnumDevices, "lpdwNumPhones">(*outcome.outputs);
                      constexpr std::uint32_t most_devices = 100'000;
                      if (s->lines > most_devices || s->phones > most_devices)
                          return end_session(*s, "it claims more than 100,000 devices");
                      initialise_session(*s);
                  });
}

// A provider has one contiguous range of device identifiers (R097); it keeps its range from session to
// session as long as its devices fit.
void State::initialise_session(Session& session) {
    enter_stage(session, SessionStage::initialising);
    using abi::Tspi;
    Provider& owner = *provider(session.provider);
    for (const auto kind : device_kinds) {
        DeviceRange& range = owner.range(kind);
        if (session.count(kind) <= range.size) continue;
        auto& next = next_device_number_[static_cast<std::size_t>(kind)];
        range.base = std::exchange(next, next + session.count(kind));
        range.size = session.count(kind);
    }
    call_provider(session, 0,
                  Arguments<Tspi::providerInit>()
                      .with<"dwTSPIVersion">(session.version)
                      .with<"dwPermanentProviderID">(static_cast<std::uint32_t>(session.provider))
                      .with<"dwLineDeviceIDBase">(owner.lines.base)
                      .with<"dwPhoneDeviceIDBase">(owner.phones.base)
                      .with<"dwNumLines">(session.lines)
                      .with<"dwNumPhones">(session.phones),
                  [this, handle = session.handle](const Outcome& outcome) {
                      Session* s = sessions_.find(handle);
                      if (s == nullptr || !s->failure.empty()) return;
                      if (outcome.result != 0) return end_session(*s, "TSPI_providerInit failed");
                      session_is_running(*s);
                  });
}

// Who wrote it should hear of it before an application does.
void State::name_missing_functions(const Session& session) {
    std::string missing;
    for (std::size_t i = 0; i < abi::tspi_functions.size(); ++i) {
        const auto& row = abi::tspi_functions[i];
        if (abi::has_to_export(row, session.lines) && !exports(session, static_cast<abi::Tspi>(i)))
            missing += (missing.empty() ? "" : ", ") + std::string(row.name);
    }
    if (!missing.empty())
        env_.log(Severity::warning, std::string(name_of(session)) + " does not export " + missing +
                                        ": applications that need it get LINEERR_OPERATIONUNAVAIL");
}

void State::session_is_running(Session& session) {
    Provider& owner = *provider(session.provider);
    session.running_since = now_;
    name_missing_functions(session);
    enter_stage(session, SessionStage::running);
    for (const auto kind : device_kinds) {
        DeviceRange& range = owner.range(kind);
        for (std::uint32_t index = 0; index < session.count(kind); ++index) {
            Device* device =
                index < range.devices.size() ? devices_.find(range.devices[index]) : add_device(owner, kind);
            if (device == nullptr) break;
            device->number = range.base + index;
            device->stage = DeviceStage::closed;
        }
        retire_surplus(range, session.count(kind));
    }
    grant_calls(session);
    grant_dialogs(session);
    for (const auto kind : device_kinds)
        for (std::uint32_t index = 0; index < session.count(kind); ++index)
            if (const auto& devices = owner.range(kind).devices; index < devices.size())
                announce_device(*devices_.find(devices[index]));
    answer_initialisations();
    identify_waiting_dialogs(owner.id);
    if (session.end_when_running || owner.removed || !sessions_are_wanted()) shut_session_down(session);
    else end_if_free(owner);
}

// Devices that an earlier session had and this one has not.
void State::retire_surplus(const DeviceRange& range, std::uint32_t count) {
    const auto devices = range.devices;
    for (std::size_t index = count; index < devices.size(); ++index)
        retire_device(*devices_.find(devices[index]));
}

// Handles that the host may write when the provider announces a call (R070, R072).
void State::grant_calls(Session& session) {
    if (session.credit > configuration_.call_credit / 2) return;
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::grant, .function = LINE_NEWCALL});
    for (; session.credit < configuration_.call_credit; ++session.credit) {
        Call* call = calls_.add();
        if (call == nullptr) break; // the provider is refused new calls until handles are free again
        call->session = session.handle;
        writer.number(call->handle);
    }
    writer.finish();
    env_.to_host(SessionId{session.handle}, frame_);
}

// Closes what is open, then calls TSPI_providerShutdown, the last call of a session (R002, R007).
void State::shut_session_down(Session& session) {
    if (session.stage == SessionStage::shutting_down || !session.failure.empty()) return;
    if (session.stage != SessionStage::running) {
        session.end_when_running = true;
        return;
    }
    Provider& owner = *provider(session.provider);
    end_dialogs_of_session(session);
    for_each_device(owner, [&](Device& device) {
        if (owner.removed) retire_device(device);
        else force_close(device);
    });
    enter_stage(session, SessionStage::shutting_down);
    shut_provider_down(session);
}

void State::shut_provider_down(Session& session) {
    if (session.outstanding != 0 || session.shutdown_called || !session.failure.empty()) return;
    session.shutdown_called = true;
    using abi::Tspi;
    call_provider(session, 0,
                  Arguments<Tspi::providerShutdown>()
                      .with<"dwTSPIVersion">(session.version)
                      .with<"dwPermanentProviderID">(static_cast<std::uint32_t>(session.provider)),
                  [this, handle = session.handle](const Outcome&) {
                      if (Session* s = sessions_.find(handle); s != nullptr && s->failure.empty())
                          env_.stop_host(SessionId{s->handle}, Environment::Stop::orderly);
                  });
}

void State::end_unwanted_sessions() {
    if (sessions_are_wanted()) return;
    sessions_.for_each([this](Session& session) { shut_session_down(session); });
}

void State::shut_down() {
    shutting_down_ = true;
    for (auto& [id, one] : providers_) cancel_timer(one.retry_timer);
    end_unwanted_sessions();
    answer_initialisations();
}

// The one path on which a session ends, in order or lost.
void State::host_gone(SessionId id, std::string reason) {
    Session* session = sessions_.find(static_cast<Handle>(id));
    if (session == nullptr) return;
    Provider& owner = *provider(session->provider);
    const bool in_order = session->stage == SessionStage::shutting_down && session->failure.empty();
    if (session->failure.empty()) session->failure = in_order ? "it has ended" : reason;
    else reason = session->failure;
    const bool lasted = session->stage == SessionStage::running &&
                        now_ - session->running_since >= configuration_.longest_backoff;
    if (in_order || lasted) owner.backoff = 0;
    session_lost(*session);
    changeover_over(owner);
    owner.session = 0;
    trace({.kind = TraceKind::session,
           .what = in_order ? "ended" : "lost",
           .provider = owner.name,
           .session = static_cast<std::uint32_t>(id),
           .text = in_order ? std::string_view() : reason});
    sessions_.remove(static_cast<Handle>(id));
    identify_waiting_dialogs(owner.id);
    if (owner.removed) providers_.erase(owner.id);
    else if (!in_order && sessions_are_wanted()) retry_later(owner, std::move(reason));
    start_wanted_sessions();
    answer_initialisations();
}

// What a session leaves behind: operations and requests are answered with an error, calls become idle, lines
// close.
void State::session_lost(Session& session) {
    cancel_timer(session.deadline_timer);
    const Provider& owner = *provider(session.provider);
    for_each_device(owner, [](Device& device) {
        device.stage = DeviceStage::absent;
        device.extension = 0; // the next session has selected none
    });
    requests_.for_each([&](const Request& request) {
        if (request.session == session.handle)
            request_completed(request.handle, as_result(LINEERR_OPERATIONFAILED));
    });
    operations_.for_each([&](Operation& operation) {
        if (operation.session != session.handle) return;
        auto then = operation.then;
        operations_.remove(operation.handle);
        then({as_result(LINEERR_OPERATIONFAILED), nullptr});
    });
    forget_dialogs_of_session(session);
    calls_.for_each([&](Call& call) {
        if (call.session != session.handle) return;
        if (call.stage == CallStage::live && call.state.state != LINECALLSTATE_IDLE) {
            if (call.state.state != LINECALLSTATE_DISCONNECTED)
                deliver_call_state(call, {LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_OUTOFORDER, 0});
            deliver_call_state(call, {LINECALLSTATE_IDLE, 0, 0});
        }
        call.state = {LINECALLSTATE_IDLE, 0, 0};
        call.stage = CallStage::closing; // nothing is said to the provider about it any more
    });
    for_each_device(owner, [&](Device& device) {
        if (owner.removed) retire_device(device);
        else force_close(device);
    });
    calls_.for_each([&](Call& call) {
        if (call.session == session.handle) remove_call(call.handle);
    });
}

void State::retry_later(Provider& owner, std::string reason) {
    owner.backoff = owner.backoff == 0 ? configuration_.first_backoff
                                       : std::min(owner.backoff * 2, configuration_.longest_backoff);
    env_.log(Severity::error, "the session of " + owner.name + " was lost: " + reason +
                                  "; it is started again in " + std::to_string(owner.backoff) + " ms");
    owner.last_error = std::move(reason);
    owner.retry_at = now_ + owner.backoff;
    owner.retry_timer = start_timer(TimerKind::retry, static_cast<std::uint32_t>(owner.id), owner.backoff);
}

std::string_view State::name_of(const Session& session) const {
    const auto found = providers_.find(session.provider);
    return found == providers_.end() ? std::string_view() : std::string_view(found->second.name);
}

void State::violation(const Session& session, std::uint32_t rule, std::string_view what, const Call* call) {
    trace({.kind = TraceKind::violation,
           .provider = name_of(session),
           .session = session.handle,
           .line = call != nullptr ? call->device : 0,
           .call = call != nullptr ? call->handle : 0,
           .rule = rule,
           .text = what});
}

} // namespace offhook::core
