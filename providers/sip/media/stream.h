// SPDX-License-Identifier: Apache-2.0
//
// The media of one call: RTP and RTCP towards the peer, audio and digits towards the applications.
#pragma once

#include "provider/mixer.h"
#include "providers/sip/media/description.h"
#include "providers/sip/media/jitter_buffer.h"
#include "providers/sip/media/peer_source.h"
#include "providers/sip/media/rtcp.h"
#include "providers/sip/media/rtp_sockets.h"
#include "providers/sip/media/telephone_event.h"

#include <mutex>
#include <vector>

namespace offhook::sip::media {

// Called on the media thread with none of its locks held. `owner` is what the stream was opened with.
class StreamEvents {
  public:
    virtual void digit(std::uint64_t owner, DigitEvent event) = 0;
    virtual void digits_played(std::uint64_t owner) = 0;

  protected:
    ~StreamEvents() = default;
};

struct StreamStatistics {
    std::uint64_t packets_sent = 0;
    std::uint64_t packets_received = 0;
    std::int64_t packets_lost = 0;
    std::uint64_t frames_not_read = 0; // dropped because an application did not read
};

// Thread-safe. The engine drives it with receive() and tick(); the rest belongs to the call.
class Stream {
  public:
    Stream(RtpSockets sockets, const Address& local, std::uint64_t owner, StreamEvents& events);

    [[nodiscard]] const Endpoint& local() const { return local_; }
    [[nodiscard]] int rtp_socket() const { return sockets_.rtp.get(); }
    [[nodiscard]] int rtcp_socket() const { return sockets_.rtcp.get(); }

    // The peer's description, at first and whenever it changes. Media flows from here on.
    void connect(const RemoteMedia& remote, const std::optional<Address>& signalling);
    void attach(provider::AudioStream audio);
    // Plays digits as telephone events in place of those that are being played. False: the peer takes none.
    bool play(std::string_view digits, unsigned milliseconds);
    void stop_playing();
    // Says goodbye to the peer and ends every application's audio; nothing happens afterwards.
    void close();
    [[nodiscard]] StreamStatistics statistics() const;

    void receive_rtp(std::uint64_t now_microseconds);
    void receive_rtcp(std::uint64_t now_microseconds);
    void tick(std::uint64_t now_microseconds);

  private:
    using Found = std::vector<DigitEvent>;

    void packet(const Datagram& datagram, std::uint64_t now_microseconds, Found& found);
    void send_audio(const Frame& frame);
    bool send_digit();
    void send_packet(const RtpHeader& header, std::span<const std::uint8_t> payload);
    void report(std::uint64_t now_microseconds, Farewell farewell);
    void tell(const Found& found) const;

    const RtpSockets sockets_;
    const Endpoint local_;
    const std::uint64_t owner_;
    StreamEvents& events_;

    mutable std::mutex lock_;
    std::optional<RemoteMedia> remote_;
    PeerSource peer_;
    JitterBuffer jitter_buffer_;
    ReceptionStatistics reception_;
    EventReceiver event_receiver_;
    EventSender event_sender_;
    provider::Mixer mixer_;
    SenderCounts sent_;
    std::uint16_t sequence_;
    std::uint64_t next_report_ = 0;
    enum class Life : std::uint8_t { open, closed } life_ = Life::open;
};

} // namespace offhook::sip::media
