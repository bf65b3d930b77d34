// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/destination.h"

#include "providers/sip/account.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace offhook::sip {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_port(std::string_view text) {
    unsigned port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() && port > 0 && port <= 0xFFFF;
}

// What dialable strings are made of (the Windows documentation, "Dialable Addresses"): digits and separators,
// and the modifiers that a line may not support (R178, R179). A modifier must be refused before anything is
// dialed.
constexpr std::string_view dialed_digits = "0123456789ABCD*#+";
constexpr std::string_view separators = " -.()/,!TtPpWw@$?:;";
struct Modifier {
    char letter;
    LONG error;
};
constexpr Modifier unsupported_modifiers[] = {
    {'?', LINEERR_DIALPROMPT},   {'$', LINEERR_DIALBILLING}, {'W', LINEERR_DIALDIALTONE},
    {'w', LINEERR_DIALDIALTONE}, {'@', LINEERR_DIALQUIET},   {':', LINEERR_DIALVOICEDETECT},
    {';', LINEERR_INVALADDRESS}, // more to be dialed later: SIP sends a number as a whole
};

bool is_dialable(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_digit) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return dialed_digits.find(c) != std::string_view::npos ||
                      separators.find(c) != std::string_view::npos;
           });
}

// user@192.0.2.1: a point tells a host from what is to be dialed after a quiet answer.
bool names_host(std::string_view address) {
    const auto at = address.rfind('@');
    if (at == std::string_view::npos) return false;
    const auto host = address.substr(at + 1);
    return host.find('.') != std::string_view::npos && is_host(host);
}

Destination refused(LONG error) {
    Destination destination;
    destination.error = error;
    return destination;
}

// Only the first of several addresses, without its subaddress and name (R164, R167).
std::string_view first_address(std::string_view dialed) {
    dialed = dialed.substr(0, dialed.find_first_of("|^\r\n"));
    while (!dialed.empty() && dialed.front() == ' ') dialed.remove_prefix(1);
    while (!dialed.empty() && dialed.back() == ' ') dialed.remove_suffix(1);
    return dialed;
}

Destination at_account(std::string user, const Account& account) {
    const std::string& host = account.proxy.empty() && !account.peer.empty() ? account.peer : account.domain;
    if (user.empty() || host.empty()) return refused(LINEERR_INVALADDRESS);
    return {0, "sip:" + escaped_user(user) + "@" + host, std::move(user)};
}

// user@host[:port][;transport=…]
Destination at_host(std::string_view address) {
    const auto at = address.rfind('@');
    const std::string_view user = at == std::string_view::npos ? std::string_view() : address.substr(0, at);
    std::string_view host = at == std::string_view::npos ? address : address.substr(at + 1);
    const auto parameters = host.find(';');
    std::string_view transport;
    if (parameters != std::string_view::npos) {
        transport = host.substr(parameters);
        host = host.substr(0, parameters);
        if (transport != ";transport=udp" && transport != ";transport=tcp")
            return refused(LINEERR_INVALADDRESS);
    }
    if (!is_host(host) || (at != std::string_view::npos && user.empty()))
        return refused(LINEERR_INVALADDRESS);
    const std::string name = user.empty() ? "" : escaped_user(user) + "@";
    return {0, "sip:" + name + std::string(host) + std::string(transport), std::string(address)};
}

} // namespace

bool is_host(std::string_view text) {
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return false;
        const auto address = media::Address::parse(std::string(text.substr(1, close - 1)));
        const std::string_view rest = text.substr(close + 1);
        return address && !address->is_ipv4() &&
               (rest.empty() || (rest.front() == ':' && is_port(rest.substr(1))));
    }
    const auto colon = text.find(':');
    if (colon != std::string_view::npos && !is_port(text.substr(colon + 1))) return false;
    const std::string_view name = text.substr(0, colon);
    return !name.empty() && name.size() <= 253 && name.front() != '-' && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return is_digit(c) || is_letter(c) || c == '-' || c == '.' || c == '_';
           });
}

std::string escaped_user(std::string_view user) {
    constexpr std::string_view allowed = "-_.!~*'()&=+$,;?/";
    constexpr std::string_view hexadecimal = "0123456789ABCDEF";
    std::string out;
    for (const char c : user) {
        if (is_digit(c) || is_letter(c) || allowed.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', hexadecimal[byte >> 4U], hexadecimal[byte & 0xFU]};
        }
    }
    return out;
}

Destination destination_of(std::string_view dialed, const Account& account) {
    const std::string_view address = first_address(dialed);
    if (address.empty() || address.size() > 512) return refused(LINEERR_INVALADDRESS);
    if (address.starts_with("sip:")) return at_host(address.substr(4));
    if (is_dialable(address) && !names_host(address)) {
        std::string digits;
        for (const char c : address) {
            for (const Modifier& modifier : unsupported_modifiers)
                if (c == modifier.letter) return refused(modifier.error);
            if (dialed_digits.find(c) != std::string_view::npos) digits += c;
        }
        return at_account(std::move(digits), account);
    }
    if (address.find('@') != std::string_view::npos) return at_host(address);
    const bool controls = std::any_of(address.begin(), address.end(), [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '\x7F';
    });
    return controls ? refused(LINEERR_INVALADDRESS) : at_account(std::string(address), account);
}

} // namespace offhook::sip
