// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/telephone_event.h"

#include <algorithm>

#include "providers/sip/media/g711.h"

namespace offhook::sip::media {
namespace {

constexpr std::string_view digits_by_event = "0123456789*#ABCD";
constexpr std::uint8_t end_bit = 0x80;
constexpr std::uint8_t volume = 10; // -10 dBm0

} // namespace

std::optional<std::uint8_t> event_of_digit(char digit) {
    const char upper = digit >= 'a' && digit <= 'd' ? static_cast<char>(digit - 'a' + 'A') : digit;
    const std::size_t at = digits_by_event.find(upper);
    if (upper == '\0' || at == std::string_view::npos) return std::nullopt;
    return static_cast<std::uint8_t>(at);
}

std::optional<char> digit_of_event(std::uint8_t event) {
    if (event >= digits_by_event.size()) return std::nullopt;
    return digits_by_event[event];
}

EventReceiver::Found EventReceiver::packet(std::uint32_t timestamp, std::span<const std::uint8_t> payload) {
    Found found;
    if (payload.size() < event_payload_size) return found;
    const std::optional<char> digit = digit_of_event(payload[0]);
    if (!digit) return found;
    silent_ticks_ = 0;
    if (!seen_any_ || timestamp != timestamp_) {
        if (seen_any_ && static_cast<std::int32_t>(timestamp - timestamp_) < 0)
            return found; // a packet of an earlier event, out of order
        if (open_digit_) found[0] = DigitEvent{*open_digit_, DigitEdge::end};
        seen_any_ = true;
        timestamp_ = timestamp;
        open_digit_ = digit;
        found[1] = DigitEvent{*digit, DigitEdge::begin};
    }
    if ((payload[1] & end_bit) != 0 && open_digit_) {
        found[2] = DigitEvent{*open_digit_, DigitEdge::end};
        open_digit_.reset();
    }
    return found;
}

std::optional<DigitEvent> EventReceiver::tick() {
    if (!open_digit_ || ++silent_ticks_ < silent_ticks_until_end) return std::nullopt;
    const DigitEvent ended{*open_digit_, DigitEdge::end};
    open_digit_.reset();
    return ended;
}

void EventSender::play(std::string_view digits, unsigned duration_milliseconds) {
    queue_.clear();
    elapsed_ = 0;
    const unsigned ticks = std::max(duration_milliseconds / frame_milliseconds, 1U);
    for (const char digit : digits) {
        if (digit == ',') queue_.push_back({std::nullopt, pause_ticks});
        else if (const auto event = event_of_digit(digit)) queue_.push_back({event, ticks});
    }
}

std::optional<EventSender::Packet> EventSender::tick(std::uint32_t timestamp) {
    if (queue_.empty()) return std::nullopt;
    const Item item = queue_.front();
    if (elapsed_ == 0) begin_ = timestamp;
    ++elapsed_;
    if (!item.event || elapsed_ > item.ticks + end_packets - 1) {
        const unsigned whole = item.event ? item.ticks + end_packets - 1 + gap_ticks : item.ticks;
        if (elapsed_ >= whole) {
            queue_.pop_front();
            elapsed_ = 0;
        }
        return std::nullopt;
    }
    const bool end = elapsed_ >= item.ticks;
    Packet packet{elapsed_ == 1 ? Marker::set : Marker::clear, begin_, {}};
    packet.payload[0] = *item.event;
    packet.payload[1] = static_cast<std::uint8_t>(volume | (end ? end_bit : 0U));
    // The duration so far counts from the event's beginning; the copies of the last packet repeat the final
    // one.
    const unsigned duration =
        std::min(std::min(elapsed_, item.ticks) * static_cast<unsigned>(frame_samples), 0xFFFFU);
    write16(packet.payload, 2, static_cast<std::uint16_t>(duration));
    return packet;
}

} // namespace offhook::sip::media
