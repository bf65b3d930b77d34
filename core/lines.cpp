// SPDX-License-Identifier: Apache-2.0
//
// What lines have and phones have not: privileges for calls, media modes, addresses, rings.
#include "core/provider_call.h"

#include <algorithm>

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

namespace {

constexpr auto media_mode_bits = 0x00FFFFFFu & ~1u; // LINEMEDIAMODE_ bits; the vendor's are above (R253)

// LINECALLPRIVILEGE_ and LINEOPENOPTION_ bits (R114).
constexpr std::int32_t check_privileges(std::uint32_t privileges, std::uint32_t media_modes) {
    if ((privileges & (LINEOPENOPTION_PROXY | LINEOPENOPTION_SINGLEADDRESS)) != 0)
        return as_result(LINEERR_OPERATIONUNAVAIL);
    constexpr auto sharing = LINECALLPRIVILEGE_MONITOR | LINECALLPRIVILEGE_OWNER;
    if (privileges != LINECALLPRIVILEGE_NONE && (privileges == 0 || (privileges & ~sharing) != 0))
        return as_result(LINEERR_INVALPRIVSELECT);
    if ((privileges & LINECALLPRIVILEGE_OWNER) != 0 && (media_modes & media_mode_bits) == 0)
        return as_result(LINEERR_INVALMEDIAMODE);
    return 0;
}

} // namespace

void State::line_open(const Invocation& invocation) {
    constexpr auto F = Tapi::lineOpen;
    const auto& in = invocation.inputs;
    Registration* app =
        registration_of(invocation.application, number_of<F, "hLineApp">(in), DeviceKind::line);
    if (app == nullptr) return refuse(invocation, LINEERR_INVALAPPHANDLE);
    const auto device_id = number_of<F, "dwDeviceID">(in);
    Device* device = device_id == LINEMAPPER ? nullptr : device_of(*app, device_id);
    if (device == nullptr && device_id != LINEMAPPER) return refuse(invocation, no_device(*app, device_id));
    const auto privileges = number_of<F, "dwPrivileges">(in);
    const auto media_modes = number_of<F, "dwMediaModes">(in);
    if (const auto error = check_privileges(privileges, media_modes); error != 0)
        return answer(invocation, error);
    const Opening opening{.version = number_of<F, "dwAPIVersion">(in),
                          .extension = number_of<F, "dwExtVersion">(in),
                          .privileges = privileges,
                          .media_modes = (privileges & LINECALLPRIVILEGE_OWNER) != 0 ? media_modes : 0,
                          .instance = wide_of<F, "dwCallbackInstance">(in)};
    if (device == nullptr) return open_some_line(invocation, *app, opening);
    open(invocation, *app, *device, opening);
}

void State::line_close(const Invocation& invocation) {
    Opener* line = line_of(invocation.application, number_of<Tapi::lineClose, "hLine">(invocation.inputs));
    if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    close(invocation, *line);
}

std::uint32_t State::wanted_media_modes(const Device& device) const {
    std::uint32_t modes = 0;
    for (const auto* lines : {&device.opens, &device.waiting})
        for (const Handle handle : *lines) modes |= openers_.find(handle)->media_modes;
    return modes;
}

void State::update_media_detection(Device& device, OutcomeContinuation then) {
    Session* session = reachable_session(device.provider);
    if (session == nullptr) return then({as_result(LINEERR_OPERATIONFAILED), nullptr});
    if (!exports(*session, Tspi::lineSetDefaultMediaDetection)) return then({0, nullptr});
    call_provider(*session, device.handle,
                  Arguments<Tspi::lineSetDefaultMediaDetection>()
                      .with<"hdLine">(device.driver)
                      .with<"dwMediaModes">(device.media_modes),
                  then);
}

void State::line_set_status_messages(const Invocation& invocation) {
    constexpr auto F = Tapi::lineSetStatusMessages;
    const Opener* line = line_of(invocation.application, number_of<F, "hLine">(invocation.inputs));
    if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    const auto line_states = number_of<F, "dwLineStates">(invocation.inputs);
    const auto address_states = number_of<F, "dwAddressStates">(invocation.inputs);
    constexpr auto known_line_states = 0x01FFFFFFu, known_address_states = 0x000001FFu;
    if ((line_states & ~known_line_states) != 0) return refuse(invocation, LINEERR_INVALLINESTATE);
    if ((address_states & ~known_address_states) != 0) return refuse(invocation, LINEERR_INVALADDRESSSTATE);
    want_status_messages(invocation, *line, {.states = line_states, .address_states = address_states});
}

void State::line_get_status_messages(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetStatusMessages;
    const Opener* line = line_of(invocation.application, number_of<F, "hLine">(invocation.inputs));
    if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    answer(invocation.application, invocation.correlation,
           Arguments<F>()
               .with<"lpdwLineStates">(line->wants.states)
               .with<"lpdwAddressStates">(line->wants.address_states));
}

// How often the line should ring before an incoming call is answered, for whoever answers calls: the smallest
// number that an opener has set, all ones when none has. No provider hears of it.
void State::line_set_num_rings(const Invocation& invocation) {
    constexpr auto F = Tapi::lineSetNumRings;
    const auto& in = invocation.inputs;
    Opener* line = line_of(invocation.application, number_of<F, "hLine">(in));
    if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    const auto address = number_of<F, "dwAddressID">(in);
    if (address >= devices_.find(line->device)->addresses) return refuse(invocation, LINEERR_INVALADDRESSID);
    line->num_rings[address] = number_of<F, "dwNumRings">(in);
    answer(invocation, 0);
}

void State::line_get_num_rings(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetNumRings;
    const auto& in = invocation.inputs;
    const Opener* line = line_of(invocation.application, number_of<F, "hLine">(in));
    if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    const Device& device = *devices_.find(line->device);
    const auto address = number_of<F, "dwAddressID">(in);
    if (address >= device.addresses) return refuse(invocation, LINEERR_INVALADDRESSID);
    auto rings = ~std::uint32_t{0};
    for (const Handle handle : device.opens)
        if (const auto& set = openers_.find(handle)->num_rings; set.contains(address))
            rings = std::min(rings, set.at(address));
    answer(invocation.application, invocation.correlation, Arguments<F>().with<"lpdwNumRings">(rings));
}

} // namespace offhook::core
