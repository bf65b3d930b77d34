// SPDX-License-Identifier: Apache-2.0
//
// One offhook-host process and the frames to and from it. One thread; every wait has an end, and who does not
// keep to it is lost.
#pragma once

#include "certify/target.h"
#include "wire/frame.h"
#include "wire/host.h"
#include "wire/stream_socket.h"
#include "wire/unique_fd.h"

#include <functional>
#include <optional>
#include <string>

namespace offhook::certify {

using Clock = std::chrono::steady_clock;

wire::HostHello hello_of(const Target&, const Configuration&, wire::HostMode);
std::vector<std::byte> frame_of(const wire::HostHello&);

class Connection {
  public:
    using Arrived = std::function<void(const wire::Frame&)>;

    // Throws when no host can be started.
    Connection(const Target&, Arrived);
    ~Connection(); // kills it
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Why nothing more can be asked of it; empty: it is there.
    const std::string& lost() const { return lost_; }
    void lose(const std::string& why);
    // It is lost because of what it did not do in time.
    bool timed_out() const { return timed_out_; }

    void send(std::span<const std::byte> frame);
    // Takes one frame. False: none came until then, or the host is lost.
    bool take(Clock::time_point until);
    // Takes frames until it is done; else the host is lost, because of what it did not do in time.
    template <class Done> void take_until(Done&& done, const std::string& otherwise) {
        const auto until = Clock::now() + target_.hang;
        while (lost_.empty() && !done())
            if ((!take(until) || Clock::now() >= until) && lost_.empty() && !done()) lose_late(otherwise);
    }

  private:
    void lose_late(const std::string& why);
    std::string how_it_ended();
    void kill_and_reap();

    const Target& target_;
    Arrived arrived_;
    pid_t process_ = 0;
    wire::UniqueFd pidfd_;
    std::optional<wire::StreamSocket> socket_;
    std::string lost_, goodbye_;
    bool timed_out_ = false;
};

} // namespace offhook::certify
