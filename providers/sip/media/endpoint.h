// SPDX-License-Identifier: Apache-2.0
//
// Internet addresses as plain values: IPv4 and IPv6 alike.
#pragma once

#include <netinet/in.h>

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace offhook::sip::media {

// An IPv6 address, or an IPv4 address in its mapped form (RFC 4291, section 2.5.5.2), so that both compare as
// one kind.
struct Address {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] static std::optional<Address> parse(const std::string& text);
    [[nodiscard]] bool is_ipv4() const;
    [[nodiscard]] bool is_unspecified() const; // 0.0.0.0 or ::
    [[nodiscard]] std::string text() const;
    friend auto operator<=>(const Address&, const Address&) = default;
};

struct Endpoint {
    Address address;
    std::uint16_t port = 0;

    [[nodiscard]] static std::optional<Endpoint> from(const sockaddr_storage&);
    // Fills a socket address of the address' own family and returns its length.
    socklen_t to(sockaddr_storage&) const;
    friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

} // namespace offhook::sip::media
