// SPDX-License-Identifier: Apache-2.0
#include "core/argument_checks.h"

#include "abi/media_modes.h"
#include "abi/optional_pointers.h"

#include <algorithm>
#include <bit>

namespace offhook::core {
namespace {

using abi::Tapi;

enum class Takes : std::uint8_t {
    one,         // exactly one of the bits
    one_or_none, // one of them, or 0
    some,        // at least one of them
    any          // any of them, or none
};

struct Check {
    Tapi function{};
    std::string_view parameter;
    Takes takes{};
    std::uint32_t bits = 0;
    LONG error = 0;
};

constexpr std::uint32_t digit_modes = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF;
constexpr std::uint32_t bearer_modes = ~0u;
constexpr std::uint32_t hookswitches =
    PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET;
constexpr std::uint32_t hookswitch_modes = PHONEHOOKSWITCHMODE_ONHOOK | PHONEHOOKSWITCHMODE_MIC |
                                           PHONEHOOKSWITCHMODE_SPEAKER | PHONEHOOKSWITCHMODE_MICSPEAKER;
constexpr std::uint32_t selections = LINECALLSELECT_LINE | LINECALLSELECT_ADDRESS | LINECALLSELECT_CALL;

constexpr auto checks = std::to_array<Check>({
    {Tapi::lineCompleteCall, "dwCompletionMode", Takes::one, 0xF, LINEERR_INVALCALLCOMPLMODE},
    {Tapi::lineCompleteTransfer, "dwTransferMode", Takes::one, 0x3, LINEERR_INVALTRANSFERMODE},
    {Tapi::lineGatherDigits, "dwDigitModes", Takes::some, digit_modes, LINEERR_INVALDIGITMODE},
    {Tapi::lineGenerateDigits, "dwDigitMode", Takes::one, digit_modes, LINEERR_INVALDIGITMODE},
    {Tapi::lineGenerateTone, "dwToneMode", Takes::one_or_none, 0x1F, LINEERR_INVALTONEMODE},
    {Tapi::lineGetAddressID, "dwAddressMode", Takes::one, LINEADDRESSMODE_DIALABLEADDR,
     LINEERR_INVALADDRESSMODE},
    {Tapi::lineMonitorDigits, "dwDigitModes", Takes::any, digit_modes | LINEDIGITMODE_DTMFEND,
     LINEERR_INVALDIGITMODE},
    {Tapi::lineMonitorMedia, "dwMediaModes", Takes::any, abi::all_media_modes, LINEERR_INVALMEDIAMODE},
    {Tapi::linePark, "dwParkMode", Takes::one, 0x3, LINEERR_INVALPARKMODE},
    {Tapi::lineSetCallParams, "dwBearerMode", Takes::one, bearer_modes, LINEERR_INVALBEARERMODE},
    {Tapi::lineSetLineDevStatus, "dwStatusToChange", Takes::one, 0xF, LINEERR_INVALLINESTATE},
    {Tapi::lineSetMediaControl, "dwSelect", Takes::one, selections, LINEERR_INVALCALLSELECT},
    {Tapi::lineSetTerminal, "dwSelect", Takes::one, selections, LINEERR_INVALCALLSELECT},
    {Tapi::lineSetTerminal, "dwTerminalModes", Takes::some, 0x3FF, LINEERR_INVALTERMINALMODE},
    {Tapi::phoneGetGain, "dwHookSwitchDev", Takes::one, hookswitches, PHONEERR_INVALHOOKSWITCHDEV},
    {Tapi::phoneGetVolume, "dwHookSwitchDev", Takes::one, hookswitches, PHONEERR_INVALHOOKSWITCHDEV},
    {Tapi::phoneSetGain, "dwHookSwitchDev", Takes::one, hookswitches, PHONEERR_INVALHOOKSWITCHDEV},
    {Tapi::phoneSetVolume, "dwHookSwitchDev", Takes::one, hookswitches, PHONEERR_INVALHOOKSWITCHDEV},
    {Tapi::phoneSetHookSwitch, "dwHookSwitchDevs", Takes::some, hookswitches, PHONEERR_INVALHOOKSWITCHDEV},
    {Tapi::phoneSetHookSwitch, "dwHookSwitchMode", Takes::one, hookswitch_modes,
     PHONEERR_INVALHOOKSWITCHMODE},
});

static_assert(std::all_of(checks.begin(), checks.end(),
                          [](const Check& c) {
                              return abi::row(c.function).index_of(c.parameter) < abi::row(c.function).count;
                          }),
              "a check names a parameter that its function has not");

constexpr bool passes(Takes takes, std::uint32_t bits, std::uint32_t value) {
    if ((value & ~bits) != 0) return false;
    switch (takes) {
    case Takes::one: return std::has_single_bit(value);
    case Takes::one_or_none: return value == 0 || std::has_single_bit(value);
    case Takes::some: return value != 0;
    case Takes::any: return true;
    }
    return false;
}

// A pointer that the function needs. Bytes may be NULL when there are none of them; arrays always, which
// switches their feature off.
bool is_missing(const abi::TapiFunction& row, Tapi function, std::size_t place, const wire::Values& inputs) {
    const auto& p = row.parameters[place];
    if (!inputs[place].null || abi::may_be_null(function, p.name)) return false;
    switch (p.kind) {
    case abi::Kind::text:
    case abi::Kind::sized: return p.fill != abi::Fill::at_message;
    case abi::Kind::fixed: return p.direction == abi::Direction::in;
    case abi::Kind::bytes:
    case abi::Kind::counted_text:
        return p.direction != abi::Direction::out && inputs[row.index_of(p.count_name)].number != 0;
    case abi::Kind::array:
    case abi::Kind::local:
    case abi::Kind::number:
    case abi::Kind::wide: return false;
    }
    return false;
}

// Ends what was asked for before; the modes mean nothing then.
bool is_cancellation(Tapi function, const wire::Values& inputs) {
    const auto& given = [&](std::string_view name) -> const wire::Value& {
        return inputs[abi::row(function).index_of(name)];
    };
    switch (function) {
    case Tapi::lineGatherDigits: return given("dwNumDigits").number == 0;
    case Tapi::lineGenerateDigits: return given("lpszDigits").null;
    default: return false;
    }
}

} // namespace

std::uint32_t check_arguments(Tapi function, const wire::Values& inputs) {
    const auto& row = abi::row(function);
    for (std::size_t i = 0; i < row.count; ++i)
        if (is_missing(row, function, i, inputs)) return LINEERR_INVALPOINTER;
    if (is_cancellation(function, inputs)) return 0;
    for (const Check& check : checks)
        if (check.function == function &&
            !passes(check.takes, check.bits,
                    static_cast<std::uint32_t>(inputs[row.index_of(check.parameter)].number)))
            return static_cast<std::uint32_t>(check.error);
    if (function == Tapi::lineSetMediaMode &&
        !abi::is_media_mode(
            static_cast<std::uint32_t>(inputs[abi::row(function).index_of("dwMediaModes")].number)))
        return LINEERR_INVALMEDIAMODE;
    return 0;
}

} // namespace offhook::core
