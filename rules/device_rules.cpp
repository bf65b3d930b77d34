// SPDX-License-Identifier: Apache-2.0
//
// Lines and phones in use: R158, R245 to R248, R251; extensions and device classes: R255, R256.
#include "rules/table.h"

#include <algorithm>
#include <bit>

namespace offhook::rules {
namespace {

using abi::Tspi;

// R158: rings are counted from 0, one message for each.
Verdict rings_are_counted(const Observation& seen, const Books& books) {
    const auto line = books.lines.find(seen.event.line);
    if (line == books.lines.end() || (seen.first() & LINEDEVSTATE_RINGING) == 0) return {};
    const auto count = seen.third();
    if (count == 0 || !line->second.announces_ringing) return Verdict::kept();
    if (line->second.rings && count == *line->second.rings + 1) return Verdict::kept();
    return Verdict::broken(
        "LINEDEVSTATE_RINGING counts ring " + std::to_string(count) +
        (line->second.rings ? " after ring " + std::to_string(*line->second.rings) : " first"));
}

// R245: messages of buttons are asked for with at least one state.
Verdict button_modes_need_a_state(const Observation& seen, const Books&) {
    if (seen.input("dwButtonModes") == 0 || seen.input("dwButtonStates") != 0) return {};
    if (seen.result < 0) return Verdict::kept();
    return Verdict::broken("TSPI_phoneSetStatusMessages took button modes without a button state");
}

// R246: volume and gain lie between 0 and 0xFFFF.
Verdict volume_is_within_limits(const Observation& seen, const Books&) {
    if (!seen.succeeded()) return {};
    for (const abi::TspiParameter name : {abi::TspiParameter("lpdwVolume"), abi::TspiParameter("lpdwGain")})
        if (seen.output(name) > 0xFFFF)
            return Verdict::broken(std::string(seen.row->name) + " gives " + hex(seen.output(name)));
    return Verdict::kept();
}

// R247: the keys of a keypad have the numbers 0 to 11.
Verdict keypad_is_numbered(const Observation& seen, const Books&) {
    if ((seen.second() & PHONEBUTTONMODE_KEYPAD) == 0) return {};
    if (seen.first() <= 11) return Verdict::kept();
    return Verdict::broken("PHONE_BUTTON of key " + std::to_string(seen.first()) + " of the keypad");
}

// R248: a button that went down comes up.
Verdict button_comes_up(const Observation& seen, const Books&) {
    return seen.third() == PHONEBUTTONSTATE_UP ? Verdict::kept() : Verdict{};
}
Verdict no_button_stays_down(const Observation&, const Books& books) {
    for (const auto& [name, phone] : books.phones)
        if (phone.announces_up && !phone.buttons_down.empty())
            return Verdict::broken("button " + std::to_string(*phone.buttons_down.begin()) +
                                   " went down and did not come up");
    return {};
}

// R249: setting one hookswitch touches no other: one change, one device.
Verdict one_hookswitch_at_a_time(const Observation& seen, const Books& books) {
    constexpr std::uint32_t hooks =
        PHONESTATE_HANDSETHOOKSWITCH | PHONESTATE_SPEAKERHOOKSWITCH | PHONESTATE_HEADSETHOOKSWITCH;
    const auto changed = seen.first() & hooks;
    const auto phone = books.phones.find(seen.event.line);
    if (changed == 0 || phone == books.phones.end()) return {};
    if (phone->second.outstanding == 0) return Verdict::kept();
    for (const auto& [id, request] : books.requests)
        if (request.call.function == Tspi::phoneSetHookSwitch &&
            request.call.input("hdPhone") == phone->second.driver &&
            std::popcount(changed) > std::popcount(request.call.input("dwHookSwitchDevs")))
            return Verdict::broken("TSPI_phoneSetHookSwitch of the devices " +
                                   hex(request.call.input("dwHookSwitchDevs")) +
                                   " changed others as well: PHONE_STATE " + hex(seen.first()));
    return Verdict::kept();
}

Verdict several_hookswitches_at_once(const Observation& seen, const Books&) {
    if (std::popcount(seen.input("dwHookSwitchDevs")) < 2) return {};
    if (seen.result != static_cast<std::int32_t>(PHONEERR_INVALHOOKSWITCHDEV)) return {};
    return Verdict::contested(std::string(seen.row->name) + " refused several devices at once, " +
                              hex(seen.input("dwHookSwitchDevs")));
}

// R251: PHONE_STATE has a detail for a single state alone.
Verdict detail_of_one_state(const Observation& seen, const Books&) {
    if (std::has_single_bit(seen.first()) || seen.second() == 0) return Verdict::kept();
    return Verdict::broken("PHONE_STATE of the states " + hex(seen.first()) + " with the detail " +
                           hex(seen.second()));
}

std::uint32_t selected_extension(const Observation& seen, const Books& books) {
    if (const Line* line = books.line_of(seen.input("hdLine"))) return line->extension;
    if (const Phone* phone = books.phone_of(seen.input("hdPhone"))) return phone->extension;
    return 1; // not known
}

// R255: device-specific functions need a selected version of the extension.
Verdict extension_is_selected(const Observation& seen, const Books& books) {
    if (selected_extension(seen, books) != 0) return {};
    if (seen.result < 0) return Verdict::kept();
    return {}; // the completion says it
}
Verdict extension_was_selected(const Observation& seen, const Books& books) {
    const auto found = books.requests.find(seen.request);
    if (found == books.requests.end()) return {};
    const auto& called = found->second.call;
    const Line* line = books.line_of(called.input("hdLine"));
    const Phone* phone = books.phone_of(called.input("hdPhone"));
    // It may have been selected when the request was made, and cancelled since.
    if ((line == nullptr || line->had_extension) && (phone == nullptr || phone->had_extension)) return {};
    if (seen.result != 0) return Verdict::kept();
    return Verdict::broken(std::string(called.row().name) +
                           " succeeded without a selected extension version");
}

// R256: the names of device classes are the same in upper and lower case.
std::u16string lower(std::u16string_view text) {
    std::u16string result(text);
    for (auto& letter : result)
        if (letter >= u'A' && letter <= u'Z') letter = static_cast<char16_t>(letter + (u'a' - u'A'));
    return result;
}
Verdict class_names_ignore_case(const Observation& seen, const Books& books) {
    const auto bytes = seen.input_bytes("lpszDeviceClass");
    const std::u16string given(reinterpret_cast<const char16_t*>(bytes.data()), bytes.size() / 2);
    const bool known = std::ranges::any_of(books.known_classes, [&](const std::u16string& name) {
        return name != given && lower(name) == lower(given);
    });
    if (!known) return {};
    if (seen.result != LINEERR_INVALDEVICECLASS && seen.result != LINEERR_NODEVICE) return Verdict::kept();
    return Verdict::broken("TSPI_lineGetID does not know a device class that it knows in other letters");
}

constexpr auto device_specific =
    one_of<Tspi::lineDevSpecific, Tspi::lineDevSpecificFeature, Tspi::phoneDevSpecific>;

constexpr std::array table{
    Rule{158, Step::said, one_of<LINE_LINEDEVSTATE>, rings_are_counted},
    Rule{245, Step::returned, one_of<Tspi::phoneSetStatusMessages>, button_modes_need_a_state},
    Rule{246, Step::returned, one_of<Tspi::phoneGetVolume, Tspi::phoneGetGain, Tspi::phoneGetRing>,
         volume_is_within_limits},
    Rule{247, Step::said, one_of<PHONE_BUTTON>, keypad_is_numbered},
    Rule{248, Step::said, one_of<PHONE_BUTTON>, button_comes_up},
    Rule{248, Step::quiet, every, no_button_stays_down},
    Rule{249, Step::said, one_of<PHONE_STATE>, one_hookswitch_at_a_time},
    Rule{249, Step::returned, one_of<Tspi::phoneSetHookSwitch>, several_hookswitches_at_once},
    Rule{249, Step::completed, one_of<Tspi::phoneSetHookSwitch>, several_hookswitches_at_once},
    Rule{251, Step::said, one_of<PHONE_STATE>, detail_of_one_state},
    Rule{255, Step::returned, device_specific, extension_is_selected},
    Rule{255, Step::completed, device_specific, extension_was_selected},
    Rule{256, Step::returned, one_of<Tspi::lineGetID>, class_names_ignore_case},
};

} // namespace

std::span<const Rule> device_rules() { return table; }

} // namespace offhook::rules
