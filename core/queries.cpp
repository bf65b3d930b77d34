// SPDX-License-Identifier: Apache-2.0
//
// Functions that read: the provider fills the structure, its answer is checked and brought into the form of
// the application's version, and the service fills in what only it knows.
#include "core/provider_call.h"
#include "core/query.h"

#include "abi/call_states.h"
#include "abi/utf16.h"
#include "core/later_values.h"

#include "offhook/audio.h"

#include <algorithm>

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

// Does the structure keep the rules? (R030 to R040)
bool State::is_sound(Handle session, Tapi function, abi::StructureId id, const StructureForm& form,
                     std::span<const std::byte> filled) {
    const auto fault = abi::check_filled(id, form.provider_version, filled);
    if (!fault) return true;
    if (const Session* provider_session = sessions_.find(session))
        violation(*provider_session, fault.rule,
                  std::string(abi::row(function).name) + ": " + std::string(fault.field) + ": " +
                      std::string(fault.what));
    return false;
}

void State::line_get_dev_caps(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetDevCaps;
    const auto& in = invocation.inputs;
    const Registration* app =
        registration_of(invocation.application, number_of<F, "hLineApp">(in), DeviceKind::line);
    if (app == nullptr) return refuse(invocation, LINEERR_INVALAPPHANDLE);
    const Device* device = device_of(*app, number_of<F, "dwDeviceID">(in));
    if (device == nullptr) return refuse(invocation, no_device(*app, number_of<F, "dwDeviceID">(in)));
    const auto version = number_of<F, "dwAPIVersion">(in);
    if (version < abi::v1_3 || version > abi::v2_2) return refuse(invocation, LINEERR_INCOMPATIBLEAPIVERSION);
    const auto& asked = value_of<F, "lpLineDevCaps">(in);
    if (asked.null) return refuse(invocation, LINEERR_INVALPOINTER);
    const StructureForm form{static_cast<std::uint32_t>(asked.number), version, version};
    const auto room = form.room_at_provider(abi::StructureId::LINEDEVCAPS);
    if (room == 0) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    Session* session = running_session(device->provider);
    if (session == nullptr) return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
    call_provider(*session, device->handle,
                  Arguments<Tspi::lineGetDevCaps>()
                      .with<"dwDeviceID">(device->number)
                      .with<"dwTSPIVersion">(version)
                      .with<"dwExtVersion">(number_of<F, "dwExtVersion">(in))
                      .with<"lpLineDevCaps">(room),
                  [this, line = device->handle,
                   query = Query{invocation.application, invocation.correlation, F, session->handle, form}](
                      const Outcome& outcome) {
                      const auto caps =
                          outcome.outputs != nullptr
                              ? value_of<Tspi::lineGetDevCaps, "lpLineDevCaps">(*outcome.outputs)
                              : wire::Value{};
                      answer_query<LINEDEVCAPS>(query, outcome, caps, [&](auto& filled) { // caps is checked
                          filled->dwLineStates |= LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE |
                                                  LINEDEVSTATE_REINIT | LINEDEVSTATE_TRANSLATECHANGE; // R134
                          const auto name = abi::text_at(caps.bytes, offsetof(LINEDEVCAPS, dwLineNameSize),
                                                         offsetof(LINEDEVCAPS, dwLineNameOffset));
                          Device* described = devices_.find(line);
                          if (described != nullptr && !name.empty()) described->name = abi::to_utf8(name);
                      });
                  });
}

