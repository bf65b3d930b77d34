// SPDX-License-Identifier: Apache-2.0
//
// The hosts of provider sessions, by the number that the core gave the session. To the core a session has a
// host of its own; where sessions_per_load allows, one that has ended in order leaves its host to the next of
// its provider.
#pragma once

#include "core/core.h"
#include "daemon/host_process.h"
#include "daemon/parked_hosts.h"
#include "daemon/service_answer.h"

#include <functional>
#include <map>
#include <unordered_map>

namespace offhook::daemon {

class Sessions {
  public:
    struct Callbacks {
        std::function<core::Core&()> core; // with its time set
        // A frame for the core. False: it breaks the protocol, and why.
        std::function<bool(core::SessionId, const wire::Frame&, std::string& reason)> frame;
        std::function<void(core::Severity, const std::string&)> log;
        // "R053: …": a rule that the host saw its provider break.
        std::function<void(core::SessionId, std::string_view)> broke;
        std::function<void(core::SessionId)> ended; // after each host_gone
    };

    Sessions(EventLoop&, HostLimits, Callbacks);
    ~Sessions();

    // Between begin and start the configuration is being prepared; a session that is stopped meanwhile never
    // starts.
    void begin(core::SessionId, core::ProviderId, std::string provider);
    void start(core::SessionId, const wire::HostHello&);
    void fail(core::SessionId, const std::string& reason);

    void send(core::SessionId, std::span<const std::byte> frames);
    void send_with_descriptor(core::SessionId, std::span<const std::byte> frame, wire::UniqueFd descriptor);
    void stop(core::SessionId, core::Environment::Stop);
    void kill_all(std::string_view why);

    // Gives a provider's running session a command (OFFHOOK_providerCommand); answered once, also when there
    // is no session, or it ends before the reply.
    void command(core::ProviderId, std::string_view command, const Answer&);
    // Offers it a new configuration (OFFHOOK_providerReconfigure); true: the session works by it. Told once.
    using Taken = std::function<void(bool)>;
    void reconfigure(core::ProviderId, const std::map<std::string, std::string>& configuration, const Taken&);

    bool empty() const { return sessions_.empty(); }
    bool running(core::ProviderId) const;
    pid_t process(core::SessionId) const; // 0: none

  private:
    class Session;
    Session* find(core::SessionId) const;
    Session* with_host(core::ProviderId) const;

    EventLoop& loop_;
    HostLimits limits_;
    Callbacks callbacks_;
    ParkedHosts parked_;
    std::unordered_map<std::uint32_t, std::unique_ptr<Session>> sessions_;
};

} // namespace offhook::daemon
