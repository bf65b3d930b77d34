// SPDX-License-Identifier: Apache-2.0
#include "rules/dial_string.h"

#include "tapi.h"

#include <algorithm>
#include <array>

namespace offhook::rules {
namespace {

// LINEERR_DIALVOICEDETECT is not among them: no capability says that a line has nothing for a colon.
constexpr std::array modifiers{
    DialModifier{u'?', 178, 0, LINEERR_DIALPROMPT},
    DialModifier{u'$', 179, LINEDEVCAPFLAGS_DIALBILLING, LINEERR_DIALBILLING},
    DialModifier{u'@', 179, LINEDEVCAPFLAGS_DIALQUIET, LINEERR_DIALQUIET},
    DialModifier{u'W', 179, LINEDEVCAPFLAGS_DIALDIALTONE, LINEERR_DIALDIALTONE},
    DialModifier{u'w', 179, LINEDEVCAPFLAGS_DIALDIALTONE, LINEERR_DIALDIALTONE},
};

constexpr std::u16string_view digits = u"0123456789";
// A point makes a host of what follows an @.
constexpr std::u16string_view others = u"ABCD*#+,!PpTt -()";

const DialModifier* modifier_of(char16_t character) {
    const auto found = std::ranges::find(modifiers, character, &DialModifier::character);
    return found == modifiers.end() ? nullptr : &*found;
}

bool is_dialable(char16_t character) {
    return digits.find(character) != digits.npos || others.find(character) != others.npos ||
           modifier_of(character) != nullptr;
}

} // namespace

RefusableModifier refusable_modifier(std::u16string_view dialed,
                                     std::optional<std::uint32_t> capability_flags) {
    dialed = dialed.substr(0, dialed.find_first_of(u"|^\r\n"));
    if (dialed.ends_with(u';')) dialed.remove_suffix(1);
    if (!std::ranges::all_of(dialed, is_dialable)) return {};
    const auto lacks = [&](char16_t character) {
        const auto* modifier = modifier_of(character);
        return modifier != nullptr &&
               (modifier->flag == 0 || (capability_flags && (*capability_flags & modifier->flag) == 0));
    };
    const auto found = std::ranges::find_if(dialed, lacks);
    if (found == dialed.end()) return {};
    return {modifier_of(*found), std::ranges::all_of(dialed, [&](char16_t character) {
                return character == *found || digits.find(character) != digits.npos;
            })};
}

bool is_about_the_dial_string(std::int32_t error) {
    return error == static_cast<std::int32_t>(LINEERR_INVALADDRESS) ||
           error == static_cast<std::int32_t>(LINEERR_DIALVOICEDETECT) ||
           std::ranges::find(modifiers, error, &DialModifier::error) != modifiers.end();
}

} // namespace offhook::rules
