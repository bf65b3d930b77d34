// SPDX-License-Identifier: Apache-2.0
//
// Digits as named telephone events (RFC 4733): how DTMF crosses RTP.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>

#include "providers/sip/media/rtp.h"

namespace offhook::sip::media {

inline constexpr std::size_t event_payload_size = 4;

// RFC 4733, table 3: 0-9, * (10), # (11), A-D (12 to 15).
[[nodiscard]] std::optional<std::uint8_t> event_of_digit(char digit);
[[nodiscard]] std::optional<char> digit_of_event(std::uint8_t event);

enum class DigitEdge : std::uint8_t { begin, end };

struct DigitEvent {
    char digit;
    DigitEdge edge;
};

// Finds digits in received events. All packets of one event carry the same RTP timestamp (RFC 4733,
// section 2.5.1.2), so a new timestamp is a new digit, whichever of its packets were lost. An event whose end
// never comes ends by itself.
class EventReceiver {
  public:
    // At most three come out of one packet: the end of the former event, this one's begin, and its end.
    using Found = std::array<std::optional<DigitEvent>, 3>;

    [[nodiscard]] Found packet(std::uint32_t timestamp, std::span<const std::uint8_t> payload);
    // To be called once a tick (20 ms).
    [[nodiscard]] std::optional<DigitEvent> tick();

  private:
    static constexpr unsigned silent_ticks_until_end = 10; // packets come every 20 to 50 ms

    bool seen_any_ = false;
    std::uint32_t timestamp_ = 0;
    std::optional<char> open_digit_;
    unsigned silent_ticks_ = 0;
};

// Plays a string of digits as events, one packet a tick while a digit sounds. A comma is a pause.
class EventSender {
  public:
    struct Packet {
        Marker marker;
        std::uint32_t timestamp; // of the event's beginning
        std::array<std::uint8_t, event_payload_size> payload;
    };

    void play(std::string_view digits, unsigned duration_milliseconds);
    void cancel() { queue_.clear(); }
    [[nodiscard]] bool active() const { return !queue_.empty(); }

    // What to send in this tick, whose RTP timestamp is given: a packet, or nothing in a pause.
    [[nodiscard]] std::optional<Packet> tick(std::uint32_t timestamp);

  private:
    struct Item {
        std::optional<std::uint8_t> event; // nothing: a pause
        unsigned ticks;                    // how long it sounds
    };
    static constexpr unsigned end_packets =
        3;                                   // RFC 4733, section 2.5.1.4: the last packet is sent three times
    static constexpr unsigned gap_ticks = 3; // silence between digits: 60 ms
    static constexpr unsigned pause_ticks = 50;

    std::deque<Item> queue_;
    unsigned elapsed_ = 0; // ticks since the item at the front began
    std::uint32_t begin_ = 0;
};

} // namespace offhook::sip::media
