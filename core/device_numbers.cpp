// SPDX-License-Identifier: Apache-2.0
//
// A device has a number of the service's, by which its provider knows it, and one for each application that
// initialised (decision 9). What is said by number passes here, in either direction.
#include "core/query.h"

#include <algorithm>

namespace offhook::core {

// Who initialises now numbers the devices in this order.
std::vector<Handle> State::devices_to_number(DeviceKind kind) const {
    std::vector<Handle> devices;
    for (const auto& [id, one] : providers_)
        for (const Handle handle : one.range(kind).devices)
            if (const Device& device = *devices_.find(handle);
                device.stage != DeviceStage::absent && !device.removed)
                devices.push_back(handle);
    return devices;
}

// ---- From an application's number to the device

Device* State::device_of(const Registration& app, std::uint32_t device_id) {
    return device_id < app.devices.size() ? devices_.find(app.devices[device_id]) : nullptr;
}

// Why there is none: it never was, or it was removed (R094).
std::uint32_t State::no_device(const Registration& app, std::uint32_t device_id) {
    return device_id < app.devices.size() ? LINEERR_NODEVICE : LINEERR_BADDEVICEID;
}

// Any registration of the application that knows the device will do.
State::FoundDevice State::device_by_id(Handle application, DeviceKind kind, std::uint32_t device_id) {
    FoundDevice found;
    found.error = LINEERR_UNINITIALIZED;
    for (const Handle handle : applications_.find(application)->registrations) {
        const auto& app = *registrations_.find(handle);
        if (app.kind != kind || app.stage != RegistrationStage::running) continue;
        if (Device* device = device_of(app, device_id)) return {device, &app, 0};
        found.error = no_device(app, device_id);
    }
    return found;
}

// ---- From the device to an application's number

namespace {

std::optional<std::uint32_t> place_of(Handle device, const std::vector<Handle>& devices) {
    const auto found = std::find(devices.begin(), devices.end(), device);
    if (found == devices.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - devices.begin());
}

} // namespace

// What is open has a number: it is closed before it loses it (R092).
std::uint32_t State::number_as_known_to(const Opener& opener) const {
    return place_of(opener.device, registrations_.find(opener.app)->devices).value();
}

// An application that has not initialised for devices of this kind learns the number that it would find if it
// did: that is what it asks for. Absent: it has no number for it.
std::optional<std::uint32_t> State::number_as_known_to(Handle application, const Device& device) const {
    bool has_initialised = false;
    for (const Handle handle : applications_.find(application)->registrations) {
        const auto& app = *registrations_.find(handle);
        if (app.kind != device.kind || app.stage != RegistrationStage::running) continue;
        if (const auto number = place_of(device.handle, app.devices)) return number;
        has_initialised = true;
    }
    return has_initialised ? std::nullopt : place_of(device.handle, devices_to_number(device.kind));
}

// ---- The device classes tapi/line and tapi/phone: numbers of devices

// Of the line or phone itself, which says what LINEMAPPER chose (R125).
void State::answer_own_number(const Invocation& invocation, const Opener& opener, std::uint32_t total) {
    const std::array numbers{number_as_known_to(opener)};
    answer_numbers({invocation.application,
                    invocation.correlation,
                    invocation.function,
                    0,
                    {total, opener.version, opener.version}},
                   numbers);
}

// Of others that its provider names, but for those that the application has no number for.
void State::answer_numbers(const Query& query, ProviderId owner, DeviceKind kind, const Outcome& outcome,
                           const wire::Value& filled) {
    const auto fail = [&](std::int32_t error) {
        answer(query.application, query.correlation, query.function, error, {});
    };
    if (outcome.result != 0)
        return fail(outcome.result < 0 ? outcome.result : as_result(LINEERR_OPERATIONFAILED));
    if (!is_sound(query.session, query.function, abi::StructureId::VARSTRING, query.form, filled.bytes))
        return fail(as_result(LINEERR_OPERATIONFAILED));
    if (applications_.find(query.application) == nullptr) return;
    const auto named =
        abi::part_at(filled.bytes, offsetof(VARSTRING, dwStringSize), offsetof(VARSTRING, dwStringOffset));
    std::vector<std::uint32_t> numbers;
    for (std::size_t at = 0; at + sizeof(DWORD) <= named.size(); at += sizeof(DWORD)) {
        DWORD number = 0;
        std::memcpy(&number, named.data() + at, sizeof number);
        const Provider* its_provider = provider(owner);
        if (its_provider == nullptr) break;
        for (const Handle handle : its_provider->range(kind).devices)
            if (const Device& device = *devices_.find(handle); device.number == number)
                if (const auto known = number_as_known_to(query.application, device))
                    numbers.push_back(*known);
    }
    if (numbers.empty()) return fail(as_result(LINEERR_NODEVICE));
    answer_numbers(query, numbers);
}

void State::answer_numbers(const Query& query, std::span<const std::uint32_t> numbers) {
    const auto total = query.form.total;
    std::vector<std::byte> buffer(std::min<std::size_t>(total, sizeof(VARSTRING) + numbers.size_bytes()));
    if (buffer.size() < sizeof(VARSTRING))
        return answer(query.application, query.correlation, query.function,
                      as_result(LINEERR_STRUCTURETOOSMALL), {});
    const auto room = static_cast<std::uint32_t>(buffer.size());
    std::memcpy(buffer.data(), &room, sizeof room);
    abi::StructureWriter<VARSTRING> writer(reinterpret_cast<VARSTRING*>(buffer.data()), query.form.version);
    writer->dwStringFormat = STRINGFORMAT_BINARY;
    writer.bytes(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, numbers.data(), numbers.size_bytes());
    const auto used = writer->dwUsedSize;
    if (const auto error = writer.finish(); error != 0)
        return answer(query.application, query.correlation, query.function, error, {});
    std::memcpy(buffer.data(), &total, sizeof total);
    wire::Values outputs{};
    outputs[abi::row(query.function).index_of("lpDeviceID")] = bytes_value(std::span(buffer).first(used));
    answer(query.application, query.correlation, query.function, 0, outputs);
}

} // namespace offhook::core
