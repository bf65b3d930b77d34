// SPDX-License-Identifier: Apache-2.0
//
// Lines and phones live alike; what differs is the names of the functions and messages, which are here.
#pragma once

#include "core/model.h"

namespace offhook::core {

struct DeviceFunctions {
    // Of the provider:
    abi::Tspi negotiate{}, open{}, close{};
    abi::Tspi extension_id{}, negotiate_extension{}, select_extension{};
    abi::Tspi create{};
    // Of applications:
    abi::Tapi initialize{}, asked_open{}, asked_close{};
    // Messages:
    std::uint32_t created = 0, removed = 0, closed = 0, reply = 0, state_changed = 0;
    // Bits of state_changed:
    std::uint32_t state_reinit = 0, state_removed = 0;
};

inline constexpr DeviceFunctions line_functions{
    abi::Tspi::lineNegotiateTSPIVersion,
    abi::Tspi::lineOpen,
    abi::Tspi::lineClose,
    abi::Tspi::lineGetExtensionID,
    abi::Tspi::lineNegotiateExtVersion,
    abi::Tspi::lineSelectExtVersion,
    abi::Tspi::providerCreateLineDevice,
    abi::Tapi::lineInitializeEx,
    abi::Tapi::lineOpen,
    abi::Tapi::lineClose,
    LINE_CREATE,
    LINE_REMOVE,
    LINE_CLOSE,
    LINE_REPLY,
    LINE_LINEDEVSTATE,
    LINEDEVSTATE_REINIT,
    LINEDEVSTATE_REMOVED,
};

inline constexpr DeviceFunctions phone_functions{
    abi::Tspi::phoneNegotiateTSPIVersion,
    abi::Tspi::phoneOpen,
    abi::Tspi::phoneClose,
    abi::Tspi::phoneGetExtensionID,
    abi::Tspi::phoneNegotiateExtVersion,
    abi::Tspi::phoneSelectExtVersion,
    abi::Tspi::providerCreatePhoneDevice,
    abi::Tapi::phoneInitializeEx,
    abi::Tapi::phoneOpen,
    abi::Tapi::phoneClose,
    PHONE_CREATE,
    PHONE_REMOVE,
    PHONE_CLOSE,
    PHONE_REPLY,
    PHONE_STATE,
    PHONESTATE_REINIT,
    PHONESTATE_REMOVED,
};

constexpr const DeviceFunctions& functions_of(DeviceKind kind) {
    return kind == DeviceKind::line ? line_functions : phone_functions;
}

namespace detail {

// Do two functions have parameters of the same kinds in the same places? Then the names of the one serve for
// both. `more`: how many the first may have at its end that the second has not.
constexpr bool alike(const abi::Function& one, const abi::Function& other, std::size_t more = 0) {
    if (one.count != other.count + more) return false;
    for (std::size_t i = 0; i < other.count; ++i)
        if (one.parameters[i].kind != other.parameters[i].kind ||
            one.parameters[i].direction != other.parameters[i].direction)
            return false;
    return true;
}

static_assert(alike(abi::row(line_functions.negotiate), abi::row(phone_functions.negotiate)));
static_assert(alike(abi::row(line_functions.open), abi::row(phone_functions.open)));
static_assert(alike(abi::row(line_functions.close), abi::row(phone_functions.close)));
static_assert(alike(abi::row(line_functions.extension_id), abi::row(phone_functions.extension_id)));
static_assert(alike(abi::row(line_functions.negotiate_extension),
                    abi::row(phone_functions.negotiate_extension)));
static_assert(alike(abi::row(line_functions.select_extension), abi::row(phone_functions.select_extension)));
static_assert(alike(abi::row(line_functions.create), abi::row(phone_functions.create)));
static_assert(alike(abi::row(line_functions.initialize), abi::row(phone_functions.initialize)));
static_assert(alike(abi::row(line_functions.asked_open), abi::row(phone_functions.asked_open), 2));
static_assert(alike(abi::row(line_functions.asked_close), abi::row(phone_functions.asked_close)));
static_assert(sizeof(LINEEXTENSIONID) == sizeof(PHONEEXTENSIONID));

} // namespace detail
} // namespace offhook::core
