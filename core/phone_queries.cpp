// SPDX-License-Identifier: Apache-2.0
//
// What applications read of phones, as far as the service has a part in the answer.
#include "core/provider_call.h"
#include "core/query.h"

#include <algorithm>

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

void State::phone_get_dev_caps(const Invocation& invocation) {
    constexpr auto F = Tapi::phoneGetDevCaps;
    const auto& in = invocation.inputs;
    const Registration* app =
        registration_of(invocation.application, number_of<F, "hPhoneApp">(in), DeviceKind::phone);
    if (app == nullptr) return refuse(invocation, LINEERR_INVALAPPHANDLE);
    const auto device_id = number_of<F, "dwDeviceID">(in);
    const Device* device = device_of(*app, device_id);
    if (device == nullptr) return refuse(invocation, no_device(*app, device_id));
    const auto version = number_of<F, "dwAPIVersion">(in);
    if (version < abi::v1_3 || version > abi::v2_2) return refuse(invocation, LINEERR_INCOMPATIBLEAPIVERSION);
    const auto& asked = value_of<F, "lpPhoneCaps">(in);
    if (asked.null) return refuse(invocation, LINEERR_INVALPOINTER);
    const StructureForm form{static_cast<std::uint32_t>(asked.number), version, version};
    const auto room = form.room_at_provider(abi::StructureId::PHONECAPS);
    if (room == 0) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    Session* session = running_session(device->provider);
    if (session == nullptr) return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
    const Query query{invocation.application, invocation.correlation, F, session->handle, form};
    call_provider(
        *session, device->handle,
        Arguments<Tspi::phoneGetDevCaps>()
            .with<"dwDeviceID">(device->number)
            .with<"dwTSPIVersion">(version)
            .with<"dwExtVersion">(number_of<F, "dwExtVersion">(in))
            .with<"lpPhoneCaps">(room),
        [this, query](const Outcome& outcome) {
            answer_query<PHONECAPS>(
                query, outcome,
                outcome.outputs != nullptr ? value_of<Tspi::phoneGetDevCaps, "lpPhoneCaps">(*outcome.outputs)
                                           : wire::Value{},
                [](auto& caps) { // R134
                    caps->dwPhoneStates |= PHONESTATE_OWNER | PHONESTATE_MONITORS | PHONESTATE_REINIT;
                });
        });
}

// The service knows who has the phone open.
void State::phone_get_status(const Invocation& invocation) {
    constexpr auto F = Tapi::phoneGetStatus;
    const auto& in = invocation.inputs;
    const Opener* phone = opener_of(invocation.application, number_of<F, "hPhone">(in), DeviceKind::phone);
    if (phone == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    const Device& device = *devices_.find(phone->device);
    const auto& asked = value_of<F, "lpPhoneStatus">(in);
    if (asked.null) return refuse(invocation, LINEERR_INVALPOINTER);
    const StructureForm form{static_cast<std::uint32_t>(asked.number), phone->version, device.version};
    const auto room = form.room_at_provider(abi::StructureId::PHONESTATUS);
    if (room == 0) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    Session* session = running_session(device.provider);
    if (session == nullptr) return refuse(invocation, LINEERR_OPERATIONFAILED);
    const Query query{invocation.application, invocation.correlation, F, session->handle, form};
    call_provider(
        *session, device.handle,
        Arguments<Tspi::phoneGetStatus>().with<"hdPhone">(device.driver).with<"lpPhoneStatus">(room),
        [this, query, handle = device.handle](const Outcome& outcome) {
            answer_query<PHONESTATUS>(
                query, outcome,
                outcome.outputs != nullptr ? value_of<Tspi::phoneGetStatus, "lpPhoneStatus">(*outcome.outputs)
                                           : wire::Value{},
                [&](auto& status) {
                    const Device* found = devices_.find(handle);
                    if (found == nullptr) return;
                    status->dwNumOwners = count_openers(*found, PHONEPRIVILEGE_OWNER);
                    status->dwNumMonitors = count_openers(*found, PHONEPRIVILEGE_MONITOR);
                    for (const Handle opener : found->opens)
                        if (const Opener& one = *openers_.find(opener);
                            one.privileges == PHONEPRIVILEGE_OWNER)
                            status.text(&PHONESTATUS::dwOwnerNameSize, &PHONESTATUS::dwOwnerNameOffset,
                                        *registrations_.find(one.app)->name);
                });
        });
}

// The class tapi/phone is the service's own: the phone's number as the application knows it.
void State::phone_get_id(const Invocation& invocation) {
    constexpr auto F = Tapi::phoneGetID;
    const auto& asked = value_of<F, "lpDeviceID">(invocation.inputs);
    const auto& device_class = value_of<F, "lpszDeviceClass">(invocation.inputs);
    const auto total = static_cast<std::uint32_t>(asked.number);
    const Opener* phone =
        opener_of(invocation.application, number_of<F, "hPhone">(invocation.inputs), DeviceKind::phone);
    const bool is_sound = phone != nullptr && !asked.null && !device_class.null;
    if (is_sound && is_class(device_class.text(), u"tapi/phone"))
        return answer_own_number(invocation, *phone, total);
    if (!is_sound || !is_class(device_class.text(), u"tapi/line"))
        return pass_through(invocation, pass_through_of<F, Tspi::phoneGetID>);

    const Device& device = *devices_.find(phone->device);
    const StructureForm form{total, phone->version, device.version};
    if (form.room_at_provider(abi::StructureId::VARSTRING) == 0)
        return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    Session* session = running_session(device.provider);
    if (session == nullptr) return refuse(invocation, LINEERR_OPERATIONFAILED);
    const Query query{invocation.application, invocation.correlation, F, session->handle, form};
    call_provider(*session, device.handle,
                  Arguments<Tspi::phoneGetID>()
                      .with<"hdPhone">(device.driver)
                      .with<"lpDeviceID">(room_for_numbers)
                      .with<"lpszDeviceClass">(device_class),
                  [this, query, owner = device.provider](const Outcome& outcome) {
                      answer_numbers(query, owner, DeviceKind::line, outcome,
                                     outcome.outputs != nullptr
                                         ? value_of<Tspi::phoneGetID, "lpDeviceID">(*outcome.outputs)
                                         : wire::Value{});
                  });
}

} // namespace offhook::core
