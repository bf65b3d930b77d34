// SPDX-License-Identifier: Apache-2.0

#include "provider/audio_port.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

namespace offhook::provider {

static_assert(std::endian::native == std::endian::little, "samples travel in little-endian order");

OFFHOOK_AUDIO_DEVICE audio_device(std::uint32_t direction) {
    return {sizeof(OFFHOOK_AUDIO_DEVICE), -1, sample_rate, 1, 8 * sizeof(Sample), direction};
}

AudioPort::AudioPort(AudioStream stream)
    : socket_(std::move(stream.descriptor)),
      speaking_((stream.direction & OFFHOOK_AUDIO_SPEAK) != 0 ? Side::open : Side::ended) {
    const int flags = ::fcntl(socket_.get(), F_GETFL);
    if (flags >= 0) ::fcntl(socket_.get(), F_SETFL, flags | O_NONBLOCK);
    // A short kernel queue: what is older than the backlog would be stale anyway.
    constexpr int queue_bytes = 16 * 1024;
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_SNDBUF, &queue_bytes, sizeof queue_bytes);
}

// A socket that is closed with something unread in it gives its other end an error (ECONNRESET) in place of
// the end of file that offhook/audio.h promises.
AudioPort::~AudioPort() {
    if (!socket_) return; // moved away
    ::shutdown(socket_.get(), SHUT_RDWR);
    while (::recv(socket_.get(), said_.data(), said_.size(), 0) > 0) {
    }
}

void AudioPort::read() {
    while (speaking_ == Side::open && said_size_ < said_.size()) {
        const auto size = ::recv(socket_.get(), said_.data() + said_size_, said_.size() - said_size_, 0);
        if (size > 0) said_size_ += static_cast<std::size_t>(size);
        else if (size == 0 || (errno != EAGAIN && errno != EINTR)) speaking_ = Side::ended;
        else if (errno == EAGAIN) return;
    }
}

bool AudioPort::take(Frame& frame) {
    frame.fill(0);
    read();
    if (talk_ == Talk::silent) {
        if (said_size_ < sizeof(Sample)) return false;
        if (said_size_ < start_bytes && ++waiting_ticks_ < start_ticks) return false;
        talk_ = Talk::talking;
        waiting_ticks_ = 0;
    }
    const std::size_t size = std::min(said_size_, frame_bytes) & ~(sizeof(Sample) - 1);
    std::memcpy(frame.data(), said_.data(), size);
    std::memmove(said_.data(), said_.data() + size, said_size_ - size);
    said_size_ -= size;
    if (size < frame_bytes) talk_ = Talk::silent;
    return size > 0;
}

void AudioPort::give(const Frame& frame) {
    if (hearing_ == Side::ended) return;
    if (backlog_.size() >= backlog_frames) {
        backlog_.erase(backlog_.begin() + (sent_of_first_ > 0 ? 1 : 0));
        ++lost_;
    }
    backlog_.push_back(frame);
    write();
}

void AudioPort::write() {
    while (!backlog_.empty()) {
        const auto* bytes = reinterpret_cast<const std::byte*>(backlog_.front().data());
        const auto size =
            ::send(socket_.get(), bytes + sent_of_first_, frame_bytes - sent_of_first_, MSG_NOSIGNAL);
        if (size < 0) {
            if (errno != EAGAIN && errno != EINTR) hearing_ = Side::ended;
            return;
        }
        sent_of_first_ += static_cast<std::size_t>(size);
        if (sent_of_first_ < frame_bytes) return;
        sent_of_first_ = 0;
        backlog_.pop_front();
    }
}

} // namespace offhook::provider
