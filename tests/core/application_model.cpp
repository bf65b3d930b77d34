// SPDX-License-Identifier: Apache-2.0
#include "tests/core/application_model.h"

#include <algorithm>

namespace offhook::test {

using abi::Tapi;
using core::Arguments;
using core::number_of;

void RandomApplication::connect() {
    apps_.clear(), lines_.clear(), phone_apps_.clear(), phones_.clear(), calls_.clear(), channels_.clear(),
        pending_.clear();
    id_ = world_.connect(*this);
}

// Mostly a handle that it has, sometimes one that it has not.
std::uint32_t RandomApplication::pick(const std::vector<std::uint32_t>& handles) {
    auto& choices = world_.choices();
    if (handles.empty() || choices.once_in(30))
        return static_cast<std::uint32_t>(0x0010'0000 + choices.below(8));
    return handles[choices.below(handles.size())];
}

void RandomApplication::do_something() {
    auto& choices = world_.choices();
    static constexpr std::array<char16_t, 3> park{u'7', u'0', u'1'};
    constexpr std::array<std::uint32_t, 3> versions{abi::v1_4, abi::v2_0, abi::v2_2};
    switch (apps_.empty() ? 0 : choices.below(46)) {
    case 0: {
        if (channels_.size() > 2) return;
        channels_.push_back(world_.open_channel(id_));
        return call(Arguments<Tapi::lineInitializeEx>().with<"lpdwAPIVersion">(versions[choices.below(3)]),
                    channels_.back());
    }
    case 1:
        if (!choices.once_in(4)) return;
        return call(Arguments<Tapi::lineShutdown>().with<"hLineApp">(pick(apps_)));
    case 2:
        return call(Arguments<Tapi::lineNegotiateAPIVersion>()
                        .with<"hLineApp">(pick(apps_))
                        .with<"dwDeviceID">(choices.below(4))
                        .with<"dwAPILowVersion">(abi::v1_3)
                        .with<"dwAPIHighVersion">(abi::v3_1));
    case 3:
    case 4:
    case 5: {
        constexpr std::array<std::uint32_t, 5> privileges{
            LINECALLPRIVILEGE_NONE, LINECALLPRIVILEGE_MONITOR, LINECALLPRIVILEGE_OWNER,
            LINECALLPRIVILEGE_MONITOR | LINECALLPRIVILEGE_OWNER, 0};
        const auto app = pick(apps_);
        const auto device = choices.once_in(10) ? LINEMAPPER : choices.below(4);
        return call(Arguments<Tapi::lineOpen>()
                        .with<"hLineApp">(app)
                        .with<"dwDeviceID">(device)
                        .with<"dwExtVersion">(device == 0 ? 1 : 0) // lineDevSpecific needs it (R255)
                        .with<"dwAPIVersion">(versions[choices.below(3)])
                        .with<"dwCallbackInstance">(world_.unique_number())
                        .with<"dwPrivileges">(privileges[choices.below(privileges.size())])
                        .with<"dwMediaModes">(choices.once_in(3) ? LINEMEDIAMODE_DATAMODEM
                                                                 : LINEMEDIAMODE_INTERACTIVEVOICE));
    }
    case 6: return call(Arguments<Tapi::lineClose>().with<"hLine">(pick(lines_)));
    case 7:
    case 8:
    case 9:
    case 10: return call(Arguments<Tapi::lineMakeCall>().with<"hLine">(pick(lines_)));
    case 11:
    case 12: return call(Arguments<Tapi::lineAnswer>().with<"hCall">(pick(calls_)));
    case 13:
    case 14: return call(Arguments<Tapi::lineDrop>().with<"hCall">(pick(calls_)));
    case 15: return call(Arguments<Tapi::lineAccept>().with<"hCall">(pick(calls_)));
    case 16:
    case 17:
    case 18: return call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(pick(calls_)));
    case 19:
        return call(Arguments<Tapi::lineGetNewCalls>()
                        .with<"hLine">(pick(lines_))
                        .with<"dwSelect">(LINECALLSELECT_LINE)
                        .with<"lpCallList">(sizeof(LINECALLLIST) + choices.below(12)));
    case 20:
        return call(Arguments<Tapi::lineSetCallPrivilege>()
                        .with<"hCall">(pick(calls_))
                        .with<"dwCallPrivilege">(choices.once_in(2) ? LINECALLPRIVILEGE_OWNER
                                                                    : LINECALLPRIVILEGE_MONITOR));
    case 21:
        return call(Arguments<Tapi::lineGetCallStatus>()
                        .with<"hCall">(pick(calls_))
                        .with<"lpCallStatus">(choices.below(2) * sizeof(LINECALLSTATUS)));
    case 22:
        return call(Arguments<Tapi::lineGetCallInfo>()
                        .with<"hCall">(pick(calls_))
                        .with<"lpCallInfo">(sizeof(LINECALLINFO)));
    case 23: return call(Arguments<Tapi::lineHold>().with<"hCall">(pick(calls_)));
    case 24: return call(Arguments<Tapi::lineSetAppSpecific>().with<"hCall">(pick(calls_)));
    case 25:
        return call(Arguments<Tapi::lineSwapHold>()
                        .with<"hActiveCall">(pick(calls_))
                        .with<"hHeldCall">(pick(calls_)));
    case 26: return call(Arguments<Tapi::lineSetupTransfer>().with<"hCall">(pick(calls_)));
    case 27:
        return call(Arguments<Tapi::lineCompleteTransfer>()
                        .with<"hCall">(pick(calls_))
                        .with<"hConsultCall">(pick(calls_))
                        .with<"dwTransferMode">(choices.once_in(2) ? LINETRANSFERMODE_CONFERENCE
                                                                   : LINETRANSFERMODE_TRANSFER));
    case 28:
        return call(Arguments<Tapi::lineSetupConference>()
                        .with<"hCall">(choices.once_in(3) ? 0 : pick(calls_))
                        .with<"hLine">(pick(lines_))
                        .with<"dwNumParties">(3));
    case 29: return call(Arguments<Tapi::linePrepareAddToConference>().with<"hConfCall">(pick(calls_)));
    case 30: return call(Arguments<Tapi::linePickup>().with<"hLine">(pick(lines_)).with<"dwAddressID">(0));
    case 31:
        return call(Arguments<Tapi::lineUnpark>()
                        .with<"hLine">(pick(lines_))
                        .with<"lpszDestAddress">(core::bytes_value(std::as_bytes(std::span(park)))));
    case 32: return call(Arguments<Tapi::lineForward>().with<"hLine">(pick(lines_)));
    case 33:
        return call(Arguments<Tapi::linePark>()
                        .with<"hCall">(pick(calls_))
                        .with<"dwParkMode">(LINEPARKMODE_NONDIRECTED)
                        .with<"lpNonDirAddress">(sizeof(VARSTRING) + choices.below(64)));
    case 34:
        return call(Arguments<Tapi::lineCompleteCall>()
                        .with<"hCall">(pick(calls_))
                        .with<"dwCompletionMode">(LINECALLCOMPLMODE_CAMPON));
    case 35:
        return call(Arguments<Tapi::lineDevSpecific>()
                        .with<"hLine">(pick(lines_))
                        .with<"hCall">(choices.once_in(2) ? 0 : pick(calls_))
                        .with<"lpParams">(core::bytes_value(std::as_bytes(std::span(park))))
                        .with<"dwSize">(sizeof park));
    case 36:
        return call(Arguments<Tapi::lineMonitorDigits>()
                        .with<"hCall">(pick(calls_))
                        .with<"dwDigitModes">(choices.below(4)));
    case 37:
        return call(Arguments<Tapi::lineGenerateDigits>()
                        .with<"hCall">(pick(calls_))
                        .with<"dwDigitMode">(LINEDIGITMODE_DTMF)
                        .with<"lpszDigits">(core::bytes_value(std::as_bytes(std::span(park)))));
    case 38: {
        if (channels_.size() > 3) return;
        channels_.push_back(world_.open_channel(id_));
        return call(Arguments<Tapi::phoneInitializeEx>().with<"lpdwAPIVersion">(versions[choices.below(3)]),
                    channels_.back());
    }
    case 39:
    case 40:
        return call(
            Arguments<Tapi::phoneOpen>()
                .with<"hPhoneApp">(pick(phone_apps_))
                .with<"dwDeviceID">(choices.below(3))
                .with<"dwAPIVersion">(versions[choices.below(3)])
                .with<"dwCallbackInstance">(world_.unique_number())
                .with<"dwPrivilege">(choices.once_in(2) ? PHONEPRIVILEGE_OWNER : PHONEPRIVILEGE_MONITOR));
    case 41: return call(Arguments<Tapi::phoneClose>().with<"hPhone">(pick(phones_)));
    case 42: return call(Arguments<Tapi::phoneSetLamp>().with<"hPhone">(pick(phones_)).with<"dwLampMode">(1));
    case 43:
        return call(Arguments<Tapi::phoneGetVolume>()
                        .with<"hPhone">(pick(phones_))
                        .with<"dwHookSwitchDev">(PHONEHOOKSWITCHDEV_HANDSET));
    case 44:
        return call(Arguments<Tapi::phoneSetStatusMessages>()
                        .with<"hPhone">(pick(phones_))
                        .with<"dwPhoneStates">(PHONESTATE_OWNER | PHONESTATE_MONITORS)
                        .with<"dwButtonModes">(PHONEBUTTONMODE_KEYPAD)
                        .with<"dwButtonStates">(PHONEBUTTONSTATE_DOWN));
    default:
        return call(Arguments<Tapi::lineSetStatusMessages>()
                        .with<"hLine">(pick(lines_))
                        .with<"dwLineStates">(LINEDEVSTATE_RINGING | LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE));
    }
}

void RandomApplication::shut_down_everything() {
    for (const auto app : apps_) call(Arguments<Tapi::lineShutdown>().with<"hLineApp">(app));
    for (const auto app : phone_apps_) call(Arguments<Tapi::phoneShutdown>().with<"hPhoneApp">(app));
}

void RandomApplication::received(const wire::Frame& frame) {
    const auto pending = pending_.find(frame.header.correlation);
    if (pending == pending_.end()) return;
    const auto function = pending->second;
    pending_.erase(pending);
    wire::Values out{};
    if (frame.header.result != 0 ||
        !wire::decode_up(abi::row(function), abi::Fill::at_return, frame.payload, out))
        return;
    if (function == Tapi::lineInitializeEx)
        apps_.push_back(number_of<Tapi::lineInitializeEx, "lphLineApp">(out));
    if (function == Tapi::phoneInitializeEx)
        phone_apps_.push_back(number_of<Tapi::phoneInitializeEx, "lphPhoneApp">(out));
    if (function == Tapi::phoneOpen) phones_.push_back(number_of<Tapi::phoneOpen, "lphPhone">(out));
    if (function == Tapi::lineOpen) lines_.push_back(number_of<Tapi::lineOpen, "lphLine">(out));
}

// Handles that are freed stay in its lists: that is where stale ones come from.
void RandomApplication::received_event(std::uint32_t, const wire::Frame& frame) {
    wire::PayloadReader from(frame.payload);
    wire::EventToApplication event;
    if (!wire::read(from, event)) return;
    if (frame.header.function == LINE_APPNEWCALL)
        calls_.push_back(static_cast<std::uint32_t>(event.parameter2));
    if (frame.header.function == LINE_CALLSTATE && event.parameter3 != 0) calls_.push_back(event.device);
    if (frame.header.function == LINE_REPLY)
        for (auto call = from.number(); from.ok(); call = from.number()) // some of them are no handles
            calls_.push_back(call);
    if (calls_.size() > 8) calls_.erase(calls_.begin());
    if (lines_.size() > 8) lines_.erase(lines_.begin());
}

} // namespace offhook::test
