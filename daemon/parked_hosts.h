// SPDX-License-Identifier: Apache-2.0
//
// Hosts that wait between two sessions of their provider (hosts.sessions_per_load). Nothing is owed to them:
// their session was shut down. One that nobody takes, or that speaks, is killed.
#pragma once

#include "core/environment.h"
#include "daemon/host_process.h"

#include <functional>
#include <memory>
#include <vector>

namespace offhook::daemon {

class ParkedHosts {
  public:
    using Log = std::function<void(core::Severity, const std::string& line)>;
    static constexpr std::uint64_t patience_ms = 60'000;

    // What a process has loaded, and is confined to.
    struct Load {
        std::uint32_t provider = 0;
        std::string library, needs;
        bool operator==(const Load&) const = default;
    };

    ParkedHosts(EventLoop&, Log);
    ~ParkedHosts(); // kills them

    // Takes the host over, whose session has been shut down. False: it must end, and stays the caller's.
    bool park(const Load&, const std::string& provider, std::unique_ptr<HostProcess>& host);

    // The host that has loaded just this; its next_session is due. Null: none waits. What the same provider
    // has loaded otherwise is ended.
    std::unique_ptr<HostProcess> take(const Load&);

  private:
    class Parked;
    void remove(const Parked&);

    EventLoop& loop_;
    Log log_;
    std::vector<std::unique_ptr<Parked>> parked_;
};

} // namespace offhook::daemon
