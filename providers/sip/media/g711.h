// SPDX-License-Identifier: Apache-2.0
//
// ITU-T G.711: speech at 8,000 samples a second, one octet each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace offhook::sip::media {

using Sample = std::int16_t;

inline constexpr unsigned sample_rate = 8000;
inline constexpr unsigned frame_milliseconds = 20;
inline constexpr std::size_t frame_samples = sample_rate * frame_milliseconds / 1000;

enum class Codec : std::uint8_t { pcmu, pcma };

// RFC 3551, section 6: static payload types, and the names used in rtpmap.
[[nodiscard]] constexpr std::uint8_t payload_type(Codec codec) { return codec == Codec::pcmu ? 0 : 8; }
[[nodiscard]] constexpr const char* encoding_name(Codec codec) {
    return codec == Codec::pcmu ? "PCMU" : "PCMA";
}

void encode(Codec codec, std::span<const Sample> samples, std::span<std::uint8_t> octets);
void decode(Codec codec, std::span<const std::uint8_t> octets, std::span<Sample> samples);

} // namespace offhook::sip::media
