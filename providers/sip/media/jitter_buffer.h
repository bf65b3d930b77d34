// SPDX-License-Identifier: Apache-2.0
//
// Turns packets that arrive unevenly into one frame per tick.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "providers/sip/media/g711.h"

namespace offhook::sip::media {

// Samples lie on the sender's own time line (the RTP timestamp), so packets of any length and in any order
// fit. The play position follows it one frame a tick. The delay adapts by the margin with which packets
// arrive before they are due: one that is late adds a frame of delay at once; when even the least margin of
// two seconds was ample, a frame is taken out. It knows no clock: push() and pull() are all the time there
// is, so it can be tested without waiting.
class JitterBuffer {
  public:
    struct Statistics {
        std::uint64_t late = 0;      // packets that came after their time
        std::uint64_t concealed = 0; // samples that were missing when they were due
        std::uint64_t inserted = 0;  // frames of delay added
        std::uint64_t removed = 0;   // frames of delay taken out
        std::uint64_t resets = 0;    // new time lines: first packet, other source, a jump
    };

    JitterBuffer();

    void push(std::uint32_t source, std::uint32_t timestamp, std::span<const Sample> samples);
    void pull(std::span<Sample, frame_samples> out);

    [[nodiscard]] const Statistics& statistics() const { return statistics_; }
    // Samples between the play position and the newest that arrived.
    [[nodiscard]] std::int64_t depth() const { return started_ ? newest_ - play_ : 0; }

  private:
    static constexpr std::size_t capacity = 16384; // two seconds; a power of two
    static constexpr std::int64_t initial_delay = 2 * frame_samples;
    static constexpr std::int64_t maximal_delay = sample_rate / 2;
    static constexpr std::int64_t ample_margin = 2 * frame_samples + frame_samples / 2;
    static constexpr unsigned window_ticks = 100;

    void start(std::uint32_t source, std::uint32_t timestamp);
    void forget_all();
    void adapt();
    void conceal(std::span<Sample, frame_samples> out);

    std::vector<Sample> samples_;
    std::vector<std::uint8_t> present_;
    bool started_ = false;
    std::uint32_t source_ = 0;
    std::uint32_t last_timestamp_ = 0;
    std::int64_t last_extended_ = 0; // last_timestamp_ without wrap-around
    std::int64_t play_ = 0;          // the next sample to play
    std::int64_t newest_ = 0;        // one past the newest sample that arrived
    std::int64_t least_margin_ = 0;
    unsigned window_ = 0;
    unsigned packets_in_window_ = 0;
    std::array<Sample, frame_samples> last_frame_{};
    unsigned concealed_frames_ = 0;
    Statistics statistics_;
};

} // namespace offhook::sip::media
