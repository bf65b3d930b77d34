// SPDX-License-Identifier: Apache-2.0
//
// What phones have and lines have not: one owner, hookswitches, buttons.
#include "core/provider_call.h"

#include <algorithm>
#include <bit>

namespace offhook::core {

using abi::Tapi;

void State::phone_open(const Invocation& invocation) {
    constexpr auto F = Tapi::phoneOpen;
    const auto& in = invocation.inputs;
    Registration* app =
        registration_of(invocation.application, number_of<F, "hPhoneApp">(in), DeviceKind::phone);
    if (app == nullptr) return refuse(invocation, LINEERR_INVALAPPHANDLE);
    const auto device_id = number_of<F, "dwDeviceID">(in);
    Device* device = device_of(*app, device_id);
    if (device == nullptr) return refuse(invocation, no_device(*app, device_id));
    const auto privilege = number_of<F, "dwPrivilege">(in);
    if (privilege != PHONEPRIVILEGE_MONITOR && privilege != PHONEPRIVILEGE_OWNER)
        return refuse(invocation, LINEERR_INVALPRIVSELECT);
    if (privilege == PHONEPRIVILEGE_OWNER && count_openers(*device, PHONEPRIVILEGE_OWNER) != 0)
        return refuse(invocation, LINEERR_INUSE); // one owner at a time (R243)
    open(invocation, *app, *device,
         {.version = number_of<F, "dwAPIVersion">(in),
          .extension = number_of<F, "dwExtVersion">(in),
          .privileges = privilege,
          .instance = wide_of<F, "dwCallbackInstance">(in)});
}

void State::phone_close(const Invocation& invocation) {
    Opener* phone = opener_of(invocation.application,
                              number_of<Tapi::phoneClose, "hPhone">(invocation.inputs), DeviceKind::phone);
    if (phone == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    close(invocation, *phone);
}

// Those that are still opening count: two that ask at the same time do not both become owner.
std::uint32_t State::count_openers(const Device& device, std::uint32_t privilege) const {
    std::uint32_t count = 0;
    for (const auto* openers : {&device.opens, &device.waiting})
        for (const Handle handle : *openers)
            count += openers_.find(handle)->privileges == privilege ? 1u : 0u;
    return count;
}

// An owner or a monitor came or went: those that hold the phone learn how many there are now.
void State::tell_phone_holders(const Device& device, const Opener& changed) {
    const bool owner = changed.privileges == PHONEPRIVILEGE_OWNER;
    const std::uint32_t state = owner ? PHONESTATE_OWNER : PHONESTATE_MONITORS;
    for (const Handle handle : device.opens) {
        const Opener& phone = *openers_.find(handle);
        if (handle != changed.handle && (phone.wants.states & state) != 0)
            send(phone, {.number = PHONE_STATE,
                         .parameter1 = state,
                         .parameter2 = count_openers(device, changed.privileges)});
    }
}

void State::phone_set_status_messages(const Invocation& invocation) {
    constexpr auto F = Tapi::phoneSetStatusMessages;
    const auto& in = invocation.inputs;
    const Opener* phone = opener_of(invocation.application, number_of<F, "hPhone">(in), DeviceKind::phone);
    if (phone == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    const StatusMask wants{.states = number_of<F, "dwPhoneStates">(in),
                           .button_modes = number_of<F, "dwButtonModes">(in),
                           .button_states = number_of<F, "dwButtonStates">(in)};
    constexpr std::uint32_t known_states = 0x00FFFFFFu, known_modes = 0x3Fu, known_button_states = 0xFu;
    if ((wants.states & ~known_states) != 0) return refuse(invocation, LINEERR_INVALLINESTATE);
    if ((wants.button_modes & ~known_modes) != 0) return answer(invocation, PHONEERR_INVALBUTTONMODE);
    const bool no_states = wants.button_modes != 0 && wants.button_states == 0; // R245
    if ((wants.button_states & ~known_button_states) != 0 || no_states)
        return answer(invocation, PHONEERR_INVALBUTTONSTATE);
    want_status_messages(invocation, *phone, wants);
}

void State::phone_get_status_messages(const Invocation& invocation) {
    constexpr auto F = Tapi::phoneGetStatusMessages;
    const Opener* phone =
        opener_of(invocation.application, number_of<F, "hPhone">(invocation.inputs), DeviceKind::phone);
    if (phone == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    answer(invocation.application, invocation.correlation,
           Arguments<F>()
               .with<"lpdwPhoneStates">(phone->wants.states)
               .with<"lpdwButtonModes">(phone->wants.button_modes)
               .with<"lpdwButtonStates">(phone->wants.button_states));
}

void State::phone_event(Device& device, std::uint32_t message,
                        const std::array<std::uint64_t, 3>& parameters) {
    const auto wanted = [&](const Opener& phone) {
        const auto& wants = phone.wants;
        switch (message) {
        case PHONE_STATE: return (wants.states & parameters[0]) != 0;
        case PHONE_BUTTON:
            return (wants.button_modes & parameters[1]) != 0 && (wants.button_states & parameters[2]) != 0;
        case PHONE_DEVSPECIFIC: return phone.extension != 0; // R255
        default: return false;
        }
    };
    if (message == PHONE_CLOSE) return force_close(device); // the provider asks for it
    // The detail is of one change; with several it means nothing (R251).
    const bool no_detail = message == PHONE_STATE && !std::has_single_bit(parameters[0]);
    const auto opens = device.opens;
    const bool capabilities = message == PHONE_STATE && (parameters[0] & PHONESTATE_CAPSCHANGE) != 0;
    const Message event{.number = message,
                        .parameter1 = parameters[0],
                        .parameter2 = no_detail ? 0 : parameters[1],
                        .parameter3 = parameters[2]};
    for (const Handle handle : opens) {
        const Opener& phone = *openers_.find(handle);
        if (capabilities && phone.version < abi::v1_4) capabilities_changed(phone, event);
        else if (wanted(phone)) send(phone, event);
    }
}

} // namespace offhook::core
