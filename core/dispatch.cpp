// SPDX-License-Identifier: Apache-2.0
//
// Which functions the service answers, a row each; every other one is answered with LINEERR_OPERATIONUNAVAIL.
#include "core/state.h"

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

struct DispatchRow {
    Tapi function;
    State::Handler handler;

    static constexpr std::size_t count = 101;
    static const std::array<DispatchRow, count> rows;
};

// The provider has a function of the same name.
#define THROUGH(name)                                                                                        \
    { Tapi::name, &State::pass_through<Tapi::name, Tspi::name> }

constexpr std::array<DispatchRow, DispatchRow::count> DispatchRow::rows{{
    // What the service does itself, or together with the provider.
    {Tapi::lineAddProvider, &State::provider_dialog},
    {Tapi::lineClose, &State::line_close},
    {Tapi::lineConfigDialog, &State::config_dialog},
    {Tapi::lineConfigDialogEdit, &State::config_dialog},
    {Tapi::lineConfigProvider, &State::provider_dialog},
    {Tapi::lineDeallocateCall, &State::line_deallocate_call},
    {Tapi::lineGetAddressCaps, &State::line_get_address_caps},
    {Tapi::lineGetCallInfo, &State::line_get_call_info},
    {Tapi::lineGetCallStatus, &State::line_get_call_status},
    {Tapi::lineGetConfRelatedCalls, &State::line_get_conf_related_calls},
    {Tapi::lineGetDevCaps, &State::line_get_dev_caps},
    {Tapi::lineGetID, &State::line_get_id},
    {Tapi::lineGetLineDevStatus, &State::line_get_line_dev_status},
    {Tapi::lineGetNewCalls, &State::line_get_new_calls},
    {Tapi::lineGetNumRings, &State::line_get_num_rings},
    {Tapi::lineGetProviderList, &State::line_get_provider_list},
    {Tapi::lineGetStatusMessages, &State::line_get_status_messages},
    {Tapi::lineInitializeEx, &State::initialize<DeviceKind::line>},
    {Tapi::lineMonitorDigits, &State::line_monitor_digits},
    {Tapi::lineMonitorMedia, &State::line_monitor_media},
    {Tapi::lineMonitorTones, &State::line_monitor_tones},
    {Tapi::lineNegotiateAPIVersion, &State::negotiate_api_version<DeviceKind::line>},
    {Tapi::lineNegotiateExtVersion, &State::negotiate_ext_version<DeviceKind::line>},
    {Tapi::lineOpen, &State::line_open},
    {Tapi::lineRemoveProvider, &State::provider_dialog},
    {Tapi::lineSetCallPrivilege, &State::line_set_call_privilege},
    {Tapi::lineSetNumRings, &State::line_set_num_rings},
    {Tapi::lineSetStatusMessages, &State::line_set_status_messages},
    {Tapi::lineShutdown, &State::shutdown<DeviceKind::line>},
    {Tapi::phoneClose, &State::phone_close},
    {Tapi::phoneConfigDialog, &State::config_dialog},
    {Tapi::phoneGetDevCaps, &State::phone_get_dev_caps},
    {Tapi::phoneGetID, &State::phone_get_id},
    {Tapi::phoneGetStatus, &State::phone_get_status},
    {Tapi::phoneGetStatusMessages, &State::phone_get_status_messages},
    {Tapi::phoneInitializeEx, &State::initialize<DeviceKind::phone>},
    {Tapi::phoneNegotiateAPIVersion, &State::negotiate_api_version<DeviceKind::phone>},
    {Tapi::phoneNegotiateExtVersion, &State::negotiate_ext_version<DeviceKind::phone>},
    {Tapi::phoneOpen, &State::phone_open},
    {Tapi::phoneSetStatusMessages, &State::phone_set_status_messages},
    {Tapi::phoneShutdown, &State::shutdown<DeviceKind::phone>},

    // What it hands through.
    THROUGH(lineAccept),
    THROUGH(lineAddToConference),
    THROUGH(lineAnswer),
    THROUGH(lineBlindTransfer),
    THROUGH(lineCompleteCall),
    THROUGH(lineCompleteTransfer),
    THROUGH(lineDevSpecific),
    THROUGH(lineDevSpecificFeature),
    THROUGH(lineDial),
    THROUGH(lineDrop),
    THROUGH(lineForward),
    THROUGH(lineGatherDigits),
    THROUGH(lineGenerateDigits),
    THROUGH(lineGenerateTone),
    THROUGH(lineGetAddressID),
    THROUGH(lineGetAddressStatus),
    THROUGH(lineGetDevConfig),
    THROUGH(lineHold),
    THROUGH(lineMakeCall),
    THROUGH(linePark),
    THROUGH(linePickup),
    THROUGH(linePrepareAddToConference),
    THROUGH(lineRedirect),
    THROUGH(lineReleaseUserUserInfo),
    THROUGH(lineRemoveFromConference),
    THROUGH(lineSecureCall),
    THROUGH(lineSendUserUserInfo),
    THROUGH(lineSetAppSpecific),
    THROUGH(lineSetCallData),
    THROUGH(lineSetCallParams),
    THROUGH(lineSetCallQualityOfService),
    THROUGH(lineSetCallTreatment),
    THROUGH(lineSetDevConfig),
    THROUGH(lineSetLineDevStatus),
    THROUGH(lineSetMediaControl),
    THROUGH(lineSetMediaMode),
    THROUGH(lineSetTerminal),
    THROUGH(lineSetupConference),
    THROUGH(lineSetupTransfer),
    THROUGH(lineSwapHold),
    THROUGH(lineUncompleteCall),
    THROUGH(lineUnhold),
    THROUGH(lineUnpark),
    THROUGH(phoneDevSpecific),
    THROUGH(phoneGetButtonInfo),
    THROUGH(phoneGetData),
    THROUGH(phoneGetDisplay),
    THROUGH(phoneGetGain),
    THROUGH(phoneGetHookSwitch),
    THROUGH(phoneGetLamp),
    THROUGH(phoneGetRing),
    THROUGH(phoneGetVolume),
    THROUGH(phoneSetButtonInfo),
    THROUGH(phoneSetData),
    THROUGH(phoneSetDisplay),
    THROUGH(phoneSetGain),
    THROUGH(phoneSetHookSwitch),
    THROUGH(phoneSetLamp),
    THROUGH(phoneSetRing),
    THROUGH(phoneSetVolume),
}};
#undef THROUGH

