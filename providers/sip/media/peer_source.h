// SPDX-License-Identifier: Apache-2.0
//
// Which packets belong to the peer, and where to send.
//
// The peer's session description says where its media is. Behind an address translator its packets come from
// another port: symmetric RTP (RFC 4961) then answers to where they come from. Following whoever sends would
// let anyone take a call's audio (RFC 7362, section 5), so a new source is followed only if it has an address
// that the peer declared or signals from, sends a run of packets in sequence (RFC 3550, appendix A.1), and
// nothing was heard from a source before; from then on only a new description changes it.
#pragma once

#include "providers/sip/media/endpoint.h"
#include "providers/sip/media/rtp.h"

#include <optional>

namespace offhook::sip::media {

class PeerSource {
  public:
    // A new description. `signalling`: the address that the peer's SIP messages come from.
    void declare(const Endpoint& declared, const std::optional<Address>& signalling);

    [[nodiscard]] bool accepts(const Endpoint& from, const RtpHeader& header);

    [[nodiscard]] const std::optional<Endpoint>& destination() const { return current_; }

  private:
    static constexpr unsigned run_length = 3;

    struct Candidate {
        Endpoint from;
        std::uint32_t source = 0;
        std::uint16_t next_sequence = 0;
        unsigned run = 0;
    };

    enum class Heard : std::uint8_t { nothing, peer };

    std::optional<Endpoint> current_;
    std::optional<Address> signalling_;
    Heard heard_ = Heard::nothing;
    Candidate candidate_;
};

} // namespace offhook::sip::media