void State::line_get_address_caps(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetAddressCaps;
    const auto& in = invocation.inputs;
    const Registration* app =
        registration_of(invocation.application, number_of<F, "hLineApp">(in), DeviceKind::line);
    if (app == nullptr) return refuse(invocation, LINEERR_INVALAPPHANDLE);
    const Device* device = device_of(*app, number_of<F, "dwDeviceID">(in));
    if (device == nullptr) return refuse(invocation, no_device(*app, number_of<F, "dwDeviceID">(in)));
    const auto version = number_of<F, "dwAPIVersion">(in);
    if (version < abi::v1_3 || version > abi::v2_2) return refuse(invocation, LINEERR_INCOMPATIBLEAPIVERSION);
    const auto& asked = value_of<F, "lpAddressCaps">(in);
    if (asked.null) return refuse(invocation, LINEERR_INVALPOINTER);
    const StructureForm form{static_cast<std::uint32_t>(asked.number), version, version};
    const auto room = form.room_at_provider(abi::StructureId::LINEADDRESSCAPS);
    if (room == 0) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    Session* session = running_session(device->provider);
    if (session == nullptr) return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
    const auto device_id = number_of<F, "dwDeviceID">(in);
    call_provider(*session, device->handle,
                  Arguments<Tspi::lineGetAddressCaps>()
                      .with<"dwDeviceID">(device->number)
                      .with<"dwAddressID">(number_of<F, "dwAddressID">(in))
                      .with<"dwTSPIVersion">(version)
                      .with<"dwExtVersion">(number_of<F, "dwExtVersion">(in))
                      .with<"lpAddressCaps">(room),
                  [this, device_id,
                   query = Query{invocation.application, invocation.correlation, F, session->handle, form}](
                      const Outcome& outcome) {
                      answer_query<LINEADDRESSCAPS>(
                          query, outcome,
                          outcome.outputs != nullptr
                              ? value_of<Tspi::lineGetAddressCaps, "lpAddressCaps">(*outcome.outputs)
                              : wire::Value{},
                          // The application's own number of the line, not the provider's.
                          [device_id](auto& caps) {
                              caps->dwLineDeviceID = device_id;
                              caps->dwCallInfoStates |= LINECALLINFOSTATE_NUMOWNERINCR | // R134
                                                        LINECALLINFOSTATE_NUMOWNERDECR |
                                                        LINECALLINFOSTATE_NUMMONITORS |
                                                        LINECALLINFOSTATE_MONITORMODES;
                              caps->dwCallStates |= LINECALLSTATE_UNKNOWN;
                          });
                  });
}

// The features that a monitor may use (R212, R117).
constexpr std::uint32_t monitor_features =
    LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_MONITORMEDIA | LINECALLFEATURE_MONITORTONES;

void State::line_get_call_status(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetCallStatus;
    const auto& in = invocation.inputs;
    const CallHandle* handle = call_handle_of(invocation.application, number_of<F, "hCall">(in));
    if (handle == nullptr) return refuse(invocation, LINEERR_INVALCALLHANDLE);
    const Call& call = *calls_.find(handle->call);
    const Device& device = *devices_.find(call.device);
    const auto version = openers_.find(handle->line)->version;
    const auto& asked = value_of<F, "lpCallStatus">(in);
    if (asked.null) return refuse(invocation, LINEERR_INVALPOINTER);
    const StructureForm form{static_cast<std::uint32_t>(asked.number), version, device.version};
    const auto room = form.room_at_provider(abi::StructureId::LINECALLSTATUS);
    if (room == 0) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    Session* session = running_session(device.provider);
    if (session == nullptr) return refuse(invocation, LINEERR_OPERATIONFAILED);
    call_provider(*session, device.handle,
                  Arguments<Tspi::lineGetCallStatus>().with<"hdCall">(call.driver).with<"lpCallStatus">(room),
                  [this, name = handle->handle,
                   query = Query{invocation.application, invocation.correlation, F, session->handle, form}](
                      const Outcome& outcome) {
                      answer_query<LINECALLSTATUS>(
                          query, outcome,
                          outcome.outputs != nullptr
                              ? value_of<Tspi::lineGetCallStatus, "lpCallStatus">(*outcome.outputs)
                              : wire::Value{},
                          [&](auto& status) {
                              const CallHandle* held = call_handles_.find(name);
                              if (const Opener* line = held != nullptr ? openers_.find(held->line) : nullptr)
                                  status->dwCallStateMode = static_cast<DWORD>(mode_as_seen(
                                      line->version, status->dwCallState, status->dwCallStateMode));
                              const auto privilege =
                                  held != nullptr ? held->privilege : LINECALLPRIVILEGE_MONITOR;
                              status->dwCallPrivilege = privilege;
                              if (privilege == LINECALLPRIVILEGE_OWNER) return;
                              status->dwCallFeatures &= monitor_features;
                              status->dwCallFeatures2 = 0;
                          });
                  });
}

// Case does not matter (R256).
bool State::is_class(std::u16string_view name, std::u16string_view expected) {
    const auto lower = [](char16_t c) { return c >= u'A' && c <= u'Z' ? static_cast<char16_t>(c + 32) : c; };
    return std::equal(name.begin(), name.end(), expected.begin(), expected.end(),
                      [&](char16_t a, char16_t b) { return lower(a) == lower(b); });
}

