// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/endpoint.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace offhook::sip::media {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

} // namespace

std::optional<Address> Address::parse(const std::string& text) {
    Address address;
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
    if (::inet_pton(AF_INET, text.c_str(), address.bytes.data() + mapped_prefix.size()) == 1) return address;
    if (::inet_pton(AF_INET6, text.c_str(), address.bytes.data()) == 1) return address;
    return std::nullopt;
}

bool Address::is_ipv4() const {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin());
}

bool Address::is_unspecified() const {
    const auto begin = bytes.begin() + (is_ipv4() ? mapped_prefix.size() : 0);
    return std::all_of(begin, bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

std::string Address::text() const {
    std::array<char, INET6_ADDRSTRLEN> out{};
    if (is_ipv4()) ::inet_ntop(AF_INET, bytes.data() + mapped_prefix.size(), out.data(), out.size());
    else ::inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
    return out.data();
}

std::optional<Endpoint> Endpoint::from(const sockaddr_storage& socket_address) {
    Endpoint endpoint;
    if (socket_address.ss_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &socket_address, sizeof four);
        std::copy(mapped_prefix.begin(), mapped_prefix.end(), endpoint.address.bytes.begin());
        std::memcpy(endpoint.address.bytes.data() + mapped_prefix.size(), &four.sin_addr,
                    sizeof four.sin_addr);
        endpoint.port = ntohs(four.sin_port);
        return endpoint;
    }
    if (socket_address.ss_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &socket_address, sizeof six);
        std::memcpy(endpoint.address.bytes.data(), &six.sin6_addr, sizeof six.sin6_addr);
        endpoint.port = ntohs(six.sin6_port);
        return endpoint;
    }
    return std::nullopt;
}

socklen_t Endpoint::to(sockaddr_storage& socket_address) const {
    std::memset(&socket_address, 0, sizeof socket_address);
    if (address.is_ipv4()) {
        sockaddr_in four{};
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        std::memcpy(&four.sin_addr, address.bytes.data() + mapped_prefix.size(), sizeof four.sin_addr);
        std::memcpy(&socket_address, &four, sizeof four);
        return sizeof four;
    }
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    std::memcpy(&six.sin6_addr, address.bytes.data(), sizeof six.sin6_addr);
    std::memcpy(&socket_address, &six, sizeof six);
    return sizeof six;
}

} // namespace offhook::sip::media
