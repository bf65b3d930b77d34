// SPDX-License-Identifier: Apache-2.0
#include "daemon/parked_hosts.h"

#include "daemon/log.h"

#include <algorithm>
#include <utility>

namespace offhook::daemon {

class ParkedHosts::Parked : public HostProcess::Owner {
  public:
    Parked(ParkedHosts& hosts, Load load, std::string provider)
        : hosts_(hosts),
          load_(std::move(load)),
          provider_(std::move(provider)) {}

    const Load& load() const { return load_; }
    bool waits() const { return patience_.pending(); }

    void wait(std::unique_ptr<HostProcess> host) {
        host_ = std::move(host);
        patience_ = hosts_.loop_.after(patience_ms, [this] { end("no session of its provider has begun"); });
    }
    void end(std::string_view why) {
        patience_.cancel();
        host_->kill(why);
    }
    std::unique_ptr<HostProcess> release() { return std::move(host_); }

    void host_welcomed(std::span<const std::byte>) override {} // only in a session
    bool host_frame_arrived(const wire::Frame&, std::string&) override { return false; }
    void host_logged(std::uint32_t severity, std::string_view line) override {
        hosts_.log_(severity_of_syslog(severity), provider_ + ": " + std::string(line));
    }
    void host_ended(const std::string& reason) override {
        if (waits())
            hosts_.log_(core::Severity::warning,
                        "the host of " + provider_ + " ended between two sessions: " + reason);
        hosts_.remove(*this);
    }

  private:
    ParkedHosts& hosts_;
    Load load_;
    std::string provider_;
    std::unique_ptr<HostProcess> host_;
    EventLoop::Timer patience_; // pending as long as it may be taken
};

ParkedHosts::ParkedHosts(EventLoop& loop, Log log) : loop_(loop), log_(std::move(log)) {}
ParkedHosts::~ParkedHosts() = default;

bool ParkedHosts::park(const Load& load, const std::string& provider, std::unique_ptr<HostProcess>& host) {
    auto parked = std::make_unique<Parked>(*this, load, provider);
    if (!host->park(*parked)) return false;
    parked->wait(std::move(host));
    parked_.push_back(std::move(parked));
    return true;
}

std::unique_ptr<HostProcess> ParkedHosts::take(const Load& load) {
    std::unique_ptr<HostProcess> found;
    std::erase_if(parked_, [&](const auto& parked) {
        if (parked->load().provider != load.provider || !parked->waits()) return false;
        if (found != nullptr || parked->load() != load) {
            parked->end("its provider has changed");
            return false;
        }
        found = parked->release();
        return true;
    });
    return found;
}

void ParkedHosts::remove(const Parked& parked) {
    std::erase_if(parked_, [&](const auto& one) { return one.get() == &parked; });
}

} // namespace offhook::daemon
