// SPDX-License-Identifier: Apache-2.0
//
// RTCP for one stream in each direction: sender and receiver reports (RFC 3550, section 6).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace offhook::sip::media {

struct ReportBlock {
    std::uint32_t source = 0;
    std::uint8_t fraction_lost = 0;
    std::int32_t cumulative_lost = 0;
    std::uint32_t highest_sequence = 0;
    std::uint32_t jitter = 0;
    std::uint32_t last_report = 0;        // middle 32 bits of the NTP time of the last sender report
    std::uint32_t delay_since_report = 0; // in units of 1/65536 s
};

// What RFC 3550 wants counted about a received stream (section 6.4.1, appendices A.1, A.3 and A.8).
class ReceptionStatistics {
  public:
    // arrival: in timestamp units (1/8000 s), any origin.
    void packet(std::uint32_t source, std::uint16_t sequence, std::uint32_t timestamp, std::uint32_t arrival);
    void sender_report(std::uint64_t ntp_time, std::uint64_t now_microseconds);
    // The block of the next report; counting of the fraction begins anew.
    [[nodiscard]] std::optional<ReportBlock> report(std::uint64_t now_microseconds);

    [[nodiscard]] std::uint64_t received() const { return received_; }
    [[nodiscard]] std::int64_t lost() const;
    [[nodiscard]] std::uint32_t jitter() const { return jitter_ >> 4U; }

  private:
    bool started_ = false;
    std::uint32_t source_ = 0;
    std::uint32_t base_ = 0;
    std::uint32_t highest_ = 0; // extended by the number of wrap-arounds
    std::uint64_t received_ = 0;
    std::uint64_t expected_prior_ = 0;
    std::uint64_t received_prior_ = 0;
    std::uint32_t transit_ = 0;
    std::uint32_t jitter_ = 0; // sixteen times the value, as in appendix A.8
    std::uint32_t last_report_ = 0;
    std::uint64_t last_report_at_ = 0;
};

struct SenderCounts {
    std::uint32_t source = 0;
    std::uint32_t timestamp = 0; // of the RTP time line, now
    std::uint32_t packets = 0;
    std::uint32_t octets = 0;
    std::uint64_t ntp_time = 0;
};

enum class Farewell : std::uint8_t { no, yes };

// One compound packet: a sender report (a receiver report if nothing was sent), SDES with the CNAME, and BYE.
[[nodiscard]] std::vector<std::uint8_t> write_rtcp(const SenderCounts& sender,
                                                   const std::optional<ReportBlock>& block,
                                                   const std::string& cname, Farewell farewell);

struct RtcpFindings {
    std::optional<std::uint64_t> sender_ntp_time;
    std::optional<ReportBlock> about_us; // what the peer says about what we send
    bool farewell = false;
};

// Reads a compound packet; a malformed rest is ignored.
[[nodiscard]] RtcpFindings parse_rtcp(std::span<const std::uint8_t> datagram, std::uint32_t own_source);

// The wall clock as a 64-bit NTP time (seconds since 1900, 32-bit fraction).
[[nodiscard]] std::uint64_t ntp_from_unix(std::uint64_t microseconds);

} // namespace offhook::sip::media
