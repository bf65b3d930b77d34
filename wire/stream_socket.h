// SPDX-License-Identifier: Apache-2.0
//
// A connected stream socket that carries frames: a Unix socket, with descriptors beside them, or TCP, which
// has none. Not safe for use by two threads at once.
#pragma once

#include "wire/unique_fd.h"
#include "wire/writer.h"

#include <deque>
#include <vector>

namespace offhook::wire {

enum class ReadStatus : std::uint8_t {
    progressed,  // bytes arrived
    would_block, // none are there now (non-blocking socket)
    closed,      // end of file between two frames
    broken,      // end of file inside a frame, or an error of the socket: the peer is dead
};

class StreamSocket {
  public:
    explicit StreamSocket(UniqueFd fd);

    int fd() const { return fd_.get(); }

    // Reads once, at most 64 KiB. Frames taken before stay valid only until this is called.
    ReadStatus read_some();

    // The next whole frame that was read. When it carries a descriptor, take_descriptor() gives it.
    Parsed next_frame();
    UniqueFd take_descriptor();

    // Queues bytes of whole frames; flush() sends what the socket takes. A descriptor leaves with the first
    // byte of the bytes it was queued with. TCP carries none: the frame goes without it and without the flags
    // that announce it.
    void queue(std::span<const std::byte> frames);
    void queue_with_descriptor(std::span<const std::byte> frame, UniqueFd descriptor);
    std::size_t queued_bytes() const { return pending_.size() - sent_; }

    // False: the socket is broken. On a non-blocking socket bytes may remain queued.
    bool flush();

  private:
    enum class Transport : std::uint8_t { local, tcp };

    static constexpr std::size_t read_size = 64 * 1024;
    struct QueuedDescriptor {
        std::size_t at; // the offset in pending_ of the byte it leaves with
        UniqueFd fd;
    };

    void drop_what_was_sent();

    UniqueFd fd_;
    Transport transport_;
    std::vector<std::byte> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::deque<UniqueFd> received_;
    std::vector<std::byte> pending_;
    std::size_t sent_ = 0;
    std::deque<QueuedDescriptor> descriptors_;
};

// Sends whole frames on a blocking socket. False: the connection is broken.
bool send_all(int socket, std::span<const std::byte> frames);

} // namespace offhook::wire
