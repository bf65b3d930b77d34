// SPDX-License-Identifier: Apache-2.0
#include "daemon/sessions.h"

#include "daemon/log.h"

#include <algorithm>

namespace offhook::daemon {

using core::SessionId;

class Sessions::Session : public HostProcess::Owner {
  public:
    Session(Sessions& sessions, SessionId id, core::ProviderId provider, std::string name)
        : sessions_(sessions),
          id_(id),
          provider_(provider),
          name_(std::move(name)) {}

    core::ProviderId provider() const { return provider_; }
    HostProcess* host() const { return host_.get(); }

    void start(const wire::HostHello& hello) {
        if (!stopped_)
            host_ = std::make_unique<HostProcess>(sessions_.loop_, sessions_.limits_, hello, *this);
    }

    // Later, because the core is not told while one of its inputs runs.
    void fail(const std::string& reason) {
        stopped_ = true;
        failure_ = sessions_.loop_.after(0, [this, reason] { host_ended(reason); });
    }

    void stop(core::Environment::Stop how) {
        if (!host_) {
            if (!stopped_) fail("it was stopped before it started");
        } else if (how == core::Environment::Stop::force) {
            host_->kill("the service ended it");
        } else {
            host_->end_orderly();
        }
    }

    void host_welcomed(std::span<const std::byte> exported) override {
        sessions_.callbacks_.core().host_ready(id_, exported);
    }

    bool host_frame_arrived(const wire::Frame& frame, std::string& reason) override {
        switch (frame.header.kind) {
        case wire::FrameKind::result:
        case wire::FrameKind::completion:
        case wire::FrameKind::event: return sessions_.callbacks_.core().host_frame(id_, frame, reason);
        default: reason = "a frame of a kind that no host of a session sends"; return false;
        }
    }

    void host_logged(std::uint32_t severity, std::string_view line) override {
        sessions_.callbacks_.log(severity_of_syslog(severity), name_ + ": " + std::string(line));
    }

    void host_ended(const std::string& reason) override {
        auto& sessions = sessions_;
        const auto id = id_;
        // Kept until the core has been told: it may start the next session meanwhile.
        const auto self = sessions.sessions_.extract(static_cast<std::uint32_t>(id));
        sessions.callbacks_.core().host_gone(id, reason);
        sessions.callbacks_.ended();
    }

  private:
    Sessions& sessions_;
    SessionId id_;
    core::ProviderId provider_;
    std::string name_;
    bool stopped_ = false;
    std::unique_ptr<HostProcess> host_;
    EventLoop::Timer failure_;
};

Sessions::Sessions(EventLoop& loop, HostLimits limits, Callbacks callbacks)
    : loop_(loop),
      limits_(std::move(limits)),
      callbacks_(std::move(callbacks)) {}
Sessions::~Sessions() = default;

Sessions::Session* Sessions::find(SessionId id) const {
    const auto found = sessions_.find(static_cast<std::uint32_t>(id));
    return found == sessions_.end() ? nullptr : found->second.get();
}

void Sessions::begin(SessionId id, core::ProviderId provider, std::string name) {
    sessions_.emplace(static_cast<std::uint32_t>(id),
                      std::make_unique<Session>(*this, id, provider, std::move(name)));
}

void Sessions::start(SessionId id, const wire::HostHello& hello) {
    if (auto* session = find(id)) session->start(hello);
}

void Sessions::fail(SessionId id, const std::string& reason) {
    if (auto* session = find(id)) session->fail(reason);
}

void Sessions::send(SessionId id, std::span<const std::byte> frames) {
    auto* session = find(id);
    if (session != nullptr && session->host() != nullptr) session->host()->send(frames);
}

void Sessions::send_with_descriptor(SessionId id, std::span<const std::byte> frame,
                                    wire::UniqueFd descriptor) {
    auto* session = find(id);
    if (session != nullptr && session->host() != nullptr)
        session->host()->send_with_descriptor(frame, std::move(descriptor));
}

void Sessions::stop(SessionId id, core::Environment::Stop how) {
    if (auto* session = find(id)) session->stop(how);
}

void Sessions::kill_all(std::string_view why) {
    for (const auto& [id, session] : sessions_)
        if (session->host() != nullptr) session->host()->kill(why);
}

bool Sessions::running(core::ProviderId provider) const {
    return std::ranges::any_of(sessions_,
                               [&](const auto& entry) { return entry.second->provider() == provider; });
}

pid_t Sessions::process(SessionId id) const {
    auto* session = find(id);
    return session == nullptr || session->host() == nullptr ? 0 : session->host()->process();
}

} // namespace offhook::daemon
