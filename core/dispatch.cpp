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

    static constexpr std::size_t count = 57;
    static const std::array<DispatchRow, count> rows;
};

// The provider has a function of the same name.
#define THROUGH(name)                                                                                        \
    { Tapi::name, &State::pass_through<Tapi::name, Tspi::name> }

constexpr std::array<DispatchRow, DispatchRow::count> DispatchRow::rows{{
    // What the service does itself, or together with the provider.
    {Tapi::lineClose, &State::line_close},
    {Tapi::lineDeallocateCall, &State::line_deallocate_call},
    {Tapi::lineGetAddressCaps, &State::line_get_address_caps},
    {Tapi::lineGetCallInfo, &State::line_get_call_info},
    {Tapi::lineGetCallStatus, &State::line_get_call_status},
    {Tapi::lineGetDevCaps, &State::line_get_dev_caps},
    {Tapi::lineGetID, &State::line_get_id},
    {Tapi::lineGetLineDevStatus, &State::line_get_line_dev_status},
    {Tapi::lineGetNewCalls, &State::line_get_new_calls},
    {Tapi::lineGetProviderList, &State::line_get_provider_list},
    {Tapi::lineInitializeEx, &State::line_initialize_ex},
    {Tapi::lineNegotiateAPIVersion, &State::line_negotiate_api_version},
    {Tapi::lineOpen, &State::line_open},
    {Tapi::lineSetCallPrivilege, &State::line_set_call_privilege},
    {Tapi::lineSetStatusMessages, &State::line_set_status_messages},
    {Tapi::lineShutdown, &State::line_shutdown},

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
    THROUGH(lineHold),
    THROUGH(lineMakeCall),
    THROUGH(lineMonitorTones),
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
    THROUGH(lineSetLineDevStatus),
    THROUGH(lineSetMediaControl),
    THROUGH(lineSetTerminal),
    THROUGH(lineSetupConference),
    THROUGH(lineSetupTransfer),
    THROUGH(lineSwapHold),
    THROUGH(lineUncompleteCall),
    THROUGH(lineUnhold),
    THROUGH(lineUnpark),
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
    trace({.kind = TraceKind::application_call, .what = row.name, .application = application->handle});
    const Invocation invocation{application->handle, frame.header.correlation, frame.header.sequence,
                                function, inputs};
    const Handler handler = handler_of(function);
    if (handler == nullptr) refuse(invocation, LINEERR_OPERATIONUNAVAIL);
    else (this->*handler)(invocation);
    return true;
}

} // namespace offhook::core
