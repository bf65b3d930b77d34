// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/rtcp.h"

#include <algorithm>

#include "providers/sip/media/rtp.h"

namespace offhook::sip::media {
namespace {

constexpr std::uint8_t type_sender_report = 200;
constexpr std::uint8_t type_receiver_report = 201;
constexpr std::uint8_t type_description = 202;
constexpr std::uint8_t type_bye = 203;
constexpr std::size_t block_size = 24;

class Packet {
  public:
    Packet(std::vector<std::uint8_t>& out, std::uint8_t type, unsigned count)
        : out_(out),
          start_(out.size()) {
        out_.push_back(static_cast<std::uint8_t>(0x80U | count));
        out_.push_back(type);
        out_.insert(out_.end(), 2, 0);
    }
    void word(std::uint32_t value) {
        out_.insert(out_.end(), 4, 0);
        write32(out_, out_.size() - 4, value);
    }
    void octet(std::uint8_t value) { out_.push_back(value); }
    // Pads to a whole word and fills in the length (in words, less one).
    void close() {
        while ((out_.size() - start_) % 4 != 0) out_.push_back(0);
        write16(out_, start_ + 2, static_cast<std::uint16_t>((out_.size() - start_) / 4 - 1));
    }

  private:
    std::vector<std::uint8_t>& out_;
    std::size_t start_;
};

ReportBlock read_block(std::span<const std::uint8_t> bytes) {
    ReportBlock block;
    block.source = read32(bytes, 0);
    block.fraction_lost = bytes[4];
    // 24 bits, signed (RFC 3550, section 6.4.1).
    block.cumulative_lost = static_cast<std::int32_t>(read32(bytes, 4) << 8U) >> 8;
    block.highest_sequence = read32(bytes, 8);
    block.jitter = read32(bytes, 12);
    block.last_report = read32(bytes, 16);
    block.delay_since_report = read32(bytes, 20);
    return block;
}

void write_block(Packet& packet, const ReportBlock& block) {
    packet.word(block.source);
    packet.word((static_cast<std::uint32_t>(block.fraction_lost) << 24U) |
                (static_cast<std::uint32_t>(block.cumulative_lost) & 0xFFFFFFU));
    packet.word(block.highest_sequence);
    packet.word(block.jitter);
    packet.word(block.last_report);
    packet.word(block.delay_since_report);
}

} // namespace

void ReceptionStatistics::packet(std::uint32_t source, std::uint16_t sequence, std::uint32_t timestamp,
                                 std::uint32_t arrival) {
    const std::uint32_t transit = arrival - timestamp;
    if (!started_ || source != source_) {
        *this = ReceptionStatistics();
        started_ = true;
        source_ = source;
        base_ = highest_ = sequence;
        received_ = 1;
        transit_ = transit;
        return;
    }
    ++received_;
    const auto step = static_cast<std::int16_t>(sequence - static_cast<std::uint16_t>(highest_));
    if (step > 0) highest_ += static_cast<std::uint32_t>(step);
    // Modulo 2^32, as timestamps are: the shorter way round.
    const auto magnitude = std::min(transit - transit_, transit_ - transit);
    transit_ = transit;
    if (magnitude < 16U * 8000U) // a jump of the sender's clock is not jitter
        jitter_ += magnitude - ((jitter_ + 8U) >> 4U);
}

void ReceptionStatistics::sender_report(std::uint64_t ntp_time, std::uint64_t now_microseconds) {
    last_report_ = static_cast<std::uint32_t>(ntp_time >> 16U);
    last_report_at_ = now_microseconds;
}

std::int64_t ReceptionStatistics::lost() const {
    if (!started_) return 0;
    return static_cast<std::int64_t>(highest_ - base_) + 1 - static_cast<std::int64_t>(received_);
}

std::optional<ReportBlock> ReceptionStatistics::report(std::uint64_t now_microseconds) {
    if (!started_) return std::nullopt;
    ReportBlock block;
    block.source = source_;
    block.cumulative_lost = static_cast<std::int32_t>(std::clamp<std::int64_t>(lost(), -0x800000, 0x7FFFFF));
    block.highest_sequence = highest_;
    block.jitter = jitter_ >> 4U;
    const std::uint64_t expected = static_cast<std::uint64_t>(highest_ - base_) + 1;
    const std::uint64_t interval_expected = expected - expected_prior_;
    const std::uint64_t interval_received = received_ - received_prior_;
    expected_prior_ = expected;
    received_prior_ = received_;
    if (interval_expected > interval_received)
        block.fraction_lost = static_cast<std::uint8_t>(((interval_expected - interval_received) << 8U) /
                                                        (interval_expected + 1));
    if (last_report_at_ != 0) {
        block.last_report = last_report_;
        block.delay_since_report =
            static_cast<std::uint32_t>((now_microseconds - last_report_at_) * 65536U / 1000000U);
    }
    return block;
}

std::vector<std::uint8_t> write_rtcp(const SenderCounts& sender, const std::optional<ReportBlock>& block,
                                     const std::string& cname, Farewell farewell) {
    std::vector<std::uint8_t> out;
    const unsigned blocks = block ? 1 : 0;
    Packet report(out, sender.packets > 0 ? type_sender_report : type_receiver_report, blocks);
    report.word(sender.source);
    if (sender.packets > 0) {
        report.word(static_cast<std::uint32_t>(sender.ntp_time >> 32U));
        report.word(static_cast<std::uint32_t>(sender.ntp_time));
        report.word(sender.timestamp);
        report.word(sender.packets);
        report.word(sender.octets);
    }
    if (block) write_block(report, *block);
    report.close();

    Packet description(out, type_description, 1);
    description.word(sender.source);
    const std::size_t length = std::min<std::size_t>(cname.size(), 255);
    description.octet(1); // CNAME
    description.octet(static_cast<std::uint8_t>(length));
    for (std::size_t index = 0; index < length; ++index)
        description.octet(static_cast<std::uint8_t>(cname[index]));
    description.octet(0); // the end of the items
    description.close();

    if (farewell == Farewell::yes) {
        Packet bye(out, type_bye, 1);
        bye.word(sender.source);
        bye.close();
    }
    return out;
}

RtcpFindings parse_rtcp(std::span<const std::uint8_t> datagram, std::uint32_t own_source) {
    RtcpFindings findings;
    while (datagram.size() >= 4 && (datagram[0] >> 6U) == 2) {
        const std::size_t length = 4U * (read16(datagram, 2) + 1U);
        if (length > datagram.size()) break;
        const auto packet = datagram.first(length);
        const unsigned count = packet[0] & 0x1FU;
        const std::uint8_t type = packet[1];
        std::size_t blocks_at = 8;
        if (type == type_sender_report && length >= 28) {
            findings.sender_ntp_time =
                (static_cast<std::uint64_t>(read32(packet, 8)) << 32U) | read32(packet, 12);
            blocks_at = 28;
        }
        if (type == type_sender_report || type == type_receiver_report) {
            for (unsigned index = 0; index < count && blocks_at + block_size <= length; ++index) {
                const ReportBlock block = read_block(packet.subspan(blocks_at, block_size));
                if (block.source == own_source) findings.about_us = block;
                blocks_at += block_size;
            }
        }
        findings.farewell = findings.farewell || type == type_bye;
        datagram = datagram.subspan(length);
    }
    return findings;
}

std::uint64_t ntp_from_unix(std::uint64_t microseconds) {
    constexpr std::uint64_t seconds_from_1900_to_1970 = 2208988800U;
    const std::uint64_t seconds = microseconds / 1000000U + seconds_from_1900_to_1970;
    const std::uint64_t fraction = ((microseconds % 1000000U) << 32U) / 1000000U;
    return (seconds << 32U) | fraction;
}

} // namespace offhook::sip::media