void State::line_get_id(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetID;
    const auto& in = invocation.inputs;
    const auto select = number_of<F, "dwSelect">(in);
    const CallHandle* handle = nullptr;
    const Opener* line = nullptr;
    if (select == LINECALLSELECT_CALL) {
        handle = call_handle_of(invocation.application, number_of<F, "hCall">(in));
        if (handle == nullptr) return refuse(invocation, LINEERR_INVALCALLHANDLE);
        line = openers_.find(handle->line);
    } else if (select == LINECALLSELECT_LINE || select == LINECALLSELECT_ADDRESS) {
        line = line_of(invocation.application, number_of<F, "hLine">(in));
        if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    } else {
        return refuse(invocation, LINEERR_INVALCALLSELECT);
    }
    const Device& device = *devices_.find(line->device);
    const auto& asked = value_of<F, "lpDeviceID">(in);
    const auto& device_class = value_of<F, "lpszDeviceClass">(in);
    if (asked.null || device_class.null) return refuse(invocation, LINEERR_INVALPOINTER);
    const StructureForm form{static_cast<std::uint32_t>(asked.number), line->version, device.version};
    const auto room = form.room_at_provider(abi::StructureId::VARSTRING);
    if (room == 0) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    if (is_class(device_class.text(), u"tapi/line")) return answer_own_number(invocation, *line, form.total);
    Session* session = running_session(device.provider);
    if (session == nullptr) return refuse(invocation, LINEERR_OPERATIONFAILED);

    const bool names_phones = is_class(device_class.text(), u"tapi/phone");
    const auto arguments = Arguments<Tspi::lineGetID>()
                               .with<"hdLine">(device.driver)
                               .with<"dwAddressID">(number_of<F, "dwAddressID">(in))
                               .with<"hdCall">(handle != nullptr ? calls_.find(handle->call)->driver : 0)
                               .with<"dwSelect">(select)
                               .with<"lpDeviceID">(names_phones ? room_for_numbers : room)
                               .with<"lpszDeviceClass">(device_class);
    const Query query{invocation.application, invocation.correlation, F, session->handle, form};
    const auto filled = [](const Outcome& outcome) {
        return outcome.outputs != nullptr ? value_of<Tspi::lineGetID, "lpDeviceID">(*outcome.outputs)
                                          : wire::Value{};
    };
    if (names_phones)
        return call_provider(*session, device.handle, arguments,
                             [this, query, filled, owner = device.provider](const Outcome& outcome) {
                                 answer_numbers(query, owner, DeviceKind::phone, outcome, filled(outcome));
                             });
    if (handle == nullptr || !is_class(device_class.text(), OFFHOOK_AUDIO_CLASS_W))
        return call_provider(*session, device.handle, arguments,
                             [this, query, filled](const Outcome& outcome) {
                                 answer_query<VARSTRING>(query, outcome, filled(outcome), [](auto&) {});
                             });

    // The call's audio: a stream of its own, on which monitors only hear (decision 10).
    if (form.total < sizeof(VARSTRING) + sizeof(OFFHOOK_AUDIO_DEVICE))
        return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    const auto audio = handle->privilege == LINECALLPRIVILEGE_OWNER ? Audio::speak : Audio::hear;
    const auto stream = ++next_audio_stream_;
    call_provider_with_audio(
        *session, device.handle, arguments, audio, stream,
        [this, stream, application = query.application, correlation = query.correlation,
         provider_session = query.session, total = form.total](const Outcome& outcome) {
            const auto value = outcome.outputs != nullptr
                                   ? value_of<Tspi::lineGetID, "lpDeviceID">(*outcome.outputs)
                                   : wire::Value{};
            auto error = outcome.result;
            const bool sound = error == 0 &&
                               value.bytes.size() >= sizeof(VARSTRING) + sizeof(OFFHOOK_AUDIO_DEVICE) &&
                               !abi::check_filled(abi::StructureId::VARSTRING, abi::v2_2, value.bytes);
            if (error == 0 && !sound) {
                if (const Session* s = sessions_.find(provider_session))
                    violation(*s, 38,
                              "TSPI_lineGetID answered offhook/audio without an OFFHOOK_AUDIO_DEVICE");
                error = as_result(LINEERR_OPERATIONFAILED);
            }
            if (error != 0) {
                env_.discard_audio(stream);
                return answer(application, correlation, Tapi::lineGetID, error, {});
            }
            std::vector<std::byte> bytes(value.bytes.begin(), value.bytes.end());
            std::memcpy(bytes.data(), &total, sizeof total);
            answer_with_audio(application, correlation,
                              Arguments<Tapi::lineGetID>().with<"lpDeviceID">(bytes_value(bytes)).values(),
                              stream);
        });
}

} // namespace offhook::core
