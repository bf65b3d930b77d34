// SPDX-License-Identifier: Apache-2.0
//
// What each operation of operations.def does: the provider and its lines. The other play_*.cpp have what is
// done with calls, with phones, and from outside.
#include "certify/life.h"

#include "abi/structure_table.h"

#include <array>

namespace offhook::certify {

using abi::Tspi;

void Life::settle(const Choices&) {
    const auto until = std::chrono::steady_clock::now() + target_.patience;
    do host_.listen(target_.settle);
    while (host_.lost().empty() && monitor_.books().owed() && std::chrono::steady_clock::now() < until);
    if (!host_.lost().empty()) return;
    const auto before = outcome_.breaks.size();
    monitor_.quiet();
    stop_ =
        outcome_.breaks.size() != before; // what is owed stays owed, and everything else would wait for it
    if (stop_ && std::chrono::steady_clock::now() >= until)
        outcome_.waited_for = rules::rule_name(outcome_.breaks[before].rule);
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
    if (line_devices_.empty()) return lacks("the provider has no line");
    const auto device = picked_of(line_devices_, choices[0]);
    lacking_ = "the line is open already, or was removed";
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
    if (line_devices_.empty()) return lacks("the provider has no line");
    const auto device = picked_of(line_devices_, choices[0]);
    const auto version = negotiated(device, choices[1], false);
    ask(std::move(Inputs(Tspi::lineGetDevCaps)
                      .number("dwDeviceID", device)
                      .number("dwTSPIVersion", version)
                      .number("lpLineDevCaps", size_of("LINEDEVCAPS", version, choices[2]))));
}

void Life::address_caps(const Choices& choices) {
    if (line_devices_.empty()) return lacks("the provider has no line");
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

void Life::command(const Choices& choices) {
    if (!target_.during.empty()) give(Given::during, target_.during[choices[0] % target_.during.size()]);
}

} // namespace offhook::certify
