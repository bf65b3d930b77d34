// SPDX-License-Identifier: Apache-2.0

#include "provider/dial_string.h"

#include <algorithm>
#include <cctype>

namespace offhook::provider {
namespace {

// The modifiers that take what a line here does not have, and what is said of them. A prompt is nobody's to
// answer (R178).
LONG refused_modifier(char c) {
    switch (c) {
    case '$': return LINEERR_DIALBILLING;
    case '@': return LINEERR_DIALQUIET;
    case 'W':
    case 'w': return LINEERR_DIALDIALTONE;
    case ':': return LINEERR_DIALVOICEDETECT;
    case '?': return LINEERR_DIALPROMPT;
    default: return 0;
    }
}

constexpr std::string_view digits = "0123456789*#ABCDabcd";
constexpr std::string_view ignored = "+ ().-,!TPtp";

} // namespace

Dialed read_dial_string(std::string_view text) {
    text = text.substr(0, text.find_first_of("\r\n")); // the first of several addresses
    Dialed dialed;
    if (!text.empty() && text.back() == ';') {
        dialed.dialing = Dialing::more_to_come;
        text.remove_suffix(1);
    }
    text = text.substr(0, text.find_first_of("|^")); // without subaddress and name
    for (const char c : text)
        if ((dialed.error = refused_modifier(c)) != 0) return dialed;
    for (const char c : text) {
        if (digits.find(c) != std::string_view::npos)
            dialed.digits += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        else if (ignored.find(c) == std::string_view::npos) dialed.error = LINEERR_INVALADDRESS;
    }
    return dialed;
}

} // namespace offhook::provider
