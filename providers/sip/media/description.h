// SPDX-License-Identifier: Apache-2.0
//
// Session descriptions (RFC 8866) and offers and answers of them (RFC 3264), for one audio stream of G.711.
#pragma once

#include "providers/sip/media/endpoint.h"
#include "providers/sip/media/g711.h"

#include <optional>
#include <string>
#include <vector>

namespace offhook::sip::media {

// As the one who wrote the description sees it.
enum class Flow : std::uint8_t { inactive = 0, send = 1, receive = 2, both = 3 };

// What the peer wants to receive, and where.
struct RemoteMedia {
    Endpoint rtp;
    Endpoint rtcp;
    Codec codec = Codec::pcmu;          // the one we send
    std::optional<std::uint8_t> events; // payload type of telephone-event, if it takes them
    Flow flow = Flow::both;             // the peer's
};

// What we want to receive, and where.
struct LocalMedia {
    Endpoint rtp;
    std::vector<Codec> codecs{Codec::pcmu, Codec::pcma}; // in the order of preference
    std::uint64_t session = 0;                           // the o= line's numbers
    std::uint64_t version = 0;
};

inline constexpr std::uint8_t offered_event_payload_type = 101;

[[nodiscard]] std::string write_offer(const LocalMedia& local);

struct Answer {
    RemoteMedia remote;
    std::string text;
};
// Answers an offer with its first usable audio stream and refuses its other streams (RFC 3264, section 6).
// Nothing: it is malformed, or has no stream that we can take part in.
[[nodiscard]] std::optional<Answer> answer_offer(const std::string& offer, const LocalMedia& local);

// Reads the answer to write_offer(). Nothing: it is malformed or refuses the stream.
[[nodiscard]] std::optional<RemoteMedia> read_answer(const std::string& answer, const LocalMedia& local);

} // namespace offhook::sip::media
