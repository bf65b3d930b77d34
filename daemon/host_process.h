// SPDX-License-Identifier: Apache-2.0
//
// One offhook-host: started, greeted, spoken to, perhaps given another session, ended, reaped. It is named by
// a descriptor of the process (pidfd), so no other process is ever meant; and its socket is its life line: at
// end of file it ends, also when the service was killed.
#pragma once

#include "daemon/frame_stream.h"
#include "wire/host.h"

#include <functional>
#include <memory>
#include <string>

namespace offhook::daemon {

struct HostLimits {
    std::string program; // path of offhook-host
    std::uint64_t welcome_ms = 10'000;
    std::uint64_t exit_ms = 6'000; // after an orderly stop; a host promises 5 s
    std::size_t sessions_per_load = 1;
    std::size_t output_bytes = 4u << 20;
};

class HostProcess : public FrameStream::Owner {
  public:
    class Owner {
      public:
        virtual ~Owner() = default;
        virtual void host_welcomed(std::span<const std::byte> exported) = 0;
        // Frames after the welcome, besides log and goodbye. False: the host broke the protocol.
        virtual bool host_frame_arrived(const wire::Frame&, std::string& reason) = 0;
        // What the provider kept of the session before, in the same process (R001); before host_welcomed.
        virtual void host_retained(const wire::HostRetained&) {}
        // severity: as in syslog
        virtual void host_logged(std::uint32_t severity, std::string_view line) = 0;
        // The process has ended, or could not be started. The last call: the owner may destroy this in it.
        virtual void host_ended(const std::string& reason) = 0;
    };

    HostProcess(EventLoop&, const HostLimits&, const wire::HostHello&, Owner&);
    ~HostProcess() override; // kills what still runs

    void send(std::span<const std::byte> frames);
    void send_with_descriptor(std::span<const std::byte> frame, wire::UniqueFd descriptor);

    // The session has ended in order and another one may follow: the host waits, for another owner. False: it
    // is to end instead.
    bool park(Owner&);
    // Gives a host that is parked its next session, with another owner. False: the configuration is too
    // large.
    bool next_session(const wire::HostHello&, Owner&);

    void end_orderly(); // what was sent is delivered, then the host sees end of file
    void kill(std::string_view why);

    pid_t process() const { return process_; }

  private:
    enum class Stage : std::uint8_t { greeting, running, parked, stopping, ended };

    bool frame_arrived(const wire::Frame&, std::string& reason) override;
    void stream_lost(const std::string& reason) override;
    void stream_finished() override;
    bool greeted(const wire::Frame&, std::string& reason);
    void await_welcome();
    bool goodbye(const wire::Frame&);
    bool log(const wire::Frame&, std::string& reason);
    void exited();
    void because(std::string_view why);
    void report(const std::string& reason);

    EventLoop& loop_;
    HostLimits limits_;
    Owner* owner_;
    Stage stage_ = Stage::greeting;
    std::size_t sessions_ = 1;
    pid_t process_ = 0;
    std::string cause_; // the first one that is known
    wire::UniqueFd pidfd_;
    EventLoop::Watch exit_watch_;
    std::unique_ptr<FrameStream> stream_;
    EventLoop::Timer deadline_;
};

} // namespace offhook::daemon
