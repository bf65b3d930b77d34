// SPDX-License-Identifier: Apache-2.0
//
// What each operation of operations.def does: provider, lines and calls. Phones are in play_phones.cpp.
#include "certify/life.h"

#include "abi/structure_table.h"

#include <array>
#include <thread>

namespace offhook::certify {

using abi::Tspi;

namespace {

constexpr auto offered = LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED;
constexpr auto any_state = 0xFFFFFFFFU;

} // namespace

void Life::settle(const Choices&) {
    const auto until = std::chrono::steady_clock::now() + target_.patience;
    do host_.listen(target_.settle);
    while (host_.lost().empty() && monitor_.books().owed() && std::chrono::steady_clock::now() < until);
    if (!host_.lost().empty()) return;
    const auto before = outcome_.breaks.size();
    monitor_.quiet();
    stop_ =
        outcome_.breaks.size() != before; // what is owed stays owed, and everything else would wait for it
}

// ---- The provider and its devices

void Life::negotiate(const Choices& choices) {
    struct Range {
        std::uint32_t low, high;
    };
    static constexpr std::array ranges{Range{abi::v1_3, abi::v3_1}, Range{abi::v3_0, abi::v3_1},
                                       Range{abi::v1_4, abi::v2_0}, Range{abi::v1_3, abi::v1_3},
                                       Range{abi::v2_0, abi::v2_2}};
    const auto& range = ranges[choices[1] % ranges.size()];
    host_.call(
        std::move(Inputs(Tspi::lineNegotiateTSPIVersion)
                      .number("dwDeviceID", line_devices_.empty() ? INITIALIZE_NEGOTIATION
                                                                  : picked_of(line_devices_, choices[0]))
                      .number("dwLowVersion", range.low)
                      .number("dwHighVersion", range.high)),
        0);
}

void Life::init_again(const Choices&) {
    host_.call(std::move(Inputs(Tspi::providerInit)
                             .number("dwTSPIVersion", version_)
                             .number("dwPermanentProviderID", permanent_provider_id)
                             .number("dwLineDeviceIDBase", script_.device_base)
                             .number("dwPhoneDeviceIDBase", script_.device_base)
                             .number("dwNumLines", line_devices_.size())
                             .number("dwNumPhones", phone_devices_.size())),
               0);
}

// As the service opens a line: at the version that was negotiated for it, once, and it says what it wants.
void Life::open_line(const Choices& choices) {
    if (line_devices_.empty()) return;
    const auto device = picked_of(line_devices_, choices[0]);
    for (const auto& [name, line] : monitor_.books().lines)
        if (line.device == device) return;
    const auto removed = monitor_.books().line_devices.find(device);
    if (removed != monitor_.books().line_devices.end() && removed->second.removed) return; // R094
    const auto version = negotiated(device, choices[1], false);
    const auto opened = ask(std::move(Inputs(Tspi::lineOpen)
                                          .number("dwDeviceID", device)
                                          .number("htLine", host_.new_name())
                                          .number("dwTSPIVersion", version)));
    if (!opened.good()) return;
    for (const auto& [name, line] : monitor_.books().lines)
        if (line.device == device && line.driver != 0) {
            ask(std::move(Inputs(Tspi::lineSetDefaultMediaDetection)
                              .number("hdLine", line.driver)
                              .number("dwMediaModes", LINEMEDIAMODE_INTERACTIVEVOICE)));
            return;
        }
}

void Life::close_line(const Choices& choices) {
    const auto line = pick_line(choices[0]);
    if (!line) return;
    close_every_call_of(line.name);
    ask(std::move(Inputs(Tspi::lineClose).number("hdLine", line.driver)));
}

void Life::want_media(const Choices& choices) {
    const auto line = pick_line(choices[0]);
    if (!line) return;
    ask(std::move(Inputs(Tspi::lineSetDefaultMediaDetection)
                      .number("hdLine", line.driver)
                      .number("dwMediaModes", choices[1] % 2 == 0 ? 0 : LINEMEDIAMODE_INTERACTIVEVOICE)));
}

void Life::line_messages(const Choices& choices) {
    const auto line = pick_line(choices[0]);
    if (!line) return;
    const bool all = choices[1] % 2 == 1;
    ask(std::move(
        Inputs(Tspi::lineSetStatusMessages)
            .number("hdLine", line.driver)
            .number("dwLineStates",
                    all ? LINEDEVSTATE_RINGING | LINEDEVSTATE_CONNECTED | LINEDEVSTATE_DISCONNECTED : 0)
            .number("dwAddressStates", all ? LINEADDRESSSTATE_FORWARD | LINEADDRESSSTATE_NUMCALLS : 0)));
}

void Life::device_caps(const Choices& choices) {
    if (line_devices_.empty()) return;
    const auto device = picked_of(line_devices_, choices[0]);
    const auto version = negotiated(device, choices[1], false);
    ask(std::move(Inputs(Tspi::lineGetDevCaps)
                      .number("dwDeviceID", device)
                      .number("dwTSPIVersion", version)
                      .number("lpLineDevCaps", size_of("LINEDEVCAPS", version, choices[2]))));
}

void Life::address_caps(const Choices& choices) {
    if (line_devices_.empty()) return;
    const auto device = picked_of(line_devices_, choices[0]);
    const auto version = negotiated(device, choices[1], false);
    ask(std::move(Inputs(Tspi::lineGetAddressCaps)
                      .number("dwDeviceID", device)
                      .number("dwTSPIVersion", version)
                      .number("lpAddressCaps", size_of("LINEADDRESSCAPS", version, choices[2]))));
}

void Life::line_status(const Choices& choices) {
    ask_about(Tspi::lineGetLineDevStatus, "lpLineDevStatus", "LINEDEVSTATUS", pick_line(choices[0]),
              choices[1]);
}

void Life::address_status(const Choices& choices) {
    ask_about(Tspi::lineGetAddressStatus, "lpAddressStatus", "LINEADDRESSSTATUS", pick_line(choices[0]),
              choices[1]);
}

void Life::get_id(const Choices& choices) {
    static const std::array<std::u16string, 4> classes{u"tapi/line", u"TAPI/LINE", u"tapi/phone",
                                                       u"TAPI/Phone"};
    const auto line = pick_line(choices[0]);
    if (!line) return;
    ask(std::move(Inputs(Tspi::lineGetID)
                      .number("hdLine", line.driver)
                      .number("dwSelect", LINECALLSELECT_LINE)
                      .number("lpDeviceID", size_of("VARSTRING", line.version, choices[2]))
                      .text("lpszDeviceClass", classes[choices[1] % classes.size()])));
}

// 0: selects the highest that there is, 1: negotiates anew meanwhile, 2: selects none.
void Life::extension(const Choices& choices) {
    const auto line = pick_line(choices[0]);
    if (!line) return;
    const auto way = choices[1] % 3;
    std::uint64_t version = 0;
    if (way != 2) {
        const auto answer = ask(std::move(Inputs(Tspi::lineNegotiateExtVersion)
                                              .number("dwDeviceID", line.device)
                                              .number("dwTSPIVersion", line.version)
                                              .number("dwLowVersion", 1)
                                              .number("dwHighVersion", 0xFFFFFFFF)));
        if (!answer.good() || way == 1) return;
        version = answer.outputs[abi::row(Tspi::lineNegotiateExtVersion).index_of("lpdwExtVersion")].number;
    }
    ask(std::move(
        Inputs(Tspi::lineSelectExtVersion).number("hdLine", line.driver).number("dwExtVersion", version)));
}

void Life::device_specific(const Choices& choices) {
    const auto line = pick_line(choices[0]);
    if (!line) return;
    ask(std::move(Inputs(Tspi::lineDevSpecific)
                      .number("hdLine", line.driver)
                      .bytes("lpParams", std::vector<std::byte>(16, std::byte{7}))));
}

void Life::forward(const Choices& choices) {
    const auto line = pick_line(choices[0]);
    if (!line) return;
    const auto to = address(choices[1]);
    std::vector<std::byte> list(sizeof(LINEFORWARDLIST) + (to.size() + 1) * sizeof(char16_t));
    LINEFORWARDLIST fixed{};
    fixed.dwTotalSize = static_cast<DWORD>(list.size());
    fixed.dwNumEntries = 1;
    fixed.ForwardList[0].dwForwardMode = LINEFORWARDMODE_UNCOND;
    fixed.ForwardList[0].dwDestAddressSize = static_cast<DWORD>((to.size() + 1) * sizeof(char16_t));
    fixed.ForwardList[0].dwDestAddressOffset = sizeof fixed;
    std::memcpy(list.data(), &fixed, sizeof fixed);
    std::memcpy(list.data() + sizeof fixed, to.data(), to.size() * sizeof(char16_t));
    ask(std::move(Inputs(Tspi::lineForward)
                      .number("hdLine", line.driver)
                      .number("bAllAddresses", 1)
                      .bytes("lpForwardList", std::move(list))
                      .number("dwNumRingsNoAnswer", 3)
                      .number("htConsultCall", host_.new_name())));
}

// ---- Calls

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
    // Also one that is only being made (R065).
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

namespace {

// Call parameters that name whom to dial (dwTargetAddress, from version 2.0).
std::vector<std::byte> parameters_to(std::uint32_t version, std::uint32_t flags, std::u16string_view target) {
    const auto fixed = abi::fixed_size<LINECALLPARAMS>(version);
    LINECALLPARAMS parameters{};
    const auto size = (target.size() + 1) * sizeof(char16_t);
    parameters.dwTotalSize = fixed;
    if (version >= abi::v2_0) {
        parameters.dwTotalSize += static_cast<DWORD>(size);
        parameters.dwTargetAddressSize = static_cast<DWORD>(size);
        parameters.dwTargetAddressOffset = fixed;
    }
    parameters.dwCallParamFlags = flags;
    std::vector<std::byte> bytes(parameters.dwTotalSize);
    std::memcpy(bytes.data(), &parameters, fixed);
    if (version >= abi::v2_0) std::memcpy(bytes.data() + fixed, target.data(), size - sizeof(char16_t));
    return bytes;
}

} // namespace

void Life::setup_transfer(const Choices& choices) {
    const auto call = pick_call(choices[0], LINECALLSTATE_CONNECTED);
    if (!call) return;
    Inputs inputs(Tspi::lineSetupTransfer);
    inputs.number("hdCall", call.driver).number("htConsultCall", host_.new_name());
    if (choices[1] % 2 == 1)
        inputs.bytes("lpCallParams",
                     parameters_to(call.version, LINECALLPARAMFLAGS_ONESTEPTRANSFER, address(2)));
    ask(std::move(inputs));
}

void Life::complete_transfer(const Choices& choices) {
    const auto original = pick_call(choices[0], LINECALLSTATE_ONHOLDPENDTRANSFER);
    if (!original) return;
    for (const auto name : calls_) {
        const auto consultation = picked(name);
        if (!consultation || monitor_.books().call(name)->original != original.driver) continue;
        const bool conference = choices[1] % 2 == 1;
        Inputs inputs(Tspi::lineCompleteTransfer);
        inputs.number("hdCall", original.driver).number("hdConsultCall", consultation.driver);
        inputs.number("dwTransferMode", conference ? LINETRANSFERMODE_CONFERENCE : LINETRANSFERMODE_TRANSFER);
        if (conference) inputs.number("htConfCall", host_.new_name());
        ask(std::move(inputs));
        return;
    }
}

void Life::blind_transfer(const Choices& choices) {
    if (const auto call = pick_call(choices[0], LINECALLSTATE_CONNECTED))
        ask(std::move(Inputs(Tspi::lineBlindTransfer)
                          .number("hdCall", call.driver)
                          .text("lpszDestAddress", address(choices[1]))));
}

void Life::setup_conference(const Choices& choices) {
    const auto call = pick_call(choices[0], LINECALLSTATE_CONNECTED);
    const auto* known = call ? monitor_.books().call(call.name) : nullptr;
    const auto* line = known != nullptr ? monitor_.books().line_of_call(*known) : nullptr;
    if (line == nullptr) return;
    Inputs inputs(Tspi::lineSetupConference);
    inputs.number("hdCall", call.driver).number("hdLine", line->driver).number("dwNumParties", 3);
    inputs.number("htConfCall", host_.new_name()).number("htConsultCall", host_.new_name());
    if (choices[1] % 2 == 1)
        inputs.bytes("lpCallParams",
                     parameters_to(call.version, LINECALLPARAMFLAGS_NOHOLDCONFERENCE, address(2)));
    ask(std::move(inputs));
}

void Life::add_to_conference(const Choices& choices) {
    const auto conference = pick_call(choices[0], LINECALLSTATE_ONHOLDPENDCONF);
    if (!conference) return;
    for (const auto name : calls_) {
        const auto party = picked(name);
        const auto* call = monitor_.books().call(name);
        if (!party || party.driver == conference.driver || call->idle() ||
            (call->state & LINECALLSTATE_CONFERENCED) != 0)
            continue;
        if (call->creator != Tspi::lineSetupConference && call->creator != Tspi::linePrepareAddToConference)
            continue;
        ask(std::move(Inputs(Tspi::lineAddToConference)
                          .number("hdConfCall", conference.driver)
                          .number("hdConsultCall", party.driver)));
        return;
    }
}

void Life::prepare_add(const Choices& choices) {
    for (const auto name : calls_) {
        const auto conference = picked(name);
        if (!conference || monitor_.books().call(name)->creator != Tspi::lineSetupConference) continue;
        if ((monitor_.books().call(name)->state & LINECALLSTATE_CONNECTED) == 0) continue;
        ask(std::move(Inputs(Tspi::linePrepareAddToConference)
                          .number("hdConfCall", conference.driver)
                          .number("htConsultCall", host_.new_name())));
        return;
    }
    static_cast<void>(choices);
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

void Life::command(const Choices& choices) {
    if (!target_.during.empty()) give(Given::during, target_.during[choices[0] % target_.during.size()]);
}

} // namespace offhook::certify
