// SPDX-License-Identifier: Apache-2.0
//
// The negotiation of versions, of the interface and of extensions, for a line or a phone. It commits nothing:
// opening the device does (R019, R020).
#include "core/device_functions.h"
#include "core/provider_call.h"

#include <algorithm>

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

namespace {

constexpr std::array<std::byte, sizeof(LINEEXTENSIONID)> no_extension{}; // all zeros (R025)

} // namespace

// What is asked of which device, and for whom.
struct State::Negotiation {
    Handle application = 0;
    std::uint32_t correlation = 0;
    Tapi function{};
    Handle session = 0, device = 0;
    std::uint32_t low = 0, high = 0;
    std::uint32_t selected = 0; // when the provider was asked
};

// The device that a negotiation names; 0, or the error.
std::uint32_t State::find_negotiated(const Invocation& invocation, DeviceKind kind,
                                     Negotiation& negotiation) {
    constexpr auto F = Tapi::lineNegotiateAPIVersion; // all four functions begin with these two
    const Registration* app =
        registration_of(invocation.application, number_of<F, "hLineApp">(invocation.inputs), kind);
    if (app == nullptr) return LINEERR_INVALAPPHANDLE;
    const auto device_id = number_of<F, "dwDeviceID">(invocation.inputs);
    const Device* device = device_of(*app, device_id);
    if (device == nullptr) return no_device(*app, device_id);
    const Session* session = running_session(device->provider);
    if (session == nullptr) return LINEERR_RESOURCEUNAVAIL;
    negotiation = {invocation.application,
                   invocation.correlation,
                   invocation.function,
                   session->handle,
                   device->handle,
                   0,
                   0};
    return 0;
}

// The highest version of both ranges (R017), and the extension's identity (R025).
void State::negotiate_api_version(const Invocation& invocation, DeviceKind kind) {
    constexpr auto F = Tapi::lineNegotiateAPIVersion;
    Negotiation negotiation;
    if (const auto error = find_negotiated(invocation, kind, negotiation); error != 0)
        return refuse(invocation, error);
    negotiation.low = std::max(number_of<F, "dwAPILowVersion">(invocation.inputs), abi::v1_3);
    negotiation.high = std::min(number_of<F, "dwAPIHighVersion">(invocation.inputs), abi::v2_2);
    if (negotiation.low > negotiation.high) return refuse(invocation, LINEERR_INCOMPATIBLEAPIVERSION);
    const Device& device = *devices_.find(negotiation.device);
    call_provider(*sessions_.find(negotiation.session), device.handle, functions_of(kind).negotiate,
                  Arguments<Tspi::lineNegotiateTSPIVersion>()
                      .with<"dwDeviceID">(device.number)
                      .with<"dwLowVersion">(negotiation.low)
                      .with<"dwHighVersion">(negotiation.high)
                      .values(),
                  [this, negotiation](const Outcome& outcome) { version_negotiated(negotiation, outcome); });
}

void State::version_negotiated(const Negotiation& n, const Outcome& outcome) {
    if (outcome.result != 0) return answer(n.application, n.correlation, n.function, outcome.result, {});
    const auto version = number_of<Tspi::lineNegotiateTSPIVersion, "lpdwTSPIVersion">(*outcome.outputs);
    Session* session = sessions_.find(n.session);
    if (version < n.low || version > n.high) {
        if (session != nullptr) violation(*session, 17, "it chose a version outside of the range");
        return answer(n.application, n.correlation, n.function, as_result(LINEERR_INCOMPATIBLEAPIVERSION),
                      {});
    }
    const Device* device = devices_.find(n.device);
    const auto then = [this, n, version](const Outcome& found) {
        constexpr auto F = Tapi::lineNegotiateAPIVersion;
        const auto id = found.result == 0 && found.outputs != nullptr
                            ? value_of<Tspi::lineGetExtensionID, "lpExtensionID">(*found.outputs)
                            : bytes_value(no_extension);
        answer(n.application, n.correlation, n.function, 0,
               Arguments<F>().with<"lpdwAPIVersion">(version).with<"lpExtensionID">(id).values());
    };
    if (session == nullptr || device == nullptr ||
        !exports(*session, functions_of(device->kind).extension_id))
        return then({as_result(LINEERR_OPERATIONUNAVAIL), nullptr});
    call_provider(*session, device->handle, functions_of(device->kind).extension_id,
                  Arguments<Tspi::lineGetExtensionID>()
                      .with<"dwDeviceID">(device->number)
                      .with<"dwTSPIVersion">(version)
                      .values(),
                  then);
}

// The version of the interface must be one that could have been negotiated (R026). The provider narrows the
// range to the version that is selected, if one is (R024).
void State::negotiate_ext_version(const Invocation& invocation, DeviceKind kind) {
    constexpr auto F = Tapi::lineNegotiateExtVersion;
    Negotiation negotiation;
    if (const auto error = find_negotiated(invocation, kind, negotiation); error != 0)
        return refuse(invocation, error);
    const auto version = number_of<F, "dwAPIVersion">(invocation.inputs);
    if (version < abi::v1_3 || version > abi::v2_2) return refuse(invocation, LINEERR_INCOMPATIBLEAPIVERSION);
    negotiation.low = number_of<F, "dwExtLowVersion">(invocation.inputs);
    negotiation.high = number_of<F, "dwExtHighVersion">(invocation.inputs);
    const Device& device = *devices_.find(negotiation.device);
    negotiation.selected = device.extension;
    Session& session = *sessions_.find(negotiation.session);
    if (!exports(session, functions_of(kind).negotiate_extension))
        return refuse(invocation, LINEERR_OPERATIONUNAVAIL);
    call_provider(
        session, device.handle, functions_of(kind).negotiate_extension,
        Arguments<Tspi::lineNegotiateExtVersion>()
            .with<"dwDeviceID">(device.number)
            .with<"dwTSPIVersion">(version)
            .with<"dwLowVersion">(negotiation.low)
            .with<"dwHighVersion">(negotiation.high)
            .values(),
        [this, negotiation](const Outcome& outcome) { extension_negotiated(negotiation, outcome); });
}

void State::extension_negotiated(const Negotiation& n, const Outcome& outcome) {
    if (outcome.result != 0) return answer(n.application, n.correlation, n.function, outcome.result, {});
    const auto version = number_of<Tspi::lineNegotiateExtVersion, "lpdwExtVersion">(*outcome.outputs);
    const Device* device = devices_.find(n.device);
    const auto selected = device != nullptr ? device->extension : 0;
    // By one of its pages a selected version makes any other 0 (abi/table/conflicts.def).
    const bool none = version == 0 && selected != 0;
    const bool in_range = version >= n.low && version <= n.high;
    if (const Session* session = sessions_.find(n.session); session != nullptr && !none) {
        if (!in_range) violation(*session, 17, "it chose a version of its extension outside of the range");
        // It can know of a version only that was selected before it was asked, and was not refused.
        else if (selected != 0 && selected == n.selected && version != selected)
            violation(*session, 24, "it negotiated another version of its extension than the one selected");
    }
    if (!in_range || (selected != 0 && version != selected))
        return answer(n.application, n.correlation, n.function, as_result(LINEERR_INCOMPATIBLEEXTVERSION),
                      {});
    answer(n.application, n.correlation, n.function, 0,
           Arguments<Tapi::lineNegotiateExtVersion>().with<"lpdwExtVersion">(version).values());
}

} // namespace offhook::core