// One place for each function of the table.
State::Handler State::handler_of(Tapi function) {
    // Not constexpr: under -fsanitize=undefined gcc 12 compares no member function pointer at compile time.
    static const auto handlers = [] {
        std::array<Handler, static_cast<std::size_t>(Tapi::count)> by_number{};
        for (const DispatchRow& row : DispatchRow::rows)
            if (row.handler != nullptr) by_number[static_cast<std::size_t>(row.function)] = row.handler;
        return by_number;
    }();
    return handlers[static_cast<std::size_t>(function)];
}

bool State::application_frame(ApplicationId id, const wire::Frame& frame, std::string& reason) {
    const Application* application = applications_.find(static_cast<Handle>(id));
    if (application == nullptr) return true;
    if (frame.header.kind == wire::FrameKind::dialog) return dialog_frame(application->handle, frame, reason);
    if (frame.header.kind != wire::FrameKind::call ||
        frame.header.function >= static_cast<std::uint16_t>(Tapi::count)) {
        reason = "a frame that an application does not send, or a function that does not exist";
        return false;
    }
    const auto function = static_cast<Tapi>(frame.header.function);
    const auto& row = abi::row(function);
    wire::Values inputs{};
    if (!wire::decode_down(row, frame.payload, inputs)) {
        reason = "malformed inputs of " + std::string(row.name);
        return false;
    }
    trace([&] {
        return TraceRecord{
            .kind = TraceKind::application_call, .what = row.name, .application = application->handle};
    });
    const Invocation invocation{application->handle, frame.header.correlation, frame.header.sequence,
                                function, inputs};
    const Handler handler = handler_of(function);
    if (handler == nullptr) refuse(invocation, LINEERR_OPERATIONUNAVAIL);
    else (this->*handler)(invocation);
    return true;
}

} // namespace offhook::core
