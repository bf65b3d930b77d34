// SPDX-License-Identifier: Apache-2.0
//
// Frames on their way to the service, in the order in which they were appended. Appending never waits, so
// that a callback returns at once (decision 6); what has gathered leaves in one write, made by one thread at
// a time.
#pragma once

#include "wire/unique_fd.h"
#include "wire/writer.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string_view>
#include <vector>

namespace offhook::host {

class Outbox {
  public:
    // When a frame leaves: when the caller flushes, which it does next; soon, together with what follows; or
    // at once, by a thread that watches timer(). A call that is about to return flushes, so what it causes
    // inside is sent soon: in one write with its result.
    enum class When : std::uint8_t { flushed_next, soon, at_once };
    static constexpr std::chrono::milliseconds soon{1};

    // A service that takes nothing for so long, or lets so much gather, is dead.
    struct Limits {
        std::chrono::milliseconds patience{10'000};
        std::size_t waiting = std::size_t{64} << 20; // bytes
    };

    explicit Outbox(int socket); // not owned
    Outbox(int socket, Limits limits);
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    template <class Write> void append(wire::FrameHeader header, When when, Write&& write) {
        const std::lock_guard lock(mutex_);
        if (dead_ || said_goodbye_) return;
        if (waiting_.size() > limits_.waiting) {
            dead_ = true;
            waiting_.clear();
            schedule(When::at_once);
            return;
        }
        wire::FrameWriter to(waiting_, header);
        write(to);
        to.finish();
        schedule(when);
    }

    // The last frame: whatever is appended after it is dropped.
    void say_goodbye(std::string_view reason);

    // timer() becomes readable soon, whatever is there to send.
    void remind();

    // Sends what has gathered, unless another thread is doing so. False: the service is dead.
    [[nodiscard]] bool flush();

    // Sends everything, at the end of the process: waits for another thread that is sending.
    void finish();

    // Readable (edge by edge) when flush() is due, or remind() was asked for.
    int timer() const { return timer_.get(); }

  private:
    void schedule(When when);
    void set_timer(When when);
    bool send_all(std::span<const std::byte> bytes) const;

    int socket_;
    Limits limits_;
    wire::UniqueFd timer_;
    std::mutex mutex_;
    std::condition_variable sent_;
    std::vector<std::byte> waiting_;
    std::vector<std::byte> leaving_;            // belongs to the thread that set sending_
    When scheduled_ = When::flushed_next;       // when what has gathered is to leave
    std::chrono::steady_clock::time_point due_; // timer() becomes readable then or later; past: it is not set
    bool sending_ = false;
    bool dead_ = false;
    bool said_goodbye_ = false;
};

} // namespace offhook::host
