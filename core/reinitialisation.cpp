// SPDX-License-Identifier: Apache-2.0
//
// Applications that are to initialise anew, because a provider asks for it, because its session is to end
// (core/changeover.cpp), or because something is new that their version has no message for. Who was told is
// refused to open more of that provider's devices, and to initialise once more, until it has shut down
// (R237). The other providers' devices it may open; and it alone is held, not who has heard of nothing.
#include "core/device_functions.h"
#include "core/state.h"

#include <algorithm>

namespace offhook::core {
namespace {

template <class App> auto pending(App& app, ProviderId id) {
    return std::find_if(app.reinitialise.begin(), app.reinitialise.end(),
                        [&](const PendingReinit& told) { return told.provider == id; });
}

} // namespace

// REINIT is about all devices of the provider, whatever it names by its handle, which may be none. What is
// left in a message that says more is said of that line or phone, without a detail, which is of one change
// only. Is nothing left?
bool State::all_is_reinitialisation(const Session& session, std::uint32_t message,
                                    std::array<std::uint64_t, 3>& parameters) {
    for (const auto kind : device_kinds) {
        const auto& functions = functions_of(kind);
        const auto reinit = std::uint64_t{functions.state_reinit};
        if (message != functions.state_changed || (parameters[0] & reinit) == 0) continue;
        reinitialisation_asked(session, kind);
        parameters = {parameters[0] & ~reinit, 0, 0};
        return parameters[0] == 0;
    }
    return false;
}

// While the session begins, everybody learns its devices anyway.
void State::reinitialisation_asked(const Session& session, DeviceKind kind) {
    if (session.stage != SessionStage::running) return;
    registrations_.for_each([&](Registration& app) {
        if (app.stage != RegistrationStage::running || app.kind != kind) return;
        const bool sees_one = std::any_of(app.devices.begin(), app.devices.end(), [&](Handle handle) {
            const Device* device = devices_.find(handle);
            return device != nullptr && device->provider == session.provider;
        });
        if (sees_one) tell_to_reinitialise(app, session.provider, ReinitCause::asked);
    });
}

// Once; but one that was translated is no request to shut down yet: only a second parameter of 0 is.
void State::tell_to_reinitialise(Registration& app, ProviderId id, ReinitCause cause) {
    const auto told = pending(app, id);
    if (told == app.reinitialise.end()) app.reinitialise.push_back({id, cause});
    else if (std::exchange(told->cause, std::max(told->cause, cause)) != ReinitCause::translated) return;
    const auto& functions = functions_of(app.kind);
    send(app, {.number = functions.state_changed, .parameter1 = functions.state_reinit});
}

// What was to be said, in the form that the oldest applications know.
void State::translate_to_reinitialise(Registration& app, ProviderId id, std::uint32_t message,
                                      std::uint64_t parameter1) {
    if (!told_to_reinitialise(app, id)) app.reinitialise.push_back({id, ReinitCause::translated});
    const auto& functions = functions_of(app.kind);
    send(app, {.number = functions.state_changed,
               .parameter1 = functions.state_reinit,
               .parameter2 = message,
               .parameter3 = parameter1});
}

bool State::told_to_reinitialise(const Registration& app, ProviderId id) {
    return pending(app, id) != app.reinitialise.end();
}

// Its provider's devices are there as they are now: the next change is another one. What the provider itself
// asked for is more than that it has a new device.
void State::change_has_come(Registration& app, ProviderId id) {
    std::erase_if(app.reinitialise, [&](const PendingReinit& told) {
        return told.provider == id && told.cause == ReinitCause::change;
    });
}

} // namespace offhook::core
