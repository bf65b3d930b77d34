// SPDX-License-Identifier: Apache-2.0
//
// What the operations on one call do (operations.def).
#include "certify/life.h"

#include "abi/structure_table.h"

#include <array>
#include <span>

namespace offhook::certify {

using abi::Tspi;

namespace {

constexpr auto offered = LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED;
constexpr auto any_state = 0xFFFFFFFFU;

} // namespace

// 0: none, 1: plain, 2: dial parameters beyond any limit, 3: states for automatic transfer, 4: pass-through.
std::vector<std::byte> Life::call_parameters(const Picked& line, std::uint16_t choice) const {
    LINECALLPARAMS parameters{};
    parameters.dwTotalSize = abi::fixed_size<LINECALLPARAMS>(line.version);
    parameters.dwBearerMode = LINEBEARERMODE_VOICE;
    parameters.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    parameters.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
    switch (choice % 5) {
    case 0: return {};
    case 2: parameters.DialParams = {1'000'000, 1'000'000, 1'000'000, 1'000'000}; break;
    case 3:
        parameters.dwPredictiveAutoTransferStates = LINECALLSTATE_CONNECTED | LINECALLSTATE_SPECIALINFO;
        break;
    case 4: parameters.dwBearerMode = LINEBEARERMODE_PASSTHROUGH; break;
    default: break;
    }
    const auto bytes = std::as_bytes(std::span(&parameters, 1)).first(parameters.dwTotalSize);
    return {bytes.begin(), bytes.end()};
}

// Which of them the line can wait for (R179).
void Life::learn_modifiers(const Picked& line) {
    if (!monitor_.books().capability_flags.contains(line.device))
        ask(std::move(Inputs(Tspi::lineGetDevCaps)
                          .number("dwDeviceID", line.device)
                          .number("dwTSPIVersion", line.version)
                          .number("lpLineDevCaps", size_of("LINEDEVCAPS", line.version, 0))));
}

void Life::make_call(const Choices& choices) {
    const auto line = pick_line(choices[0]);
    if (!line) return;
    Inputs inputs(Tspi::lineMakeCall);
    inputs.number("hdLine", line.driver)
        .number("htCall", host_.new_name())
        .text("lpszDestAddress", address(choices[1]));
    if (auto parameters = call_parameters(line, choices[2]); !parameters.empty())
        inputs.bytes("lpCallParams", std::move(parameters));
    ask(std::move(inputs));
}

void Life::call_modifier(const Choices& choices) {
    const auto line = pick_line(choices[0]);
    const auto number = undialable(choices[1], choices[2]);
    if (!line || number.empty()) return;
    learn_modifiers(line);
    ask(std::move(Inputs(Tspi::lineMakeCall)
                      .number("hdLine", line.driver)
                      .number("htCall", host_.new_name())
                      .text("lpszDestAddress", number)));
}

void Life::dial_modifier(const Choices& choices) {
    const auto call = pick_call(choices[0], LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING);
    const auto number = undialable(choices[1], choices[2]);
    if (!call || number.empty()) return;
    learn_modifiers(call);
    ask(std::move(Inputs(Tspi::lineDial).number("hdCall", call.driver).text("lpszDestAddress", number)));
}

void Life::pickup(const Choices& choices) {
    const auto line = pick_line(choices[0]);
    if (!line) return;
    ask(std::move(Inputs(Tspi::linePickup)
                      .number("hdLine", line.driver)
                      .number("htCall", host_.new_name())
                      .text("lpszDestAddress", address(choices[1]))));
}

void Life::unpark(const Choices& choices) {
    const auto line = pick_line(choices[0]);
    if (!line) return;
    ask(std::move(Inputs(Tspi::lineUnpark)
                      .number("hdLine", line.driver)
                      .number("htCall", host_.new_name())
                      .text("lpszDestAddress", u"701")));
}

void Life::answer(const Choices& choices) { on_call(Tspi::lineAnswer, pick_call(choices[0], offered)); }
void Life::accept(const Choices& choices) {
    on_call(Tspi::lineAccept, pick_call(choices[0], LINECALLSTATE_OFFERING));
}
void Life::drop(const Choices& choices) { on_call(Tspi::lineDrop, pick_call(choices[0], any_state)); }
void Life::close_call(const Choices& choices) {
    // One that is being made goes first (R065), or the one for which another is being made does (R078).
    if (choices[1] % 2 == 0)
        for (const auto& [name, call] : monitor_.books().calls)
            if (call.stage == rules::CallStage::pending && call.driver != 0) {
                ask(std::move(Inputs(Tspi::lineCloseCall).number("hdCall", call.driver)));
                return;
            }
    on_call(Tspi::lineCloseCall, pick_call(choices[0], any_state));
}
void Life::close_idle(const Choices& choices) { on_call(Tspi::lineCloseCall, pick_idle(choices[0])); }
void Life::hold(const Choices& choices) {
    on_call(Tspi::lineHold, pick_call(choices[0], LINECALLSTATE_CONNECTED));
}
void Life::unhold(const Choices& choices) {
    on_call(Tspi::lineUnhold, pick_call(choices[0], LINECALLSTATE_ONHOLD));
}
void Life::secure(const Choices& choices) { on_call(Tspi::lineSecureCall, pick_call(choices[0], any_state)); }
void Life::remove_from_conference(const Choices& choices) {
    on_call(Tspi::lineRemoveFromConference, pick_call(choices[0], LINECALLSTATE_CONFERENCED));
}

void Life::call_info(const Choices& choices) {
    ask_about(Tspi::lineGetCallInfo, "lpCallInfo", "LINECALLINFO", pick_call(choices[0], any_state),
              choices[1]);
}
void Life::call_status(const Choices& choices) {
    ask_about(Tspi::lineGetCallStatus, "lpCallStatus", "LINECALLSTATUS", pick_call(choices[0], any_state),
              choices[1]);
}
void Life::ask_idle(const Choices& choices) {
    const auto call = pick_idle(choices[0]);
    ask_about(Tspi::lineGetCallInfo, "lpCallInfo", "LINECALLINFO", call, 0);
    ask_about(Tspi::lineGetCallStatus, "lpCallStatus", "LINECALLSTATUS", call, 0);
}

void Life::redirect(const Choices& choices) {
    if (const auto call = pick_call(choices[0], offered))
        ask(std::move(Inputs(Tspi::lineRedirect)
                          .number("hdCall", call.driver)
                          .text("lpszDestAddress", address(choices[1]))));
}

void Life::dial(const Choices& choices) {
    if (const auto call = pick_call(choices[0], LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING))
        ask(std::move(Inputs(Tspi::lineDial)
                          .number("hdCall", call.driver)
                          .text("lpszDestAddress", address(choices[1]))));
}

void Life::swap_hold(const Choices& choices) {
    const auto active = pick_call(choices[0], LINECALLSTATE_CONNECTED);
    const auto held = pick_call(choices[1], LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER);
    if (active && held && active.driver != held.driver)
        ask(std::move(Inputs(Tspi::lineSwapHold)
                          .number("hdActiveCall", active.driver)
                          .number("hdHeldCall", held.driver)));
}

void Life::park(const Choices& choices) {
    if (const auto call = pick_call(choices[0], LINECALLSTATE_CONNECTED))
        ask(std::move(Inputs(Tspi::linePark)
                          .number("hdCall", call.driver)
                          .number("dwParkMode", LINEPARKMODE_NONDIRECTED)
                          .number("lpNonDirAddress", size_of("VARSTRING", call.version, 0))));
}

void Life::complete_call(const Choices& choices) {
    if (const auto call = pick_call(choices[0], LINECALLSTATE_BUSY | LINECALLSTATE_RINGBACK))
        ask(std::move(Inputs(Tspi::lineCompleteCall)
                          .number("hdCall", call.driver)
                          .number("dwCompletionMode", LINECALLCOMPLMODE_CALLBACK)));
}

// Whatever the call's state (the page of TSPI_lineSetAppSpecific).
void Life::app_specific(const Choices& choices) {
    const auto idle = choices[1] % 4 == 1 ? pick_idle(choices[0]) : Picked{};
    if (const auto call = idle ? idle : pick_call(choices[0], any_state))
        ask(std::move(Inputs(Tspi::lineSetAppSpecific)
                          .number("hdCall", call.driver)
                          .number("dwAppSpecific", 4711 + next_request_)));
}

void Life::user_user(const Choices& choices) {
    if (const auto call = pick_call(choices[0], any_state))
        ask(std::move(Inputs(Tspi::lineSendUserUserInfo)
                          .number("hdCall", call.driver)
                          .bytes("lpsUserUserInfo", std::vector<std::byte>(8, std::byte{'u'}))));
}

void Life::media_mode(const Choices& choices) {
    static constexpr std::array modes{LINEMEDIAMODE_INTERACTIVEVOICE, LINEMEDIAMODE_AUTOMATEDVOICE};
    if (const auto call = pick_call(choices[0], any_state))
        ask(std::move(Inputs(Tspi::lineSetMediaMode)
                          .number("hdCall", call.driver)
                          .number("dwMediaMode", modes[choices[1] % modes.size()])));
}

// ---- Digits and tones

void Life::gather(const Choices& choices) {
    if (const auto call = pick_call(choices[0], LINECALLSTATE_CONNECTED))
        ask(std::move(Inputs(Tspi::lineGatherDigits)
                          .number("hdCall", call.driver)
                          .number("dwEndToEndID", next_request_++)
                          .number("dwDigitModes", LINEDIGITMODE_DTMF)
                          .number("dwNumDigits", 4)
                          .number("dwFirstDigitTimeout", 10'000)
                          .number("dwInterDigitTimeout", 5'000)));
}

void Life::generate_digits(const Choices& choices) {
    if (const auto call = pick_call(choices[0], LINECALLSTATE_CONNECTED))
        ask(std::move(Inputs(Tspi::lineGenerateDigits)
                          .number("hdCall", call.driver)
                          .number("dwEndToEndID", next_request_++)
                          .number("dwDigitMode", LINEDIGITMODE_DTMF)
                          .number("dwDuration", 50)
                          .text("lpszDigits", u"12345")));
}

void Life::generate_tone(const Choices& choices) {
    if (const auto call = pick_call(choices[0], LINECALLSTATE_CONNECTED))
        ask(std::move(Inputs(Tspi::lineGenerateTone)
                          .number("hdCall", call.driver)
                          .number("dwEndToEndID", next_request_++)
                          .number("dwToneMode", LINETONEMODE_BEEP)
                          .number("dwDuration", 50)));
}

void Life::monitor_digits(const Choices& choices) {
    if (const auto call = pick_call(choices[0], LINECALLSTATE_CONNECTED))
        ask(std::move(Inputs(Tspi::lineMonitorDigits)
                          .number("hdCall", call.driver)
                          .number("dwDigitModes", choices[1] % 2 == 0 ? LINEDIGITMODE_DTMF : 0)));
}

} // namespace offhook::certify
