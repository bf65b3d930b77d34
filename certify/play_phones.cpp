// SPDX-License-Identifier: Apache-2.0
//
// What the operations on phones do (operations.def).
#include "certify/life.h"

#include <array>

namespace offhook::certify {

using abi::Tspi;

void Life::negotiate_phone(const Choices& choices) {
    if (phone_devices_.empty()) return lacks("the provider has no phone");
    static constexpr std::array tops{abi::v3_1, abi::v2_2, abi::v1_3};
    const bool beyond = choices[1] % 4 == 1;
    host_.call(std::move(Inputs(Tspi::phoneNegotiateTSPIVersion)
                             .number("dwDeviceID", picked_of(phone_devices_, choices[0]))
                             .number("dwLowVersion", beyond ? abi::v3_0 : abi::v1_3)
                             .number("dwHighVersion", beyond ? abi::v3_1 : tops[choices[1] % tops.size()])),
               0);
}

void Life::open_phone(const Choices& choices) {
    if (phone_devices_.empty()) return lacks("the provider has no phone");
    const auto device = picked_of(phone_devices_, choices[0]);
    lacking_ = "the phone is open already, or was removed";
    for (const auto& [name, phone] : monitor_.books().phones)
        if (phone.device == device) return;
    const auto removed = monitor_.books().phone_devices.find(device);
    if (removed != monitor_.books().phone_devices.end() && removed->second.removed) return; // R094
    const auto version = negotiated(device, choices[1], true);
    ask(std::move(Inputs(Tspi::phoneOpen)
                      .number("dwDeviceID", device)
                      .number("htPhone", host_.new_name())
                      .number("dwTSPIVersion", version)));
}

void Life::close_phone(const Choices& choices) {
    if (const auto phone = pick_phone(choices[0]))
        ask(std::move(Inputs(Tspi::phoneClose).number("hdPhone", phone.driver)));
}

// 0: everything, 1: nothing, 2: button modes without a state, which is an error (R245).
void Life::phone_messages(const Choices& choices) {
    const auto phone = pick_phone(choices[0]);
    if (!phone) return;
    constexpr std::uint32_t states = PHONESTATE_HANDSETHOOKSWITCH | PHONESTATE_SPEAKERHOOKSWITCH |
                                     PHONESTATE_HEADSETHOOKSWITCH | PHONESTATE_HANDSETVOLUME |
                                     PHONESTATE_DISPLAY | PHONESTATE_LAMP | PHONESTATE_RINGMODE |
                                     PHONESTATE_RINGVOLUME;
    constexpr std::uint32_t modes = PHONEBUTTONMODE_KEYPAD | PHONEBUTTONMODE_FEATURE | PHONEBUTTONMODE_CALL;
    const auto way = choices[1] % 3;
    ask(std::move(Inputs(Tspi::phoneSetStatusMessages)
                      .number("hdPhone", phone.driver)
                      .number("dwPhoneStates", way == 1 ? 0 : states)
                      .number("dwButtonModes", way == 1 ? 0 : modes)
                      .number("dwButtonStates", way == 0 ? PHONEBUTTONSTATE_UP | PHONEBUTTONSTATE_DOWN : 0)));
}

void Life::phone_caps(const Choices& choices) {
    if (phone_devices_.empty()) return lacks("the provider has no phone");
    const auto device = picked_of(phone_devices_, choices[0]);
    const auto version = negotiated(device, choices[1], true);
    ask(std::move(Inputs(Tspi::phoneGetDevCaps)
                      .number("dwDeviceID", device)
                      .number("dwTSPIVersion", version)
                      .number("lpPhoneCaps", size_of("PHONECAPS", version, choices[2]))));
}

void Life::phone_status(const Choices& choices) {
    ask_about(Tspi::phoneGetStatus, "lpPhoneStatus", "PHONESTATUS", pick_phone(choices[0]), choices[1]);
}

void Life::phone_read(const Choices& choices) {
    const auto phone = pick_phone(choices[0]);
    if (!phone) return;
    const auto inputs = [&](Tspi function) {
        return std::move(Inputs(function).number("hdPhone", phone.driver));
    };
    constexpr auto handset = PHONEHOOKSWITCHDEV_HANDSET;
    switch (choices[1] % 6) {
    case 0: ask(std::move(inputs(Tspi::phoneGetVolume).number("dwHookSwitchDev", handset))); return;
    case 1: ask(std::move(inputs(Tspi::phoneGetGain).number("dwHookSwitchDev", handset))); return;
    case 2: ask(inputs(Tspi::phoneGetRing)); return;
    case 3: ask(inputs(Tspi::phoneGetHookSwitch)); return;
    case 4: ask(std::move(inputs(Tspi::phoneGetLamp).number("dwButtonLampID", 12))); return;
    default:
        ask(std::move(
            inputs(Tspi::phoneGetDisplay).number("lpDisplay", size_of("VARSTRING", phone.version, 0))));
        return;
    }
}

// Volumes beyond the limit, which are brought to it (R246); one hookswitch (R249).
void Life::phone_write(const Choices& choices) {
    const auto phone = pick_phone(choices[0]);
    if (!phone) return;
    const auto inputs = [&](Tspi function) {
        return std::move(Inputs(function).number("hdPhone", phone.driver));
    };
    constexpr auto handset = PHONEHOOKSWITCHDEV_HANDSET;
    constexpr std::uint32_t beyond = 0x20000;
    switch (choices[1] % 6) {
    case 0:
        ask(std::move(inputs(Tspi::phoneSetHookSwitch)
                          .number("dwHookSwitchDevs", PHONEHOOKSWITCHDEV_SPEAKER)
                          .number("dwHookSwitchMode", PHONEHOOKSWITCHMODE_MICSPEAKER)));
        return;
    case 1:
        ask(std::move(
            inputs(Tspi::phoneSetVolume).number("dwHookSwitchDev", handset).number("dwVolume", beyond)));
        return;
    case 2:
        ask(std::move(
            inputs(Tspi::phoneSetGain).number("dwHookSwitchDev", handset).number("dwGain", beyond)));
        return;
    case 3:
        ask(std::move(inputs(Tspi::phoneSetRing).number("dwRingMode", 1).number("dwVolume", beyond)));
        return;
    case 4:
        ask(std::move(inputs(Tspi::phoneSetLamp)
                          .number("dwButtonLampID", 12)
                          .number("dwLampMode", PHONELAMPMODE_STEADY)));
        return;
    default: {
        constexpr std::u16string_view text = u"certified";
        const auto bytes = std::as_bytes(std::span(text));
        ask(std::move(inputs(Tspi::phoneSetDisplay)
                          .number("dwRow", 0)
                          .number("dwColumn", 0)
                          .bytes("lpsDisplay", {bytes.begin(), bytes.end()})));
        return;
    }
    }
}

void Life::phone_specific(const Choices& choices) {
    if (const auto phone = pick_phone(choices[0]))
        ask(std::move(Inputs(Tspi::phoneDevSpecific)
                          .number("hdPhone", phone.driver)
                          .bytes("lpParams", std::vector<std::byte>(16, std::byte{7}))));
}

} // namespace offhook::certify
