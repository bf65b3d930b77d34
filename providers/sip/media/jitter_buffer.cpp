// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/jitter_buffer.h"

#include <algorithm>
#include <limits>

namespace offhook::sip::media {
namespace {

constexpr std::int64_t frame = frame_samples;

} // namespace

JitterBuffer::JitterBuffer() : samples_(capacity), present_(capacity) {}

void JitterBuffer::forget_all() { std::fill(present_.begin(), present_.end(), std::uint8_t{0}); }

void JitterBuffer::start(std::uint32_t source, std::uint32_t timestamp) {
    forget_all();
    started_ = true;
    source_ = source;
    last_timestamp_ = timestamp;
    last_extended_ = 0;
    play_ = -initial_delay;
    newest_ = 0;
    least_margin_ = std::numeric_limits<std::int64_t>::max();
    window_ = 0;
    packets_in_window_ = 0;
    ++statistics_.resets;
}

void JitterBuffer::push(std::uint32_t source, std::uint32_t timestamp, std::span<const Sample> samples) {
    if (!started_ || source != source_) start(source, timestamp);
    std::int64_t begin = last_extended_ + static_cast<std::int32_t>(timestamp - last_timestamp_);
    if (begin - play_ > maximal_delay + frame || begin - play_ < -static_cast<std::int64_t>(sample_rate)) {
        // A jump: the sender was silent without sending, or began again. A wait that long is not jitter.
        start(source, timestamp);
        begin = 0;
    }
    last_extended_ = begin;
    last_timestamp_ = timestamp;

    const std::int64_t margin = begin - play_;
    least_margin_ = std::min(least_margin_, margin);
    ++packets_in_window_;
    const auto end = begin + static_cast<std::int64_t>(samples.size());
    if (margin < 0) {
        ++statistics_.late;
        // Late: wait one frame longer from now on, as long as the delay stays bearable for a conversation.
        if (end > play_ - maximal_delay && newest_ - play_ < maximal_delay) {
            play_ -= frame;
            ++statistics_.inserted;
        }
    }
    for (std::int64_t at = std::max(begin, play_); at < end; ++at) {
        const auto slot = static_cast<std::size_t>(at) & (capacity - 1);
        samples_[slot] = samples[static_cast<std::size_t>(at - begin)];
        present_[slot] = 1;
    }
    newest_ = std::max(newest_, end);
}

// Once per window: if every packet came early enough to spare a frame, the delay shrinks by one.
void JitterBuffer::adapt() {
    if (++window_ < window_ticks) return;
    if (packets_in_window_ > window_ticks / 4 && least_margin_ > ample_margin) {
        for (std::int64_t at = play_; at < play_ + frame; ++at)
            present_[static_cast<std::size_t>(at) & (capacity - 1)] = 0;
        play_ += frame;
        ++statistics_.removed;
    }
    window_ = 0;
    packets_in_window_ = 0;
    least_margin_ = std::numeric_limits<std::int64_t>::max();
}

// The last frame again, fainter each time: a single lost packet is hardly heard, a long gap becomes silence.
void JitterBuffer::conceal(std::span<Sample, frame_samples> out) {
    constexpr unsigned audible_frames = 3;
    ++concealed_frames_;
    for (std::size_t index = 0; index < out.size(); ++index) {
        last_frame_[index] =
            concealed_frames_ > audible_frames ? Sample{0} : static_cast<Sample>(last_frame_[index] / 2);
        out[index] = last_frame_[index];
    }
}

void JitterBuffer::pull(std::span<Sample, frame_samples> out) {
    if (!started_) {
        std::fill(out.begin(), out.end(), Sample{0});
        return;
    }
    adapt();
    std::size_t missing = 0;
    for (std::int64_t index = 0; index < frame; ++index) {
        const auto slot = static_cast<std::size_t>(play_ + index) & (capacity - 1);
        if (present_[slot] == 0) ++missing;
        else out[static_cast<std::size_t>(index)] = samples_[slot];
    }
    if (missing == frame_samples) {
        conceal(out);
        if (play_ >= 0) statistics_.concealed += frame_samples;
    } else {
        concealed_frames_ = 0;
        for (std::int64_t index = 0; index < frame; ++index) {
            const auto slot = static_cast<std::size_t>(play_ + index) & (capacity - 1);
            if (present_[slot] == 0) out[static_cast<std::size_t>(index)] = 0;
            present_[slot] = 0;
        }
        statistics_.concealed += missing;
        std::copy(out.begin(), out.end(), last_frame_.begin());
    }
    play_ += frame;
}

} // namespace offhook::sip::media
