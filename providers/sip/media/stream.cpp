// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/stream.h"

#include <array>
#include <chrono>
#include <random>

namespace offhook::sip::media {
namespace {

constexpr std::size_t datagram_size = 2048;
constexpr unsigned datagrams_at_once = 64; // a flood on one call must not starve the others

// Sequence numbers, timestamps and sources begin anywhere (RFC 3550, section 5.1).
std::uint32_t random_number() {
    thread_local std::mt19937 generator{std::random_device{}()};
    return static_cast<std::uint32_t>(generator());
}

// RFC 3550, section 6.2: five seconds, spread so that parties do not report in step.
std::uint64_t report_interval() {
    constexpr std::uint64_t least = 2'500'000;
    return least + random_number() % (2 * least);
}

std::uint64_t wall_clock() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

std::uint32_t in_samples(std::uint64_t microseconds) {
    return static_cast<std::uint32_t>(microseconds * sample_rate / 1'000'000);
}

bool sends(Flow flow) { return (static_cast<unsigned>(flow) & static_cast<unsigned>(Flow::send)) != 0; }

bool receives(Flow flow) { return (static_cast<unsigned>(flow) & static_cast<unsigned>(Flow::receive)) != 0; }

} // namespace

Stream::Stream(RtpSockets sockets, const Address& local, std::uint64_t owner, StreamEvents& events)
    : sockets_(std::move(sockets)),
      local_{local, sockets_.port},
      owner_(owner),
      events_(events),
      sequence_(static_cast<std::uint16_t>(random_number())) {
    sent_.source = random_number();
    sent_.timestamp = random_number();
}

void Stream::connect(const RemoteMedia& remote, const std::optional<Address>& signalling) {
    const std::lock_guard guard(lock_);
    if (!remote_ || remote_->rtp != remote.rtp) peer_.declare(remote.rtp, signalling);
    remote_ = remote;
}

void Stream::attach(provider::AudioStream audio) {
    const std::lock_guard guard(lock_);
    if (life_ == Life::open) mixer_.add(provider::AudioPort(std::move(audio)));
}

bool Stream::play(std::string_view digits, unsigned milliseconds) {
    const std::lock_guard guard(lock_);
    if (!remote_ || !remote_->events) return false;
    event_sender_.play(digits, milliseconds);
    return true;
}

void Stream::stop_playing() {
    const std::lock_guard guard(lock_);
    event_sender_.cancel();
}

void Stream::close() {
    const std::lock_guard guard(lock_);
    if (life_ == Life::closed) return;
    life_ = Life::closed;
    mixer_.clear();
    if (remote_ && sent_.packets > 0) report(0, Farewell::yes);
}

StreamStatistics Stream::statistics() const {
    const std::lock_guard guard(lock_);
    return {sent_.packets, reception_.received(), reception_.lost(), mixer_.frames_lost()};
}

void Stream::receive_rtp(std::uint64_t now_microseconds) {
    Found found;
    {
        const std::lock_guard guard(lock_);
        std::array<std::uint8_t, datagram_size> buffer;
        for (unsigned count = 0; count < datagrams_at_once; ++count) {
            const Datagram datagram = receive(sockets_.rtp.get(), buffer);
            if (!datagram) break;
            if (life_ == Life::open) packet(datagram, now_microseconds, found);
        }
    }
    tell(found);
}

void Stream::packet(const Datagram& datagram, std::uint64_t now_microseconds, Found& found) {
    const auto rtp = parse_rtp(datagram.bytes);
    if (!rtp || !remote_ || !sends(remote_->flow)) return;
    const std::uint8_t type = rtp->header.payload_type;
    const bool is_event = remote_->events == type || (remote_->events && type == offered_event_payload_type);
    const bool is_mu = type == payload_type(Codec::pcmu);
    if (!is_event && !is_mu && type != payload_type(Codec::pcma)) return;
    if (!peer_.accepts(datagram.from, rtp->header)) return;
    reception_.packet(rtp->header.source, rtp->header.sequence, rtp->header.timestamp,
                      in_samples(now_microseconds));
    if (is_event) {
        for (const auto& digit : event_receiver_.packet(rtp->header.timestamp, rtp->payload))
            if (digit) found.push_back(*digit);
        return;
    }
    std::array<Sample, datagram_size> samples;
    decode(is_mu ? Codec::pcmu : Codec::pcma, rtp->payload, samples);
    jitter_buffer_.push(rtp->header.source, rtp->header.timestamp,
                        std::span(samples).first(rtp->payload.size()));
}

void Stream::receive_rtcp(std::uint64_t now_microseconds) {
    const std::lock_guard guard(lock_);
    std::array<std::uint8_t, datagram_size> buffer;
    for (unsigned count = 0; count < datagrams_at_once; ++count) {
        const Datagram datagram = receive(sockets_.rtcp.get(), buffer);
        if (!datagram) return;
        if (life_ == Life::closed || !remote_ || datagram.from.address != remote_->rtcp.address) continue;
        const RtcpFindings findings = parse_rtcp(datagram.bytes, sent_.source);
        if (findings.sender_ntp_time) reception_.sender_report(*findings.sender_ntp_time, now_microseconds);
    }
}

void Stream::tick(std::uint64_t now_microseconds) {
    Found found;
    enum class Playing : std::uint8_t { no, ended } playing = Playing::no;
    {
        const std::lock_guard guard(lock_);
        if (life_ == Life::closed || !remote_) return;
        Frame heard;
        jitter_buffer_.pull(heard);
        const Frame said = mixer_.take();
        mixer_.give(heard);
        if (const auto digit = event_receiver_.tick()) found.push_back(*digit);
        const bool was_playing = event_sender_.active();
        if (!send_digit()) send_audio(said);
        if (was_playing && !event_sender_.active()) playing = Playing::ended;
        sent_.timestamp += static_cast<std::uint32_t>(frame_samples);
        if (next_report_ == 0) next_report_ = now_microseconds + report_interval();
        if (now_microseconds >= next_report_) {
            report(now_microseconds, Farewell::no);
            next_report_ = now_microseconds + report_interval();
        }
    }
    tell(found);
    if (playing == Playing::ended) events_.digits_played(owner_);
}

// While a digit sounds its events take the place of audio (RFC 4733, section 2.6). False: none sounds.
bool Stream::send_digit() {
    const auto event = event_sender_.tick(sent_.timestamp);
    if (!event || !remote_->events || !receives(remote_->flow)) return false;
    RtpHeader header{event->marker, *remote_->events, sequence_, event->timestamp, sent_.source};
    send_packet(header, event->payload);
    return true;
}

void Stream::send_audio(const Frame& frame) {
    if (!receives(remote_->flow)) return;
    std::array<std::uint8_t, frame_samples> payload;
    encode(remote_->codec, frame, payload);
    const Marker marker = sent_.packets == 0 ? Marker::set : Marker::clear;
    send_packet({marker, payload_type(remote_->codec), sequence_, sent_.timestamp, sent_.source}, payload);
}

void Stream::send_packet(const RtpHeader& header, std::span<const std::uint8_t> payload) {
    std::array<std::uint8_t, rtp_header_size + frame_samples> packet;
    write_rtp_header(header, std::span(packet).first<rtp_header_size>());
    std::copy(payload.begin(), payload.end(), packet.begin() + rtp_header_size);
    send(sockets_.rtp.get(), *peer_.destination(), std::span(packet).first(rtp_header_size + payload.size()));
    ++sequence_;
    ++sent_.packets;
    sent_.octets += static_cast<std::uint32_t>(payload.size());
}

void Stream::report(std::uint64_t now_microseconds, Farewell farewell) {
    sent_.ntp_time = ntp_from_unix(wall_clock());
    const std::string cname = std::to_string(sent_.source) + "@" + local_.address.text();
    const auto block = farewell == Farewell::no ? reception_.report(now_microseconds) : std::nullopt;
    send(sockets_.rtcp.get(), remote_->rtcp, write_rtcp(sent_, block, cname, farewell));
}

void Stream::tell(const Found& found) const {
    for (const DigitEvent& event : found) events_.digit(owner_, event);
}

} // namespace offhook::sip::media
