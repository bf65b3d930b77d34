// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/rtp.h"

namespace offhook::sip::media {

std::uint16_t read16(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint16_t>((bytes[at] << 8U) | bytes[at + 1]);
}

std::uint32_t read32(std::span<const std::uint8_t> bytes, std::size_t at) {
    return (static_cast<std::uint32_t>(read16(bytes, at)) << 16U) | read16(bytes, at + 2);
}

void write16(std::span<std::uint8_t> bytes, std::size_t at, std::uint16_t value) {
    bytes[at] = static_cast<std::uint8_t>(value >> 8U);
    bytes[at + 1] = static_cast<std::uint8_t>(value & 0xFFU);
}

void write32(std::span<std::uint8_t> bytes, std::size_t at, std::uint32_t value) {
    write16(bytes, at, static_cast<std::uint16_t>(value >> 16U));
    write16(bytes, at + 2, static_cast<std::uint16_t>(value & 0xFFFFU));
}

std::optional<RtpPacket> parse_rtp(std::span<const std::uint8_t> datagram) {
    if (datagram.size() < rtp_header_size || (datagram[0] >> 6U) != 2) return std::nullopt;
    std::size_t start = rtp_header_size + 4U * (datagram[0] & 0x0FU);
    if ((datagram[0] & 0x10U) != 0) {
        if (datagram.size() < start + 4) return std::nullopt;
        start += 4U + 4U * read16(datagram, start + 2);
    }
    std::size_t end = datagram.size();
    if ((datagram[0] & 0x20U) != 0) {
        const std::size_t padding = datagram[end - 1];
        if (padding == 0 || padding > end) return std::nullopt;
        end -= padding;
    }
    if (start > end) return std::nullopt;
    RtpPacket packet;
    packet.header.marker = (datagram[1] & 0x80U) != 0 ? Marker::set : Marker::clear;
    packet.header.payload_type = datagram[1] & 0x7FU;
    packet.header.sequence = read16(datagram, 2);
    packet.header.timestamp = read32(datagram, 4);
    packet.header.source = read32(datagram, 8);
    packet.payload = datagram.subspan(start, end - start);
    return packet;
}

void write_rtp_header(const RtpHeader& header, std::span<std::uint8_t, rtp_header_size> out) {
    out[0] = 0x80;
    out[1] = static_cast<std::uint8_t>(header.payload_type | (header.marker == Marker::set ? 0x80U : 0U));
    write16(out, 2, header.sequence);
    write32(out, 4, header.timestamp);
    write32(out, 8, header.source);
}

} // namespace offhook::sip::media
