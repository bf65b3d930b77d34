// SPDX-License-Identifier: Apache-2.0
//
// ITU-T G.711: speech at 8,000 samples a second, one octet each.
#pragma once

#include "provider/audio_frame.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace offhook::sip::media {

using provider::Frame;
using provider::frame_milliseconds;
using provider::frame_samples;
using provider::Sample;
using provider::sample_rate;

enum class Codec : std::uint8_t { pcmu, pcma };

// RFC 3551, section 6: static payload types, and the names used in rtpmap.
[[nodiscard]] constexpr std::uint8_t payload_type(Codec codec) { return codec == Codec::pcmu ? 0 : 8; }
[[nodiscard]] constexpr const char* encoding_name(Codec codec) {
    return codec == Codec::pcmu ? "PCMU" : "PCMA";
}

void encode(Codec codec, std::span<const Sample> samples, std::span<std::uint8_t> octets);
void decode(Codec codec, std::span<const std::uint8_t> octets, std::span<Sample> samples);

} // namespace offhook::sip::media
