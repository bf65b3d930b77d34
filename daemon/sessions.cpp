// SPDX-License-Identifier: Apache-2.0
#include "daemon/sessions.h"

#include "daemon/log.h"
#include "tapi.h"

#include <algorithm>
#include <map>
#include <utility>

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
        if (stopped_) return;
        load_ = {hello.provider, hello.library, hello.needs};
        host_ = sessions_.parked_.take(load_);
        if (host_ == nullptr || !host_->next_session(hello, *this))
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
        } else if (questions_.empty() && sessions_.parked_.park(load_, name_, host_)) {
            fail("it has ended");
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
        case wire::FrameKind::event: return sessions_.callbacks_.frame(id_, frame, reason);
        case wire::FrameKind::service:
            if (frame.header.function == wire::host_broke) return broke(frame, reason);
            return answered(frame, reason);
        default: reason = "a frame of a kind that no host of a session sends"; return false;
        }
    }

    void host_retained(const wire::HostRetained& retained) override {
        for (const auto& [kind, name] : retained.things) {
            const auto& row = wire::row(kind);
            const auto kept = "it keeps " + std::string(row.what) + " of its last session: " + name;
            if (row.weight == wire::RetainedWeight::fault) sessions_.callbacks_.broke(id_, "R001: " + kept);
            else sessions_.callbacks_.log(core::Severity::warning, name_ + " may break rule R001: " + kept);
        }
    }

    void host_logged(std::uint32_t severity, std::string_view line) override {
        sessions_.callbacks_.log(severity_of_syslog(severity), name_ + ": " + std::string(line));
    }

    // What the provider answers to a frame of the service; or that it did not, and why.
    struct Reply {
        enum class Kind : std::uint8_t { given, late, lost } kind = Kind::lost;
        std::int32_t result = LINEERR_OPERATIONFAILED;
        std::string text;
    };
    using Replied = std::function<void(const Reply&)>; // called once

    template <class Payload> void ask(std::uint16_t function, const Payload& payload, Replied replied) {
        const auto number = ++last_question_;
        auto patience = sessions_.loop_.after(patience_ms, [this, number] {
            if (const auto late = questions_.extract(number); !late.empty())
                late.mapped().replied({Reply::Kind::late, LINEERR_OPERATIONFAILED, {}});
        });
        questions_.emplace(number, Question{function, std::move(replied), std::move(patience)});
        std::vector<std::byte> frame;
        wire::FrameWriter writer(
            frame, {.kind = wire::FrameKind::service, .function = function, .correlation = number});
        payload(writer);
        writer.finish();
        host_->send(frame);
    }

    void command(std::string_view text, const Answer& answer) {
        ask(
            wire::host_command, [&](wire::FrameWriter& to) { to.utf8(text); },
            [answer, name = name_](const Reply& reply) { answer(answer_to_command(name, reply)); });
    }

    void reconfigure(const std::map<std::string, std::string>& configuration, const Taken& taken) {
        ask(
            wire::host_reconfigure, [&](wire::FrameWriter& to) { wire::write(to, configuration); },
            [taken](const Reply& reply) { taken(reply.kind == Reply::Kind::given && reply.result == 0); });
    }

    void host_ended(const std::string& reason) override {
        auto& sessions = sessions_;
        const auto id = id_;
        for (const auto& [number, question] : std::exchange(questions_, {}))
            question.replied({Reply::Kind::lost, LINEERR_OPERATIONFAILED, reason});
        // Kept until the core has been told: it may start the next session meanwhile.
        const auto self = sessions.sessions_.extract(static_cast<std::uint32_t>(id));
        sessions.callbacks_.broke(id, reason);
        sessions.callbacks_.core().host_gone(id, reason);
        sessions.callbacks_.ended(id);
    }

  private:
    static ServiceAnswer answer_to_command(const std::string& name, const Reply& reply) {
        switch (reply.kind) {
        case Reply::Kind::given: break;
        case Reply::Kind::late:
            return service_error(reply.result, name + " has not replied for 30 s; it may still do it");
        case Reply::Kind::lost:
            return service_error(reply.result,
                                 "the session of " + name + " ended before it replied: " + reply.text);
        }
        if (reply.result == 0) return {0, {{"reply", reply.text}}};
        if (!reply.text.empty()) return service_error(reply.result, reply.text);
        if (reply.result == LINEERR_OPERATIONUNAVAIL)
            return service_error(reply.result, name + " takes no commands");
        return service_error(reply.result, name + " could not do it");
    }

    bool broke(const wire::Frame& frame, std::string& reason) {
        wire::PayloadReader from(frame.payload);
        const auto text = from.utf8();
        if (from.finished()) sessions_.callbacks_.broke(id_, text);
        else reason = "a host's report of a broken rule is malformed";
        return reason.empty();
    }

    bool answered(const wire::Frame& frame, std::string& reason) {
        wire::PayloadReader from(frame.payload);
        std::string text;
        if (frame.header.function == wire::host_command) text = from.utf8();
        const auto number = frame.header.correlation;
        const auto asked = questions_.find(number);
        const bool fits = asked == questions_.end() || asked->second.function == frame.header.function;
        if (!from.finished() || number > last_question_ || !fits) {
            reason = "an answer to what was not asked";
            return false;
        }
        // One that is not waited for any more came too late.
        if (const auto question = questions_.extract(number); !question.empty())
            question.mapped().replied({Reply::Kind::given, frame.header.result, std::move(text)});
        return true;
    }

    Sessions& sessions_;
    SessionId id_;
    core::ProviderId provider_;
    std::string name_;
    bool stopped_ = false;
    ParkedHosts::Load load_;
    std::unique_ptr<HostProcess> host_;
    EventLoop::Timer failure_;
    static constexpr std::uint64_t patience_ms = 30'000;
    struct Question {
        std::uint16_t function = 0;
        Replied replied;
        EventLoop::Timer patience;
    };
    std::map<std::uint32_t, Question> questions_; // that have not been answered, by correlation
    std::uint32_t last_question_ = 0;
};

Sessions::Sessions(EventLoop& loop, HostLimits limits, Callbacks callbacks)
    : loop_(loop),
      limits_(std::move(limits)),
      callbacks_(std::move(callbacks)),
      parked_(loop,
              [this](core::Severity severity, const std::string& line) { callbacks_.log(severity, line); }) {}
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

Sessions::Session* Sessions::with_host(core::ProviderId provider) const {
    const auto found = std::ranges::find_if(sessions_, [&](const auto& entry) {
        return entry.second->provider() == provider && entry.second->host() != nullptr;
    });
    return found == sessions_.end() ? nullptr : found->second.get();
}

void Sessions::command(core::ProviderId provider, std::string_view command, const Answer& answer) {
    if (auto* session = with_host(provider)) return session->command(command, answer);
    answer(
        service_error(LINEERR_OPERATIONFAILED,
                      "its session does not run: it begins with the first application (`offhook answer LINE` "
                      "is one), or runs always with sessions = \"always\" under [provider] in offhook.toml"));
}

void Sessions::reconfigure(core::ProviderId provider, const std::map<std::string, std::string>& configuration,
                           const Taken& taken) {
    if (auto* session = with_host(provider)) session->reconfigure(configuration, taken);
    else taken(false);
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
