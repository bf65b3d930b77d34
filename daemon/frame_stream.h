// SPDX-License-Identifier: Apache-2.0
//
// One peer that speaks frames, in the event loop: an application or a host. What is sent during a wake-up
// leaves in one write at its end. A peer that breaks the framing, sends a descriptor, or does not read what
// it is sent is told why and let go; nothing it does blocks or ends the service.
#pragma once

#include "daemon/event_loop.h"
#include "wire/stream_socket.h"

#include <string>
#include <string_view>

namespace offhook::daemon {

class FrameStream {
  public:
    class Owner {
      public:
        virtual ~Owner() = default;
        // False: the frame breaks the protocol, and the peer is let go with `reason`.
        virtual bool frame_arrived(const wire::Frame&, std::string& reason) = 0;
        // No frame arrives any more: the peer closed, or was let go for `reason`. Not called after end().
        virtual void stream_lost(const std::string& reason) = 0;
        // What was queued has been sent, or its time is over. The last call: the owner may destroy the stream
        // in it.
        virtual void stream_finished() = 0;
    };

    // The reason when the peer closed its connection between two frames.
    static constexpr std::string_view closed_by_peer = "it closed its connection";

    FrameStream(EventLoop&, wire::UniqueFd socket, std::size_t output_limit, Owner&);

    // Both are ignored once the output is ending. They never call the owner.
    void send(std::span<const std::byte> frames);
    // Without a descriptor the frame goes without the flags that announce one.
    void send_with_descriptor(std::span<const std::byte> frame, wire::UniqueFd descriptor);

    // Sends what is queued, and a goodbye if there is a reason; takes in nothing more.
    void end(std::string_view reason);

    // Sends what is queued, then the peer sees end of file; what it still says is taken in.
    void end_output();

    // Takes in all that has arrived; for a peer that is known to have ended.
    void drain();

    bool ending() const { return stage_ != Stage::open; }
    std::size_t queued_bytes() const { return socket_.queued_bytes(); }

  private:
    enum class Stage : std::uint8_t {
        open,
        overflowed, // the peer does not read: it is let go at the end of this wake-up
        flushing,   // what is queued is being sent
        lingering,  // all is sent; the peer has yet to close, so that it can read what was sent (RFC
                    // 9112, 9.6)
        finished,
    };

    void ready(std::uint32_t events);
    bool take_in();
    void discard_input();
    void output_queued();
    void write_out();
    void lose(const std::string& reason);
    void finish();

    EventLoop& loop_;
    wire::StreamSocket socket_;
    std::size_t output_limit_;
    Owner& owner_;
    Stage stage_ = Stage::open;
    bool output_ends_ = false;
    bool waits_for_room_ = false;
    EventLoop::Watch watch_;
    EventLoop::Timer write_; // at the end of the wake-up
    EventLoop::Timer end_;   // of lingering, then of everything
};

} // namespace offhook::daemon
