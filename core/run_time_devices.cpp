// SPDX-License-Identifier: Apache-2.0
//
// Devices that come and go while a session runs: LINE_CREATE, LINE_REMOVE and the same of phones.
#include "core/device_functions.h"
#include "core/provider_call.h"

#include <algorithm>

namespace offhook::core {

// The provider has a new device, which it knows by a number of its own until it has been given an identifier
// behind all others. If it fails then, there is no device.
void State::device_offered(Session& session, DeviceKind kind, std::uint64_t temporary) {
    if (session.stage != SessionStage::running) return;
    const auto number = next_device_number_[static_cast<std::size_t>(kind)]++;
    call_provider(session, 0, functions_of(kind).create,
                  Arguments<abi::Tspi::providerCreateLineDevice>()
                      .with<"dwTempID">(temporary)
                      .with<"dwDeviceID">(number)
                      .values(),
                  [this, kind, number, id = session.handle](const Outcome& outcome) {
                      const Session* s = sessions_.find(id);
                      if (s == nullptr || s->stage != SessionStage::running || outcome.result != 0) return;
                      Device* device = add_device(*provider(s->provider), kind);
                      if (device == nullptr) return;
                      device->number = number;
                      device->stage = DeviceStage::closed;
                      announce_device(*device);
                  });
}

Device* State::add_device(Provider& owner, DeviceKind kind) {
    Device* device = devices_.add();
    if (device == nullptr) return nullptr;
    device->kind = kind;
    device->provider = owner.id;
    owner.range(kind).devices.push_back(device->handle);
    return device;
}

// A device is there (again): applications that are running learn of it (R090), the oldest as they expect
// (R091).
void State::announce_device(Device& device) {
    const auto& functions = functions_of(device.kind);
    registrations_.for_each([&](Registration& app) {
        if (app.stage != RegistrationStage::running || app.kind != device.kind) return;
        const auto known = std::find(app.devices.begin(), app.devices.end(), device.handle);
        const auto id = static_cast<std::uint64_t>(known - app.devices.begin());
        if (known == app.devices.end()) app.devices.push_back(device.handle);
        change_has_come(app, device.provider);
        if (app.version >= abi::v1_4) return send(app, {.number = functions.created, .parameter1 = id});
        translate_to_reinitialise(app, device.provider, functions.created, id);
    });
}

// The device is gone for good (R099). With a session that ends all of its devices go.
void State::device_removed(Session& session, DeviceKind kind, std::uint64_t number) {
    if (session.stage != SessionStage::running) return;
    const auto handles = provider(session.provider)->range(kind).devices;
    const auto found = std::find_if(handles.begin(), handles.end(),
                                    [&](Handle h) { return devices_.find(h)->number == number; });
    if (found == handles.end()) return violation(session, 99, "it removed a device that it does not have");
    Device& device = *devices_.find(*found);
    if (!device.removed) retire_device(device);
}

// Those that have it open are told first, in the form of their version (R092, R093, R096); its identifiers
// stay reserved (R095) and name nothing any more (R094).
void State::retire_device(Device& device) {
    const auto& functions = functions_of(device.kind);
    const Handle handle = device.handle;
    device.removed = true;
    for (const Handle open : device.opens) {
        const Opener& opener = *openers_.find(open);
        if (opener.version < abi::v2_0)
            send(opener, {.number = functions.state_changed, .parameter1 = functions.state_removed});
    }
    force_close(device); // which forgets it when its provider is gone
    registrations_.for_each([&](Registration& app) {
        const auto known = std::find(app.devices.begin(), app.devices.end(), handle);
        if (known == app.devices.end()) return;
        const auto id = static_cast<std::uint64_t>(known - app.devices.begin());
        *known = 0;
        if (app.version >= abi::v2_0) send(app, {.number = functions.removed, .parameter1 = id});
    });
    if (const Device* closed = devices_.find(handle);
        closed != nullptr && closed->stage == DeviceStage::closed)
        forget_device(*closed);
}

// With the calls that were announced while it opened, if it has never been open.
void State::forget_device(const Device& device) {
    const auto calls = device.calls;
    for (const Handle call : calls) remove_call(call);
    std::erase(provider(device.provider)->range(device.kind).devices, device.handle);
    devices_.remove(device.handle);
}

} // namespace offhook::core
