// SPDX-License-Identifier: Apache-2.0
//
// Puts what passes the service into the ring: whole frames as their bytes, cut and masked.
#pragma once

#include "trace/frame_ring.h"
#include "trace/masking.h"
#include "trace/note.h"

namespace offhook::trace {

// Longer frames are cut: what is interesting of a message comes first.
inline constexpr std::size_t longest_kept = 4096;

// Who is at the other end; a field that does not apply is 0.
struct Peer {
    std::uint32_t session = 0;
    std::uint32_t application = 0;
    std::uint32_t user = 0;
};

class Recorder {
  public:
    explicit Recorder(std::size_t memory) : ring_(memory) {}

    bool on() const { return ring_.memory() != 0; }
    void frame(Boundary, const Peer&, std::uint64_t time_us, const wire::Frame&);
    void frames(Boundary, const Peer&, std::uint64_t time_us, std::span<const std::byte> frames);
    void note(const Note&, const Peer&, std::uint64_t time_us);

    const FrameRing& ring() const { return ring_; }

  private:
    FrameRing ring_;
    Masking masking_;
};

} // namespace offhook::trace
