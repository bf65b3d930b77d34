// SPDX-License-Identifier: Apache-2.0
//
// A peer that sends anything as RTP and RTCP. The input is a list of datagrams, each behind a byte with its
// length.

#include "providers/sip/media/jitter_buffer.h"
#include "providers/sip/media/peer_source.h"
#include "providers/sip/media/rtcp.h"
#include "providers/sip/media/rtp.h"
#include "providers/sip/media/telephone_event.h"

#include <algorithm>
#include <array>
#include <cstdlib>

using namespace offhook::sip::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::span<const std::uint8_t> rest(data, size);
    PeerSource peer;
    const Endpoint declared{*Address::parse("192.0.2.1"), 4000};
    peer.declare(declared, std::nullopt);
    JitterBuffer jitter_buffer;
    ReceptionStatistics reception;
    EventReceiver events;
    std::uint32_t now = 0;
    while (!rest.empty()) {
        const std::size_t length = std::min<std::size_t>(rest[0], rest.size() - 1);
        const auto datagram = rest.subspan(1, length);
        rest = rest.subspan(1 + length);
        static_cast<void>(parse_rtcp(datagram, 1));
        if (const auto packet = parse_rtp(datagram)) {
            if (packet->payload.size() + rtp_header_size > datagram.size()) std::abort();
            static_cast<void>(peer.accepts({declared.address, packet->header.sequence}, packet->header));
            reception.packet(packet->header.source, packet->header.sequence, packet->header.timestamp, now);
            static_cast<void>(events.packet(packet->header.timestamp, packet->payload));
            std::array<Sample, 256> samples;
            decode(Codec::pcma, packet->payload, samples);
            jitter_buffer.push(packet->header.source, packet->header.timestamp,
                               std::span(samples).first(packet->payload.size()));
        }
        std::array<Sample, frame_samples> frame;
        jitter_buffer.pull(frame);
        static_cast<void>(events.tick());
        static_cast<void>(reception.report(now));
        now += 160;
    }
    return 0;
}
