// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/g711.h"

#include <algorithm>
#include <array>
#include <bit>

namespace offhook::sip::media {
namespace {

// µ-law: logarithmic segments over the magnitude plus a bias of 33 (in units of 14 bits, so 132 in 16), all
// bits inverted.
constexpr int mu_bias = 0x84;
constexpr int mu_clip = 32635;

constexpr std::uint8_t encode_mu(Sample sample) {
    const int sign = sample < 0 ? 0x80 : 0;
    const int magnitude =
        std::min(sample < 0 ? -static_cast<int>(sample) : static_cast<int>(sample), mu_clip) + mu_bias;
    const int segment = std::max(static_cast<int>(std::bit_width(static_cast<unsigned>(magnitude))) - 8, 0);
    const int step = (magnitude >> (segment + 3)) & 0x0F;
    return static_cast<std::uint8_t>(~(sign | (segment << 4) | step));
}

constexpr Sample decode_mu(std::uint8_t octet) {
    const unsigned code = ~static_cast<unsigned>(octet) & 0xFFU;
    const unsigned segment = (code >> 4U) & 7U;
    const int magnitude = static_cast<int>((((code & 0x0FU) << 3U) + mu_bias) << segment) - mu_bias;
    return static_cast<Sample>((code & 0x80U) != 0 ? -magnitude : magnitude);
}

// A-law: the same idea without a bias, the first two segments linear, even bits inverted.
constexpr std::uint8_t encode_a(Sample sample) {
    const int sign = sample < 0 ? 0 : 0x80;
    const int magnitude = (sample < 0 ? -(static_cast<int>(sample) + 1) : static_cast<int>(sample)) >> 3;
    const int segment = std::max(static_cast<int>(std::bit_width(static_cast<unsigned>(magnitude))) - 5, 0);
    const int step = (segment > 1 ? magnitude >> segment : magnitude >> 1) & 0x0F;
    return static_cast<std::uint8_t>((sign | (segment << 4) | step) ^ 0x55);
}

constexpr Sample decode_a(std::uint8_t octet) {
    const unsigned code = octet ^ 0x55U;
    const unsigned segment = (code >> 4U) & 7U;
    int magnitude = static_cast<int>((code & 0x0FU) << 4U) + 8;
    if (segment > 0) magnitude = (magnitude + 0x100) << (segment - 1);
    return static_cast<Sample>((code & 0x80U) != 0 ? magnitude : -magnitude);
}

template <Sample (*Decode)(std::uint8_t)> constexpr std::array<Sample, 256> decoding_table() {
    std::array<Sample, 256> table{};
    for (unsigned octet = 0; octet < 256; ++octet) table[octet] = Decode(static_cast<std::uint8_t>(octet));
    return table;
}

constexpr auto mu_table = decoding_table<decode_mu>();
constexpr auto a_table = decoding_table<decode_a>();

// Every code word must survive a round trip, but for the second zero of µ-law (0x7F and 0xFF both mean 0).
constexpr bool round_trips() {
    for (unsigned octet = 0; octet < 256; ++octet) {
        const auto code = static_cast<std::uint8_t>(octet);
        if (encode_a(decode_a(code)) != code || (octet != 0x7F && encode_mu(decode_mu(code)) != code))
            return false;
    }
    return true;
}
static_assert(round_trips());

} // namespace

void encode(Codec codec, std::span<const Sample> samples, std::span<std::uint8_t> octets) {
    const std::size_t count = std::min(samples.size(), octets.size());
    for (std::size_t index = 0; index < count; ++index)
        octets[index] = codec == Codec::pcmu ? encode_mu(samples[index]) : encode_a(samples[index]);
}

void decode(Codec codec, std::span<const std::uint8_t> octets, std::span<Sample> samples) {
    const auto& table = codec == Codec::pcmu ? mu_table : a_table;
    const std::size_t count = std::min(samples.size(), octets.size());
    for (std::size_t index = 0; index < count; ++index) samples[index] = table[octets[index]];
}

} // namespace offhook::sip::media
