// SPDX-License-Identifier: Apache-2.0
//
// One application's end of a call's audio (offhook/audio.h): frames of 16-bit samples over a local stream
// socket.
#pragma once

#include "provider/audio_frame.h"
#include "provider/services.h"

#include "offhook/audio.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>

namespace offhook::provider {

// What TSPI_lineGetID says of a stream with this direction (OFFHOOK_AUDIO_ bits); 0: it is not open yet.
[[nodiscard]] OFFHOOK_AUDIO_DEVICE audio_device(std::uint32_t direction);

// Never blocks: what the application does not read in time is dropped, oldest first, and counted.
class AudioPort {
  public:
    explicit AudioPort(AudioStream stream);
    AudioPort(AudioPort&&) noexcept = default;
    AudioPort& operator=(AudioPort&&) = delete;
    ~AudioPort(); // the application reads the end of file

    // What the application says in this tick. False: nothing; the frame is then silence.
    [[nodiscard]] bool take(Frame& frame);
    void give(const Frame& frame);

    [[nodiscard]] bool gone() const { return hearing_ == Side::ended; }
    [[nodiscard]] std::uint64_t frames_lost() const { return lost_; }

  private:
    static constexpr std::size_t frame_bytes = frame_samples * sizeof(Sample);
    // An application writes in its own rhythm: after a silence two frames are collected before playing
    // begins, or as many as came in two ticks, so that its jitter does not tear holes into what it says.
    static constexpr std::size_t start_bytes = 2 * frame_bytes;
    static constexpr unsigned start_ticks = 2;
    static constexpr std::size_t backlog_frames = 50; // one second, besides what the socket holds

    enum class Side : std::uint8_t { open, ended };
    enum class Talk : std::uint8_t { silent, talking };

    void read();
    void write();

    wire::UniqueFd socket_;
    Side speaking_;
    Side hearing_ = Side::open;

    std::array<std::byte, start_bytes> said_{};
    std::size_t said_size_ = 0;
    unsigned waiting_ticks_ = 0;
    Talk talk_ = Talk::silent;

    std::deque<Frame> backlog_;
    std::size_t sent_of_first_ = 0; // bytes; a frame that was begun is not dropped
    std::uint64_t lost_ = 0;
};

} // namespace offhook::provider
