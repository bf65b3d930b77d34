// SPDX-License-Identifier: Apache-2.0
//
// RTP packets (RFC 3550, section 5.1).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace offhook::sip::media {

inline constexpr std::size_t rtp_header_size = 12;

enum class Marker : std::uint8_t { clear, set };

struct RtpHeader {
    Marker marker = Marker::clear;
    std::uint8_t payload_type = 0;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t source = 0; // SSRC
};

struct RtpPacket {
    RtpHeader header;
    std::span<const std::uint8_t> payload; // within the datagram that was parsed
};

// Contributing sources, an extension and padding are skipped; nullopt if it is not a whole version 2 packet.
[[nodiscard]] std::optional<RtpPacket> parse_rtp(std::span<const std::uint8_t> datagram);

void write_rtp_header(const RtpHeader& header, std::span<std::uint8_t, rtp_header_size> out);

// Network byte order, for RTP, RTCP and telephone events.
[[nodiscard]] std::uint16_t read16(std::span<const std::uint8_t> bytes, std::size_t at);
[[nodiscard]] std::uint32_t read32(std::span<const std::uint8_t> bytes, std::size_t at);
void write16(std::span<std::uint8_t> bytes, std::size_t at, std::uint16_t value);
void write32(std::span<std::uint8_t> bytes, std::size_t at, std::uint32_t value);

} // namespace offhook::sip::media
